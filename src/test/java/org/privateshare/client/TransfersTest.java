package org.privateshare.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
            (file, target) -> {
              target.write(ByteBuffer.wrap(new byte[100]));
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
  void aNameThatIsTakenHereIsNotEvenAskedFor() throws Exception {
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
        "a/",
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
    transfers(sends("")).put(folder.resolve("none"));
    assertThat(failure()).isInstanceOf(NoSuchFileException.class);
    assertThat(events).hasSize(1);
  }

  private Transfers transfers(Sender sender) {
    return new Transfers(new Fake(sender), events::add);
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
    return (file, target) -> target.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private interface Sender {
    void send(SharePath file, LocalTarget target) throws Refusal, IOException;
  }

  /// A far end that does as it is told.
  private record Fake(Sender sender) implements Remote {
    @Override
    public void put(LocalSource source, Meter meter) {
      throw new AssertionError("nothing is put here");
    }

    @Override
    public void get(SharePath file, LocalTarget target, Meter meter) throws Refusal, IOException {
      sender.send(file, target);
      meter.moved(target.size(), OptionalLong.empty());
    }

    @Override
    public long list(Consumer<SharePath> names) {
      return 0;
    }
  }
}
