#!/usr/bin/env python3
"""Makes Markdown tables of what a bench has left: report.py out/NAME.jsonl"""

import json
import statistics
import sys
from operator import itemgetter

GIB = 1 << 30


def cpu(result, side=None):
    cost = result["cost"]
    return cost[side]["cpu"] if side else cost["client"]["cpu"] + cost["server"]["cpu"]


def cpu_per_gib(result, side=None):
    return cpu(result, side) / result["bytes"] * GIB


def rate(result):
    return result["bytes"] / result["cost"]["wall"]


def median(results, figure, *which):
    return statistics.median(figure(result, *which) for result in results)


def spread(values, digits=3):
    low, middle, high = (f"{f(values):.{digits}f}" for f in (min, statistics.median, max))
    return f"{middle} ({low}..{high})"


def ratio(results, reference, figure):
    """The median over the rounds of one figure against the reference's in the same round."""
    others = {other["round"]: figure(other) for other in reference}
    pairs = [(figure(one), others[one["round"]]) for one in results if one["round"] in others]
    quotients = [mine / other for mine, other in pairs if other]
    return f"{statistics.median(quotients):.2f}" if quotients else ""


def peak(results, side):
    return f"{max(result['cost'][side]['peak'] for result in results) / (1 << 20):.0f}"


