"""Started by longpath.sh: one file over a long line with loss, between two network namespaces."""

import contextlib
import functools
import os
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import encrypted
import meter
import peers
import rounds
from meter import Command

NEAR, FAR = "198.18.0.1", "198.18.0.2"
SEVERAL = "8"
REFERENCES = {"nginx + curl": "curl → nginx", "scp": "scp → sshd"}


def settings(name):
    return os.environ[name]


@contextlib.contextmanager
def line():
    """Two namespaces joined by a long line: what runs in the near and in the far one."""
    near, far = (f"bench-{side}-{os.getpid()}" for side in ("near", "far"))
    with contextlib.ExitStack() as last:
        allow_congestion(last)
        for name in (near, far):
            ip("netns", "add", name)
            last.callback(ip, "netns", "delete", name)
        process = subprocess.Popen(
            [build(last), near, far, *map(settings, ("DELAY_MS", "RATE_MBIT", "LOSS_PERCENT"))],
            stdout=subprocess.PIPE,
        )
        last.callback(process.wait)
        last.callback(process.terminate)
        if process.stdout.readline() != b"ready\n":
            raise meter.Failed("the line did not come up")
        for name, own, other in ((near, NEAR, FAR), (far, FAR, NEAR)):
            ip("-n", name, "link", "set", "lo", "up")
            congestion(name)
            ip("-n", name, "addr", "add", own, "peer", other, "dev", "line")
            ip("-n", name, "link", "set", "line", "up", "mtu", "1500", "txqueuelen", "10000")
        yield ["ip", "netns", "exec", near], ["ip", "netns", "exec", far]


def allow_congestion(last):
    """Namespaces may only use what the machine allows; its list is put back at last."""
    file = Path("/proc/sys/net/ipv4/tcp_allowed_congestion_control")
    before = file.read_text()
    if settings("CONGESTION") not in before.split():
        file.write_text(f"{before.strip()} {settings('CONGESTION')}")
        last.callback(file.write_text, before)


def congestion(name):
    """How connections there feel their way: what most machines of the world use, unless told."""
    words = [f"net.ipv4.tcp_congestion_control={settings('CONGESTION')}", "net.ipv4.tcp_no_metrics_save=1"]
    subprocess.run(["ip", "netns", "exec", name, "sysctl", "-qw", *words], check=True)


def build(last):
    folder = last.enter_context(tempfile.TemporaryDirectory())
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "link.c")
    compiler = peers.program("cc", "gcc")
    program = os.path.join(folder, "link")
    subprocess.run([compiler, "-O2", "-pthread", "-o", program, source], check=True)
    return program


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def servers(place, launcher, far):
    found, missing = encrypted.servers(place, launcher)
    for name, server in found.items():
        words = [*far, *server.command.words]
        if name == "privateshare":
            words += ["--host", FAR]
        found[name] = replace(server, command=replace(server.command, words=words))
    return found, missing


def rows(place, launcher, servers, near):
    for row in all_rows(place, launcher, servers, near):
        yield replace(row, command=replace(row.command, words=[*near, *row.command.words]))


def all_rows(place, launcher, servers, near):
    if "privateshare" in servers:
        log_in(place, launcher, servers["privateshare"].port, near)
        yield from our_rows(place, launcher, servers["privateshare"].port)
    if "nginx" in servers:
        yield from nginx_rows(place, servers["nginx"].port)
    if "sshd" in servers:
        yield from encrypted.ssh_rows(place)


def log_in(place, launcher, port, near):
    """Far away is another machine, for our client too."""
    file = place.state / "privateshare" / "identity.pin"
    meter.wait_until(file.exists, "our server's announcement")
    pin = file.read_text().strip()
    said = f"https://{FAR}:{port}/#{place.owner_key}@{pin}\n"
    words = [*near, str(launcher), "login", "-"]
    subprocess.run(words, input=said, text=True, check=True, capture_output=True)


def our_rows(place, launcher, port):
    url = f"https://{FAR}:{port}"
    target = place.served_by("privateshare") / "new"
    for connections in settings("CONNECTIONS").split():
        name = f"privateshare -j {connections}"
        words = [str(launcher), "put", "-q", "-j", connections, "new", f"{url}/"]
        put = Command(words, place.source)
        yield peers.Row("put", name, "privateshare", put, target, place.new)
        words = [str(launcher), "get", "-q", "-j", connections, f"{url}/stored"]
        yield get(place, name, words, "privateshare")


def nginx_rows(place, port):
    url = f"https://{FAR}:{port}"
    certificate = place.scratch / "nginx" / "certificate.pem"
    options = encrypted.tls(certificate)
    yield from peers.curl_rows(place, url, "nginx", options=options)
    with contextlib.suppress(peers.Absent):
        rclone = [peers.program("rclone", "rclone"), "--config", "/dev/null"]
        rclone += ["--ca-cert", str(certificate), "--http-url", url, "--multi-thread-cutoff", "1M"]
        for streams in ("1", SEVERAL):
            words = [*rclone, "--multi-thread-streams", streams]
            words += ["copyto", ":http:stored", str(place.stored)]
            yield get(place, f"rclone, {streams} streams", words)
    with contextlib.suppress(peers.Absent):
        lftp = peers.program("lftp", "lftp")
        quiet = f"set ssl:ca-file {certificate}; set cmd:fail-exit yes;"
        for name, verb in (("lftp get", "get"), (f"lftp pget -n{SEVERAL}", f"pget -n {SEVERAL}")):
            script = f"{quiet} {verb} {url}/stored -o {place.stored}; bye"
            yield get(place, name, [lftp, "-c", script])


def get(place, client, words, server="nginx"):
    return peers.Row("get", client, server, Command(words, place.arrived), place.stored, place.new)


def main():
    peers.HOST = FAR
    with line() as (near, far):
        title = (
            f"encrypted, over a line of {settings('DELAY_MS')} ms one way, {settings('RATE_MBIT')} Mbit/s,"
            f" {settings('LOSS_PERCENT')} % loss each way, {settings('CONGESTION')}"
        )
        bench = rounds.Bench(
            "longpath",
            title,
            ("privateshare", "nginx", "sshd"),
            functools.partial(servers, far=far),
            functools.partial(rows, near=near),
            REFERENCES,
        )
        rounds.big_file(bench)


if __name__ == "__main__":
    rounds.run(main)
