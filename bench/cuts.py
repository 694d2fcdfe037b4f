#!/usr/bin/env python3
"""Runs a program behind a line that breaks: cuts.py LISTEN TO CUTS BYTES WORD...

Connections to 127.0.0.1:LISTEN are passed on to 127.0.0.1:TO. Each time BYTES have gone through, both
directions and all connections together, every connection is reset; CUTS times, then no more. Bytes
move by splice, so that the line costs little; what it costs is on the program's bill."""

import contextlib
import os
import socket
import struct
import subprocess
import sys
import threading

PIECE = 1 << 20
RESET = struct.pack("ii", 1, 0)


class Line:
    def __init__(self, to, cuts, most):
        self.to, self.cuts, self.most = to, cuts, most
        self.lock = threading.Lock()
        self.ends = set()
        self.moved = 0

    def serve(self, listener):
        while True:
            near, _ = listener.accept()
            try:
                far = socket.create_connection(("127.0.0.1", self.to))
            except OSError:
                near.close()
                continue
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.ends |= {near, far}
            for source, target in ((near, far), (far, near)):
                threading.Thread(target=self.carry, args=(source, target), daemon=True).start()

    def carry(self, source, target):
        into, out = os.pipe()
        with contextlib.suppress(OSError, ValueError):
            while count := os.splice(source.fileno(), out, PIECE):
                while count:
                    gone = os.splice(into, target.fileno(), count)
                    count -= gone
                    self.count(gone)
            target.shutdown(socket.SHUT_WR)
        os.close(into)
        os.close(out)

    def count(self, gone):
        with self.lock:
            self.moved += gone
            if self.cuts and self.moved >= self.most:
                self.cuts -= 1
                self.moved = 0
                for end in self.ends:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                    # Wakes who waits in a splice of it; the close that follows sends the reset.
                    with contextlib.suppress(OSError):
                        end.shutdown(socket.SHUT_RD)
                    end.close()
                self.ends.clear()


def main():
    listen, to, cuts, most = map(int, sys.argv[1:5])
    listener = socket.create_server(("127.0.0.1", listen), backlog=64)
    line = Line(to, cuts, most)
    threading.Thread(target=line.serve, args=(listener,), daemon=True).start()
    sys.exit(subprocess.run(sys.argv[5:]).returncode)


if __name__ == "__main__":
    main()
