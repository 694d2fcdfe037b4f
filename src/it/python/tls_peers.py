"""Peers that cost a TLS server something: idle ones, and ones that leave in the middle of a handshake.

tls_peers.py idle PORT COUNT      opens COUNT connections, asks each for /.privateshare/health, says
                                  "ready: COUNT in SECONDS" and keeps them until its input ends
tls_peers.py abort PORT RATE SECONDS
                                  so many connections a second, each given up at one of four points of
                                  the handshake; says "aborted: COUNT in SECONDS"
"""

import resource
import socket
import ssl
import struct
import sys
import time
from concurrent.futures import ThreadPoolExecutor

REQUEST = b"GET /.privateshare/health HTTP/1.1\r\nHost: localhost\r\n\r\n"
WORKERS = 4


def any_server():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def idle_one(context, port):
    """A connection that has had one answer; only its descriptor is kept, nothing of TLS."""
    plain = socket.create_connection(("127.0.0.1", port), timeout=60)
    tls = context.wrap_socket(plain)
    tls.sendall(REQUEST)
    answer = b""
    while not answer.endswith(b"ok\n") and not answer.endswith(b"ok"):
        more = tls.recv(4096)
        if not more:
            sys.exit("the server has closed a connection instead of answering: %r" % answer)
        answer += more
    return tls.detach()


def idle(port, count):
    limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
    context = any_server()
    begin = time.monotonic()
    with ThreadPoolExecutor(WORKERS) as pool:
        kept = list(pool.map(lambda _: idle_one(context, port), range(count)))
    print("ready: %d in %.1f" % (len(kept), time.monotonic() - begin), flush=True)
    sys.stdin.read()


def hello():
    """The first flight of a client, which may be sent again as often as one likes."""
    out = ssl.MemoryBIO()
    client = any_server().wrap_bio(ssl.MemoryBIO(), out)
    try:
        client.do_handshake()
    except ssl.SSLWantReadError:
        return out.read()
    raise AssertionError("a handshake without a server")


def abort(port, rate, seconds):
    first = hello()
    reset = struct.pack("ii", 1, 0)
    count = 0
    begin = time.monotonic()
    while count < rate * seconds:
        if time.monotonic() < begin + count / rate:
            time.sleep(0.001)
            continue
        peer = socket.create_connection(("127.0.0.1", port), timeout=10)
        peer.sendall(first[: (1, len(first) // 2, len(first), len(first))[count % 4]])
        if count % 4 == 3:
            peer.recv(1)
        if count % 2:
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        peer.close()
        count += 1
    print("aborted: %d in %.2f" % (count, time.monotonic() - begin), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "idle":
        idle(int(sys.argv[2]), int(sys.argv[3]))
    else:
        abort(int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
