package org.privateshare.http;

import java.io.IOException;
import org.privateshare.model.Refusal;

/// What one method does to one kind of target. One object serves all requests at once; it keeps
/// nothing of any of them.
interface Action {
  /// Whether a request needs a key at all. Without one, [Call#grant()] is not there.
  default boolean needsKey() {
    return true;
  }

  /// Whether it reads the body of the request. For all others a body that is there is taken and
  /// dropped before they answer.
  default boolean takesBody() {
    return false;
  }

  /// Lets only a request pass that [#answer] will answer without waiting for anything, and without
  /// a body.
  ///
  /// @throws NotAtHand for all others
  default void requireAtHand(Call call) throws NotAtHand {
    throw new NotAtHand();
  }

  /// Asks the key for all rights that the request needs. It looks at the head of the request only,
  /// never into the share, so that what a key may not do tells nothing about what is there.
  void permit(Call call) throws Problem, Refusal;

  /// Does what is asked for and answers, to the end; on the request's own thread, blocking, or else
  /// as [#requireAtHand] says.
  ///
  /// A refusal or failure that it throws becomes the answer, unless one has begun: then the
  /// connection or stream is broken off.
  ///
  /// @return how it ended, in one word for the log: `stored`, `sent`
  String answer(Call call) throws Problem, Refusal, IOException;
}
