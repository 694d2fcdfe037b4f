package org.privateshare.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;

/// The state folder when it is open to others, damaged, half-written or gone.
final class AccessFilesTest {
  private static final InstantSource CLOCK = new SteppableClock();

  @TempDir Path temp;

  private StateFolder state = new StateFolder(Path.of(""));
  private Path ring = Path.of("");
  private Path ownerKey = Path.of("");
  private Access access;

  @BeforeEach
  void start() throws IOException {
    state = new StateFolder(temp.resolve("state"));
    ring = state.path().resolve("keyring");
    ownerKey = state.path().resolve("owner.key");
    access = Access.open(state, CLOCK);
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void chmod(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private void assertNoStart(String reason) {
    assertThatThrownBy(() -> Access.open(state, CLOCK))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(temp.toString());
  }

  private IssuedKey issue() throws IOException, Refusal {
    Terms terms = Terms.of("Ada", Rights.of(Right.GET), Scope.ALL, Terms.NEVER, false);
    return access.issue(access.authenticate(access.ownerKey()), terms);
  }

  @Test
  void everythingIsMadePrivate() throws IOException {
    assertThat(mode(state.path())).isEqualTo("rwx------");
    try (var files = Files.list(state.path())) {
      assertThat(files).hasSize(3).allSatisfy(f -> assertThat(mode(f)).isEqualTo("rw-------"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rwxr-xr-x", "rwxr-x---", "rwx--x---", "rwx-w----", "rwx---r--", "rwx-----x"})
  void aFolderThatIsOpenToOthersIsRefused(String mode) throws IOException {
    chmod(state.path(), mode);
    assertNoStart("may be read or written by others (mode " + mode + ")");
    assertThatThrownBy(state::ownerKey).isInstanceOf(IOException.class);
    assertThat(mode(state.path())).isEqualTo(mode);
  }

  @ParameterizedTest
  @CsvSource({
    "keyring, rw-r--r--",
    "keyring, rw-r-----",
    "keyring, rw--w----",
    "keyring, rw-----w-",
    "owner.key, rw-r--r--",
    "owner.key, rw----r--"
  })
  void aFileThatIsOpenToOthersIsRefused(String name, String mode) throws IOException {
    Path file = state.path().resolve(name);
    chmod(file, mode);
    assertNoStart("may be read or written by others (mode " + mode + ")");
    assertThat(mode(file)).isEqualTo(mode);
  }

  @Test
  void aFolderThatIsALinkIsRefused() throws IOException {
    Path real = temp.resolve("real");
    Files.move(state.path(), real);
    Files.createSymbolicLink(state.path(), real);
    assertNoStart("is not a folder, or a symbolic link to one");
  }

  @Test
  void aLinkThatLeadsNowhereIsNoFolderToBeMade() throws IOException {
    state = new StateFolder(temp.resolve("link"));
    Files.createSymbolicLink(state.path(), temp.resolve("nowhere"));
    assertNoStart("is not a folder, or a symbolic link to one");
    assertThat(temp.resolve("nowhere")).doesNotExist();
  }

  @Test
  void aFileInThePlaceOfTheFolderIsRefused() throws IOException {
    state = new StateFolder(Files.createFile(temp.resolve("file")));
    assertNoStart("is not a folder, or a symbolic link to one");
  }

  @ParameterizedTest
  @ValueSource(strings = {"keyring", "owner.key", "lock"})
  void aFileThatIsALinkIsRefused(String name) throws IOException {
    Path file = state.path().resolve(name);
    Path real = temp.resolve("real");
    Files.move(file, real);
    Files.createSymbolicLink(file, real);
    assertNoStart(name);
    assertThat(file).isSymbolicLink();
  }

  @Test
  void aFolderInThePlaceOfTheKeyringIsRefused() throws IOException {
    Files.delete(ring);
    Files.createDirectory(
        ring, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    assertNoStart("is not a regular file");
  }

  @Test
  void aFileOfAnotherUserIsRefused() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root gives files away");
    var users = ring.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(ring, users.lookupPrincipalByName("nobody"));
    assertNoStart("belongs to nobody");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50, 100, 200})
  void aKeyringThatWasCutIsRefusedAndKept(int length) throws IOException {
    byte[] cut = Arrays.copyOf(Files.readAllBytes(ring), length);
    Files.write(ring, cut);
    assertNoStart("cannot use the keyring");
    assertThat(Files.readAllBytes(ring)).isEqualTo(cut);
  }

  @Test
  void aHugeKeyringIsRefusedUnread() throws IOException {
    try (var file = new RandomAccessFile(ring.toFile(), "rw")) {
      file.setLength(1L << 32);
    }
    assertNoStart("is larger than");
  }

  @Test
  void aKeyringThatIsGoneIsNotReplacedInSilence() throws IOException {
    String before = access.ownerKey();
    Files.delete(ring);
    assertNoStart("is gone, but an owner key is there");
    assertThat(ring).doesNotExist();
    Files.delete(ownerKey);
    assertThat(Access.open(state, CLOCK).ownerKey()).isNotEqualTo(before);
  }

  @Test
  void aKeyringThatIsDamagedOrGoneWhileTheServerRunsStopsEveryRequest()
      throws IOException, Refusal {
    String key = issue().text();
    byte[] good = Files.readAllBytes(ring);
    Files.write(ring, new byte[0]);
    assertThatThrownBy(() -> access.authenticate(key)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> access.authenticate("")).isInstanceOf(IOException.class);
    Files.delete(ring);
    assertThatThrownBy(() -> access.authenticate(key)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> access.authenticate("")).isInstanceOf(IOException.class);
    Files.write(ring, good);
    chmod(ring, "rw-r--r--");
    assertThatThrownBy(() -> access.authenticate(key)).isInstanceOf(IOException.class);
    chmod(ring, "rw-------");
    assertThat(access.authenticate(key).label()).isEqualTo("Ada");
  }

  @Test
  void whatAKilledProcessLeftIsIgnored() throws IOException, Refusal {
    Path staging = state.path().resolve("keyring.new");
    Files.writeString(staging, "privateshare keyring 1\nclock 17");
    Files.writeString(state.path().resolve("owner.key.new"), "ps1_");
    IssuedKey key = issue();
    assertThat(staging).doesNotExist();
    access = Access.open(state, CLOCK);
    assertThat(access.authenticate(key.text()).id()).isEqualTo(key.capability().id());
  }

  @Test
  void anOwnerKeyThatIsMissingOrOldIsMadeAgainAtTheStart() throws IOException {
    String right = access.ownerKey();
    for (Optional<String> found : List.of(Optional.<String>empty(), Optional.of("x"))) {
      Files.delete(ownerKey);
      if (found.isPresent()) {
        Files.writeString(ownerKey, found.get());
        chmod(ownerKey, "rw-------");
      }
      assertThat(Access.open(state, CLOCK).ownerKey()).isEqualTo(right);
      assertThat(state.ownerKey()).contains(right);
      assertThat(mode(ownerKey)).isEqualTo("rw-------");
    }
  }

  @Test
  void aChangeThatCannotBeWrittenIsNoChange() throws IOException, Refusal {
    IssuedKey key = issue();
    byte[] before = Files.readAllBytes(ring);
    Grant owner = access.authenticate(access.ownerKey());
    Path obstacle = state.path().resolve("keyring.new/obstacle");
    Files.createDirectories(obstacle);
    assertThatThrownBy(() -> access.revoke(owner, key.capability().id()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(this::issue).isInstanceOf(IOException.class);
    assertThat(Files.readAllBytes(ring)).isEqualTo(before);
    assertThat(access.authenticate(key.text()).label()).isEqualTo("Ada");
    Files.delete(obstacle);
    access.revoke(owner, key.capability().id());
    assertThatThrownBy(() -> access.authenticate(key.text())).isInstanceOf(Refusal.Denied.class);
  }

  @Test
  void theFolderIsFoundByTheRulesOfXdg() {
    Path home = Path.of("/home/ada");
    Path standard = Path.of("/home/ada/.local/state/privateshare");
    assertThat(StateFolder.of(Map.of(), home).path()).isEqualTo(standard);
    assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", ""), home).path()).isEqualTo(standard);
    assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "x/y"), home).path()).isEqualTo(standard);
    assertThat(StateFolder.of(Map.of("XDG_STATE_HOME", "/s"), home).path())
        .isEqualTo(Path.of("/s/privateshare"));
  }

  @Test
  void whereNoServerEverStartedThereIsNoOwnerKey() throws IOException {
    assertThat(new StateFolder(temp.resolve("none")).ownerKey()).isEmpty();
    assertThat(temp.resolve("none")).doesNotExist();
    Files.delete(ownerKey);
    assertThat(state.ownerKey()).isEmpty();
  }
}
