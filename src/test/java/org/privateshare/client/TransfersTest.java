package org.privateshare.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

final class TransfersTest {
  @TempDir private Path folder;
  private final List<Progress> events = new ArrayList<>();

  @Test
  void aFileThatArrivesIsStartedAdvancedAndDone() {
    transfers(sends("red apple")).get("apple.jpg", folder);

    assertThat(folder.resolve("apple.jpg")).hasContent("red apple");
    assertThat(events)
        .hasSize(3)
        .startsWith(
            new Progress.Started("apple.jpg", OptionalLong.empty()),
            new Progress.Advanced("apple.jpg", 9, OptionalLong.empty()));
    assertThat(events.getLast())
        .isInstanceOfSatisfying(Progress.Done.class, done -> assertThat(done.bytes()).isEqualTo(9));
  }

  @Test
  void aTransferThatBreaksOffLeavesNothingBehind() throws Exception {
    transfers(
            (file, sink) -> {
              sink.write(ByteBuffer.wrap(new byte[100]));
              throw new EOFException("the server went away");
            })
        .get("apple.jpg", folder);

    assertThat(failure()).isInstanceOf(EOFException.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void aRefusalLeavesNothingBehind() throws Exception {
    transfers(
            (file, target) -> {
              throw new Refusal.Missing(file);
            })
        .get("apple.jpg", folder);

    assertThat(failure()).isInstanceOf(Refusal.Missing.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void aNameThatIsTakenHereIsNotFetched() throws Exception {
    Files.writeString(folder.resolve("apple.jpg"), "mine");
    transfers(
            (file, target) -> {
              throw new AssertionError("asked for");
            })
        .get("apple.jpg", folder);

    assertThat(failure()).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(folder.resolve("apple.jpg")).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../apple.jpg",
        "/etc/passwd",
        ".bashrc",
        "a\\b",
        "a:b",
        "CON",
        "a\u001b[2J",
        "a\u202eb",
        "e\u0301"
      })
  void aNameThatIsNoneBecomesNoFile(String name) throws Exception {
    transfers(sends("x")).get(name, folder);

    assertThat(failure()).isInstanceOf(Refusal.BadName.class);
    assertThat(names()).isEmpty();
  }

  @Test
  void aNameFromAFolderOfTheShareStaysInsideTheChosenOne() throws Exception {
    transfers(sends("x")).get("a/b/c.txt", folder);
    assertThat(names()).containsExactly("c.txt");
  }

  @Test
  void theUsersOwnChoiceOfANameIsTheUsers() {
    transfers(sends("x")).getAs("a:b", folder.resolve(".hidden"));
    assertThat(folder.resolve(".hidden")).hasContent("x");
  }

  @Test
  void aMissingFileToPutFailsWithoutARequest() {
    transfers(sends("")).put(folder.resolve("none"), SharePath.ROOT, IfTaken.REFUSE);
    assertThat(failure()).isInstanceOf(NoSuchFileException.class);
    assertThat(events).hasSize(1);
  }

  @Test
  void aFileIsPutIntoTheChosenFolderUnderItsOwnName() throws Exception {
    Path file = Files.writeString(folder.resolve("apple.jpg"), "red apple");
    transfers(sends("")).put(file, SharePath.parse("inbox/new"), IfTaken.REFUSE);

    assertThat(events)
        .startsWith(
            new Progress.Started("inbox/new/apple.jpg", OptionalLong.of(9)),
            new Progress.Advanced("inbox/new/apple.jpg", 9, OptionalLong.of(9)));
    assertThat(events.getLast()).isInstanceOf(Progress.Done.class);
  }

  @Test
  void aFileIsPutUnderAChosenName() throws Exception {
    Path file = Files.writeString(folder.resolve(".hidden"), "x");
    transfers(sends("")).putAs(file, SharePath.parse("shown"), IfTaken.REFUSE);
    assertThat(events).contains(new Progress.Started("shown", OptionalLong.of(1)));
    assertThat(events.getLast()).isInstanceOf(Progress.Done.class);
  }

  @Test
  void aStreamIsPutUnderAChosenName() throws Exception {
    var stream = new LocalStream("standard input", new ByteArrayInputStream(new byte[7]));
    transfers(sends("")).putAs(stream, SharePath.parse("seven"), IfTaken.REFUSE);
    assertThat(events)
        .startsWith(
            new Progress.Started("seven", OptionalLong.empty()),
            new Progress.Advanced("seven", 7, OptionalLong.empty()));
    assertThat(events.getLast()).isInstanceOf(Progress.Done.class);
  }

  @Test
  void aNameThatNoShareCouldCreateIsNotSent() throws Exception {
    Path file = Files.writeString(folder.resolve("apple.jpg"), "x");
    transfers(sends("")).putAs(file, SharePath.parse("a:b"), IfTaken.REFUSE);
    assertThat(failure()).isInstanceOf(Refusal.BadName.class);
  }

  @Test
  void aFileComesIntoAStream() {
    var bytes = new ByteArrayOutputStream();
    transfers(sends("red apple")).getInto("apple.jpg", LocalSink.of("standard output", bytes));
    assertThat(bytes.toString(UTF_8)).isEqualTo("red apple");
  }

  private Transfers transfers(Sender sender) {
    return new Transfers(new Fake(sender), events::add, habits(Chooser.Choice.REFUSE));
  }

  private static Habits habits(Chooser.Choice choice) {
    return new Habits(
        new Patience(Duration.ZERO),
        (direction, name) -> Memory.NONE,
        name -> choice,
        OptionalLong.empty(),
        1,
        false);
  }

  private Exception failure() {
    return ((Progress.Failed) events.getLast()).cause();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }

  private static Sender sends(String text) {
    return (file, sink) -> {
      sink.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
      return text.length();
    };
  }

  private interface Sender {
    long send(SharePath file, LocalSink sink) throws Refusal, IOException;
  }

  /// A far end that does as it is told.
  private static final class Fake implements Remote {
    private final Sender sender;

    Fake(Sender sender) {
      this.sender = sender;
    }

    @Override
    public Stored put(LocalSource source, SharePath target, IfTaken ifTaken, Meter meter)
        throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(100);
      int size = Math.max(0, source.read(bytes));
      meter.moved(size, source.size());
      return new Stored(target, size, Optional.empty(), false);
    }

    @Override
    public Received get(SharePath file, LocalSink sink, Meter meter) throws Refusal, IOException {
      long size = sender.send(file, sink);
      meter.moved(size, OptionalLong.empty());
      return new Received(size, Optional.empty());
    }

    @Override
    public void dropUploads(SharePath target) {}

    @Override
    public Optional<RemoteFile> find(SharePath file, Digest.Algorithm wanted) {
      return Optional.empty();
    }

    @Override
    public long list(SharePath folder, Consumer<Listed> entries) {
      return 0;
    }

    @Override
    public void close() {}
  }
}
