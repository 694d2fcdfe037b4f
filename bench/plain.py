"""Started by plain.sh: one big file, not encrypted."""

import functools
import shutil
import subprocess
import sys

import peers
import rounds
from meter import Command

REFERENCES = {"Python pair": "python → python", "nginx + curl": "curl → nginx"}


def has_openbsd_nc():
    if not shutil.which("nc"):
        return False
    said = subprocess.run(["nc", "-h"], capture_output=True, text=True, check=False)
    return "OpenBSD" in said.stdout + said.stderr


def servers(place, launcher):
    found, missing = peers.gather(
        {
            "privateshare": functools.partial(peers.privateshare, place, launcher),
            "python": functools.partial(peers.python, place),
            "nginx": functools.partial(peers.nginx, place, encrypted=False),
        }
    )
    if not has_openbsd_nc():
        missing.append("nc of OpenBSD (Debian: netcat-openbsd)")
    return found, missing


def rows(place, launcher, servers):
    python = [sys.executable, str(peers.STAND_INS / "client.py")]

    def classic(client, words, server):
        """In the words of 2020, which both kinds of client know."""
        words = [*words, peers.HOST, str(servers[server].port)]
        put = Command([*words, "put", "new"], place.source)
        get = Command([*words, "get", "stored"], place.arrived)
        return peers.pair(place, client, server, put, get)

    if "privateshare" in servers:
        ours = [str(launcher)]
        yield from classic("privateshare", ours, "privateshare")
        yield from classic("privateshare", ours, "python")
        yield from classic("python", python, "privateshare")
    yield from classic("python", python, "python")
    if "nginx" in servers:
        yield from peers.curl_rows(place, f"http://{peers.HOST}:{servers['nginx'].port}", "nginx")
    if has_openbsd_nc():
        yield from nc_rows(place)


def nc_rows(place):
    """Its server takes or gives one file and ends."""
    port = peers.free_port()
    served = place.served_by("nc")

    def nc(*options, stdin=None, stdout=None):
        return Command(["nc", *options, peers.HOST, str(port)], place.scratch, stdin, stdout)

    taking = nc("-l", "-d", stdout=served / "new"), port
    giving = nc("-l", "-N", stdin=served / "stored"), port
    put, get = nc("-N", stdin=place.new), nc("-d", stdout=place.stored)
    return peers.pair(place, "nc", "nc", put, get, once=(taking, giving))


if __name__ == "__main__":
    names = ("privateshare", "python", "nginx", "nc")
    rounds.run(rounds.big_file, rounds.Bench("plain", "not encrypted", names, servers, rows, REFERENCES))
