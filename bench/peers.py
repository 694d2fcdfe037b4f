"""The servers to measure, and the clients that both benches with a big file have in common."""

import contextlib
import getpass
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
SUITE = "TLS_AES_128_GCM_SHA256"
SSH_CIPHER = "aes128-gcm@openssh.com"

NGINX = """\
{user}
worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/errors warn;
events {{ worker_connections 4096; }}
http {{
  access_log off; sendfile on; tcp_nopush on;
  keepalive_requests 100000000; keepalive_timeout 600s;
  client_max_body_size 0; client_body_temp_path {folder}/body; client_body_buffer_size 1m;
  proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{ listen {host}:{port}{tls}; root {served}; dav_methods PUT; {more} }}
}}
"""

NGINX_TLS = """ ssl backlog=4096;
    ssl_certificate {certificate}; ssl_certificate_key {key}; ssl_protocols TLSv1.3;
    ssl_conf_command Ciphersuites {suite}"""

SSHD = """\
ListenAddress {host}:{port}
PidFile none
HostKey {folder}/host
AuthorizedKeysFile {folder}/user.pub
StrictModes no
PasswordAuthentication no
PermitRootLogin prohibit-password
UsePAM no
UseDNS no
PrintMotd no
Subsystem sftp internal-sftp
"""

SSH = """\
Host peer
  HostName {host}
  Port {port}
  User {user}
  IdentityFile {folder}/user
  IdentitiesOnly yes
  Ciphers {cipher}
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
"""


class Absent(Exception):
    """A peer that is not installed."""


@dataclass(frozen=True)
class Place:
    """The folders of one run; source holds `new`, each server's folder holds `stored`."""

    source: Path
    served: Path
    arrived: Path
    scratch: Path

    def served_by(self, name):
        return self.served / name

    @property
    def state(self):
        """Where our own programs keep their keys during the run: not where the user's are."""
        return self.scratch / "state"

    @property
    def identity(self):
        return self.state / "privateshare" / "identity.pem"

    @property
    def owner_key(self):
        return (self.state / "privateshare" / "owner.key").read_text().strip()

    @property
    def new(self):
        return self.source / "new"

    @property
    def stored(self):
        return self.arrived / "stored"


@dataclass(frozen=True)
class Server:
    """A server that is started once and stays."""

    command: Command
    port: int


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
        return f"{self.client} → {self.server}" if self.server else self.client


def pair(place, client, server, put, get, once=(None, None)):
    """The two rows of a client with a server; `once` if that one serves but one transfer each."""
    target = place.served_by(server) / "new"
    yield Row("put", client, server, put, target, place.new, once[0])
    yield Row("get", client, server, get, place.stored, place.new, once[1])


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def program(name, package):
    path = shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if not path:
        raise Absent(f"{name} (Debian: {package})")
    return path


def gather(makers):
    """Name to server of all that are there; what is missing is named in a list."""
    servers, missing = {}, []
    for name, make in makers.items():
        try:
            servers[name] = make()
        except Absent as absent:
            missing.append(str(absent))
    return servers, missing


@contextlib.contextmanager
def serving(servers):
    """Starts every server, waits until it listens, and ends it at last."""
    with contextlib.ExitStack() as running:
        processes = {}
        for name, server in servers.items():
            process = server.command.start()
            running.callback(meter.stop, process)
            meter.wait_until(
                lambda: meter.is_listening(server.port, process.pid) or process.poll() is not None,
                f"{name}'s start",
            )
            if process.poll() is not None:
                raise meter.Failed(f"{name} did not start: {meter.said(process)}")
            processes[name] = process
        yield processes


def privateshare(place, launcher):
    if not launcher:
        raise Absent("privateshare (no launcher)")
    port = free_port()
    words = [str(launcher), "serve", str(place.served_by("privateshare")), str(port)]
    return Server(Command(words, place.scratch), port)