def markdown(heads, lines):
    lines = (heads, ["---"] * len(heads), *lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def group(results, key):
    """The results that count, by key."""
    groups = {}
    for result in results:
        if "failed" not in result and result["round"] > 0:
            groups.setdefault(key(result), []).append(result)
    return groups


def transfers(first, results, operation):
    """The table of one big file, put or got."""
    by_row = group((one for one in results if one["operation"] == operation), itemgetter("row"))
    limit = "dd conv=fsync" if first["disk"] else "cp"
    references = {**first["references"], limit: limit}
    heads = [
        "client → server",
        "wall s (min..max)",
        "GB/s",
        *(f"rate × {name}" for name in references),
        "CPU s/GiB client + server",
        *(f"CPU × {name}" for name in first["references"]),
        "peak MiB client + server",
    ]
    lines = []
    for name in filter(by_row.get, first["rows"]):
        results = by_row[name]
        sides = ("client",) if name == limit else ("client", "server")
        lines.append(
            [
                f"*{name}*" if name == limit else name,
                spread([result["cost"]["wall"] for result in results]),
                f"{median(results, rate) / 1e9:.3g}",
                *(ratio(results, by_row.get(row, []), rate) for row in references.values()),
                " + ".join(f"{median(results, cpu_per_gib, side):.2f}" for side in sides),
                *(
                    ratio(results, by_row.get(row, []), cpu_per_gib)
                    for row in first["references"].values()
                ),
                " + ".join(peak(results, side) for side in sides),
            ]
        )
    return f"### {operation}\n\n{markdown(heads, lines)}"


def requests(results):
    """The table of many requests."""

    def micros(result, side="server"):
        return cpu(result, side) / result["requests"] * 1e6

    by_row = group(results, lambda result: (result["connections"], result["server"]))
    heads = [
        "connections",
        "server",
        "requests/s (min..max)",
        "× nginx",
        "p50 ms",
        "p99 ms",
        "later than 2 s",
        "CPU µs/request server + wrk",
        "server's × nginx",
        "peak MiB",
    ]
    lines = []
    for (connections, server), results in sorted(by_row.items()):
        nginx = by_row.get((connections, "nginx"), [])
        lines.append(
            [
                str(connections),
                server,
                spread([result["rate"] for result in results], 0),
                ratio(results, nginx, itemgetter("rate")),
                *(f"{median(results, itemgetter(p)):.2f}" for p in ("p50_millis", "p99_millis")),
                str(sum(result["late"] for result in results)),
                f"{median(results, micros):.0f} + {median(results, micros, 'client'):.0f}",
                ratio(results, nginx, micros),
                peak(results, "server"),
            ]
        )
    return markdown(heads, lines)


def starts(first, results):
    """The table of commands that hardly do more than start."""

    def wall(result):
        return result["cost"]["wall"]

    by_row = group(results, itemgetter("row"))
    heads = ["command", "wall s (min..max)", "× scp", "CPU s (min..max)", "peak MiB"]
    lines = [
        [
            name,
            spread([wall(result) for result in by_row[name]]),
            ratio(by_row[name], by_row.get("scp", []), wall),
            spread([cpu(result, "client") for result in by_row[name]]),
            peak(by_row[name], "client"),
        ]
        for name in filter(by_row.get, first["rows"])
    ]
    return markdown(heads, lines)


def folders(first, results, operation):
    """The table of one way with a folder."""

    def wall(result):
        return result["cost"]["wall"]

    by_row = group((one for one in results if one["operation"] == operation), itemgetter("row"))
    references = {name: row for name, row in first["references"].items() if row in by_row}
    heads = [
        "client → server",
        "wall s (min..max)",
        "files/s",
        *(f"time × {name}" for name in references),
        "CPU s client + server",
        "peak MiB client + server",
    ]
    lines = [
        [
            name,
            spread([wall(result) for result in by_row[name]]),
            f"{first['files'] / median(by_row[name], wall):.0f}",
            *(ratio(by_row[name], by_row[row], wall) for row in references.values()),
            " + ".join(f"{median(by_row[name], cpu, side):.2f}" for side in ("client", "server")),
            " + ".join(peak(by_row[name], side) for side in ("client", "server")),
        ]
        for name in filter(by_row.get, first["rows"])
    ]
    return f"### {operation}\n\n{markdown(heads, lines)}"


def listings(first, results):
    """The table of one long listing."""

    def wall(result):
        return result["cost"]["wall"]

    by_row = group(results, itemgetter("row"))
    references = {"ls -lU": "ls -lU", "rsync": "rsync --list-only", "nginx": "curl → nginx"}
    heads = [
        "command",
        "first line s",
        "all s (min..max)",
        *(f"time × {name}" for name in references),
        "CPU s client + server",
        "peak MiB client + server",
    ]
    lines = []
    for name in filter(by_row.get, first["rows"]):
        results = by_row[name]
        sides = ("client",) if name == "ls -lU" else ("client", "server")
        lines.append(
            [
                name,
                f"{median(results, itemgetter('first')):.3f}",
                spread([wall(result) for result in results], 2),
                *(ratio(results, by_row.get(row, []), wall) for row in references.values()),
                " + ".join(f"{median(results, cpu, side):.2f}" for side in sides),
                " + ".join(peak(results, side) for side in sides),
            ]
        )
    return markdown(heads, lines)


def tables(first, results):
    rounds = f"median of {first['rounds']} rounds after one to warm up"
    machine = (
        f"{first['processors']} processors ({first['processor']}), {first['memory_gib']} GiB,"
        f" Linux {first['kernel']}, Python {first['python']}."
    )
    if first["kind"] == "big file":
        where = "to a disk, synced" if first["disk"] else "in memory"
        parts = [
            f"One file of {first['mebibytes']} MiB, {first['title']}, {where}; {rounds}. {machine}",
            *(transfers(first, results, operation) for operation in ("put", "get")),
        ]
    elif first["kind"] == "folder":
        where = "over a line of 50 ms" if first["line"] else "over loopback"
        where += ", to a disk, synced" if first["disk"] else ", in memory"
        parts = [
            f"{first['files']} files of {first['bytes']} bytes in folders of 100, {where};"
            f" changed: {first['changed']} of them; {rounds}. {machine}",
            *(folders(first, results, operation) for operation in first["operations"]),
        ]
    elif first["kind"] == "startup":
        parts = [f"Commands that move one byte or none; {rounds}. {machine}", starts(first, results)]
    elif first["kind"] == "listing":
        parts = [
            f"A folder of {first['files']} files, listed; the heap of our client and our server is"
            f" {first['heap_mib']} MiB each; {rounds}. {machine}",
            listings(first, results),
        ]
    else:
        parts = [
            f"One file of {first['bytes']} bytes, asked for again and again for"
            f" {first['seconds']} s; {rounds}. {machine}",
            requests(results),
        ]
    failures = [
        f"- {result['operation']} {result['row']}, round {result['round']}: {result['failed']}"
        for result in results
        if "failed" in result
    ]
    if failures:
        parts.append("\n".join(("Failed:", "", *failures)))
    costs = [result["cost"] for result in results if "cost" in result and result["round"] > 0]
    if costs:
        foreign = statistics.median(cost["foreign"] / cost["wall"] for cost in costs)
        parts.append(f"Meanwhile the rest of the machine used {foreign:.2f} processors (median).")
    if first["missing"]:
        parts.append("Left out, because not installed: " + "; ".join(first["missing"]) + ".")
    return "\n\n".join(parts)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        head, *rest = map(json.loads, file)
    print(tables(head, rest))
