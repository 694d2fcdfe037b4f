package org.privateshare.store;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.privateshare.model.Refusal;

/// What is known of staged files that shall outlive the process: a short text each, kept by the
/// file's id. Without an entry a staged file is swept at the next start. Thread-safe; calls for one
/// id are for one thread at a time.
///
/// What a call has changed when it returns, no crash takes back. One that fails may have changed
/// nothing, all, or, for [#append], a part: readers tell a torn line by its sum.
public interface Journal {
  /// What the journal has of one staged file.
  ///
  /// @param text as it was written
  /// @param touched when it was last written to
  record Note(String text, Instant touched) {}

  /// Begins an entry, or puts another text in the place of the old one in a single step.
  ///
  /// @param id 32 lower-case hexadecimal digits
  /// @throws Refusal.NoSpace where the medium is full; the entry is as it was
  void write(String id, String text) throws Refusal, IOException;

  /// Adds to an entry.
  ///
  /// @throws Refusal.NoSpace where the medium is full; a part may have been added
  void append(String id, String text) throws Refusal, IOException;

  /// The entry, if there is one.
  Optional<Note> read(String id) throws IOException;

  /// The ids of all entries.
  List<String> ids() throws IOException;

  /// Whether a file is staged under the id and not published. One that was published, and whose
  /// staging name a crash has left there, loses that name now.
  boolean isStaged(String id) throws IOException;

  /// Removes the entry and what is staged under its id. What can't be removed now is swept at the
  /// next start.
  void remove(String id) throws IOException;
}
