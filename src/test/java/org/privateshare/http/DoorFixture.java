package org.privateshare.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.privateshare.access.Access;
import org.privateshare.access.Scope;
import org.privateshare.access.StateFolder;
import org.privateshare.access.Terms;
import org.privateshare.model.Refusal;
import org.privateshare.model.Rights;
import org.privateshare.model.Visit;
import org.privateshare.net.Deadlines;
import org.privateshare.net.HttpDoor;
import org.privateshare.net.Identity;
import org.privateshare.net.Listener;
import org.privateshare.net.ListenerOptions;
import org.privateshare.net.RawPeer;
import org.privateshare.share.Limits;
import org.privateshare.share.Share;
import org.privateshare.store.FolderStore;

/// A server with a folder and keys, on a real port: HTTP in clear and in TLS.
final class DoorFixture implements Closeable {

  private final Path folder;
  private final FolderStore store;
  private final Access access;
  private final Identity identity;
  private final Listener listener;
  private final BlockingQueue<Visit> visits = new LinkedBlockingQueue<>();
  private int strangers;

  private DoorFixture(
      Path root, HttpOptions options, Limits limits, Deadlines deadlines, InstantSource clock)
      throws IOException {
    this.folder = Files.createDirectories(root.resolve("share"));
    this.store = FolderStore.open(folder, clock);
    this.access = Access.open(new StateFolder(root.resolve("state")), InstantSource.system());
    this.identity = Identity.kept(root.resolve("tls"));
    this.listener =
        new Listener(
            ListenerOptions.onPort(0).withDeadlines(deadlines).withDrain(Duration.ofSeconds(1)),
            List.of(),
            HttpDoor.of(
                HttpShare.of(
                    new Share(store, limits), access, options, identity::fingerprint, visits::add),
                identity,
                visits::add));
    listener.start();
  }

  static DoorFixture in(Path root) throws IOException {
    return in(root, HttpOptions.DEFAULT, Limits.DEFAULT, Deadlines.DEFAULT);
  }

  static DoorFixture in(Path root, HttpOptions options, Limits limits, Deadlines deadlines)
      throws IOException {
    return new DoorFixture(root, options, limits, deadlines, InstantSource.system());
  }

  /// One for which all files that it sees have changed long ago.
  static DoorFixture later(Path root) throws IOException {
    InstantSource clock = InstantSource.offset(InstantSource.system(), Duration.ofHours(1));
    return new DoorFixture(root, HttpOptions.DEFAULT, Limits.DEFAULT, Deadlines.DEFAULT, clock);
  }

  /// One that lets a request on this machine say from which address it comes.
  static DoorFixture behindProxy(Path root) throws IOException {
    Optional<AddressBlock> here = AddressBlock.parse("127.0.0.1");
    HttpOptions options = new HttpOptions(Set.of(), List.of(here.orElseThrow()));
    return in(root, options, Limits.DEFAULT, Deadlines.DEFAULT);
  }

  int port() {
    return listener.port();
  }

  Path folder() {
    return folder;
  }

  FolderStore store() {
    return store;
  }

  String fingerprint() {
    return identity.fingerprint().toString();
  }

  String ownerKey() throws IOException {
    return access.ownerKey();
  }

  /// A key as `rights path`, such as `list,get inbox/`.
  String key(String rights, String path) throws Refusal, IOException {
    return key(rights, path, false);
  }

  String link(String rights, String path) throws Refusal, IOException {
    return key(rights, path, true);
  }

  private String key(String rights, String path, boolean isLink) throws Refusal, IOException {
    Terms terms = Terms.of("Ada", Rights.parse(rights), Scope.parse(path), Terms.NEVER, isLink);
    return access.issue(access.authenticate(access.ownerKey()), terms).text();
  }

  Access access() {
    return access;
  }

  /// The visit that ends next, or ended and was not asked for yet.
  Visit nextVisit() throws InterruptedException {
    return visits.take();
  }

  RawPeer connect() throws IOException {
    return RawPeer.to("127.0.0.1", port());
  }

  /// Sends these bytes, with LF for CRLF, and reads all until the server closes.
  String ask(String head) throws IOException {
    return raw(head.replace("\n", "\r\n"));
  }

  String raw(String bytes) throws IOException {
    try (RawPeer peer = connect()) {
      try {
        peer.tell(bytes.getBytes(ISO_8859_1));
      } catch (IOException answeredBeforeTheEnd) {
        // What was said is there to be read all the same.
      }
      return new String(peer.readAll(), ISO_8859_1);
    }
  }

  /// One request with the owner's key on a connection of its own: `PUT /a.txt`, more fields, a
  /// body.
  String as(String key, String line, String body, String... fields) throws IOException {
    List<String> head = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: localhost"));
    if (!key.isEmpty()) {
      head.add("Authorization: Bearer " + key);
    }
    head.addAll(List.of(fields));
    head.add("Connection: close");
    if (!body.isEmpty()) {
      head.add("Content-Length: " + body.length());
    }
    return raw(String.join("\r\n", head) + "\r\n\r\n" + body);
  }

  /// The same without a key, from an address that hasn't asked before, which the throttle doesn't
  /// know; needs [#behindProxy].
  String asStranger(String line, String body, String... fields) throws IOException {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("X-Forwarded-For: 192.0.2." + ++strangers);
    return as("", line, body, all.toArray(String[]::new));
  }

  String owner(String line, String body, String... fields) throws IOException {
    return as(ownerKey(), line, body, fields);
  }

  /// What every refusal owes: the share is as it was, nothing is left in the staging folder, the
  /// answer tells nothing of the machine, and the next request is served.
  void assertHarmless(Map<String, String> before, String answer) throws IOException {
    assertThat(answer)
        .doesNotContain(folder.toString(), "java.", "org.", "Exception", ownerKey())
        .doesNotContainIgnoringCase("jetty");
    assertThat(snapshot()).isEqualTo(before);
    assertThat(isStagingEmpty()).isTrue();
    assertThat(owner("GET /?limit=1", "")).startsWith("HTTP/1.1 200 ");
  }

  /// Everything in and beside the share, one line an entry: what must not change.
  Map<String, String> snapshot() throws IOException {
    Map<String, String> entries = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(path -> !path.toString().contains(".privateshare")).toList()) {
        Object inode = Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        Object modified = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
        String content =
            Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) ? Files.readString(path) : "";
        entries.put(path.toString(), inode + " " + modified + " " + content);
      }
    }
    return entries;
  }

  boolean isStagingEmpty() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve(".privateshare/staging"))) {
      return all.findAny().isEmpty();
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    store.close();
  }
}
