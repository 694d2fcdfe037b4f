package org.privateshare.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.privateshare.client.FolderSum;
import org.privateshare.client.Progress;

/// Tells a run of transfers as [JsonLines]. Progress is told at most once a second.
final class JsonEvents implements Consumer<Progress> {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final JsonLines lines;
  private final FarEnd far;
  private long lastTold;
  private boolean inFolder;

  JsonEvents(JsonLines lines, FarEnd far) {
    this.lines = lines;
    this.far = far;
  }

  @Override
  public void accept(Progress progress) {
    switch (progress) {
      case Progress.Started started -> started(started);
      case Progress.Advanced advanced -> advanced(advanced);
      case Progress.Done done -> done(done);
      case Progress.Unchanged unchanged -> unchanged(unchanged);
      case Progress.Skipped skipped ->
          lines.event("skipped", json -> json.writeStringField("name", skipped.name()));
      case Progress.Failed failed ->
          lines.failed(failed.name(), failed.cause(), far, failed.kept());
      case Progress.Resumed resumed -> resumed(resumed);
      case Progress.Waiting waiting -> waiting(waiting);
      case Progress.Planned(var name, var bytes) ->
          tell("planned", json -> named(json, name, "bytes", bytes));
      case Progress.LeftOut(var name, var what) ->
          tell(
              "passed-over",
              json -> {
                json.writeStringField("name", name);
                json.writeStringField("what", what);
              });
      case Progress.FolderStarted started -> {
        lines.event("folder", json -> json.writeStringField("name", started.name()));
        inFolder = true;
      }
      case Progress.FolderAdvanced advanced -> advanced(advanced);
      case Progress.FolderDone done -> done(done);
    }
  }

  /// Of the files of a folder there may be very many.
  private void tell(String event, JsonLines.Members members) {
    if (inFolder) {
      lines.row(event, members);
    } else {
      lines.event(event, members);
    }
  }

  private static void named(JsonGenerator json, String name, String member, long number)
      throws IOException {
    json.writeStringField("name", name);
    json.writeNumberField(member, number);
  }

  private void unchanged(Progress.Unchanged unchanged) {
    tell("unchanged", json -> named(json, unchanged.name(), "bytes", unchanged.bytes()));
  }

  private void advanced(Progress.FolderAdvanced advanced) {
    if (isDue()) {
      lines.event(
          "progress",
          json -> {
            named(json, advanced.name(), "bytes", advanced.bytes());
            json.writeNumberField("total", advanced.totalBytes());
            json.writeNumberField("files", advanced.files());
            json.writeNumberField("total_files", advanced.totalFiles());
          });
    }
  }

  private void done(Progress.FolderDone done) {
    inFolder = false;
    FolderSum sum = done.sum();
    lines.event(
        "folder-done",
        json -> {
          named(json, done.name(), "bytes", sum.bytes());
          json.writeNumberField("milliseconds", done.took().toMillis());
          json.writeNumberField("files", sum.files());
          json.writeNumberField("folders", sum.folders());
          json.writeNumberField("unchanged", sum.unchanged());
          json.writeNumberField("skipped", sum.skipped());
          json.writeNumberField("left_out", sum.leftOut());
          json.writeNumberField("failed", sum.failed());
        });
  }

  private void resumed(Progress.Resumed resumed) {
    lines.event(
        "resumed",
        json -> {
          json.writeStringField("name", resumed.name());
          json.writeNumberField("resumed_at", resumed.at());
          json.writeNumberField("total", resumed.total());
        });
  }

  private void waiting(Progress.Waiting waiting) {
    lines.event(
        "waiting",
        json -> {
          json.writeStringField("name", waiting.name());
          json.writeNumberField("milliseconds", waiting.pause().toMillis());
          json.writeStringField("message", Explain.waiting(waiting.name(), waiting.cause(), far));
        });
  }

  private void started(Progress.Started started) {
    lastTold = System.nanoTime();
    lines.event(
        "started",
        json -> {
          json.writeStringField("name", started.name());
          total(json, started.total());
        });
  }

  private void advanced(Progress.Advanced advanced) {
    if (!isDue()) {
      return;
    }
    lines.event(
        "progress",
        json -> {
          json.writeStringField("name", advanced.name());
          json.writeNumberField("bytes", advanced.moved());
          total(json, advanced.total());
        });
  }

  private boolean isDue() {
    long now = System.nanoTime();
    boolean due = now - lastTold >= SECOND;
    lastTold = due ? now : lastTold;
    return due;
  }

  private void done(Progress.Done done) {
    tell(
        "done",
        json -> {
          json.writeStringField("name", done.name());
          json.writeNumberField("bytes", done.bytes());
          if (done.moved() < done.bytes()) {
            json.writeNumberField("moved", done.moved());
          }
          json.writeNumberField("milliseconds", done.took().toMillis());
          if (done.digest().isPresent()) {
            json.writeStringField("digest", done.digest().get().toString());
          }
          if (done.as().isPresent()) {
            json.writeStringField("as", done.as().get());
          }
        });
  }

  private static void total(JsonGenerator json, OptionalLong total) throws IOException {
    if (total.isPresent()) {
      json.writeNumberField("total", total.getAsLong());
    }
  }
}
