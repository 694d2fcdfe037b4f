package org.privateshare.cli;

import java.util.ArrayList;
import java.util.List;
import org.privateshare.client.FolderSum;
import org.privateshare.client.Progress;
import org.privateshare.model.Printable;

/// The line about a folder.
///
/// ```
/// put docs/photos/ to nas:3650: 1,203 files, 1.5 GiB in 4.2 s, 365.2 MiB/s; 20 unchanged, 2 failed
/// ```
final class FolderLine {
  private FolderLine() {}

  static String of(Progress.FolderDone done, Request request, FarEnd far, boolean dryRun) {
    FolderSum sum = done.sum();
    String time =
        " in " + Amounts.time(done.took()) + ", " + Amounts.rate(sum.bytes(), done.took());
    return (dryRun ? "would " + request.word() : request.past())
        + " "
        + Printable.escape(done.name())
        + " "
        + request.preposition()
        + " "
        + Printable.escape(far.name())
        + ": "
        + Amounts.files(sum.files())
        + (sum.files() == 0 ? "" : ", " + Amounts.size(sum.bytes()))
        + (sum.files() == 0 || dryRun ? "" : time)
        + others(sum);
  }

  private static String others(FolderSum sum) {
    List<String> words = new ArrayList<>();
    add(words, sum.unchanged(), "unchanged");
    add(words, sum.skipped(), "skipped");
    add(words, sum.leftOut(), "left out");
    add(words, sum.failed(), "failed");
    return words.isEmpty() ? "" : "; " + String.join(", ", words);
  }

  private static void add(List<String> words, long count, String what) {
    if (count > 0) {
      words.add(Amounts.grouped(count) + " " + what);
    }
  }
}
