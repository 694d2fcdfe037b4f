package org.privateshare.classic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.privateshare.model.Printable;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The client's side of the classic protocol; see `docs/classic.md`. One connection a call.
/// Thread-safe.
///
/// The server is not trusted: what it says is an answer of the protocol or a failure, a name is a
/// [SharePath] or left out, and every wait has an end. A refusal is what the server's `cancel`
/// means, an `IOException` everything that went wrong.
public final class ClassicClient {
  private final String host;
  private final int port;
  private final Deadlines deadlines;

  /// How long a server may keep us waiting.
  ///
  /// @param connect for a connection to one of its addresses
  /// @param progress for the next byte, either way
  /// @param confirm for its close after the last byte of a put: it may have much to bring to disk
  public record Deadlines(Duration connect, Duration progress, Duration confirm) {
    /// 10 s, 60 s and 5 minutes.
    public static final Deadlines DEFAULT =
        new Deadlines(Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(5));
  }

  /// A client of the server at `host`, a name or an address without brackets.
  public ClassicClient(String host, int port, Deadlines deadlines) {
    this.host = host;
    this.port = port;
    this.deadlines = deadlines;
  }

  /// Asks for the list and passes the names on while they come; returns how many were left out
  /// because they are no names we accept.
  ///
  /// @throws IOException also where the list breaks off
  public long list(Consumer<SharePath> names) throws IOException {
    try (Call call = call()) {
      call.write(ClassicCodec.encode(new ClassicRequest.Names()));
      call.shutdownOutput();
      NameReader reader = new NameReader(names);
      ByteBuffer piece = ByteBuffer.allocateDirect(64 << 10);
      while (call.read(piece.clear()) >= 0) {
        reader.feed(piece.flip());
      }
      return reader.finish();
    } catch (Refusal.BadName impossible) {
      throw new IllegalStateException("a list has no name", impossible);
    }
  }

  /// Asks for a file; what is returned gives its bytes up to the end of the stream, which is all
  /// that says that the file is whole. The caller closes it.
  ///
  /// @throws Refusal.Missing where the server has no such file
  /// @throws Refusal.BadName where classic can't say the name
  public ReadableByteChannel get(SharePath file) throws Refusal, IOException {
    ByteBuffer request = ClassicCodec.encode(new ClassicRequest.Get(file));
    Call call = call();
    try {
      call.write(request);
      call.shutdownOutput();
      if (!passes(call)) {
        throw new Refusal.Missing(file);
      }
      return call;
    } catch (Throwable failure) {
      call.close();
      throw failure;
    }
  }

  /// Sends all that `bytes` holds now as the new file `file`. When it returns, the server has taken
  /// every byte and closed, which is all that classic can say. Where it fails, or this process
  /// dies, the server sees a reset, which no server takes for the end of the file.
  ///
  /// @param sent told from time to time how many bytes have gone out
  /// @throws Refusal.Taken where the server has a file of that name (or refuses for another reason:
  ///   classic knows one word for all)
  /// @throws Refusal.BadName where classic can't say the name
  public void put(SharePath file, FileChannel bytes, LongConsumer sent)
      throws Refusal, IOException {
    ByteBuffer request = ClassicCodec.encode(new ClassicRequest.Put(file));
    try (Call call = call()) {
      call.write(request);
      if (!passes(call)) {
        throw new Refusal.Taken(file);
      }
      call.resetOnClose(true);
      call.send(bytes, bytes.size(), sent);
      call.requireSilence();
      call.shutdownOutput();
      call.patience(deadlines.confirm());
      if (call.read(ByteBuffer.allocate(1)) >= 0) {
        throw new IOException("the server answered where it should have closed");
      }
      call.resetOnClose(false);
    }
  }

  private Call call() throws IOException {
    return Call.to(host, port, deadlines.connect(), deadlines.progress());
  }

  /// Reads the answer and not a byte more: behind `pass` the file may begin in the same segment.
  private static boolean passes(Call call) throws IOException {
    String answer = text(call, ClassicCodec.PASS.length());
    if (answer.equals(ClassicCodec.PASS)) {
      return true;
    }
    if (ClassicCodec.CANCEL.startsWith(answer)) {
      answer += text(call, ClassicCodec.CANCEL.length() - answer.length());
    }
    if (answer.equals(ClassicCodec.CANCEL)) {
      return false;
    }
    throw new IOException(
        "the server answered \"" + Printable.escape(answer) + "\", which isn't classic");
  }

  private static String text(Call call, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (call.read(bytes) < 0) {
        throw new EOFException("the server closed the connection without an answer");
      }
    }
    return US_ASCII.decode(bytes.flip()).toString();
  }
}
