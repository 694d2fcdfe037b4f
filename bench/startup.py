"""Started by startup.sh: commands that move one byte or none, and a server's first answer."""

import contextlib
import dataclasses
import functools
import os
import socket
import ssl
import time

import meter
import peers
import rounds
from meter import Command


@dataclasses.dataclass(frozen=True)
class Row:
    """A command; one without a server of its own is a server to be started and asked at port."""

    name: str
    command: Command
    server: str | None
    port: int = 0

    operation = "start"


def servers(place, launcher):
    return peers.gather(
        {
            "privateshare": functools.partial(peers.privateshare, place, launcher),
            "sshd": functools.partial(peers.sshd, place),
        }
    )


def rows(place, servers, launcher):
    """All of them encrypted, and to servers that run already, but for the last."""
    nowhere = place.scratch / "said"
    if "privateshare" in servers:
        at = f"{peers.HOST}:{servers['privateshare'].port}"
        for words in (["list", at], ["get", "stored", at, "-o", "-"]):
            command = Command([str(launcher), *words], place.arrived, stdout=nowhere)
            yield Row(f"privateshare {words[0]}", command, "privateshare")
        # The key is given on the command line; it is good for this run.
        curl = ["curl", "-sSfk", "-u", f":{place.owner_key}", f"https://{at}/"]
        yield Row("curl, the same list", Command(curl, place.arrived, stdout=nowhere), "privateshare")
    if "sshd" in servers:
        scp = ["scp", "-q", "-F", str(place.scratch / "ssh" / "config")]
        scp += [f"peer:{place.served_by('sshd')}/stored", str(place.stored)]
        yield Row("scp", Command(scp, place.arrived), "sshd")
    if launcher:
        port, share = peers.free_port(), place.scratch / "another share"
        share.mkdir()
        serve = Command([str(launcher), "serve", str(share), str(port)], place.scratch)
        yield Row("privateshare serve, to its first answer", serve, None, port)


def answers(port):
    """Whether a server answers a question over TLS, be it with a no: nobody here has a key."""
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with contextlib.suppress(OSError), socket.create_connection((peers.HOST, port), 1) as plain:
        with anyone.wrap_socket(plain) as connection:
            connection.sendall(
                b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            )
            return connection.recv(9) == b"HTTP/1.1 "
    return False


def first_answer(row):
    """Asks every 5 ms, so that asking itself takes little from the server that starts."""
    cost = meter.Cost()
    with meter.metered(cost):
        process = row.command.start()
        try:
            end = time.monotonic() + 60
            while not answers(row.port):
                if process.poll() is not None or time.monotonic() > end:
                    raise meter.Failed(meter.said(process))
                time.sleep(0.005)
            cost.client.cpu = meter.cpu_seconds(process.pid)
            cost.client.peak = meter.peak_bytes(process.pid)
        except BaseException:
            meter.stop(process)
            raise
    meter.stop(process)
    return cost


def measure(processes, row):
    result = {"operation": row.operation, "row": row.name}
    try:
        if row.server:
            cost = meter.load(row.command, processes[row.server])
        else:
            cost = first_answer(row)
        return {**result, "cost": dataclasses.asdict(cost)}
    except meter.Failed as failure:
        return {**result, "failed": str(failure)}


def main():
    number = int(os.environ["RUNS"])
    ours = rounds.launcher()
    with rounds.laid_out(("privateshare", "sshd"), 1) as place:
        found, missing = servers(place, ours)
        first = rounds.head("startup", number, missing)
        with peers.serving(found) as processes:
            chosen = rounds.chosen(list(rows(place, found, ours)))
            first["rows"] = [row.name for row in chosen]
            one = functools.partial(measure, processes)
            results = rounds.in_turn(chosen, number, first["seed"], one)
    rounds.finish("startup", first, results)


if __name__ == "__main__":
    rounds.run(main)
