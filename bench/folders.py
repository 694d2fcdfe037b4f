"""Started by folders.sh: a folder of many small files, there, back, again and changed."""

import contextlib
import dataclasses
import functools
import os
import shlex
import shutil
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

import encrypted
import longpath
import meter
import peers
import rounds
from meter import Command
from peers import Server

REFERENCES = {
    "rsync over ssh": "rsync → sshd",
    "scp -r": "scp -r → sshd",
    "tar over ssh": "tar → sshd",
    "cp -r": "cp -r",
}
A_FOLDER = 100
OPERATIONS = ("put", "get", "put again", "put changed")

RSYNCD = """\
use chroot = no
uid = {user}
gid = {group}
[served]
path = {served}
read only = no
"""


@dataclass(frozen=True)
class Row:
    """One line of a table. `target` is made from `before`, or is not there, when the clock starts,
    and must be as `original` when it stops."""

    operation: str
    client: str
    server: str | None
    command: Command
    target: Path
    original: Path
    before: Path | None = None

    @property
    def name(self):
        return f"{self.client} → {self.server}" if self.server else self.client


@dataclass(frozen=True)
class Trees:
    """The tree, and the same with some files changed."""

    whole: Path
    changed: Path


def plant(folder):
    """Files that don't compress, last changed in the past."""
    content = os.urandom(int(os.environ["FILE_BYTES"]) + int(os.environ["FILES"]))
    for number in range(int(os.environ["FILES"])):
        inside = folder / f"folder-{number // A_FOLDER:03}"
        if number % A_FOLDER == 0:
            inside.mkdir(parents=True)
        file = inside / f"file-{number:06}.bin"
        file.write_bytes(content[number : number + int(os.environ["FILE_BYTES"])])
        os.utime(file, ns=(time.time_ns(), time.time_ns() - 10**15 - number))


def change(folder):
    """Other bytes in as many files as asked for, spread over the folders; the size stays."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    changed = int(os.environ["CHANGED"])
    for file in files[:: max(1, len(files) // changed)][:changed]:
        file.write_bytes(os.urandom(file.stat().st_size))


def planted(place, servers):
    trees = Trees(place.source / "tree", place.source / "other" / "tree")
    plant(trees.whole)
    copy(trees.whole, trees.changed)
    change(trees.changed)
    for name in servers:
        copy(trees.whole, place.served_by(name) / "tree")
    return trees


def copy(source, target):
    target.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(source), str(target)], check=True)


def four(place, trees, client, server, put, get=None, again=None):
    """The rows of a client: `put` and `again` of the folder that a tree lies in and the name of the
    folder that it shall come to, `get` of none. Those that can't compare have no `again`."""
    served = place.served_by(server)

    def row(operation, words, target, original, before=None, folder=place.source):
        command = Command(["sh", "-c", words], folder)
        return Row(operation, client, server, command, target, original, before)

    yield row("put", put(trees.whole.parent, "new"), served / "new" / "tree", trees.whole)
    if get:
        yield row("get", get, place.arrived / "tree", trees.whole, folder=place.arrived)
    if again:
        whole, changed = (again(tree.parent, "again") for tree in (trees.whole, trees.changed))
        target = served / "again" / "tree"
        yield row("put again", whole, target, trees.whole, trees.whole)
        yield row("put changed", changed, target, trees.changed, trees.whole)


def servers(place, launcher, encrypted_servers=encrypted.servers):
    found, missing = encrypted_servers(place, launcher)
    found.pop("nginx", None)
    more, absent = peers.gather(
        {
            "rsyncd": functools.partial(rsyncd, place),
            "webdav": functools.partial(webdav, place),
        }
    )
    return {**found, **more}, [*missing, *absent]


def rsyncd(place):
    rsync, port, folder = peers.program("rsync", "rsync"), peers.free_port(), place.scratch / "rsyncd"
    folder.mkdir()
    served = place.served_by("rsyncd")
    text = RSYNCD.format(user=os.getuid(), group=os.getgid(), served=served)
    (folder / "conf").write_text(text)
    words = [rsync, "--daemon", "--no-detach", f"--address={peers.HOST}", f"--port={port}"]
    words += [f"--config={folder / 'conf'}", f"--log-file={folder / 'log'}"]
    return Server(Command(words, folder), port)


def webdav(place):
    rclone, port = peers.program("rclone", "rclone"), peers.free_port()
    words = [rclone, "--config", "/dev/null", "serve", "webdav", "--dir-cache-time", "1ms"]
    words += [str(place.served_by("webdav")), "--addr", f"{peers.HOST}:{port}"]
    return Server(Command(words, place.scratch), port)


def rows(place, trees, launcher, servers):
    each = {"privateshare": our_rows, "sshd": ssh_rows, "rsyncd": daemon_rows, "webdav": dav_rows}
    for name, make in each.items():
        if name in servers:
            yield from make(place, trees, launcher, servers[name].port)
    copying = Command(["cp", "-r", str(trees.whole), str(place.arrived / "tree")], place.scratch)
    for operation in OPERATIONS[:2]:
        yield Row(operation, "cp -r", None, copying, place.arrived / "tree", trees.whole)


