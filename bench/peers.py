"""The servers to measure, and the rows of the table: who sends to whom."""

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import meter
from meter import Command

HOST = "127.0.0.1"
STAND_INS = Path(__file__).resolve().parent.parent / "src" / "it" / "python"

NGINX = """\
{user}
worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/errors warn;
events {{ worker_connections 1024; }}
http {{
  access_log off; sendfile on; tcp_nopush on;
  client_max_body_size 0; client_body_temp_path {folder}/body; client_body_buffer_size 1m;
  proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen {host}:{port}; root {served}; dav_methods PUT; }}
}}
"""


@dataclass(frozen=True)
class Place:
    """The folders of one run; source holds `new`, each server's folder holds `stored`."""

    source: Path
    served: Path
    arrived: Path
    scratch: Path

    def served_by(self, name):
        return self.served / name


@dataclass(frozen=True)
class Row:
    """One line of the table. A server of None: the client does it alone, or `once` serves it."""

    operation: str
    client: str
    server: str | None
    command: Command
    target: Path
    original: Path
    once: tuple[Command, int] | None = None

    @property
    def name(self):
        return f"{self.client} to {self.server}" if self.server else self.client


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def has_openbsd_nc():
    if not shutil.which("nc"):
        return False
    said = subprocess.run(["nc", "-h"], capture_output=True, text=True, check=False)
    return "OpenBSD" in said.stdout + said.stderr


def nginx_program():
    with_sbin = os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin"
    program = shutil.which("nginx", path=with_sbin)
    if not program:
        return None
    said = subprocess.run([program, "-V"], capture_output=True, text=True, check=False)
    return program if "http_dav_module" in said.stderr else None


def server_commands(place, launcher):
    """Name to (command, port) of every server that is there; the rest is named in a list."""
    commands, missing = {}, []
    folder = place.served_by

    if launcher:
        port = free_port()
        words = [str(launcher), "serve", str(folder("privateshare")), str(port)]
        commands["privateshare"] = Command(words, place.scratch), port
    else:
        missing.append("privateshare (no launcher)")

    port = free_port()
    words = [sys.executable, str(STAND_INS / "server.py"), str(port), str(folder("python"))]
    commands["python"] = Command(words, place.scratch), port

    nginx, curl = nginx_program(), shutil.which("curl")
    if nginx and curl:
        port = free_port()
        configuration = place.scratch / "nginx.conf"
        text = NGINX.format(
            user="user root;" if os.geteuid() == 0 else "",
            folder=place.scratch,
            host=HOST,
            port=port,
            served=folder("nginx"),
        )
        configuration.write_text(text)
        errors = str(place.scratch / "errors")
        words = [nginx, "-p", str(place.scratch), "-e", errors, "-c", str(configuration)]
        commands["nginx"] = Command(words, place.scratch), port
    else:
        missing.append("nginx with dav, and curl")
    if not has_openbsd_nc():
        missing.append("nc of OpenBSD")
    return commands, missing


@contextlib.contextmanager
def serving(commands):
    """Starts every server, waits until it listens, and ends it at last."""
    with contextlib.ExitStack() as running:
        processes = {}
        for name, (command, port) in commands.items():
            process = command.start()
            running.callback(meter.stop, process)
            meter.wait_until(
                lambda: meter.is_listening(port) or process.poll() is not None, f"{name}'s start"
            )
            if process.poll() is not None:
                raise meter.Failed(f"{name} did not start: {meter.said(process)}")
            processes[name] = process
        yield processes


def rows(place, launcher, commands, to_disk):
    """All rows, puts first."""
    python = [sys.executable, str(STAND_INS / "client.py")]
    ours = [str(launcher)] if launcher else None
    new, stored = place.source / "new", place.arrived / "stored"

    def classic(words, client, server):
        port = str(commands[server][1])
        up = Command([*words, HOST, port, "put", "new"], place.source)
        down = Command([*words, HOST, port, "get", "stored"], place.arrived)
        put = Row("put", client, server, up, place.served_by(server) / "new", new)
        return put, Row("get", client, server, down, stored, new)

    pairs = []
    if ours:
        pairs.append(classic(ours, "privateshare", "privateshare"))
        pairs.append(classic(ours, "privateshare", "python"))
        pairs.append(classic(python, "python", "privateshare"))
    pairs.append(classic(python, "python", "python"))
    if "nginx" in commands:
        pairs.append(curl_rows(place, commands["nginx"][1], new, stored))
    if has_openbsd_nc():
        pairs.append(nc_rows(place, new, stored))
    pairs.append(tuple(limit(place, operation, to_disk) for operation in ("put", "get")))
    return [put for put, _ in pairs] + [get for _, get in pairs]


def curl_rows(place, port, new, stored):
    url = f"http://{HOST}:{port}"
    up = Command(["curl", "-sSf", "-T", str(new), f"{url}/new"], place.source)
    down = Command(["curl", "-sSf", "-o", str(stored), f"{url}/stored"], place.arrived)
    put = Row("put", "curl", "nginx", up, place.served_by("nginx") / "new", new)
    return put, Row("get", "curl", "nginx", down, stored, new)


def nc_rows(place, new, stored):
    port = free_port()
    served = place.served_by("nc")

    def nc(*options, stdin=None, stdout=None):
        return Command(["nc", *options, HOST, str(port)], place.scratch, stdin, stdout)

    taking = nc("-l", "-d", stdout=served / "new"), port
    giving = nc("-l", "-N", stdin=served / "stored"), port
    put = Row("put", "nc", "nc", nc("-N", stdin=new), served / "new", new, taking)
    return put, Row("get", "nc", "nc", nc("-d", stdout=stored), stored, new, giving)


def limit(place, operation, to_disk):
    """What the folder can take at most: a copy without any network."""
    new, target = place.source / "new", place.arrived / "stored"
    if to_disk:
        words = ["dd", f"if={new}", f"of={target}", "bs=1M", "conv=fsync", "status=none"]
        name = "dd conv=fsync"
    else:
        words, name = ["cp", str(new), str(target)], "cp"
    return Row(operation, name, None, Command(words, place.scratch), target, new)
