package org.privateshare.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.privateshare.net.RawPeer;

/// Speaks tus to a [DoorFixture], each request on a connection of its own.
///
/// @param door the server
/// @param key whose key it shows
record TusPeer(DoorFixture door, String key) {
  static final String UPLOADS = "/.privateshare/uploads";
  private static final String PART = "Content-Type: application/offset+octet-stream";

  /// Any request with the version.
  String ask(String line, String body, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("Tus-Resumable: 1.0.0");
    return door.as(key, line, body, all.toArray(String[]::new));
  }

  /// `Upload-Metadata` of one pair or more: `path=a`, `mtime=0`.
  static String metadata(String... pairs) {
    List<String> encoded = new ArrayList<>();
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      encoded.add(pair.substring(0, equals) + " " + base64(pair.substring(equals + 1)));
    }
    return "Upload-Metadata: " + String.join(",", encoded);
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /// A new upload; returns its URL.
  String begin(String path, long length) throws IOException {
    String answer =
        ask("POST " + UPLOADS, "", metadata("path=" + path), "Upload-Length: " + length);
    return Answers.field(answer, "Location");
  }

  /// A new part of a whole; returns its URL.
  String beginPart(long length) throws IOException {
    String answer =
        ask("POST " + UPLOADS, "", "Upload-Concat: partial", "Upload-Length: " + length);
    return Answers.field(answer, "Location");
  }

  /// Sends the next bytes.
  String patch(String url, long offset, String body, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add(PART);
    all.add("Upload-Offset: " + offset);
    return ask("PATCH " + url, body, all.toArray(String[]::new));
  }

  /// Sends some of the bytes that it announces and leaves the connection open.
  RawPeer sendSome(String url, long offset, long announced, String body) throws IOException {
    RawPeer peer = door.connect();
    String head = "PATCH " + url + " HTTP/1.1\r\nHost: localhost\r\nTus-Resumable: 1.0.0\r\n";
    peer.tell(head + PART + "\r\nAuthorization: Bearer " + key + "\r\n");
    peer.tell("Upload-Offset: " + offset + "\r\nContent-Length: " + announced + "\r\n\r\n" + body);
    return peer;
  }

  String head(String url) throws IOException {
    return ask("HEAD " + url, "");
  }

  /// What HEAD says; empty where it says nothing.
  String offset(String url) throws IOException {
    return Answers.field(head(url), "Upload-Offset");
  }
}
