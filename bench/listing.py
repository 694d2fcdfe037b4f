"""Started by listing.sh: one folder of very many files, listed with sizes and times."""

import dataclasses
import functools
import os
import threading
import time

import meter
import peers
import rounds
from meter import Command

PIECE = 1 << 18


@dataclasses.dataclass(frozen=True)
class Row:
    """A command that lists the folder, a line a file; without a server it does it alone."""

    name: str
    command: Command
    server: str | None = None

    operation = "list"


class Lines(threading.Thread):
    """Takes what a command writes, and notes when the first of it came and how many lines it was."""

    def __init__(self, pipe):
        super().__init__(daemon=True)
        self.pipe = pipe
        self.first = None
        self.count = 0

    def run(self):
        with open(self.pipe, "rb", buffering=0) as lines:
            while piece := lines.read(PIECE):
                self.first = self.first or time.monotonic()
                self.count += piece.count(b"\n")


def fill(folder, files):
    """Empty files, so that a million of them fit into memory."""
    descriptor = os.open(folder, os.O_RDONLY)
    for number in range(files):
        name = f"holiday-{number * 7919 % files:07}.jpg"
        os.close(os.open(name, os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=descriptor))
    os.close(descriptor)


def servers(place, launcher):
    return peers.gather(
        {
            "privateshare": functools.partial(peers.privateshare, place, launcher),
            "nginx": functools.partial(
                peers.nginx, place, encrypted=True, more="autoindex on; autoindex_format json;"
            ),
            "rsync": functools.partial(peers.rsyncd, place, place.served_by("privateshare")),
        }
    )


def rows(place, servers, launcher, pipe):
    def row(name, words, server=None):
        return Row(name, Command(words, place.arrived, stdout=pipe), server)

    curl = ["curl", "-sSfk", "--no-buffer"]
    yield row("ls -lU", ["ls", "-lU", f"{place.served_by('privateshare')}/many"])
    if "privateshare" in servers:
        at = f"{peers.HOST}:{servers['privateshare'].port}"
        ours = [str(launcher), "list"]
        yield row("privateshare list -l", [*ours, "-l", f"{at}/many/"], "privateshare")
        yield row("privateshare list", [*ours, f"{at}/many/"], "privateshare")
        yield row("privateshare list --json", [*ours, "--json", f"{at}/many/"], "privateshare")
        yield row(
            "privateshare list -l --sort time",
            [*ours, "-l", "--sort", "time", f"{at}/many/"],
            "privateshare",
        )
        # The key is given on the command line; it is good for this run.
        words = [*curl, "-u", f":{place.owner_key}", f"https://{at}/many/?json"]
        yield row("curl → privateshare", words, "privateshare")
    if "nginx" in servers:
        url = f"https://{peers.HOST}:{servers['nginx'].port}/many/"
        yield row("curl → nginx", [*curl, url], "nginx")
    if "rsync" in servers:
        url = f"rsync://{peers.HOST}:{servers['rsync'].port}/share/many/"
        yield row("rsync --list-only", ["rsync", "--list-only", url], "rsync")


def measure(processes, files, row):
    result = {"operation": row.operation, "row": row.name}
    lines = Lines(row.command.stdout)
    lines.start()
    start = time.monotonic()
    try:
        cost = meter.load(row.command, processes.get(row.server))
        lines.join()
        if lines.count < files:
            raise meter.Failed(f"{lines.count} lines for {files} files")
    except meter.Failed as failure:
        return {**result, "failed": str(failure)}
    return {**result, "first": lines.first - start, "cost": dataclasses.asdict(cost)}


def main():
    number, files = int(os.environ["RUNS"]), int(os.environ["FILES"])
    ours = rounds.launcher()
    with rounds.laid_out(("privateshare",), 1) as place:
        # One folder for all: the file system's own caches are the same for all, too.
        place.served_by("nginx").symlink_to(place.served_by("privateshare"))
        many, pipe = place.served_by("privateshare") / "many", place.scratch / "said"
        many.mkdir()
        os.mkfifo(pipe)
        fill(many, files)
        found, missing = servers(place, ours)
        heap = int(os.environ["HEAP_MIB"])
        first = rounds.head("listing", number, missing, files=files, heap_mib=heap)
        with peers.serving(found) as processes:
            chosen = rounds.chosen(list(rows(place, found, ours, pipe)))
            first["rows"] = [row.name for row in chosen]
            one = functools.partial(measure, processes, files)
            results = rounds.in_turn(chosen, number, first["seed"], one)
    rounds.finish("listing", first, results)


if __name__ == "__main__":
    rounds.run(main)
