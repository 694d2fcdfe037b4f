package org.privateshare.cli;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.privateshare.client.http.UntrustedServer;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;

/// Failures in a person's words: what happened and, where there is something, what to do.
final class Explain {
  /// What is true of a transfer whose state is kept.
  static final String GOES_ON = "the same command goes on where this one has stopped";

  private static final String TRY_AGAIN = "; try again";

  private Explain() {}

  /// One line without a full stop, fit for a terminal, to stand behind "cannot get NAME: ".
  ///
  /// @param name the file that the line is about already; empty for none
  /// @param failure a `Refusal` or `IOException` of a transfer
  /// @param far the share
  static String failure(String name, Exception failure, FarEnd far) {
    return switch (failure) {
      case Refusal refusal -> refusal(refusal, far);
      case FileAlreadyExistsException e ->
          file(name, e)
              + "exists here already; give --replace, --rename or --skip, or another name with -o";
      case NoSuchFileException e -> file(name, e) + reason(e, "no such file");
      case AccessDeniedException e -> file(name, e) + reason(e, "permission denied");
      case FileSystemException e -> file(name, e) + reason(e, "this machine's disk failed");
      case UnknownHostException e -> said(e) + "; check the spelling, or give its address";
      case ConnectException e -> said(e) + "; is 'privateshare serve' running there?";
      case EOFException e -> said(e) + "; it may have stopped, or not let you in";
      case UntrustedServer e -> untrusted(e);
      case IOException e -> far.name() + " broke off (" + said(e) + ")" + TRY_AGAIN;
      default -> throw new IllegalArgumentException("not a failure of a file", failure);
    };
  }

  /// As [#failure], of a transfer that the same command goes on with.
  static String stop(String name, Exception failure, FarEnd far) {
    return waiting(name, failure, far) + "; " + GOES_ON;
  }

  /// As [#failure], of one that is tried again.
  static String waiting(String name, Exception failure, FarEnd far) {
    return failure instanceof ConnectException || failure instanceof EOFException
        ? said(failure)
        : failure(name, failure, far).replace(TRY_AGAIN, "");
  }

  /// Classic knows one word for every no. A refusal escapes the names in it itself.
  private static String refusal(Refusal refusal, FarEnd far) {
    if (!far.speaksClassic()) {
      return refusal.reason();
    }
    return switch (refusal) {
      case Refusal.Taken taken -> taken.reason() + " there, or the server takes no files from you";
      case Refusal.Missing missing -> missing.reason() + ", or the server doesn't let you in";
      default -> refusal.reason();
    };
  }

  private static String untrusted(UntrustedServer failure) {
    return failure
        .expected()
        .map(
            pin ->
                "another server answers there and was told nothing: its fingerprint is "
                    + failure.seen()
                    + ", not "
                    + pin
                    + "; if you know why, log in again")
        .orElseGet(
            () ->
                "no authority vouches for the server, so it was told nothing: its fingerprint is "
                    + failure.seen()
                    + "; 'privateshare login' saves it");
  }

  /// The path of a file whose name isn't told yet.
  private static String file(String name, FileSystemException failure) {
    String file = String.valueOf(failure.getFile());
    boolean told = file.equals(name) || file.endsWith("/" + name);
    return told ? "" : Printable.escape(file) + ": ";
  }

  private static String reason(FileSystemException failure, String otherwise) {
    String reason = failure.getReason();
    return reason == null ? otherwise : Printable.escape(reason);
  }

  private static String said(Exception failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : Printable.escape(message);
  }
}
