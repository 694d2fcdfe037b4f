package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.recovery.ResilientFileOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.privateshare.model.Visit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log as a whole: what goes in by slf4j and what comes out at the other end.
@Timeout(60)
final class ServerLogTest {
  private static final Logger OURS = LoggerFactory.getLogger("org.privateshare.test");
  private static final Logger JETTY = LoggerFactory.getLogger("org.eclipse.jetty.Test");

  @TempDir private Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /// The tests that come after this class log as they would without it.
  @AfterEach
  void restore() throws Exception {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(ServerLogTest.class.getResource("/logback-test.xml")));
  }

  private ServerLog start(LogFormat format, Optional<Path> file) throws IOException {
    return start(format, file, err);
  }

  private ServerLog start(LogFormat format, Optional<Path> file, OutputStream out)
      throws IOException {
    PrintStream print = new PrintStream(out, true, UTF_8);
    return ServerLog.start(new LogPlan(format, file, false), print, print::println);
  }

  private static Visit visit(String action, String path, String end) {
    return new Visit(
        "http",
        InetAddress.ofLiteral("192.0.2.7"),
        Optional.of(new Visit.Key("Ada", "BBBBBBBBBBBBBBBBBBBBBA")),
        action,
        path,
        OptionalInt.of(201),
        2L << 30,
        Duration.ofMillis(1_910),
        end);
  }

  private List<String> lines() {
    return err.toString(UTF_8).lines().toList();
  }

  @Test
  void aVisitIsALineForPeople() throws Exception {
    try (ServerLog _ = start(LogFormat.TEXT, Optional.empty())) {
      new AccessLog().record(visit("PUT", "inbox/a.txt", "stored"));
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}(Z|[+-]\\d\\d:\\d\\d) INFO  .*")
        .endsWith(
            "http 192.0.2.7 \"Ada\" PUT \"inbox/a.txt\" 201, 2.0 GiB in 1.9 s, 1.0 GiB/s: stored");
  }

  @Test
  void aVisitIsAnObjectForPrograms() throws Exception {
    try (ServerLog _ = start(LogFormat.JSON, Optional.empty())) {
      new AccessLog().record(visit("PUT", "inbox/\u202eü\n", "stored"));
      OURS.info("hello \u001b[2J");
    }
    assertThat(lines()).hasSize(2);
    assertThat(lines().getFirst())
        .matches("\\{\"time\":\"[0-9T:.-]+Z\",.*")
        .endsWith(
            "\"door\":\"http\",\"peer\":\"192.0.2.7\",\"key\":\"Ada\","
                + "\"id\":\"BBBBBBBBBBBBBBBBBBBBBA\",\"action\":\"PUT\","
                + "\"path\":\"inbox/\\u202E\\u00FC\\n\",\"status\":201,\"bytes\":2147483648,"
                + "\"seconds\":1.910,\"end\":\"stored\"}");
    assertThat(lines().getLast()).endsWith(",\"level\":\"info\",\"message\":\"hello \\\\x1b[2J\"}");
  }

  @Test
  void nothingMakesMoreThanOneLineOfAtMostFourKibibytes() throws Exception {
    String hostile = "\r\n\u001b[31m\u0000\u202e\ud83d\ude00\ud800".repeat(100_000);
    for (LogFormat format : LogFormat.values()) {
      err.reset();
      try (ServerLog _ = start(format, Optional.empty())) {
        new AccessLog().record(visit(hostile, hostile, hostile));
        new AccessLog().record(visit("GET", "ü".repeat(4_000), "sent"));
        OURS.warn("{}", hostile);
        OURS.error("a bug", new IllegalStateException(hostile));
      }
      assertThat(lines()).hasSize(4).allMatch(line -> line.getBytes(UTF_8).length < 4_096);
      assertThat(err.toString(UTF_8)).doesNotContain("\u001b", "\r", "\u0000", "\u202e");
      assertThat(lines().get(1)).contains("sent").contains("201");
    }
  }

  @Test
  void anExceptionIsNamedWithItsPlaceInOurCodeAndNoTrace() throws Exception {
    try (ServerLog _ = start(LogFormat.TEXT, Optional.empty())) {
      OURS.error("it failed", new IllegalStateException("why"));
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .matches(".* ERROR it failed: IllegalStateException, why \\(ServerLogTest\\.java:\\d+\\)");
  }

  @Test
  void whatJettySaysIsTakenWithoutAnythingOfARequest() throws Exception {
    try (ServerLog _ = start(LogFormat.TEXT, Optional.empty())) {
      JETTY.warn("unhandled: {}", "/a?key=SECRET", new IllegalStateException("/a?key=SECRET"));
      JETTY.info("too much detail");
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .contains("WARN  jetty: unhandled: {}: IllegalStateException (ServerLogTest.java:");
  }

  @Test
  void aReaderThatStopsReadingHoldsUpNobodyAndIsToldWhatItMissed() throws Exception {
    CompletableFuture<Void> goOn = new CompletableFuture<>();
    OutputStream stuck =
        new OutputStream() {
          @Override
          public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            // Unlike a latch, deaf to interrupts, as a write to a pipe is.
            goOn.join();
            err.write(bytes, offset, length);
          }
        };
    try (ServerLog _ = start(LogFormat.TEXT, Optional.empty(), stuck)) {
      for (int i = 0; i < 10_000; i++) {
        OURS.info("line {}", i);
      }
      goOn.complete(null);
    }
    long written = lines().stream().filter(line -> line.contains(" line ")).count();
    assertThat(written).isBetween((long) LogQueue.LINES, 2L * LogQueue.LINES + 1);
    // In one notice, or in several where the writer began late.
    assertThat(lines().stream().mapToLong(ServerLogTest::lost).sum()).isEqualTo(10_000 - written);
  }

  private static long lost(String line) {
    Matcher notice = Pattern.compile(" (\\d+) lines of the log were lost here$").matcher(line);
    return notice.find() ? Long.parseLong(notice.group(1)) : 0;
  }

  @Test
  void aLogInAFileIsPrivateAndBeginsAnewEveryDay() throws Exception {
    Path file = Files.writeString(folder.resolve("log"), "of yesterday\n");
    var _ = Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
    for (int i = 1; i <= 11; i++) {
      var _ = Files.writeString(folder.resolve("log." + i), "older " + i);
    }
    try (ServerLog _ = start(LogFormat.TEXT, Optional.of(file))) {
      OURS.info("of today");
    }
    assertThat(Files.readAllLines(file)).singleElement().asString().endsWith("INFO  of today");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("log.1")).hasContent("of yesterday");
    assertThat(folder.resolve("log.2")).hasContent("older 1");
    assertThat(folder.resolve("log.10")).hasContent("older 9");
    assertThat(lines()).isEmpty();
  }

  @Test
  void aFileThatIsFullMakesRoomForTheNext() throws Exception {
    Path file = folder.resolve("log");
    try (var channel = Files.newByteChannel(file, CREATE_NEW, WRITE)) {
      var _ = channel.position((16 << 20) + 1).write(UTF_8.encode("\n"));
    }
    try (ServerLog _ = start(LogFormat.TEXT, Optional.of(file))) {
      OURS.info("first");
    }
    assertThat(folder.resolve("log.1")).hasSize((16 << 20) + 2);
    assertThat(Files.readAllLines(file)).singleElement().asString().endsWith("first");
  }

  @Test
  void aFileThatCannotBeWrittenIsRefusedAtTheStart() throws Exception {
    Path missing = folder.resolve("none/log");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> start(LogFormat.TEXT, Optional.of(missing)))
        .withMessage("cannot write the log " + missing + ": there is no such folder");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> start(LogFormat.TEXT, Optional.of(folder)))
        .withMessage("cannot write the log " + folder + ": it is no regular file");
  }

  @Test
  void aMediumThatFailsIsToldAndTheServiceGoesOn() throws Exception {
    Path file = folder.resolve("log");
    try (ServerLog log = start(LogFormat.TEXT, Optional.of(file))) {
      OURS.info("before");
      while (Files.size(file) == 0) {
        Thread.onSpinWait();
      }
      closeUnder(log);
      int sent = 0;
      while (!Files.readString(file).contains("after")) {
        OURS.info("after {}", ++sent);
      }
    }
    assertThat(lines())
        .singleElement()
        .asString()
        .startsWith("cannot write the log: ")
        .endsWith("; lines are lost until it works again");
    assertThat(Files.readString(file)).containsPattern("WARN  [0-9]+ lines of the log were lost");
  }

  /// What a disk does that is torn out.
  private static void closeUnder(ServerLog log) throws IOException {
    if (log.end() instanceof LogFile end
        && end.getOutputStream() instanceof ResilientFileOutputStream stream) {
      stream.getChannel().close();
    }
  }
}
