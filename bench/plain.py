"""Started by plain.sh: runs the rows in turn, round after round, and prints the table."""

import contextlib
import dataclasses
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import meter
import peers
import report

MEBIBYTE = 1 << 20


def fill(file, mebibytes):
    """Bytes that don't compress."""
    with open(file, "wb") as out:
        for _ in range(mebibytes):
            out.write(os.urandom(MEBIBYTE))


def prepare(folder, mebibytes, memory):
    """Lays out the folders; what every server serves is one file under several names."""
    place = peers.Place(
        memory / "source", folder / "served", folder / "arrived", folder / "scratch"
    )
    for each in (place.source, place.served, place.arrived, place.scratch):
        each.mkdir(parents=True, exist_ok=True)
    fill(place.source / "new", mebibytes)
    stored = folder / "stored"
    if folder == memory:
        os.link(place.source / "new", stored)
    else:
        shutil.copyfile(place.source / "new", stored)
    for name in ("privateshare", "python", "nginx", "nc"):
        place.served_by(name).mkdir()
        os.link(stored, place.served_by(name) / "stored")
    return place


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


def run_rounds(rows, processes, size, rounds):
    """Every row once a round, so that a slow minute of the machine meets all rows alike. Round 0
    warms up and isn't counted."""
    results = []
    for number in range(rounds + 1):
        for row in rows:
            result = {
                "round": number,
                "operation": row.operation,
                "client": row.client,
                "server": row.server or "",
                "bytes": size,
                **measure(row, processes, size),
            }
            seconds = f"{result['cost']['wall']:.3f} s" if "cost" in result else result["failed"]
            print(f"round {number} {row.operation} {row.name}: {seconds}", file=sys.stderr)
            results.append(result)
    return results


def processor():
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()


def machine():
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "processor": processor(),
        "processors": os.cpu_count(),
        "memory_gib": round(memory / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
    }


@contextlib.contextmanager
def laid_out(mebibytes, to_disk):
    """A Place in new folders, which are removed at last. The source is always in memory."""
    with contextlib.ExitStack() as folders:

        def new_folder(where):
            name = tempfile.TemporaryDirectory(prefix="bench.", dir=where)
            return Path(folders.enter_context(name))

        folder = new_folder(os.environ["FOLDER"])
        memory = new_folder("/dev/shm") if to_disk else folder
        if shutil.disk_usage(folder).free < 3 * mebibytes * MEBIBYTE:
            raise meter.Failed(f"no room for three files of {mebibytes} MiB in {folder.parent}")
        yield prepare(folder, mebibytes, memory)


def build(launcher):
    """A first call of the launcher builds the program, which must not fall into a timed run."""
    if subprocess.run([str(launcher), "--version"], stdout=sys.stderr).returncode != 0:
        raise meter.Failed(f"{launcher.name} does not start: see above")


def main(results_file):
    mebibytes, rounds = int(os.environ["SIZE_MIB"]), int(os.environ["RUNS"])
    to_disk = os.environ["DISK"] == "1"
    launcher = Path(os.environ["PRIVATESHARE"])
    launcher = launcher.resolve() if os.access(launcher, os.X_OK) else None
    if launcher:
        build(launcher)
    with laid_out(mebibytes, to_disk) as place:
        commands, missing = peers.server_commands(place, launcher)
        rows = peers.rows(place, launcher, commands, to_disk)
        rows = [row for row in rows if re.search(os.environ["ONLY"], row.name)]
        with peers.serving(commands) as processes:
            results = run_rounds(rows, processes, mebibytes * MEBIBYTE, rounds)
    head = {
        "mebibytes": mebibytes,
        "rounds": rounds,
        "disk": to_disk,
        "missing": missing,
        **machine(),
    }
    with open(results_file, "w", encoding="utf-8") as out:
        for line in (head, *results):
            out.write(json.dumps(line) + "\n")
    print(report.table(head, results))
    return 1 if any("failed" in result for result in results) else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1]))
    except meter.Failed as failure:
        sys.exit(f"plain.sh: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
