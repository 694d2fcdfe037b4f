"""Started by tls.sh: one big file from and to our server with curl, for each way of doing TLS."""

import functools

import encrypted
import peers
import rounds
from meter import Command

WAYS = {
    "Conscrypt": [],
    "Conscrypt, heap": ["-Dprivateshare.tls.buffers=heap"],
    "Conscrypt, single": ["-Dprivateshare.tls.records=single"],
    "JDK": ["-Dprivateshare.tls=jdk"],
    "JDK, direct": ["-Dprivateshare.tls=jdk", "-Dprivateshare.tls.buffers=direct"],
    "JDK, single": ["-Dprivateshare.tls=jdk", "-Dprivateshare.tls.records=single"],
}

REFERENCES = {"Conscrypt": "curl → Conscrypt"}


def server(place, launcher, name):
    if not launcher:
        raise peers.Absent("privateshare (no launcher)")
    port = peers.free_port()
    options = f"PRIVATESHARE_JAVA_OPTS={' '.join(WAYS[name])}"
    words = ["env", options, str(launcher), "serve", str(place.served_by(name)), str(port)]
    return peers.Server(Command(words, place.scratch), port)


def servers(place, launcher):
    peers.program("curl", "curl")
    return peers.gather(
        {name: functools.partial(server, place, launcher, name) for name in WAYS}
    )


def rows(place, launcher, servers):
    for name, running in servers.items():
        url = f"https://{peers.HOST}:{running.port}"
        key = ["-H", f"@{encrypted.authorization(place)}"]
        options = [*encrypted.tls(place.identity), *key]
        yield from peers.curl_rows(place, url, name, options=options)


if __name__ == "__main__":
    bench = rounds.Bench("tls", "encrypted", tuple(WAYS), servers, rows, REFERENCES)
    rounds.run(rounds.big_file, bench)