def python(place):
    port = free_port()
    words = [sys.executable, str(STAND_INS / "server.py"), str(port), str(place.served_by("python"))]
    return Server(Command(words, place.scratch), port)


def nginx(place, encrypted, more=""):
    nginx = program("nginx", "nginx")
    program("curl", "curl")
    said = subprocess.run([nginx, "-V"], capture_output=True, text=True, check=False)
    if "http_dav_module" not in said.stderr:
        raise Absent("nginx with its dav module")
    port, folder = free_port(), place.scratch / "nginx"
    folder.mkdir()
    configuration = folder / "nginx.conf"
    text = NGINX.format(
        user="user root;" if os.geteuid() == 0 else "",
        folder=folder,
        host=HOST,
        port=port,
        served=place.served_by("nginx"),
        more=more,
        tls=NGINX_TLS.format(**certificate(folder), suite=SUITE) if encrypted else "",
    )
    configuration.write_text(text)
    words = [nginx, "-p", str(folder), "-e", str(folder / "errors"), "-c", str(configuration)]
    return Server(Command(words, folder), port)


def rsyncd(place, served):
    """A daemon that shows the folder as `share`, to read only, in clear."""
    rsync = program("rsync", "rsync")
    port, folder = free_port(), place.scratch / "rsyncd"
    folder.mkdir()
    configuration = folder / "rsyncd.conf"
    configuration.write_text(
        f"use chroot = no\nlog file = {folder}/log\n[share]\npath = {served}\nread only = yes\n"
    )
    words = [rsync, "--daemon", "--no-detach", "--address", HOST, f"--port={port}"]
    return Server(Command([*words, f"--config={configuration}"], folder), port)


def certificate(folder):
    """A new key on P-256 and its certificate, the kind that our server makes for itself."""
    files = {"certificate": folder / "certificate.pem", "key": folder / "key.pem"}
    subprocess.run(
        [
            *(program("openssl", "openssl"), "req", "-x509", "-nodes", "-days", "2"),
            *("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-subj", "/CN=localhost", "-addext", f"subjectAltName=IP:{HOST}"),
            *("-out", str(files["certificate"]), "-keyout", str(files["key"])),
        ],
        check=True,
        capture_output=True,
    )
    return files


def sshd(place):
    """A server with its own configuration and keys, which lets in this user only."""
    sshd = program("sshd", "openssh-server")
    program("scp", "openssh-client")
    program("rsync", "rsync")
    port, folder = free_port(), place.scratch / "ssh"
    folder.mkdir(mode=0o700)
    for key in ("host", "user"):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / key)]
        subprocess.run(words, check=True)
    values = {
        "host": HOST,
        "port": port,
        "folder": folder,
        "user": getpass.getuser(),
        "cipher": SSH_CIPHER,
    }
    (folder / "sshd_config").write_text(SSHD.format(**values))
    (folder / "config").write_text(SSH.format(**values))
    if os.geteuid() == 0:
        # Empty, and there wherever Debian's own service has been started.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    return Server(Command([sshd, "-D", "-e", "-f", str(folder / "sshd_config")], folder), port)


def curl_rows(place, url, server, client="curl", options=()):
    words = ["curl", "-sSf", *options]
    up = Command([*words, "-T", str(place.new), f"{url}/new"], place.source)
    down = Command([*words, "-o", str(place.stored), f"{url}/stored"], place.arrived)
    return pair(place, client, server, up, down)


def limit_rows(place, to_disk):
    """What the folder can take at most: a copy without any network."""
    if to_disk:
        words = ["dd", f"if={place.new}", f"of={place.stored}", "bs=1M", "conv=fsync", "status=none"]
        name = "dd conv=fsync"
    else:
        words, name = ["cp", str(place.new), str(place.stored)], "cp"
    copy = Command(words, place.scratch)
    for operation in ("put", "get"):
        yield Row(operation, name, None, copy, place.stored, place.new)
