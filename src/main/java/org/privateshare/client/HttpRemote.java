package org.privateshare.client;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.RequestBody;
import org.privateshare.client.http.Response;
import org.privateshare.model.Digest;
import org.privateshare.model.OldVersion;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// A share that is spoken to in HTTP as `docs/http.md` says.
public final class HttpRemote
    implements Remote,
        RemoteTree,
        RemoteArchives,
        RemoteChanges,
        RemoteHistory,
        RemoteUploads,
        RemoteKeys,
        RemoteCheckup {
  private static final Fields JSON = Fields.NONE.with("Accept", "application/json");

  private final HttpClient client;
  private final Fields fields;

  /// A share that takes all comers, or tells them that it doesn't. Takes over the client.
  public HttpRemote(HttpClient client) {
    this.client = client;
    this.fields = JSON;
  }

  /// A share that is entered with a key. Takes over the client, which must be one that encrypts and
  /// trusts nobody but the share's own server, or one that leads to this very machine.
  public HttpRemote(HttpClient client, String key) {
    this.client = client;
    this.fields = JSON.with("Authorization", "Bearer " + key);
  }

  @Override
  public Stored put(LocalSource source, SharePath target, IfTaken ifTaken, Meter meter)
      throws Refusal, IOException {
    if (source instanceof LocalFile file && file.length() >= SessionUpload.FROM) {
      Optional<Stored> stored =
          new SessionUpload(client, fields, file, target, ifTaken, meter).run();
      if (stored.isPresent()) {
        return stored.get();
      }
    }
    return putWhole(source, target, ifTaken, meter);
  }

  private Stored putWhole(LocalSource source, SharePath target, IfTaken ifTaken, Meter meter)
      throws Refusal, IOException {
    String url = Url.file(target) + (ifTaken == IfTaken.REPLACE ? "?replace" : "");
    var body = new SummedBody(source, meter);
    try (Response response = client.exchange(Request.of("PUT", url, fields, body))) {
      Problems.requireStatus(response, 200, 201);
      requireReceipt(Answer.object(response), body);
      var digest = Optional.of(body.digest());
      return new Stored(target, body.moved(), digest, response.status() == 200);
    }
  }

  /// The far end vouches for these bytes and no others.
  private static void requireReceipt(Members receipt, SummedBody sent) throws Refusal, IOException {
    String size = receipt.needed("size");
    String digest = receipt.needed("digest");
    if (!size.equals(Long.toString(sent.moved())) || !digest.equals(sent.digest().toString())) {
      throw new Refusal.Mismatch(
          "the server has stored other bytes than were sent: remove the file there and try again");
    }
  }

  @Override
  public void dropUploads(SharePath target) throws Refusal, IOException {
    UploadSession.dropAll(client, fields, target);
  }

  @Override
  public Received get(SharePath file, LocalSink sink, Meter meter) throws Refusal, IOException {
    return new Download(client, fields, file).into(sink, meter);
  }

  @Override
  public Optional<RemoteFile> find(SharePath file, Digest.Algorithm wanted)
      throws Refusal, IOException {
    Fields more =
        wanted == Digest.Algorithm.CRC32C
            ? fields
            : fields.with("Want-Repr-Digest", wanted.label() + "=10");
    try (Response response = client.exchange(Request.of("HEAD", Url.file(file), more))) {
      if (response.status() == 404 || response.status() == 308) {
        return Optional.empty();
      }
      Problems.requireStatus(response, 200);
      String length = response.fields().first("Content-Length").orElse("");
      if (!length.matches("[0-9]{1,18}")) {
        throw new ServerFault("the server doesn't say how long the file is");
      }
      return Optional.of(
          new RemoteFile(
              Long.parseLong(length),
              modified(response.fields()),
              ReprDigest.of(response.fields(), wanted)));
    }
  }

  private static Optional<Instant> modified(Fields fields) {
    try {
      return fields
          .first("Last-Modified")
          .map(text -> Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  @Override
  public long list(SharePath folder, Consumer<Listed> entries) throws Refusal, IOException {
    return list(Url.folder(folder), folder, false, entries);
  }

  @Override
  public long list(SharePath folder, boolean digests, Consumer<Listed> entries)
      throws Refusal, IOException {
    String url = Url.folder(folder) + (digests ? "?recursive&digest" : "?recursive");
    return list(url, folder, true, entries);
  }

  private long list(String url, SharePath folder, boolean isTree, Consumer<Listed> entries)
      throws Refusal, IOException {
    try (Response response = client.exchange(Request.of("GET", url, fields))) {
      Problems.requireStatus(response, 200);
      return ListedReader.read(response, folder, isTree, entries);
    }
  }

  @Override
  public void unpack(SharePath folder, IfTaken ifTaken, Parcels parcels)
      throws Refusal, IOException {
    TarUpload.run(client, fields, folder, ifTaken, parcels);
  }

  @Override
  public void fetch(SharePath folder, List<Listed> wanted, Arrivals arrivals)
      throws Refusal, IOException {
    ArchiveDownload.run(client, fields, folder, wanted, arrivals);
  }

  @Override
  public void remove(SharePath path) throws Refusal, IOException {
    done(Request.of("DELETE", Url.file(path), fields), 204);
  }

  @Override
  public void removeTree(SharePath folder) throws Refusal, IOException {
    done(Request.of("DELETE", Url.folder(folder) + "?recursive", fields), 204);
  }

  @Override
  public boolean isFolder(SharePath path) throws Refusal, IOException {
    try (Response response = client.exchange(Request.of("HEAD", Url.folder(path), fields))) {
      Problems.requireStatus(response, 200, 404);
      return response.status() == 200;
    }
  }

  @Override
  public void move(SharePath from, SharePath to) throws Refusal, IOException {
    Fields goal = fields.with("Destination", Url.file(to));
    done(Request.of("MOVE", Url.file(from), goal), 201);
  }

  @Override
  public void makeFolder(SharePath folder) throws Refusal, IOException {
    done(Request.of("MKCOL", Url.folder(folder), fields), 201);
  }

  @Override
  public void history(SharePath path, Consumer<OldVersion> versions) throws Refusal, IOException {
    try (Response response = client.exchange(Request.of("GET", Url.history(path), fields))) {
      Problems.requireStatus(response, 200);
      Answer.rows(response, "versions", row -> versions.accept(version(row)));
    }
  }

  private static OldVersion version(Members row) throws IOException {
    try {
      return new OldVersion(
          SharePath.parse(row.needed("path")),
          row.needed("id"),
          row.neededSize("size"),
          row.neededInstant("modified"),
          row.neededInstant("kept"));
    } catch (Refusal.BadName e) {
      throw new IOException("the server's history names what is no path", e);
    }
  }

  @Override
  public void restore(SharePath path, String id, SharePath to) throws Refusal, IOException {
    var nothing = RequestBody.of(new byte[0]);
    done(Request.of("POST", Url.restore(path, id, to), fields, nothing), 201);
  }

  @Override
  public void uploads(Consumer<Unfinished> uploads) throws Refusal, IOException {
    try (Response response = client.exchange(Request.of("GET", Url.uploads(), fields))) {
      Problems.requireStatus(response, 200);
      Answer.rows(response, "uploads", row -> uploads.accept(unfinished(row)));
    }
  }

  private static Unfinished unfinished(Members row) throws IOException {
    return new Unfinished(
        row.needed("id"),
        row.text("path").orElse(""),
        row.neededSize("offset"),
        row.size("length"),
        row.needed("label"),
        row.neededInstant("expires"));
  }

  @Override
  public void dropUpload(String id) throws Refusal, IOException {
    Fields tus = fields.with("Tus-Resumable", "1.0.0");
    done(Request.of("DELETE", Url.upload(id), tus), 204);
  }

  @Override
  public Issued issue(Wish wish) throws Refusal, IOException {
    RequestBody body = RequestBody.of(KeyJson.write(wish));
    Fields typed = fields.with("Content-Type", "application/json");
    try (Response response = client.exchange(Request.of("POST", Url.keys(), typed, body))) {
      Problems.requireStatus(response, 201);
      return KeyJson.issued(Answer.object(response));
    }
  }

  @Override
  public void keys(Consumer<Known> keys) throws Refusal, IOException {
    try (Response response = client.exchange(Request.of("GET", Url.keys(), fields))) {
      Problems.requireStatus(response, 200);
      Answer.rows(response, "keys", row -> keys.accept(KeyJson.known(row)));
    }
  }

  @Override
  public void revoke(String id) throws Refusal, IOException {
    done(Request.of("DELETE", Url.key(id), fields), 204);
  }

  private void done(Request request, int status) throws Refusal, IOException {
    try (Response response = client.exchange(request)) {
      Problems.requireStatus(response, status);
    }
  }

  @Override
  public void examine(SharePath folder, Consumer<Finding> findings) throws Refusal, IOException {
    new Checkup(client, fields, folder, findings).run();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
