package org.privateshare.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.privateshare.archive.DamagedArchive;
import org.privateshare.archive.TarMember;
import org.privateshare.archive.TarReader;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.RequestBody;
import org.privateshare.client.http.Response;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Files on their way out of a share as tar archives. The server isn't trusted: only a file that
/// was asked for is taken, once, of the size that was listed and with the sum that it came with.
/// Anything else that comes ends it.
final class ArchiveDownload {
  /// The most that the names of one request take, in bytes.
  private static final int MOST_BYTES = 1 << 20;

  private static final String FORM = "application/x-www-form-urlencoded";

  private final SharePath folder;
  private final RemoteArchives.Arrivals arrivals;

  /// What was asked for and hasn't come, by the names of the members.
  private final Map<String, Listed> wanted = new LinkedHashMap<>();

  /// The folders around these.
  private final Set<String> around = new HashSet<>();

  private final StringBuilder form = new StringBuilder();

  private ArchiveDownload(SharePath folder, RemoteArchives.Arrivals arrivals) {
    this.folder = folder;
    this.arrivals = arrivals;
  }

  static void run(
      HttpClient client,
      Fields fields,
      SharePath folder,
      List<Listed> wanted,
      RemoteArchives.Arrivals arrivals)
      throws Refusal, IOException {
    var archive = new ArchiveDownload(folder, arrivals);
    for (Listed file : wanted) {
      String name = archive.below(file);
      String field = "name=" + URLEncoder.encode(name, UTF_8);
      if (archive.form.length() + 1 + field.length() > MOST_BYTES) {
        archive.request(client, fields);
      }
      archive.add(name, field, file);
    }
    archive.request(client, fields);
  }

  private String below(Listed file) {
    List<String> segments = file.path().segments();
    return String.join("/", segments.subList(folder.segments().size(), segments.size()));
  }

  private void add(String name, String field, Listed file) {
    form.append(form.isEmpty() ? "" : "&").append(field);
    String member = folder.isRoot() ? name : folder.name() + "/" + name;
    wanted.put(member, file);
    for (int slash = member.lastIndexOf('/');
        slash > 0;
        slash = member.lastIndexOf('/', slash - 1)) {
      if (!around.add(member.substring(0, slash))) {
        return;
      }
    }
  }

  private void request(HttpClient client, Fields fields) throws Refusal, IOException {
    if (wanted.isEmpty()) {
      return;
    }
    RequestBody names = RequestBody.of(form.toString().getBytes(US_ASCII));
    String url = Url.folder(folder) + "?archive=tar&digest";
    Request request = Request.of("POST", url, fields.with("Content-Type", FORM), names);
    try (Response response = client.exchange(request)) {
      Problems.requireStatus(response, 200);
      read(new TarReader(response::read, ByteBuffer.allocateDirect(HttpClient.BUFFER)));
    } catch (DamagedArchive e) {
      throw new ServerFault("the server's archive can't be read: " + e.reason(), e);
    }
    for (Listed gone : wanted.values()) {
      arrivals.failed(gone, new Refusal.Missing(gone.path()));
    }
    form.setLength(0);
    wanted.clear();
    around.clear();
  }

  private void read(TarReader archive) throws IOException {
    Optional<TarMember> member = archive.next();
    while (member.isPresent()) {
      take(member.get(), archive);
      member = archive.next();
    }
  }

  private void take(TarMember member, TarReader archive) throws IOException {
    String name = member.name().startsWith("./") ? member.name().substring(2) : member.name();
    if (member.kind() == TarMember.Kind.FOLDER && around.contains(name)) {
      return;
    }
    Listed file = member.kind() == TarMember.Kind.FILE ? wanted.remove(name) : null;
    if (file == null) {
      throw new ServerFault("the server sends what nobody asked for");
    }
    if (member.size() != file.size().orElse(-1)) {
      arrivals.failed(file, new Refusal.Changed(file.path()));
      if (member.size() >= SmallFile.BELOW) {
        throw new IOException("a file has grown meanwhile; the rest is asked for again");
      }
      return;
    }
    content(member, file, archive);
  }

  private void content(TarMember member, Listed file, TarReader archive) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) member.size());
    while (bytes.hasRemaining()) {
      ByteBuffer piece = archive.content();
      arrivals.moved(piece.remaining());
      bytes.put(piece);
    }
    bytes.flip();
    Digest announced =
        member
            .digest()
            .orElseThrow(() -> new ServerFault("the server doesn't say what a file sums up to"));
    if (!announced.equals(SmallFile.sum(bytes))) {
      arrivals.failed(file, new Refusal.Mismatch("other bytes came than the server announced"));
      return;
    }
    arrivals.arrived(
        file,
        new Parcel(
            member.name(),
            member.modified().orElseThrow(),
            Optional.of(new Parcel.Content(bytes, announced))));
  }
}
