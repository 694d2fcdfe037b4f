package org.privateshare.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/// The server's log, set up here and nowhere else: a line an event, to standard error or a file,
/// written by a thread of its own. Nothing that happens to it reaches those who log.
final class ServerLog implements Closeable {
  private final Logger root;
  private final OutputStreamAppender<ILoggingEvent> end;

  private ServerLog(Logger root, OutputStreamAppender<ILoggingEvent> end) {
    this.root = root;
    this.end = end;
  }

  /// What writes the lines.
  OutputStreamAppender<ILoggingEvent> end() {
    return end;
  }

  /// Begins to log for the whole process.
  ///
  /// @param complain hears what is wrong with the log itself
  /// @throws IOException where the file can't be written
  static ServerLog start(LogPlan plan, PrintStream err, Consumer<String> complain)
      throws IOException {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      throw new IllegalStateException("logback is not on the class path");
    }
    context.reset();
    AtomicLong lost = new AtomicLong();
    OutputStreamAppender<ILoggingEvent> end =
        plan.file().isPresent()
            ? file(plan, plan.file().get(), context, lost, complain)
            : standardError(plan, context, lost, err);
    LogQueue queue = new LogQueue(end, lost);
    queue.setContext(context);
    queue.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(plan.quiet() ? Level.WARN : Level.INFO);
    root.addAppender(queue);
    context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
    return new ServerLog(root, end);
  }

  private static OutputStreamAppender<ILoggingEvent> standardError(
      LogPlan plan, LoggerContext context, AtomicLong lost, PrintStream err) {
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder(new LogEncoder(plan.format(), () -> lost.getAndSet(0)), context));
    appender.setOutputStream(new Unclosed(err));
    appender.start();
    return appender;
  }

  private static OutputStreamAppender<ILoggingEvent> file(
      LogPlan plan, Path file, LoggerContext context, AtomicLong lost, Consumer<String> complain)
      throws IOException {
    try {
      LogFile appender = LogFile.open(file, context, lost, complain);
      appender.setEncoder(encoder(new LogEncoder(plan.format(), appender::lostLines), context));
      appender.start();
      return appender;
    } catch (AccessDeniedException e) {
      throw new AccessDeniedException(file.toString(), null, "the log can't be written there");
    } catch (IOException e) {
      throw new IOException("cannot write the log " + file + ": " + e.getMessage(), e);
    }
  }

  private static LogEncoder encoder(LogEncoder encoder, LoggerContext context) {
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }

  /// Standard error, which is needed after the log's end.
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /// Writes what is still waiting, for a few seconds at most, and ends the log.
  @Override
  public void close() {
    root.detachAndStopAllAppenders();
  }
}
