package org.privateshare.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import ch.qos.logback.core.recovery.RecoveryListener;
import ch.qos.logback.core.recovery.ResilientOutputStreamBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The log in a file of mode 0600, which becomes `FILE.1`, and that `FILE.2`, when it has 16 MiB or
/// the day is over; ten of them are kept.
///
/// While it can't be written, lines are counted and lost; it is tried again from time to time.
final class LogFile extends RollingFileAppender<ILoggingEvent> implements RecoveryListener {
  private static final int KEPT = 10;
  private static final long MAX_BYTES = 16 << 20;

  private final AtomicLong lost;
  private final Consumer<String> complain;
  private volatile boolean broken;

  /// A log that can be written, at least now.
  ///
  /// @param lost where to count
  /// @param complain hears, once each time, that it can't be written any more
  static LogFile open(Path file, Context context, AtomicLong lost, Consumer<String> complain)
      throws IOException {
    makePrivate(file);
    LogFile log = new LogFile(lost, complain);
    log.setContext(context);
    log.setFile(file.toString());
    FixedWindowRollingPolicy window = new FixedWindowRollingPolicy();
    window.setContext(context);
    window.setParent(log);
    window.setFileNamePattern(file + ".%i");
    window.setMinIndex(1);
    window.setMaxIndex(KEPT);
    window.start();
    SizeOrDay trigger = new SizeOrDay(Files.getLastModifiedTime(file).toInstant());
    trigger.setContext(context);
    trigger.setMaxFileSize(new FileSize(MAX_BYTES));
    trigger.setCheckIncrement(Duration.buildByMilliseconds(100));
    trigger.start();
    log.setRollingPolicy(window);
    log.setTriggeringPolicy(trigger);
    return log;
  }

  private LogFile(AtomicLong lost, Consumer<String> complain) {
    this.lost = lost;
    this.complain = complain;
  }

  /// For the encoder: none while there is no use in telling it.
  long lostLines() {
    return broken ? 0 : lost.getAndSet(0);
  }

  @Override
  public void openFile(String name) throws IOException {
    makePrivate(Path.of(name));
    super.openFile(name);
    if (getOutputStream() instanceof ResilientOutputStreamBase stream) {
      stream.addRecoveryListener(this);
    }
  }

  @Override
  protected void subAppend(ILoggingEvent event) {
    boolean before = broken;
    super.subAppend(event);
    if (before || broken) {
      var _ = lost.incrementAndGet();
    }
  }

  @Override
  public void newFailure(IOException failure) {
    broken = true;
    complain.accept(
        "cannot write the log: " + failure.getMessage() + "; lines are lost until it works again");
  }

  @Override
  public void recoveryOccured() {
    broken = false;
  }

  private static void makePrivate(Path file) throws IOException {
    Set<OpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file)) {
      throw new IOException("it is no regular file");
    }
    try (var _ = Files.newByteChannel(file, options, mode(file))) {
      // It is there now, and can be written.
    } catch (NoSuchFileException e) {
      throw new IOException("there is no such folder", e);
    }
  }

  private static FileAttribute<?>[] mode(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /// When a file has to make room for the next.
  private static final class SizeOrDay extends SizeBasedTriggeringPolicy<ILoggingEvent> {
    private LocalDate day;

    SizeOrDay(Instant begun) {
      this.day = dayOf(begun);
    }

    private static LocalDate dayOf(Instant time) {
      return LocalDate.ofInstant(time, ZoneId.systemDefault());
    }

    @Override
    public boolean isTriggeringEvent(File active, ILoggingEvent event) {
      LocalDate today = dayOf(event.getInstant());
      boolean over = today.isAfter(day) && active.length() > 0;
      day = today;
      return over || super.isTriggeringEvent(active, event);
    }
  }
}
