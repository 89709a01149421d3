"""Forecasts held against what the fine-tuning harness measured later, with more lines.

``python -m tests.benchmarks.forecasts --data DIR [--results FILE]``: of each set and base in the harness's
rows (default recipe) every number of lines that has larger ones after it makes a forecast from all trainings
with at most so many lines. Prints a table and, as its last line, one JSON object.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from core.document import BASE_MODELS, Split
from core.evaluation.forecast import LearningPoint, outlook
from tests.benchmarks.finetune import RESULTS
from tests.benchmarks.finetune_sets import load_sets

Rows = Mapping[int, Sequence[dict[str, Any]]]
"""Rows of the harness by number of lines."""


def main() -> None:
    """Print all forecasts beside what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=RESULTS)
    arguments = parser.parse_args()
    found = []
    print("| set | base | known | lines | forecast (80 %) | measured | within |")
    print("|---|---|---|---|---|---|---|")
    for (name, base), rows in _by_set(arguments.results).items():
        [line_set] = load_sets(arguments.data, [name])
        characters = sum(len(line.text) for line in line_set.of(Split.TEST))
        for known, lines, low, middle, high, measured in _forecasts(rows, characters):
            hit = low <= measured <= high
            found.append((hit, abs(middle / measured - 1)))
            print(
                f"| {name} | {base} | {known} | {lines} | {middle:.2%} ({low:.2%} to {high:.2%}) | "
                f"{measured:.2%} | {'yes' if hit else 'no'} |"
            )
    within = sum(hit for hit, _ in found)
    off = mean(error for _, error in found) if found else None
    print(json.dumps({"forecasts": len(found), "within": within, "mean_relative_error": off}))


def _by_set(results: Path) -> dict[tuple[str, str], Rows]:
    found: dict[tuple[str, str], dict[int, list[dict[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for text in filter(None, results.read_text("utf-8").split("\n")):
        row = json.loads(text)
        if row["base"] in BASE_MODELS and row["recipe"] == "default":
            found[row["set"], row["base"]][row["size"]].append(row)
    return dict(found)


def _forecasts(rows: Rows, characters: int) -> Iterator[tuple[int, int, float, float, float, float]]:
    """Most lines known, lines asked for, low, middle, high, and the mean of what was measured (CER, 0-1)."""
    sizes = sorted(rows)
    for known in sizes[:-1]:
        points = [
            LearningPoint(row["lines"], round(row["test_cer"] * characters), characters)
            for size in sizes
            if size <= known
            for row in rows[size]
        ]
        later = [size for size in sizes if size > known]
        base_cer = rows[known][0]["base_cer"]
        for size, expected in zip(later, outlook(points, later, base_cer), strict=True):
            measured = mean(row["test_cer"] for row in rows[size])
            yield known, size, expected.low, expected.cer, expected.high, measured


if __name__ == "__main__":
    main()
