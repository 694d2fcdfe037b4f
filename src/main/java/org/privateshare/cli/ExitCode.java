package org.privateshare.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.privateshare.client.http.UntrustedServer;
import org.privateshare.model.Refusal;

/// What the program says to the script that called it. The numbers are for ever.
enum ExitCode {
  /// All that was asked for is done.
  DONE(0, "done", "all done"),
  /// Some is not: files failed for different reasons, or this machine's disk did.
  FAILED(1, "failed", "some failed"),
  /// The command line makes no sense, or a name is none.
  USAGE(2, "usage", "wrong usage, or a name that can't be"),
  /// The far end or this machine doesn't allow it; for `serve` also an address that can't be had.
  NOT_ALLOWED(3, "not-allowed", "not allowed; serve: the address is taken or not to be had"),
  /// The file or folder isn't there.
  NOT_FOUND(4, "not-found", "not found"),
  /// Other bytes came than were announced, or another server answers than was meant.
  INTEGRITY(5, "integrity", "other bytes, or another server, than announced"),
  /// Something of that name is there already.
  EXISTS(6, "exists", "the name is taken"),
  /// No answer, or it broke off.
  NETWORK(7, "network", "the network gave up"),
  /// Stopped by Ctrl-C. Not set by us: it is what the virtual machine ends with.
  INTERRUPTED(130, "interrupted", "interrupted");

  private final int number;
  private final String word;
  private final String meaning;

  ExitCode(int number, String word, String meaning) {
    this.number = number;
    this.word = word;
    this.meaning = meaning;
  }

  /// What the process ends with.
  int number() {
    return number;
  }

  /// The stable name for machines.
  String word() {
    return word;
  }

  /// What a failure of one file means for the process: the one place where failures become codes.
  static ExitCode of(Exception failure) {
    return switch (failure) {
      case Refusal refusal -> ofRefusal(refusal);
      case FileAlreadyExistsException e -> EXISTS;
      case NoSuchFileException e -> NOT_FOUND;
      case AccessDeniedException e -> NOT_ALLOWED;
      case FileSystemException e -> FAILED;
      case UntrustedServer e -> INTEGRITY;
      case IOException e -> NETWORK;
      default -> throw new IllegalArgumentException("not a failure of a file", failure);
    };
  }

  private static ExitCode ofRefusal(Refusal refusal) {
    return switch (refusal) {
      case Refusal.BadName r -> USAGE;
      case Refusal.Missing r -> NOT_FOUND;
      case Refusal.Taken r -> EXISTS;
      case Refusal.Changed r -> EXISTS;
      case Refusal.NotEmpty r -> EXISTS;
      case Refusal.Denied r -> NOT_ALLOWED;
      case Refusal.TooLarge r -> NOT_ALLOWED;
      case Refusal.NoSpace r -> FAILED;
      case Refusal.Mismatch r -> INTEGRITY;
      case Refusal.WrongOffset r -> FAILED;
      case Refusal.TooMany r -> NOT_ALLOWED;
      case Refusal.Busy r -> NETWORK;
      case Refusal.Unavailable r -> NETWORK;
    };
  }

  /// The table for `--help`: number to meaning.
  static Map<String, String> table() {
    Map<String, String> table = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      table.put(String.valueOf(code.number), code.meaning);
    }
    return table;
  }
}
