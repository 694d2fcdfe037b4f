package org.privateshare.blackbox;

import java.io.Closeable;
import java.io.IOException;

/// A way into a share, as the suites go it: with a client of their own that shares no line with the
/// program and can stop, stall and break at any point.
enum Door {
  CLASSIC {
    @Override
    Fate put(int port, String name, Content content) {
      return RawClassic.put(port, name, content);
    }

    @Override
    Verdict get(int port, String name, Content expected) {
      return RawClassic.get(port, name, expected);
    }

    @Override
    Closeable leaveHalf(int port, String name, Content content, long half) throws IOException {
      RawClassic client = RawClassic.connect(port);
      if (client.ask("put," + name) != RawClassic.Answer.PASS) {
        throw new AssertionError(name + " was refused");
      }
      client.send(content, 0, half);
      return client;
    }

    @Override
    Reader read(int port, String name) throws IOException {
      RawClassic client = RawClassic.connect(port, WINDOW);
      if (client.ask("get," + name) != RawClassic.Answer.PASS) {
        throw new AssertionError(name + " was refused");
      }
      return client;
    }
  },

  HTTPS {
    @Override
    Fate put(int port, String name, Content content) {
      return RawHttps.put(port, name, content);
    }

    @Override
    Verdict get(int port, String name, Content expected) {
      return RawHttps.get(port, name, expected);
    }

    @Override
    Closeable leaveHalf(int port, String name, Content content, long half) throws IOException {
      RawHttps client = RawHttps.connect(port, 0);
      client.ask("PUT", name, "Content-Length: " + content.size());
      client.send(content, 0, half);
      return client;
    }

    @Override
    Reader read(int port, String name) throws IOException {
      RawHttps client = RawHttps.connect(port, WINDOW);
      client.ask("GET", name);
      if (client.answer() != 200) {
        throw new AssertionError(name + " was refused");
      }
      return client;
    }
  };

  /// What came of a change.
  enum Fate {
    ACKNOWLEDGED,
    REFUSED,
    BROKEN
  }

  /// What a reader got: the whole right file, no file, a visible failure, or the one thing that
  /// must never be: a clean end after anything but the whole file.
  enum Verdict {
    WHOLE,
    REFUSED,
    BROKEN,
    WRONG
  }

  /// How what a server sends ended: cleanly, or in a way that nobody can take for the end.
  enum End {
    FIN,
    RESET
  }

  /// A file that has begun to come, and comes only as far as it is read.
  interface Reader extends Closeable {
    /// Reads and checks the bytes from one position to before another.
    void expect(Content content, long from, long to) throws IOException;

    /// Reads a file from `position` on to its end.
    Verdict receive(Content expected, long position) throws IOException;

    /// Reads to the end and says how it came.
    End end() throws IOException;
  }

  /// So small a window that the server notices soon when nobody reads.
  private static final int WINDOW = 1 << 16;

  /// The one or the other, in turns.
  static Door ofTurn(int turn) {
    return turn % 2 == 0 ? CLASSIC : HTTPS;
  }

  /// Puts a whole file in the ordinary way.
  abstract Fate put(int port, String name, Content content);

  /// Gets a file that should be `expected`.
  abstract Verdict get(int port, String name, Content expected);

  /// Begins to put a file and, after the first `half` bytes, neither goes on nor goes away.
  abstract Closeable leaveHalf(int port, String name, Content content, long half)
      throws IOException;

  /// Begins to get a file.
  abstract Reader read(int port, String name) throws IOException;
}
