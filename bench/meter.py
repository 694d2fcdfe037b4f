"""Runs one transfer and says what it cost: wall time, and each side's processor time and memory.

A client, and a server that lives for one transfer only, are asked for their resource usage when
they end (wait4). A server that stays is read before and after, with all its descendants, from
/proc. No cgroups, so no rights are needed beyond those over one's own processes.
"""

import contextlib
import os
import select
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
SAMPLE_MILLIS = 50


class Failed(Exception):
    """A transfer that broke off, took too long or arrived wrong."""


@dataclass(frozen=True)
class Command:
    """A program to start, its working folder, and the files it reads and writes, if any."""

    words: list[str]
    folder: Path
    stdin: Path | None = None
    stdout: Path | None = None

    def start(self):
        with contextlib.ExitStack() as files:
            source = files.enter_context(open(self.stdin or os.devnull, "rb"))
            target = files.enter_context(open(self.stdout or os.devnull, "wb"))
            log = tempfile.TemporaryFile()
            process = subprocess.Popen(
                self.words,
                cwd=self.folder,
                stdin=source,
                stdout=target,
                stderr=log,
                start_new_session=True,
            )
            process.log = log
            return process


@dataclass
class Usage:
    """Processor seconds and the peak of resident memory in bytes."""

    cpu: float = 0.0
    peak: int = 0


@dataclass
class Cost:
    wall: float = 0.0
    client: Usage = field(default_factory=Usage)
    server: Usage = field(default_factory=Usage)
    foreign: float = 0.0


def tree(pid):
    """The process and its descendants, as far as they still live."""
    pids = [pid]
    for parent in pids:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                pids += map(int, (task / "children").read_text().split())
    return pids


def cpu_seconds(pid):
    """What a tree has used so far, its ended and awaited children included."""
    ticks = 0
    for each in tree(pid):
        with contextlib.suppress(OSError):
            stat = Path(f"/proc/{each}/stat").read_text()
            ticks += sum(map(int, stat.rpartition(")")[2].split()[11:15]))
    return ticks / TICKS_PER_SECOND


def peak_bytes(pid):
    """Sum of the peaks of a tree; pages that processes share count once for each."""
    total = 0
    for each in tree(pid):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{each}/status").read_text().splitlines():
                if line.startswith("VmHWM:"):
                    total += int(line.split()[1]) * 1024
    return total


def reset_peak(pid):
    for each in tree(pid):
        with contextlib.suppress(OSError):
            Path(f"/proc/{each}/clear_refs").write_text("5")


def machine_cpu_seconds():
    user, nice, system, _, _, irq, softirq, *_ = (
        int(ticks) for ticks in Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    )
    return (user + nice + system + irq + softirq) / TICKS_PER_SECOND


def wait_until(condition, what, seconds=60.0):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise Failed(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.001)


def is_listening(port, pid="self"):
    """Whether a socket in the process's network listens on the port, found without connecting to
    it."""
    wanted = f":{port:04X}"
    for table in (f"/proc/{pid}/net/tcp", f"/proc/{pid}/net/tcp6"):
        with contextlib.suppress(OSError):
            for line in Path(table).read_text().splitlines()[1:]:
                _, local, _, state, *_ = line.split()
                if state == "0A" and local.endswith(wanted):
                    return True
    return False


def stop(process):
    """Ends a process that this bench started, and what it left in its session."""
    if process.poll() is None:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(40)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, 9)
    process.wait()


def finish(sides, residents, seconds):
    """Waits for processes to end well, and takes their resource usage. Of residents, which stay,
    only the peak is taken, while they still have all their children."""
    end = time.monotonic() + seconds
    poller = select.poll()
    running = {}
    try:
        for process, usage in sides:
            exit_of = os.pidfd_open(process.pid)
            running[exit_of] = process, usage
            poller.register(exit_of, select.POLLIN)
        while running:
            for exit_of, _ in poller.poll(SAMPLE_MILLIS):
                poller.unregister(exit_of)
                os.close(exit_of)
                take_usage(*running.pop(exit_of))
            for process, usage in (*running.values(), *residents):
                usage.peak = max(usage.peak, peak_bytes(process.pid))
            if time.monotonic() > end:
                raise Failed(f"longer than {seconds:.0f} s")
    finally:
        for exit_of in running:
            os.close(exit_of)


def said(process):
    """The end of what a process wrote to its standard error."""
    process.log.seek(0)
    return process.log.read().decode(errors="replace").strip()[-300:]


def take_usage(process, usage):
    _, status, resources = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    usage.cpu = resources.ru_utime + resources.ru_stime
    if process.returncode != 0:
        raise Failed(f"{process.args[0]} ended with {process.returncode}: {said(process)}")


@contextlib.contextmanager
def metered(cost, resident=None):
    """Takes the time of what is done inside, the processor time of a resident server, and what
    the rest of the machine used; the client's must be in the cost by the end."""
    if resident:
        reset_peak(resident.pid)
        server_before = cpu_seconds(resident.pid)
    machine_before, own_before = machine_cpu_seconds(), time.process_time()
    start = time.monotonic()
    yield
    cost.wall = time.monotonic() - start
    if resident:
        cost.server.cpu = cpu_seconds(resident.pid) - server_before
    used = cost.client.cpu + cost.server.cpu + time.process_time() - own_before
    cost.foreign = max(0.0, machine_cpu_seconds() - machine_before - used)


def transfer(client, target, size, resident=None, once=None, seconds=300):
    """Runs the client against a resident server (a process) or one that serves once (a command and
    its port). The clock stops when target has all its bytes and is synced, and both are done."""
    cost = Cost()
    sides = []
    residents = [(resident, cost.server)] if resident else []
    try:
        if once:
            command, port = once
            sides.append((command.start(), cost.server))
            wait_until(lambda: is_listening(port), command.words[0])
        with metered(cost, resident):
            sides.append((client.start(), cost.client))
            finish(sides, residents, seconds)
            wait_until(
                lambda: target.exists() and target.stat().st_size == size, "the file's arrival"
            )
            sync(target)
        return cost
    finally:
        for process, _ in sides:
            stop(process)


def load(client, resident=None, seconds=300):
    """Runs a client against a resident server, or alone, to its end."""
    cost = Cost()
    process = None
    try:
        with metered(cost, resident):
            process = client.start()
            residents = [(resident, cost.server)] if resident else []
            finish([(process, cost.client)], residents, seconds)
        return cost
    finally:
        if process:
            stop(process)


def sync(file):
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
