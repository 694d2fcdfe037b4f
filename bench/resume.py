"""Started by resume.sh: one big file over a line that breaks again and again."""

import contextlib
import getpass
import os
import sys
from dataclasses import replace
from pathlib import Path

import encrypted
import peers
import rounds
from meter import Command

REFERENCES = {"rsync": "rsync --append-verify → sshd", "sftp": "sftp, reput and reget → sshd"}
CUTTER = str(Path(__file__).resolve().parent / "cuts.py")


class Lines:
    """Ports of their own for the lines to the servers; a client is started together with its line."""

    def __init__(self):
        self.cuts = int(os.environ["CUTS"])
        self.bytes = int(os.environ["SIZE_MIB"]) * rounds.MEBIBYTE // (self.cuts + 1)

    def before(self, listen, to, words):
        return [sys.executable, "-B", CUTTER, *map(str, (listen, to, self.cuts, self.bytes)), *words]


def again(words):
    """For those who don't try again by themselves: at once, until it has worked."""
    return ["sh", "-c", 'until "$@"; do :; done', "sh", *words]


def rows(place, launcher, servers):
    lines = Lines()
    for name, make in (("privateshare", our_rows), ("nginx", curl_rows), ("sshd", ssh_rows)):
        if name not in servers:
            continue
        listen = peers.free_port()
        for row in make(place, launcher, listen):
            words = lines.before(listen, servers[name].port, row.command.words)
            yield replace(row, command=replace(row.command, words=words))


def our_rows(place, launcher, port):
    url = f"https://{peers.HOST}:{port}"
    put = Command([str(launcher), "put", "-q", "new", f"{url}/"], place.source)
    get = Command([str(launcher), "get", "-q", f"{url}/stored"], place.arrived)
    yield from peers.pair(place, "privateshare", "privateshare", put, get)


def curl_rows(place, _, port):
    options = encrypted.tls(place.scratch / "nginx" / "certificate.pem")
    url = f"https://{peers.HOST}:{port}/stored"
    words = again(["curl", "-sSf", *options, "-C", "-", "-o", str(place.stored), url])
    yield peers.Row("get", "curl -C -", "nginx", Command(words, place.arrived), place.stored, place.new)


def ssh_rows(place, _, port):
    """All through one line, so the configuration leads there."""
    served, new, stored = place.served_by("sshd"), place.new, place.stored
    original = place.scratch / "ssh" / "config"
    configuration = place.scratch / "ssh" / "line"
    text = original.read_text().splitlines()
    text = [f"  Port {port}" if line.split()[0] == "Port" else line for line in text]
    configuration.write_text("\n".join(text) + "\n")

    def pair(client, put, get):
        into, out = Command(put, place.source), Command(get, place.arrived)
        return peers.pair(place, client, "sshd", into, out)

    rsync = ["rsync", "--partial", "--append-verify", "-e", f"ssh -F {configuration}"]
    yield from pair(
        "rsync --append-verify",
        again([*rsync, str(new), f"peer:{served}/new"]),
        again([*rsync, f"peer:{served}/stored", str(stored)]),
    )
    # The first word must be one that makes the file; the others go on with it.
    sftp = f'sftp -q -b - -F "{configuration}" peer'
    script = 'echo "$1" | {0} || until echo "$2" | {0}; do :; done'.format(sftp)
    yield from pair(
        "sftp, reput and reget",
        ["sh", "-c", script, "sh", f"put {new} {served}/new", f"reput {new} {served}/new"],
        ["sh", "-c", script, "sh", f"get {served}/stored {stored}", f"reget {served}/stored {stored}"],
    )
    with contextlib.suppress(peers.Absent):
        rclone = [peers.program("rclone", "rclone"), "--config", "/dev/null", "copyto"]
        rclone += ["--retries", "30", "--retries-sleep", "0s"]
        rclone += ["--sftp-host", peers.HOST, "--sftp-port", str(port), "--sftp-user", getpass.getuser()]
        rclone += ["--sftp-key-file", str(place.scratch / "ssh" / "user"), "--sftp-disable-hashcheck"]
        yield from pair(
            "rclone", [*rclone, str(new), f":sftp:{served}/new"], [*rclone, f":sftp:{served}/stored", str(stored)]
        )


if __name__ == "__main__":
    title = f"encrypted, over a line that breaks {os.environ['CUTS']} times"
    names = ("privateshare", "nginx", "sshd")
    rounds.run(rounds.big_file, rounds.Bench("resume", title, names, encrypted.servers, rows, REFERENCES))
