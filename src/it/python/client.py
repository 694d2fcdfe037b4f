#!/usr/bin/env python3
"""A stand-in for the privateshare client of 2020: client.py HOST PORT put|get|list [NAME].

Written from the protocol's description in docs/, blemishes included: see README.md beside it.
It works in the current folder.
"""

import os
import socket
import sys

CODE_BYTES = 32
BLOCK_BYTES = 33_554_432
USAGE = "usage: client.py HOST PORT put|get NAME, or client.py HOST PORT list"


def put(connection, name):
    connection.send(f"put,{name}".encode())
    if connection.recv(CODE_BYTES) != b"pass":
        return
    with open(name, "rb") as file:
        while block := file.read(BLOCK_BYTES):
            sent = connection.send(block)
            if sent < len(block):
                print(f"sent only {sent} of {len(block)} bytes", file=sys.stderr)
    connection.shutdown(socket.SHUT_WR)


def get(connection, name):
    connection.send(f"get,{name}".encode())
    if connection.recv(CODE_BYTES) != b"pass":
        return
    with open(name, "wb") as file:
        while block := connection.recv(BLOCK_BYTES):
            file.write(block)


def show_names(connection):
    connection.send(b"list")
    print(connection.recv(BLOCK_BYTES).decode(errors="replace"))


def main(arguments):
    match arguments:
        case [_, _, "list"]:
            name = None
        case [_, _, "put", name]:
            if not os.path.isfile(name):
                sys.exit(f"{name} is not here")
        case [_, _, "get", name]:
            if os.path.exists(name):
                sys.exit(f"{name} is already here")
        case _:
            sys.exit(USAGE)
    host, port, request = arguments[:3]
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as connection:
        connection.connect((host, int(port)))
        match request:
            case "put":
                put(connection, name)
            case "get":
                get(connection, name)
            case "list":
                show_names(connection)


if __name__ == "__main__":
    main(sys.argv[1:])
