package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;

/// MOVE (RFC 4918 section 9.9): gives a file or folder another name, which must be free.
///
/// @param share where
/// @param hosts the names of this server, one of which a destination with a host must have
record MoveEntry(Share share, HostRule hosts) implements Action {
  private static final String DESTINATION = "Destination";
  private static final String OVERWRITE = "Overwrite";

  @Override
  public void permit(Call call) throws Problem, Refusal {
    call.query().requireOnly();
    call.grant().require(Right.DELETE, call.path());
    call.grant().require(Right.PUT, destination(call).path());
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    boolean demandsFree = demandsFree(call);
    Target destination = destination(call);
    SharePath to = destination.path();
    boolean isOfFolder = call.target().endsWithSlash() || destination.endsWithSlash();
    ChangeConditions conditions = ChangeConditions.ofTaking(call, isOfFolder);
    try {
      share.move(call.path(), to, conditions.must());
    } catch (Refusal.Missing missing) {
      if (share.find(call.path()).isPresent()) {
        throw Problem.noFolder();
      }
      throw missing;
    } catch (Refusal.Changed changed) {
      throw conditions.problem(changed);
    } catch (Refusal.Taken taken) {
      throw demandsFree ? Problem.of(taken, 412) : conditions.problem(taken);
    }
    boolean isFolder = share.find(to).filter(Entry.Folder.class::isInstance).isPresent();
    call.reply().fields().put(HttpHeader.LOCATION, Target.url(to) + (isFolder ? "/" : ""));
    call.reply().sayNothing(201);
    return "moved";
  }

  /// Nothing is ever moved over something else, so `Overwrite: F` only chooses the status.
  private static boolean demandsFree(Call call) throws Problem {
    List<String> values = call.fields().getValuesList(OVERWRITE);
    if (values.isEmpty()) {
      return false;
    }
    if (!values.equals(List.of("F"))) {
      throw Problem.badRequest(
          "nothing is ever moved over something else: Overwrite is F or absent");
    }
    return true;
  }

  /// An absolute path, or a URL of this server.
  private Target destination(Call call) throws Problem, Refusal.BadName {
    List<String> values = call.fields().getValuesList(DESTINATION);
    if (values.size() != 1) {
      throw Problem.badRequest("a move needs one " + DESTINATION);
    }
    String value = values.getFirst();
    Target target =
        PathReader.read(
            hosts
                .pathOf(value, call.request())
                .orElseThrow(
                    () -> Problem.badRequest(DESTINATION + " is no path or URL of this server")));
    if (target.area() != Area.FILE && target.area() != Area.FOLDER) {
      throw new Refusal.BadName("nothing can be moved there");
    }
    PathReader.requireDecoded(target.path());
    return target;
  }
}
