package org.privateshare.http;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.net.LastWord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way of every request; [#steps] has it all. It is tried on the thread that has read the
/// request, which can't wait, since it has others to read: what is at hand, as a small file is that
/// many ask for, is answered there and then. All else begins anew on a thread of its own, which may
/// block.
final class Door extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);

  /// A body that means nothing is taken up to here, so that the connection can go on.
  private static final int MOST_SKIPPED = 64 << 10;

  private static final long MOST_DRAINED = 1 << 20;
  private static final Duration DRAIN_TIME = Duration.ofSeconds(2);

  private static final String CUT = "cut";

  private final HostRule hosts;
  private final Callers callers;
  private final KeyCheck keys;
  private final Routes routes;
  private final Visits visits;

  Door(HostRule hosts, Callers callers, KeyCheck keys, Routes routes, Visits visits) {
    this.hosts = hosts;
    this.callers = callers;
    this.keys = keys;
    this.routes = routes;
    this.visits = visits;
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /// The steps of `docs/http.md`, in their order. Each lets the request pass or throws the answer.
  ///
  /// @return how it ended, for the log
  private String steps(Call call) throws Problem, Refusal, IOException {
    FramingRule.require(call.request());
    hosts.require(call.request());
    call.found(PathReader.read(call.rawPath()), Query.parse(call.rawQuery()));
    if (call.target().area().isOfUploads()) {
      Tus.ofAnswer(call.reply().fields());
    }
    if (!call.reads()) {
      SiteRule.require(call.request());
    }
    Action action = routes.find(call.method(), call.target().area(), call.query());
    if (!call.mayWait()) {
      action.requireAtHand(call);
    }
    if (action.needsKey()) {
      keys.requirePatience(call.caller());
      call.admitted(keys.grant(KeyReader.read(call), call));
    }
    action.permit(call);
    if (!action.takesBody()) {
      call.body().skip(MOST_SKIPPED);
    }
    return action.answer(call);
  }

  /// How a request ended.
  ///
  /// @param word for the log: what was done, the code of a refusal, what broke
  /// @param ending whether the answer is complete, so that the connection needn't be broken
  private record Outcome(String word, Ending ending) {}

  private enum Ending {
    WHOLE,
    /// The last words of the answer say that it isn't whole.
    TOLD,
    BROKEN
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    visits.begin();
    InetAddress caller = callers.of(request);
    if (!mayBeAtHand(request) || !answer(new Call(request, response, caller, false), callback)) {
      Runnable anew =
          () -> {
            boolean _ = answer(new Call(request, response, caller, true), callback);
          };
      request.getComponents().getExecutor().execute(anew);
    }
    return true;
  }

  /// Whether it is worth a try. Where there is a body, or might be one, it has to be waited for.
  private static boolean mayBeAtHand(Request request) {
    HttpFields fields = request.getHeaders();
    return HttpMethod.GET.is(request.getMethod())
        && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1
        && !fields.contains(HttpHeader.CONTENT_LENGTH)
        && !fields.contains(HttpHeader.TRANSFER_ENCODING);
  }

  /// @return whether it is answered: always, where it may wait
  private boolean answer(Call call, Callback callback) {
    Outcome outcome = new Outcome("failed", Ending.BROKEN);
    try {
      outcome = serve(call);
    } catch (NotAtHand later) {
      // The few fields of the answer that are set by now are set again.
      return false;
    } catch (Throwable bug) {
      end(call, outcome, callback);
      throw bug;
    }
    end(call, outcome, callback);
    return true;
  }

  /// Goes the steps and answers what they throw: the one place where failures become answers.
  private Outcome serve(Call call) throws NotAtHand {
    try {
      return new Outcome(steps(call), Ending.WHOLE);
    } catch (NotAtHand later) {
      throw later;
    } catch (Problem problem) {
      return refuse(call, problem, problem.code());
    } catch (Refusal refusal) {
      return refuse(call, Problem.of(refusal, call.reads()), refusal.code());
    } catch (BodyCut cut) {
      return refuse(call, Problem.ofCut(cut), CUT);
    } catch (PeerGone gone) {
      return new Outcome(CUT, Ending.BROKEN);
    } catch (BrokenOff told) {
      if (told.getCause() != null) {
        complain(call, told.getCause());
      }
      return new Outcome(told.code(), Ending.TOLD);
    } catch (IOException e) {
      complain(call, e);
      return refuse(call, Problem.failed(), Problem.failed().code());
    } catch (RuntimeException bug) {
      LOG.error("{} failed by a bug: {}", call.method(), Bugs.oneLine(bug));
      return refuse(call, Problem.failed(), Problem.failed().code());
    }
  }

  private static void complain(Call call, Throwable fault) {
    String why = Printable.escape(String.valueOf(fault.getMessage()));
    LOG.error("{} failed: {}", call.method(), why);
  }

  private static Outcome refuse(Call call, Problem problem, String word) {
    if (call.reply().hasBegun()) {
      return new Outcome(word, Ending.BROKEN);
    }
    try {
      Refusing.answer(call, problem);
      return new Outcome(word, Ending.WHOLE);
    } catch (PeerGone gone) {
      return new Outcome(word, Ending.BROKEN);
    }
  }

  /// Ends the exchange: cleanly, or, where the answer is a part only, in a way that nobody can take
  /// for its end.
  private void end(Call call, Outcome outcome, Callback callback) {
    if (outcome.ending != Ending.BROKEN) {
      call.body().drain(MOST_DRAINED, DRAIN_TIME);
    }
    call.body().release();
    if (outcome.ending == Ending.WHOLE) {
      call.reply()
          .end(
              Callback.from(
                  InvocationType.NON_BLOCKING,
                  () -> {
                    visits.report(call, outcome.word);
                    callback.succeeded();
                  },
                  failure -> {
                    visits.report(call, CUT);
                    callback.failed(failure);
                  }));
      return;
    }
    visits.report(call, outcome.word);
    callback.failed(
        outcome.ending == Ending.TOLD
            ? new LastWord()
            : new QuietException.Exception("the answer was cut off"));
  }
}
