package org.privateshare.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.RequestBody;
import org.privateshare.client.http.Response;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// An upload that the server remembers, in tus 1.0 as `docs/uploads.md` has it.
///
/// @param url where it is, a path without query
record UploadSession(HttpClient client, Fields fields, String url) {
  private static final String ALL = "/.privateshare/uploads";
  private static final Pattern URL = Pattern.compile(Pattern.quote(ALL) + "/[0-9A-Za-z_-]{1,64}");

  private static final Pattern CRC32C = Pattern.compile("crc32c:([0-9a-f]{8})");

  /// A bound for a server that never runs out of them.
  private static final int MOST = 100;

  /// How one stands.
  ///
  /// @param offset how many bytes the server has for good
  /// @param length how many there will be; empty where nobody has said
  /// @param digest the sum of the bytes before the offset
  /// @param beyond what the server has behind a gap, in its order
  /// @param isFile whether it has become a file already
  record State(long offset, OptionalLong length, String digest, List<Span> beyond, boolean isFile) {
    /// How far the bytes go that there are from `position` on.
    long end(long position) {
      return beyond.stream()
          .filter(span -> span.from() <= position && position < span.to())
          .mapToLong(Span::to)
          .findFirst()
          .orElse(Math.max(position, offset));
    }
  }

  /// Whether a path could be that of a session.
  static boolean isUrl(String path) {
    return URL.matcher(path).matches();
  }

  /// How many bytes a file may have there, as far as the server says.
  static long longest(HttpClient client, Fields fields) throws IOException {
    try (Response response = client.exchange(Request.of("OPTIONS", ALL, fields))) {
      String most = response.fields().first("Tus-Max-Size").orElse("");
      return most.matches("[1-9][0-9]{0,17}") ? Long.parseLong(most) : Long.MAX_VALUE;
    }
  }

  /// Whether several connections may bring parts of one upload.
  static boolean takesBeside(HttpClient client, Fields fields) throws IOException {
    try (Response response = client.exchange(Request.of("OPTIONS", ALL, fields))) {
      String extensions = response.fields().first("Tus-Extension").orElse("");
      return List.of(extensions.split(",", -1)).contains("beside");
    }
  }

  /// Begins one.
  ///
  /// @throws Refusal.Missing where the server knows no sessions, or the path is out of reach
  static UploadSession begin(
      HttpClient client,
      Fields fields,
      long length,
      Instant modified,
      SharePath target,
      IfTaken ifTaken)
      throws Refusal, IOException {
    Fields more =
        tus(fields)
            .with("Upload-Length", String.valueOf(length))
            .with("Upload-Metadata", metadata(target, modified, ifTaken));
    var nothing = RequestBody.of(new byte[0]);
    try (Response response = client.exchange(Request.of("POST", ALL, more, nothing))) {
      Problems.requireStatus(response, 201);
      String url = response.fields().first("Location").orElse("");
      if (!isUrl(url)) {
        throw new ServerFault("the server doesn't say where the upload is");
      }
      return new UploadSession(client, fields, url);
    }
  }

  private static Fields tus(Fields fields) {
    return fields.with("Tus-Resumable", "1.0.0");
  }

