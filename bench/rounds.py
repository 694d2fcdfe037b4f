"""What the benches share: lays out the folders, runs the rows in turn, writes the results."""

import contextlib
import dataclasses
import json
import os
import platform
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import meter
import peers
import report

MEBIBYTE = 1 << 20


@dataclasses.dataclass(frozen=True)
class Bench:
    """One of the scripts.

    servers: of the place and the launcher: the servers by name, and what is missing
    rows: of the place, the launcher and the servers, all of them running: the rows of the table
    references: what the others are compared with: a name for the column, and the row's name
    """

    name: str
    title: str
    served: tuple[str, ...]
    servers: Callable
    rows: Callable
    references: dict[str, str]


def fill(file, size):
    """Bytes that don't compress."""
    with open(file, "wb") as out:
        while size > 0:
            out.write(os.urandom(min(size, MEBIBYTE)))
            size -= MEBIBYTE


@contextlib.contextmanager
def laid_out(names, size, to_disk=False):
    """A Place in new folders, which are removed at last; what every server serves is one file
    under several names. The source is always in memory."""
    with contextlib.ExitStack() as folders:

        def new_folder(where):
            name = tempfile.TemporaryDirectory(prefix="bench.", dir=where)
            return Path(folders.enter_context(name))

        folder = new_folder(os.environ["FOLDER"])
        memory = new_folder("/dev/shm") if to_disk else folder
        if shutil.disk_usage(folder).free < 3 * size:
            raise meter.Failed(f"no room for three files of {size} bytes in {folder.parent}")
        place = peers.Place(
            memory / "source", folder / "served", folder / "arrived", folder / "scratch"
        )
        for each in (place.source, place.served, place.arrived, place.scratch):
            each.mkdir(parents=True)
        fill(place.new, size)
        stored = folder / "stored"
        if memory == folder:
            os.link(place.new, stored)
        else:
            shutil.copyfile(place.new, stored)
        for name in names:
            place.served_by(name).mkdir()
            os.link(stored, place.served_by(name) / "stored")
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CONFIG_HOME"] = str(place.state)
        yield place


def measure(row, processes, size):
    row.target.unlink(missing_ok=True)
    subprocess.run(["sync", "-f", str(row.target.parent)], check=True)
    try:
        cost = meter.transfer(row.command, row.target, size, processes.get(row.server), row.once)
        same = subprocess.run(["cmp", str(row.original), str(row.target)], capture_output=True)
        if same.returncode != 0:
            raise meter.Failed(f"arrived wrong: {same.stdout.decode().strip()}")
        return {"cost": dataclasses.asdict(cost)}
    except meter.Failed as failure:
        return {"failed": str(failure)}
    finally:
        row.target.unlink(missing_ok=True)


def in_turn(rows, rounds, seed, measure):
    """Every row once a round, in a new order each time, so that a slow minute of the machine meets
    all rows alike and none always has the same neighbour. Round 0 warms up and isn't counted.

    measure: of a row: what is to be kept of it"""
    order = random.Random(seed)
    results = []
    for number in range(rounds + 1):
        for row in order.sample(rows, len(rows)):
            result = {"round": number, **measure(row)}
            said = result.get("failed") or f"{result['cost']['wall']:.3f} s"
            print(f"round {number} of {rounds}, {row.operation} {row.name}: {said}", file=sys.stderr)
            results.append(result)
    return results


def processor():
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def head(kind, rounds, missing, **more):
    """The first line of the results: about the run and the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "kind": kind,
        "rounds": rounds,
        "missing": missing,
        **more,
        "seed": random.randrange(1 << 32),
        "processor": processor(),
        "processors": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
    }


def launcher():
    """The launcher to measure, if there is one. A first call of it builds the program, which must
    not fall into a timed run."""
    file = Path(os.environ["PRIVATESHARE"])
    if not os.access(file, os.X_OK):
        return None
    if subprocess.run([str(file), "--version"], stdout=sys.stderr).returncode != 0:
        raise meter.Failed(f"{file.name} does not start: see above")
    return file.resolve()


def chosen(rows):
    return [row for row in rows if re.search(os.environ["ONLY"], row.name)]


def big_file(bench):
    """One big file, put and get, by every row of the bench."""
    size, rounds = int(os.environ["SIZE_MIB"]) * MEBIBYTE, int(os.environ["RUNS"])
    to_disk = os.environ["DISK"] == "1"
    ours = launcher()
    with laid_out(bench.served, size, to_disk) as place:
        servers, missing = bench.servers(place, ours)
        first = head(
            "big file",
            rounds,
            missing,
            title=bench.title,
            mebibytes=size // MEBIBYTE,
            disk=to_disk,
            references=bench.references,
        )
        with peers.serving(servers) as processes:
            every = (*bench.rows(place, ours, servers), *peers.limit_rows(place, to_disk))
            rows = chosen(every)
            first["rows"] = list(dict.fromkeys(row.name for row in rows))

            def one(row):
                named = {"operation": row.operation, "row": row.name, "bytes": size}
                return {**named, **measure(row, processes, size)}

            results = in_turn(rows, rounds, first["seed"], one)
    finish(bench.name + ("-disk" if to_disk else ""), first, results)


def finish(name, first, results):
    """Writes the results, prints the table, and exits with 1 if something failed."""
    file = Path(__file__).resolve().parent / "out" / f"{name}.jsonl"
    with open(file, "w", encoding="utf-8") as out:
        for line in (first, *results):
            out.write(json.dumps(line) + "\n")
    print(report.tables(first, results))
    sys.exit(1 if any("failed" in result for result in results) else 0)


def run(main, *arguments):
    """Runs a bench so that its servers and folders go away however it ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        main(*arguments)
    except meter.Failed as failure:
        sys.exit(f"{Path(sys.argv[0]).stem}: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
