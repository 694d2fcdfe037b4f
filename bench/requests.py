"""Started by requests.sh: many requests for one small file over connections that stay, in TLS."""

import dataclasses
import functools
import os
import re
import subprocess

import meter
import peers
import rounds
from meter import Command

MILLIS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
COUNT = re.compile(r"^ *([0-9]+) requests in ", re.MULTILINE)
RATE = re.compile(r"^Requests/sec: +([0-9.]+)$", re.MULTILINE)
PERCENTILE = re.compile(r"^ +(50|99)% +([0-9.]+)(us|ms|s)$", re.MULTILINE)
ERRORS = re.compile(r"^ *Socket errors: (.*), timeout ([0-9]+)$", re.MULTILINE)
NO_ERRORS = "connect 0, read 0, write 0"
REFUSED = re.compile(r"^ *Non-2xx.*$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Row:
    server: str
    connections: int
    command: Command

    operation = "get"

    @property
    def name(self):
        return f"{self.server}, {self.connections} connections"


def servers(place, launcher):
    return peers.gather(
        {
            "privateshare": functools.partial(peers.privateshare, place, launcher),
            "nginx": functools.partial(peers.nginx, place, encrypted=True),
        }
    )


def rows(place, servers):
    """wrk has one thread and does not look at certificates. The key can only be given to it on its
    command line; it is good for this run."""
    wrk = peers.program("wrk", "wrk")
    seconds = os.environ["SECONDS_EACH"]
    for name, server in servers.items():
        url = f"https://{peers.HOST}:{server.port}/new"
        field = []
        if name == "privateshare":
            field = ["-H", f"Authorization: Bearer {place.owner_key}"]
        put_and_check(place, url, field)
        for connections in map(int, os.environ["CONNECTIONS"].split()):
            words = [wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", *field, url]
            command = Command(words, place.scratch, stdout=place.scratch / "said")
            yield Row(name, connections, command)


def put_and_check(place, url, field):
    """Puts the file as a client would, and looks whether what is served is that file."""
    curl = ["curl", "-sSfk", *field]
    subprocess.run([*curl, "-T", str(place.new), "-o", os.devnull, url], check=True)
    subprocess.run([*curl, "-o", str(place.stored), url], check=True)
    if place.stored.read_bytes() != place.new.read_bytes():
        raise meter.Failed(f"{url} is another file")


def measure(processes, row):
    result = {
        "operation": row.operation,
        "row": row.name,
        "server": row.server,
        "connections": row.connections,
    }
    try:
        cost = meter.load(row.command, processes[row.server])
    except meter.Failed as failure:
        return {**result, "failed": str(failure)}
    said = row.command.stdout.read_text()
    refused, errors = REFUSED.search(said), ERRORS.search(said)
    if refused or (errors and errors[1] != NO_ERRORS):
        return {**result, "failed": (refused or errors).group().strip()}
    figures = {
        f"p{percent}_millis": float(number) * MILLIS[unit]
        for percent, number, unit in PERCENTILE.findall(said)
    }
    # Answers that took wrk's patience of two seconds, but came.
    figures["late"] = int(errors[2]) if errors else 0
    figures["requests"] = int(COUNT.search(said)[1])
    figures["rate"] = float(RATE.search(said)[1])
    return {**result, **figures, "cost": dataclasses.asdict(cost)}


def main():
    size, number = int(os.environ["BYTES"]), int(os.environ["RUNS"])
    ours = rounds.launcher()
    with rounds.laid_out(("privateshare", "nginx"), size) as place:
        found, missing = servers(place, ours)
        first = rounds.head(
            "requests", number, missing, bytes=size, seconds=int(os.environ["SECONDS_EACH"])
        )
        with peers.serving(found) as processes:
            chosen = rounds.chosen(rows(place, found))
            one = functools.partial(measure, processes)
            results = rounds.in_turn(chosen, number, first["seed"], one)
    rounds.finish("requests", first, results)


if __name__ == "__main__":
    rounds.run(main)
