package org.privateshare.http;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.privateshare.access.Grant;
import org.privateshare.model.NumberedName;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;
import org.privateshare.share.Share;
import org.privateshare.share.Upload;

/// The files of one form on their way into a folder: staged as they come, and not published before
/// all have come. For one thread; closing it discards what was not published.
final class FormFiles implements FormReader.Parts, Closeable {
  private static final int MOST_FILES = 100;
  private static final String FILE = "file";
  private static final String TAKEN = "taken";
  private static final int MOST_TAKEN_BYTES = 16;

  private final Share share;
  private final SharePath folder;
  private final Grant by;
  private final List<Arrival> arrivals = new ArrayList<>();

  /// The names that files of this form will have, without regard to case.
  private final Set<String> names = new HashSet<>();

  private Optional<IfTaken> ifTaken = Optional.empty();

  /// What takes the part that comes now.
  private FormField field = FormField.NOTHING;

  /// @param by the key that has shown that it may put files there
  FormFiles(Share share, SharePath folder, Grant by) {
    this.share = share;
    this.folder = folder;
    this.by = by;
  }

  /// A file, and why it won't be published where that is known.
  private static final class Arrival implements FormField {
    private final String name;
    private Optional<Upload> upload;
    private Optional<Refusal> refusal;

    Arrival(String name, Optional<Upload> upload, Optional<Refusal> refusal) {
      this.name = name;
      this.upload = upload;
      this.refusal = refusal;
    }

    @Override
    public void take(ByteBuffer piece) throws Refusal, IOException {
      if (upload.isEmpty()) {
        return;
      }
      try {
        upload.get().write(piece);
      } catch (Refusal.TooLarge e) {
        close();
        upload = Optional.empty();
        refusal = Optional.of(e);
      }
    }

    FormResult publish() throws IOException {
      if (refusal.isPresent() || upload.isEmpty()) {
        return new FormResult.Refused(name, refusal.orElseThrow());
      }
      try {
        return new FormResult.Stored(upload.get().finish(Optional.empty()));
      } catch (Refusal e) {
        return new FormResult.Refused(name, e);
      }
    }

    void close() {
      upload.ifPresent(Upload::close);
    }
  }

  @Override
  public void begin(FormPart part) throws Problem, Refusal, IOException {
    field =
        switch (part.name()) {
          case FILE -> file(part);
          case TAKEN -> choice(part);
          default -> throw Problem.badRequest("the form has a field that isn't known here");
        };
  }

  @Override
  public void take(ByteBuffer piece) throws Problem, Refusal, IOException {
    field.take(piece);
  }

  @Override
  public void end() throws Problem, Refusal {
    field.end();
  }

  private FormField choice(FormPart part) throws Problem {
    if (part.fileName().isPresent() || ifTaken.isPresent() || !arrivals.isEmpty()) {
      throw Problem.badRequest("taken is said once, before the files");
    }
    return new FormField.Word(MOST_TAKEN_BYTES, this::choose);
  }

  private void choose(String word) throws Problem, Refusal {
    IfTaken chosen =
        IfTaken.of(word)
            .orElseThrow(() -> Problem.badRequest("taken is refuse, rename or replace"));
    if (chosen == IfTaken.REPLACE) {
      by.require(Right.REPLACE, folder.child(UnpackArchive.ANY_NAME));
    }
    ifTaken = Optional.of(chosen);
  }

  private FormField file(FormPart part) throws Problem, Refusal, IOException {
    String name =
        part.fileName().orElseThrow(() -> Problem.badRequest("a file comes with its filename"));
    if (name.isEmpty()) {
      return FormField.NOTHING;
    }
    if (arrivals.size() == MOST_FILES) {
      throw new Problem(413, "too-large", "a form has at most " + MOST_FILES + " files");
    }
    Arrival arrival = stage(name);
    arrivals.add(arrival);
    return arrival;
  }

  private Arrival stage(String name) throws Refusal, IOException {
    try {
      return new Arrival(name, Optional.of(upload(name)), Optional.empty());
    } catch (Refusal.NoSpace | Refusal.Denied | Refusal.Unavailable e) {
      throw e;
    } catch (Refusal e) {
      return new Arrival(name, Optional.empty(), Optional.of(e));
    }
  }

  private Upload upload(String name) throws Refusal, IOException {
    if (ifTaken.orElse(IfTaken.REFUSE) != IfTaken.RENAME) {
      return upload(target(name));
    }
    // The first one is the name itself, so the next one is the second.
    for (int number = 1; ; number++) {
      SharePath target = target(NumberedName.of(name, number == 1 ? 0 : number));
      boolean isLast = number == NumberedName.MOST;
      if (isLast || !names.contains(Caseless.fold(target.name()))) {
        try {
          return upload(target);
        } catch (Refusal.Taken e) {
          if (isLast) {
            throw e;
          }
        }
      }
    }
  }

  private SharePath target(String name) throws Refusal.BadName {
    SharePath target = folder.child(name);
    PathReader.requireDecoded(target);
    return target;
  }

  private Upload upload(SharePath target) throws Refusal, IOException {
    Precondition must =
        ifTaken.filter(IfTaken.REPLACE::equals).isPresent()
            ? Precondition.Existence.ANY
            : Precondition.Existence.ABSENT;
    Upload upload = share.replace(target, OptionalLong.empty(), must);
    var _ = names.add(Caseless.fold(target.name()));
    return upload;
  }

  /// Publishes each file by itself, once the form is known to be whole.
  ///
  /// @return what became of each, in their order
  List<FormResult> publish() throws IOException {
    List<FormResult> results = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      results.add(arrival.publish());
    }
    return results;
  }

  @Override
  public void close() {
    arrivals.forEach(Arrival::close);
  }
}
