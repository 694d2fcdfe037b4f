#!/usr/bin/env python3
"""A stand-in for the privateshare server of 2020: server.py PORT [FOLDER [ADDRESS]].

Written from the protocol's description in docs/, blemishes included: see README.md beside it.
"""

import os
import socket
import sys
import time

REQUEST_BYTES = 32
BLOCK_BYTES = 33_554_432


def is_one_name(name):
    return name not in ("", ".", "..") and "/" not in name and "\0" not in name


def receive(connection, name):
    if os.path.exists(name):
        cancel(connection)
        return
    connection.send(b"pass")
    with open(name, "wb") as file:
        while block := connection.recv(BLOCK_BYTES):
            file.write(block)


def send(connection, name):
    if not os.path.isfile(name):
        cancel(connection)
        return
    connection.send(b"pass")
    with open(name, "rb") as file:
        while block := file.read(BLOCK_BYTES):
            connection.send(block)
    connection.shutdown(socket.SHUT_WR)


def send_names(connection):
    names = "".join(name + ", " for name in os.listdir())
    connection.send(names.encode())


def cancel(connection):
    connection.send(b"cancel")
    time.sleep(1)


def serve(connection):
    request = connection.recv(REQUEST_BYTES).decode().split(",")
    match request:
        case ["list", *_]:
            send_names(connection)
        case ["put", name, *_] if is_one_name(name):
            receive(connection, name)
        case ["get", name, *_] if is_one_name(name):
            send(connection, name)


def main(arguments):
    if not 1 <= len(arguments) <= 3:
        sys.exit("usage: server.py PORT [FOLDER [ADDRESS]]")
    if len(arguments) > 1:
        os.chdir(arguments[1])
    address = arguments[2] if len(arguments) > 2 else "127.0.0.1"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, int(arguments[0])))
        listener.listen()
        host, port = listener.getsockname()
        print(f"ready: {os.getcwd()} on {host}:{port}", flush=True)
        while True:
            connection, peer = listener.accept()
            with connection:
                try:
                    serve(connection)
                except (OSError, UnicodeError) as failure:
                    print(f"{peer[0]}:{peer[1]}: {failure}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