def our_rows(place, trees, launcher, port):
    ours, url = shlex.quote(str(launcher)), f"https://{peers.HOST}:{port}"

    def put(folder, name):
        return f"{ours} put -q --replace {folder}/tree {url}/{name}/"

    get = f"{ours} get -q {url}/tree"
    yield from four(place, trees, "privateshare", "privateshare", put, get, put)
    options = " ".join(["--fail", *encrypted.tls(place.identity), "-H", f"@{encrypted.authorization(place)}"])
    if os.environ["LONG"] == "1":
        return  # The certificate names no other address than this machine's.

    def tar(folder, name):
        return f"tar -C {folder} -c tree | curl -sS {options} -o answers -T - '{url}/{name}/?unpack=tar'"

    get = f"curl -sS {options} '{url}/tree/?archive=tar' | tar -x"
    yield from four(place, trees, "tar, curl", "privateshare", tar, get)


def ssh_rows(place, trees, _, port):
    configuration, served = place.scratch / "ssh" / "config", place.served_by("sshd")
    ssh = f"ssh -F {configuration}"

    def rsync(folder, name):
        return f"rsync -a -e '{ssh}' {folder}/tree peer:{served}/{name}/ && {synced(served)}"

    get = f"rsync -a -e '{ssh}' peer:{served}/tree . && {synced(place.arrived)}"
    yield from four(place, trees, "rsync", "sshd", rsync, get, rsync)

    def scp(folder, name):
        return f"scp -qr -F {configuration} {folder}/tree peer:{served}/{name}/ && {synced(served)}"

    get = f"scp -qr -F {configuration} peer:{served}/tree . && {synced(place.arrived)}"
    yield from four(place, trees, "scp -r", "sshd", scp, get)

    def tar(folder, name):
        return f"tar -C {folder} -c tree | {ssh} peer tar -C {served}/{name} -x && {synced(served)}"

    get = f"{ssh} peer tar -C {served} -c tree | tar -x && {synced(place.arrived)}"
    yield from four(place, trees, "tar", "sshd", tar, get)


def daemon_rows(place, trees, _, port):
    url, served = f"rsync://{peers.HOST}:{port}/served", place.served_by("rsyncd")

    def put(folder, name):
        return f"rsync -a {folder}/tree {url}/{name}/ && {synced(served)}"

    get = f"rsync -a {url}/tree . && {synced(place.arrived)}"
    yield from four(place, trees, "rsync, in clear", "rsyncd", put, get, put)


def dav_rows(place, trees, _, port):
    rclone = "rclone --config /dev/null --transfers 16 --checkers 16"
    rclone += f" --webdav-url http://{peers.HOST}:{port}"
    served = place.served_by("webdav")

    def put(folder, name):
        return f"{rclone} copy {folder}/tree :webdav:{name}/tree && {synced(served)}"

    get = f"{rclone} copy :webdav:tree tree && {synced(place.arrived)}"
    yield from four(place, trees, "rclone, in clear", "webdav", put, get)


def synced(folder):
    """What our server and client do by themselves, file by file."""
    return f"sync -f {folder}"


def measure(processes, row):
    files = int(os.environ["FILES"])
    result = {"operation": row.operation, "row": row.name, "files": files}
    shutil.rmtree(row.target, ignore_errors=True)
    row.target.parent.mkdir(parents=True, exist_ok=True)
    if row.before:
        copy(row.before, row.target)
    subprocess.run(["sync", "-f", str(row.target.parent)], check=True)
    try:
        cost = meter.load(row.command, processes.get(row.server))
        words = ["diff", "-rq", str(row.original), str(row.target)]
        same = subprocess.run(words, capture_output=True, text=True)
        if same.returncode != 0:
            raise meter.Failed(f"arrived wrong: {(same.stdout + same.stderr).strip()[:300]}")
        return {**result, "cost": dataclasses.asdict(cost)}
    except meter.Failed as failure:
        return {**result, "failed": str(failure)}
    finally:
        shutil.rmtree(row.target, ignore_errors=True)


@contextlib.contextmanager
def path():
    """What clients and servers are started with, and how servers are made."""
    if os.environ["LONG"] != "1":
        yield [], servers
        return
    peers.HOST = longpath.FAR
    with longpath.line() as (near, far):

        def far_servers(place, launcher):
            found, missing = servers(place, launcher, functools.partial(longpath.servers, far=far))
            for name in set(found) & {"rsyncd", "webdav"}:
                words = [*far, *found[name].command.words]
                found[name] = replace(found[name], command=replace(found[name].command, words=words))
            return found, missing

        yield near, far_servers


def main():
    to_disk, number, ours = os.environ["DISK"] == "1", int(os.environ["RUNS"]), rounds.launcher()
    names = ("privateshare", "nginx", "sshd", "rsyncd", "webdav")
    with path() as (near, make), rounds.laid_out(names, 1, to_disk) as place:
        found, missing = make(place, ours)
        trees = planted(place, names)
        first = rounds.head(
            "folder",
            number,
            missing,
            files=int(os.environ["FILES"]),
            bytes=int(os.environ["FILE_BYTES"]),
            changed=int(os.environ["CHANGED"]),
            disk=to_disk,
            line=near != [],
            references=REFERENCES,
            operations=OPERATIONS,
        )
        with peers.serving(found) as processes:
            if near and "privateshare" in found:
                longpath.log_in(place, ours, found["privateshare"].port, near)
            chosen = [
                replace(row, command=replace(row.command, words=[*near, *row.command.words]))
                for row in rounds.chosen(rows(place, trees, ours, found))
            ]
            first["rows"] = list(dict.fromkeys(row.name for row in chosen))
            one = functools.partial(measure, processes)
            results = rounds.in_turn(chosen, number, first["seed"], one)
    suffix = ("-long" if near else "") + ("-disk" if to_disk else "")
    rounds.finish("folders" + suffix, first, results)


if __name__ == "__main__":
    rounds.run(main)
