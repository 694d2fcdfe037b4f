"""Started by encrypted.sh: one big file, encrypted with AES-128-GCM by everybody."""

import functools

import peers
import rounds
from meter import Command

REFERENCES = {
    "nginx + curl": "curl → nginx",
    "scp": "scp → sshd",
    "rsync over ssh": "rsync → sshd",
}


def servers(place, launcher):
    return peers.gather(
        {
            "privateshare": functools.partial(peers.privateshare, place, launcher),
            "nginx": functools.partial(peers.nginx, place, encrypted=True),
            "sshd": functools.partial(peers.sshd, place),
        }
    )


def rows(place, launcher, servers):
    if "privateshare" in servers:
        yield from our_rows(place, launcher, servers["privateshare"].port)
    if "nginx" in servers:
        url = f"https://{peers.HOST}:{servers['nginx'].port}"
        certificate = place.scratch / "nginx" / "certificate.pem"
        yield from peers.curl_rows(place, url, "nginx", options=tls(certificate))
    if "sshd" in servers:
        yield from ssh_rows(place)


def tls(certificate):
    return ["--http1.1", "--tls13-ciphers", peers.SUITE, "--cacert", str(certificate)]


def our_rows(place, launcher, port):
    """All these clients find the server's certificate and the owner's key where it put them."""
    url = f"https://{peers.HOST}:{port}"
    put = Command([str(launcher), "put", "new", f"{url}/"], place.source)
    get = Command([str(launcher), "get", f"{url}/stored"], place.arrived)
    yield from peers.pair(place, "privateshare", "privateshare", put, get)
    options = [*tls(place.identity), "-H", f"@{authorization(place)}"]
    yield from peers.curl_rows(place, url, "privateshare", options=options)
    options = [*options, "--http2"]
    yield from peers.curl_rows(place, url, "privateshare", "curl, HTTP/2", options)


def authorization(place):
    """A file with the field for curl, since every user may read a command line."""
    file = place.scratch / "authorization"
    file.write_text(f"Authorization: Bearer {place.owner_key}\n")
    return file


def ssh_rows(place):
    configuration = str(place.scratch / "ssh" / "config")
    served = place.served_by("sshd")

    def pair(client, words):
        put = Command([*words, str(place.new), f"peer:{served}/new"], place.source)
        get = Command([*words, f"peer:{served}/stored", str(place.stored)], place.arrived)
        return peers.pair(place, client, "sshd", put, get)

    yield from pair("scp", ["scp", "-q", "-F", configuration])
    yield from pair("rsync", ["rsync", "-W", "--inplace", "-e", f"ssh -F {configuration}"])


if __name__ == "__main__":
    names = ("privateshare", "nginx", "sshd")
    rounds.run(rounds.big_file, rounds.Bench("encrypted", "encrypted", names, servers, rows, REFERENCES))
