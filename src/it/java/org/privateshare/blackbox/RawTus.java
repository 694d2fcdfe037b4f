package org.privateshare.blackbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A client of tus that shares no line with the program, one request at a time, over HTTP/1.1 or
/// HTTP/2. Thread-safe.
final class RawTus implements AutoCloseable {
  /// What came back.
  ///
  /// @param offset what the answer says of it, or -1
  record Answer(int status, long offset, String location, String text) {}

  private static final String UPLOADS = ".privateshare/uploads";

  private final int port;
  private final HttpClient client;

  private RawTus(int port, HttpClient.Version version) {
    this.port = port;
    this.client =
        HttpClient.newBuilder().sslContext(AnyIdentity.context()).version(version).build();
  }

  static RawTus over(HttpClient.Version version, int port) {
    return new RawTus(port, version);
  }

  static RawTus to(int port) {
    return over(HttpClient.Version.HTTP_1_1, port);
  }

  /// Begins an upload; the answer's location is where it lies.
  Answer create(String path, long length) throws IOException {
    String name = Base64.getEncoder().encodeToString(path.getBytes(StandardCharsets.UTF_8));
    return send(
        request(UPLOADS)
            .header("Upload-Length", Long.toString(length))
            .header("Upload-Metadata", "path " + name)
            .POST(BodyPublishers.noBody()));
  }

  /// How far an upload is.
  Answer head(String location) throws IOException {
    return send(request(location).method("HEAD", BodyPublishers.noBody()));
  }

  /// Sends the bytes from one position to before another.
  Answer patch(String location, Content content, long from, long to) throws IOException {
    HttpRequest.BodyPublisher bytes = BodyPublishers.ofInputStream(() -> content.stream(from, to));
    return send(
        request(location)
            .header("Upload-Offset", Long.toString(from))
            .header("Content-Type", "application/offset+octet-stream")
            .expectContinue(true) // a refusal shall not come in the midst of the bytes
            .method("PATCH", BodyPublishers.fromPublisher(bytes, to - from)));
  }

  /// Sends the bytes from one position to before another, as `curl -C` does.
  Answer put(String path, Content content, long from, long to) throws IOException {
    HttpRequest.BodyPublisher bytes = BodyPublishers.ofInputStream(() -> content.stream(from, to));
    return send(
        request(path)
            .header("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + content.size())
            .expectContinue(true)
            .PUT(BodyPublishers.fromPublisher(bytes, to - from)));
  }

  /// What this key has under way, a JSON object a line.
  String list() throws IOException {
    return send(request(UPLOADS + "?json").GET()).text();
  }

  /// What is said of a path.
  Answer look(String path) throws IOException {
    return send(request(path).method("HEAD", BodyPublishers.noBody()));
  }

  private HttpRequest.Builder request(String path) throws IOException {
    String slash = path.startsWith("/") ? "" : "/";
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + slash + path))
        .header("Authorization", "Bearer " + RawHttps.ownerKey())
        .header("Tus-Resumable", "1.0.0");
  }

  private Answer send(HttpRequest.Builder request) throws IOException {
    try {
      HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.headers().firstValueAsLong("Upload-Offset").orElse(-1),
          answer.headers().firstValue("Location").orElse(""),
          answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
