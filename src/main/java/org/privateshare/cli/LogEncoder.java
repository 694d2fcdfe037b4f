package org.privateshare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.privateshare.model.Printable;
import org.privateshare.model.Visit;

/// Makes one line of at most [#MAX_BYTES] out of each event, whatever is in it: no name, header or
/// message from outside can begin another line, steer a terminal or fill the disk.
///
/// Of an exception it says what it is and where in our code it came from; a stack trace would be
/// many lines. Of what Jetty says it takes nothing that could hold a part of a request.
final class LogEncoder extends EncoderBase<ILoggingEvent> {
  /// The most bytes of a line, with its end.
  static final int MAX_BYTES = 4_096;

  private static final String OURS = "org.privateshare.";
  private static final String JETTY = "org.eclipse.jetty.";

  private final LogFormat format;
  private final LongSupplier lost;

  /// @param lost how many lines were lost since it was asked last
  LogEncoder(LogFormat format, LongSupplier lost) {
    this.format = format;
    this.lost = lost;
  }

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    long count = lost.getAsLong();
    String line = line(event) + "\n";
    return (count == 0 ? line : notice(event, count) + "\n" + line).getBytes(UTF_8);
  }

  private String notice(ILoggingEvent event, long count) {
    LoggingEvent notice = new LoggingEvent();
    notice.setInstant(event.getInstant());
    notice.setLevel(Level.WARN);
    return format.line(notice, count + " lines of the log were lost here");
  }

  private String line(ILoggingEvent event) {
    Optional<Visit> visit = LoggedVisit.in(event);
    if (visit.isPresent()) {
      return fitting(most -> format.line(event, cut(visit.get(), most)));
    }
    String message = message(event);
    return fitting(most -> format.line(event, cut(message, most)));
  }

  /// The line with the longest texts in it with which it fits.
  private static String fitting(IntFunction<String> lineOfTexts) {
    int most = MAX_BYTES;
    String line = lineOfTexts.apply(most);
    while (line.getBytes(UTF_8).length >= MAX_BYTES) {
      most = most * 3 / 4;
      line = lineOfTexts.apply(most);
    }
    return line;
  }

  private static Visit cut(Visit visit, int most) {
    return new Visit(
        visit.door(),
        visit.peer(),
        visit.key(),
        cut(visit.action(), most),
        cut(visit.path(), most),
        visit.status(),
        visit.bytes(),
        visit.time(),
        cut(visit.end(), most));
  }

  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    // Never half of a pair.
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + '…';
  }

  private static String message(ILoggingEvent event) {
    boolean foreign = event.getLoggerName().startsWith(JETTY);
    String said = foreign ? "jetty: " + event.getMessage() : event.getFormattedMessage();
    IThrowableProxy thrown = event.getThrowableProxy();
    String message = thrown == null ? said : said + ": " + nameOf(thrown, foreign);
    // What has been escaped already must not be escaped again.
    return Printable.isFit(message) ? message : Printable.escape(message);
  }

  private static String nameOf(IThrowableProxy thrown, boolean foreign) {
    String name = thrown.getClassName().replaceFirst(".*\\.", "");
    String message = foreign ? "" : Objects.toString(thrown.getMessage(), "");
    return name
        + (message.isEmpty() ? "" : ", " + message)
        + Arrays.stream(thrown.getStackTraceElementProxyArray())
            .map(StackTraceElementProxy::getStackTraceElement)
            .filter(frame -> frame.getClassName().startsWith(OURS))
            .findFirst()
            .map(frame -> " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")")
            .orElse("");
  }
}