  private static String metadata(SharePath target, Instant modified, IfTaken ifTaken) {
    return "path "
        + base64(target.toString())
        + ",mtime "
        + base64(modified.toString())
        + (ifTaken == IfTaken.REPLACE ? ",replace" : "");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /// The session of a path that is being uploaded, whoever began it; empty where there is none.
  ///
  /// @throws Refusal.Taken where there is a file of that name already
  static Optional<UploadSession> of(HttpClient client, Fields fields, SharePath target)
      throws Refusal, IOException {
    try (Response response = client.exchange(Request.of("HEAD", Url.file(target), fields))) {
      if (response.status() == 200) {
        throw new Refusal.Taken(target);
      }
      return response.status() != 404
          ? Optional.empty()
          : response
              .fields()
              .first("Location")
              .filter(UploadSession::isUrl)
              .map(url -> new UploadSession(client, fields, url));
    }
  }

  /// Drops those of a path, at most [#MOST].
  static void dropAll(HttpClient client, Fields fields, SharePath target)
      throws Refusal, IOException {
    try {
      for (int dropped = 0; dropped < MOST; dropped++) {
        Optional<UploadSession> found = of(client, fields, target);
        if (found.isEmpty()) {
          return;
        }
        found.get().drop();
      }
    } catch (Refusal.Taken finished) {
      // Nothing is unfinished where the file is.
    }
  }

  /// The same over another connection.
  UploadSession over(HttpClient connection) {
    return new UploadSession(connection, fields, url);
  }

  /// How it stands now; empty where it is gone.
  Optional<State> state() throws Refusal, IOException {
    try (Response response = client.exchange(Request.of("GET", url, tus(fields)))) {
      Problems.requireStatus(response, 200);
      List<Span> runs = new ArrayList<>();
      Members members = Answer.object(response, "runs", row -> runs.add(run(row)));
      long offset = members.neededSize("offset");
      return Optional.of(
          new State(
              offset,
              members.size("length"),
              members.needed("digest"),
              runs.stream().filter(run -> run.from() > offset).toList(),
              members.text("etag").isPresent()));
    } catch (Refusal.Missing e) {
      return Optional.empty();
    }
  }

  private static Span run(Members row) throws IOException {
    Matcher digest = CRC32C.matcher(row.needed("digest"));
    if (!digest.matches() || row.neededSize("end") <= row.neededSize("start")) {
      throw new ServerFault("the server's answer has a run that is none");
    }
    long sum = HexFormat.fromHexDigitsToLong(digest.group(1));
    return new Span(row.neededSize("start"), row.neededSize("end"), sum);
  }

  /// Sends bytes that aren't the last ones.
  void send(long offset, long count, RequestBody body) throws Refusal, IOException {
    send(fields, offset, count, body);
  }

  /// The same over another connection, while others bring other bytes.
  void sendBeside(HttpClient connection, long offset, long count, RequestBody body)
      throws Refusal, IOException {
    over(connection).send(fields.with("Upload-Beside", "?1"), offset, count, body);
  }

  private void send(Fields more, long offset, long count, RequestBody body)
      throws Refusal, IOException {
    try (Response response = client.exchange(patch(more, offset, body))) {
      requireContinued(response, 204);
      String reached = response.fields().first("Upload-Offset").orElse("");
      if (!reached.equals(String.valueOf(offset + count))) {
        throw new IOException("the upload went astray: it is at byte " + reached + " there");
      }
    }
  }

  /// Sends the last bytes, which makes it a file.
  ///
  /// @param whole the sum of all bytes from the first one on
  /// @throws Refusal.Mismatch where the server has other bytes; nothing is published then
  void finish(long offset, byte[] last, Digest whole, SharePath target)
      throws Refusal, IOException {
    Fields more = fields.with("Repr-Digest", ReprDigest.print(whole));
    try (Response response = client.exchange(patch(more, offset, RequestBody.of(last)))) {
      requireContinued(response, 204);
      if (!ReprDigest.crc32c(response.fields()).equals(Optional.of(whole))
          || response.fields().all("Content-Location").stream()
              .noneMatch(url -> Url.means(url, target))) {
        throw new Refusal.Mismatch(
            "the server has stored other bytes than were sent: remove the file there and try"
                + " again");
      }
    }
  }

  private Request patch(Fields more, long offset, RequestBody body) {
    return Request.of(
        "PATCH",
        url,
        tus(more)
            .with("Upload-Offset", String.valueOf(offset))
            .with("Content-Type", "application/offset+octet-stream"),
        body);
  }

  /// That the upload goes on somewhere else is no refusal: somebody, or a connection of ours that
  /// died, has brought more of it.
  private static void requireContinued(Response response, int status) throws Refusal, IOException {
    if (response.status() == 409 && response.fields().first("Upload-Offset").isPresent()) {
      throw new IOException("the upload goes on at another byte there");
    }
    Problems.requireStatus(response, status);
  }

  /// Drops it, where it is still there.
  void drop() throws Refusal, IOException {
    try (Response response = client.exchange(Request.of("DELETE", url, tus(fields)))) {
      Problems.requireStatus(response, 204, 404, 410);
    }
  }
}
