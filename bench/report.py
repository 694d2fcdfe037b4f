#!/usr/bin/env python3
"""Makes Markdown tables of results.jsonl: report.py RESULTS.jsonl"""

import json
import statistics
import sys

REFERENCES = {("python", "python"): "Python pair", ("curl", "nginx"): "nginx + curl"}
GIB = 1 << 30


def spread(values):
    return f"{statistics.median(values):.3f} ({min(values):.3f}..{max(values):.3f})"


def cpu_per_gib(result, side=None):
    cost = result["cost"]
    seconds = cost[side]["cpu"] if side else cost["client"]["cpu"] + cost["server"]["cpu"]
    return seconds / result["bytes"] * GIB


def rate(result):
    return result["bytes"] / result["cost"]["wall"]


def ratio(results, reference, figure):
    """The median over the rounds of one figure against the reference's in the same round."""
    others = {other["round"]: figure(other) for other in reference}
    pairs = [(figure(one), others[one["round"]]) for one in results if one["round"] in others]
    quotients = [mine / other for mine, other in pairs if other]
    return f"{statistics.median(quotients):.2f}" if quotients else ""


def peak(results, side):
    return f"{max(result['cost'][side]['peak'] for result in results) / (1 << 20):.0f}"


def line(results, by_pair, limit):
    def median(figure, *which):
        return statistics.median(figure(result, *which) for result in results)

    first = results[0]
    server = first["server"]
    sides = ("client", "server") if server else ("client",)
    cells = [
        f"{first['client']} → {server}" if server else f"*{first['client']}*",
        spread([result["cost"]["wall"] for result in results]),
        f"{median(rate) / 1e9:.2f}",
        *(ratio(results, by_pair.get(pair, []), rate) for pair in REFERENCES),
        ratio(results, limit, rate),
        " + ".join(f"{median(cpu_per_gib, side):.2f}" for side in sides),
        *(ratio(results, by_pair.get(pair, []), cpu_per_gib) for pair in REFERENCES),
        " + ".join(peak(results, side) for side in sides),
    ]
    return "| " + " | ".join(cells) + " |"


def section(operation, results, limit_name):
    by_pair, failures = {}, []
    for result in results:
        key = result["client"], result["server"]
        if "failed" in result:
            failures.append(f"{key[0]} → {key[1]}, round {result['round']}: {result['failed']}")
        elif result["round"] > 0:
            by_pair.setdefault(key, []).append(result)
    limit = by_pair.get((limit_name, ""), [])
    heads = [
        "client → server",
        "wall s (min..max)",
        "GB/s",
        *(f"rate × {name}" for name in REFERENCES.values()),
        f"rate × {limit_name}",
        "CPU s/GiB client + server",
        *(f"CPU × {name}" for name in REFERENCES.values()),
        "peak MiB client + server",
    ]
    lines = [f"### {operation}", "", "| " + " | ".join(heads) + " |"]
    lines.append("|---" * len(heads) + "|")
    lines += [line(rows, by_pair, limit) for rows in by_pair.values()]
    if failures:
        lines += ["", "Failed:", *(f"- {failure}" for failure in failures)]
    return "\n".join(lines)


def table(machine, results):
    limit_name = "dd conv=fsync" if machine["disk"] else "cp"
    where = "to a disk, synced" if machine["disk"] else "in memory"
    parts = [
        f"One file of {machine['mebibytes']} MiB, {where}; median of {machine['rounds']} rounds"
        f" after one to warm up. {machine['processors']} processors ({machine['processor']}),"
        f" {machine['memory_gib']} GiB, Linux {machine['kernel']}, Python {machine['python']}."
    ]
    for operation in ("put", "get"):
        chosen = [result for result in results if result["operation"] == operation]
        if chosen:
            parts.append(section(operation, chosen, limit_name))
    costs = [result["cost"] for result in results if "cost" in result and result["round"] > 0]
    if costs:
        foreign = statistics.median(cost["foreign"] / cost["wall"] for cost in costs)
        parts.append(f"Meanwhile the rest of the machine used {foreign:.2f} processors (median).")
    if machine["missing"]:
        parts.append("Left out, because not installed: " + "; ".join(machine["missing"]) + ".")
    return "\n\n".join(parts)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        head, *rest = map(json.loads, file)
    print(table(head, rest))
