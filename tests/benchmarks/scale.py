"""How the window behaves as a project grows: 1,000, 10,000 and 100,000 lines.

``python -m tests.benchmarks.scale [FOLDER] [--sizes 1000 10000 100000]``: a table, then one JSON object
for the largest size. Projects are made once in FOLDER (build/scale) and copied for each measurement.
"""

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.scale_project import scale_project, seed_project

SIZES = (1_000, 10_000, 100_000)
GOALS = {
    "open_seconds": 1.0,
    "next_p99_ms": 16.0,
    "next_p99_ms_training": 33.0,
    "query_p99_ms": 100.0,
    "rss_mib": 350.0,
    "paint_max_ms": 16.0,
    "paint_own_max_ms": 16.0,
}
"""Upper bounds for the largest project."""

Summary = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/scale"))
    parser.add_argument("--sizes", type=int, nargs="+", default=list(SIZES))
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    seed_project(arguments.folder)
    measured = {lines: measure(arguments.folder, lines) for lines in sorted(arguments.sizes)}
    summaries = {lines: summary(result) for lines, result in measured.items()}
    print_details(measured)
    print_summaries(summaries)
    largest = max(summaries)
    print(json.dumps({"lines": largest, **rounded(summaries[largest]), "exponents": exponents(summaries)}))


def measure(folder: Path, lines: int) -> dict[str, Any]:
    """Open a copy of the project in a fresh process and measure its window."""
    project = scale_project(folder, lines)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        copy = Path(shutil.copytree(project, Path(place) / "project"))
        book = Path(shutil.copytree(seed_project(folder), Path(place) / "book"))
        command = [sys.executable, "-m", "tests.benchmarks.scale_window", str(copy), str(book)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def summary(result: dict[str, Any]) -> Summary:
    """The figures that have a goal, and some that explain them.

    ``own`` is processor time of the window's thread: on a busy machine the rest is waiting for others.
    """
    return {
        "open_seconds": result["open_seconds"],
        "first_strip_seconds": result["first_strip_seconds"],
        "next_p50_ms": result["quiet"]["next"]["p50"],
        "next_p99_ms": result["quiet"]["next"]["p99"],
        "next_max_ms": result["quiet"]["next"]["max"],
        "next_own_p50_ms": result["quiet"]["thread"]["p50"],
        "next_own_p99_ms": result["quiet"]["thread"]["p99"],
        "next_p99_ms_training": result["training"]["next"]["p99"],
        "stop_p99_ms": result["quiet"]["stops"]["p99"],
        "stop_max_ms": result["quiet"]["stops"]["max"],
        "query_p50_ms": max(each["p50"] for each in result["queries"].values()),
        "query_p99_ms": max(each["p99"] for each in result["queries"].values()),
        "act_max_ms": max(result["acts"].values()),
        "paint_max_ms": max(result["longest"].values()),
        "paint_own_max_ms": max(result["longest_own"].values()),
        "rss_mib": result["rss_mib"],
        "rss_peak_mib": result["rss_peak_mib"],
    }


def exponents(summaries: dict[int, Summary]) -> Summary:
    """Slope of log(value) against log(lines) by least squares: 0 does not grow, 1 grows with the lines."""
    if len(summaries) < 2:
        return {}
    sizes = [math.log(lines) for lines in summaries]
    middle = sum(sizes) / len(sizes)
    spread = sum((size - middle) ** 2 for size in sizes)
    slopes = {}
    for name in next(iter(summaries.values())):
        values = [math.log(max(each[name], 1e-6)) for each in summaries.values()]
        along = sum((size - middle) * value for size, value in zip(sizes, values, strict=True))
        slopes[name] = round(along / spread, 2)
    return slopes


def rounded(values: Summary) -> Summary:
    return {name: round(value, 3 if "seconds" in name else 1) for name, value in values.items()}


def print_summaries(summaries: dict[int, Summary]) -> None:
    slopes = exponents(summaries)
    sizes = "".join(f"{lines:>12,}" for lines in summaries)
    print(f"\n{'lines':24}{sizes}{'goal':>8}{'exponent':>10}")
    for name in next(iter(summaries.values())):
        cells = "".join(f"{rounded(each)[name]:>12}" for each in summaries.values())
        goal = f"{GOALS[name]:g}" if name in GOALS else ""
        print(f"{name:24}{cells}{goal:>8}{slopes.get(name, ''):>10}")


def print_details(measured: dict[int, dict[str, Any]]) -> None:
    """Each query, act and painted thing by itself, in ms."""
    first = next(iter(measured.values()))
    for name in first["queries"]:
        row("query p50", name, [each["queries"][name]["p50"] for each in measured.values()])
        row("query p99", name, [each["queries"][name]["p99"] for each in measured.values()])
    for name in first["acts"]:
        row("act", name, [each["acts"][name] for each in measured.values()])
    for name in first["longest"]:
        row("longest", name, [each["longest"].get(name, 0.0) for each in measured.values()])
        row("longest, own", name, [each["longest_own"].get(name, 0.0) for each in measured.values()])
    parts = {"thread": "of the window's thread", "crop": "until the crop is there", "stops": "of the loop"}
    for part, what in parts.items():
        for mode in ("quiet", "training"):
            row(f"{part} p99", f"{mode} {what}", [each[mode][part]["p99"] for each in measured.values()])
    row("memory", "after opening, MiB", [each["rss_first_mib"] for each in measured.values()])
    row("seconds", "open the database", [each["open_database_seconds"] for each in measured.values()])
    row("seconds", "close the window", [each["close_seconds"] for each in measured.values()])


def row(kind: str, name: str, values: list[float]) -> None:
    print(f"{kind:12}{name:36}" + "".join(f"{value:12.2f}" for value in values))


if __name__ == "__main__":
    main()
