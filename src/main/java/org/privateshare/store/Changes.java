package org.privateshare.store;

import java.io.IOException;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// What a store can do to the names that are there. A [Store] owes for these what it owes for the
/// rest, and besides:
/// - When a call returns, a power cut doesn't undo it.
/// - A call that a crash cuts off is done or not; no file has vanished and none is half there.
/// - Nothing is overwritten. A file that loses its name is in the [#history()].
/// - Among the calls of one store a precondition is decided in one step with the change.
public interface Changes {
  /// Makes a folder in one that is there.
  ///
  /// @throws Refusal.Missing where the folder around it isn't there
  /// @throws Refusal.Taken where the name, or a twin of it, is taken, or the folder around it is
  ///   none
  void makeFolder(SharePath path) throws Refusal, IOException;

  /// Takes a file into the history, or removes an empty folder for good.
  ///
  /// @throws Refusal.Missing where nothing is there
  /// @throws Refusal.Changed where the name does not hold what it should
  /// @throws Refusal.NotEmpty where a folder holds something, shown or not, or is the share itself
  void remove(SharePath path, Precondition must) throws Refusal, IOException;

  /// Gives a file, or a folder with all in it, another name. A name may become its own twin.
  ///
  /// @param must what must hold of `from`
  /// @throws Refusal.Missing where nothing is at `from`, or no folder is around `to`
  /// @throws Refusal.Changed where `from` does not hold what it should
  /// @throws Refusal.Taken where `to`, or a twin of it, is taken, or the folder around it is none
  /// @throws Refusal.BadName where a folder would come into itself
  void move(SharePath from, SharePath to, Precondition must) throws Refusal, IOException;

  /// What was replaced and removed.
  History history();
}
