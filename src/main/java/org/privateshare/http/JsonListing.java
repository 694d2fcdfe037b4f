package org.privateshare.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import org.privateshare.model.Entry;
import org.privateshare.model.Moment;
import org.privateshare.model.SharePath;

/// A listing for programs:
///
/// ```json
/// {"path":"inbox/","entries":[
/// {"name":"a.txt","type":"file","size":9,"modified":"2026-11-22T10:00:00.123Z"},
/// {"name":"old","type":"folder","modified":"2026-11-21T09:00:00Z"}
/// ],"total":12,"next":"CURSOR"}
/// ```
///
/// In a tree, `name` is the path from the folder on. `digest` is there where sums were asked for.
/// The share itself has the path `/`. `total` is there on pages, `next` on those that others
/// follow, `uploads` behind the last entry where something is on its way.
final class JsonListing implements ListingWriter {
  private final JsonGenerator json;

  /// Begins a listing of that folder.
  JsonListing(OutputStream out, SharePath folder) throws IOException {
    json = Json.writer(out);
    json.writeStartObject();
    json.writeStringField("path", folder + "/");
    json.writeArrayFieldStart("entries");
  }

  @Override
  public void row(Row row) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", row.name());
    switch (row.entry()) {
      case Entry.File file -> {
        json.writeStringField("type", "file");
        json.writeNumberField("size", file.size());
      }
      case Entry.Folder _ -> json.writeStringField("type", "folder");
    }
    json.writeStringField("modified", Moment.print(row.entry().modified()));
    if (row.digest().isPresent()) {
      json.writeStringField("digest", row.digest().get().toString());
    }
    json.writeEndObject();
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }

  @Override
  public void finish(ListingEnd end) throws IOException {
    json.writeEndArray();
    if (!end.uploads().isEmpty()) {
      UploadText.writeAll(json, end.uploads());
    }
    if (end.total().isPresent()) {
      json.writeNumberField("total", end.total().getAsLong());
    }
    if (end.next().isPresent()) {
      json.writeStringField("next", end.next().get());
    }
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }
}
