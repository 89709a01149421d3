"""The fine-tuning harness: test CER by set, base, number of lines, seed and recipe.

``python -m tests.benchmarks.finetune --data DIR`` with any of ``--sets``, ``--sizes``, ``--bases``,
``--seeds``, ``--recipe "NAME: {KEY: VALUE}"``; ``--peers`` sets other programs beside them (peers.py).
Every trial is a real training in a child process of its own, on one thread, so that trials may run side by
side and be counted in processor seconds. Its row goes into ``--results`` at once; a trial that has a row is
not run again, so a long table grows over many starts. Prints a table and, as its last line, one JSON object.
"""

import argparse
import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

import yaml

from core.document import BASE_MODELS, LineReading, Split
from core.evaluation.metrics import total
from core.jobs import CancelToken
from core.training.config import FineTuneConfig, preset, with_settings
from core.training.events import Succeeded, from_json
from core.training.run_folder import (
    RunRequest,
    evaluation_file,
    read_readings,
    scores_of,
    write_readings,
    write_request,
)
from core.worker.process import run_worker
from tests.benchmarks.finetune_sets import OTHER_WORKS, SETS, LineSet, load_sets
from tests.benchmarks.peers import TRAINS, installed, read_with

RESULTS = Path("build/finetune.jsonl")


@dataclass(frozen=True, slots=True)
class Trial:
    """One training: what it is called in the table, and all that it hangs on."""

    set: str
    size: int
    seed: int
    base: str
    recipe: str
    settings: dict[str, Any] = field(default_factory=dict)

    @property
    def config(self) -> FineTuneConfig:
        """The default preset with the recipe's settings, on one thread."""
        return with_settings(preset("default"), {"threads": 1, "seed": self.seed, **self.settings})


def main() -> None:
    """Run what has no row yet, then print all rows that were asked for."""
    arguments = _arguments()
    os.nice(10)
    arguments.results.parent.mkdir(parents=True, exist_ok=True)
    rows = _known(arguments.results)
    asked = []
    for line_set in load_sets(arguments.data, arguments.sets):
        for trial in _trials(line_set, arguments):
            key = json.dumps(asdict(trial), sort_keys=True)
            if key not in rows:
                rows[key] = asdict(trial) | _measured(trial, line_set, arguments)
                with arguments.results.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps(rows[key], ensure_ascii=False) + "\n")
                print(_in_words(rows[key]), flush=True)
            asked.append(rows[key])
    _print_table(asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="*", choices=SETS | OTHER_WORKS)
    parser.add_argument("--sizes", nargs="*", type=int, help="training lines; default: the set's own list")
    parser.add_argument("--bases", nargs="*", choices=BASE_MODELS, default=["ppocr-v6-small"])
    parser.add_argument("--seeds", nargs="*", type=int, default=[1])
    parser.add_argument(
        "--recipe",
        nargs="*",
        default=["default"],
        help="NAME, or NAME: {KEY: VALUE, …} on top",
    )
    parser.add_argument("--peers", nargs="*", default=[], choices=("tesseract", "rapidocr", "kraken"))
    parser.add_argument("--ketos", type=Path, help="kraken's training program, in an environment of its own")
    parser.add_argument("--ketos-minutes", type=float, default=20.0)
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser.parse_args()


def _trials(line_set: LineSet, arguments: argparse.Namespace) -> Iterator[Trial]:
    for size in arguments.sizes or line_set.sizes:
        for seed in arguments.seeds:
            for base in arguments.bases:
                for recipe in arguments.recipe:
                    name, _, settings = recipe.partition(":")
                    yield Trial(line_set.name, size, seed, base, name, yaml.safe_load(settings or "{}"))
            for peer in TRAINS.intersection(arguments.peers):
                yield Trial(line_set.name, size, seed, peer, "from nothing")
    for peer in set(arguments.peers) - TRAINS:
        yield Trial(line_set.name, 0, 0, peer, "as it comes")


def _known(results: Path) -> dict[str, dict[str, Any]]:
    if not results.exists():
        return {}
    names = list(Trial.__slots__)
    rows = (json.loads(row) for row in results.read_text("utf-8").split("\n") if row)
    return {json.dumps({name: row[name] for name in names}, sort_keys=True): row for row in rows}


def _measured(trial: Trial, line_set: LineSet, arguments: argparse.Namespace) -> dict[str, Any]:
    if trial.base in BASE_MODELS:
        return _run(trial, line_set, arguments.results.parent / "readings")
    if trial.base not in installed(arguments.ketos):
        raise SystemExit(f"{trial.base} is not installed here")
    return _run_peer(trial, line_set, arguments)


def _run_peer(trial: Trial, line_set: LineSet, arguments: argparse.Namespace) -> dict[str, Any]:
    lines = line_set.drawn(trial.size, trial.seed)
    with tempfile.TemporaryDirectory() as folder:
        reading = read_with(
            trial.base, trial.set, lines, Path(folder), arguments.ketos, arguments.ketos_minutes
        )
    read = {line_id: LineReading(text) for line_id, text in reading.texts.items()}
    test = total(scores_of([line for line in lines if line.split is Split.TEST], read))
    used = {"minutes": reading.minutes, "cpu_seconds": reading.cpu_seconds}
    return {"lines": trial.size, "base_cer": None, "test_cer": test.cer, **used}


def _run(trial: Trial, line_set: LineSet, readings: Path) -> dict[str, Any]:
    """Train and measure; what was read in the test lines is kept, and what the base read for the next."""
    lines = line_set.drawn(trial.size, trial.seed)
    test_lines = [line for line in lines if line.split is Split.TEST]
    before = evaluation_file(Split.TEST, after=False)
    kept = readings / f"{trial.set}-{trial.base}.jsonl"
    folder = Path(tempfile.mkdtemp())
    try:
        write_request(folder, RunRequest(trial.base, trial.base, trial.config, lines))
        if kept.exists():
            shutil.copy(kept, folder / before)
        request = {"kind": "train", "folder": str(folder), "finish": False}
        *_, last = run_worker(request, CancelToken(), background=True)
        outcome = from_json(last)
        assert isinstance(outcome, Succeeded)
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_readings(kept, read_readings(folder / before))
        own = f"{trial.set}-{trial.base}-{trial.recipe}-{trial.size}-{trial.seed}.jsonl"
        shutil.copy(folder / evaluation_file(Split.TEST, after=True), readings / own)
        base = total(scores_of(test_lines, read_readings(kept)))
    finally:
        shutil.rmtree(folder)
    return {
        "lines": outcome.train_lines,
        "base_cer": base.cer,
        "val_cer": outcome.val_cer_after,
        "test_cer": outcome.test_cer_after,
        "steps": outcome.steps,
        "best_step": outcome.best_step,
        "minutes": outcome.train_seconds / 60,
        "cpu_seconds": outcome.cpu_seconds,
        "peak_mib": outcome.peak_rss_mib,
    }


def _in_words(row: dict[str, Any]) -> str:
    if row["base_cer"] is None:
        return (
            f"{row['set']:10} {row['base']:15} {row['size']:4} lines: {row['test_cer']:.2%}, "
            f"{row['cpu_seconds']:.0f} CPU s"
        )
    return (
        f"{row['set']:10} {row['base']:15} {row['recipe']:20} {row['size']:4} lines, seed {row['seed']}: "
        f"{row['base_cer']:.2%} -> {row['test_cer']:.2%} (validation {row['val_cer']:.2%}), best step "
        f"{row['best_step']} of {row['steps']}, {row['cpu_seconds']:.0f} CPU s, {row['peak_mib']:.0f} MiB"
    )


def _print_table(rows: Sequence[dict[str, Any]]) -> None:
    """Means over the seeds."""
    groups: dict[tuple[str, str, str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["set"], row["base"], row["recipe"], row["size"]].append(row)
    print("\n| set | base | recipe | lines | seeds | before | after (each seed) | CPU s | peak MiB |")
    print("|---|---|---|---|---|---|---|---|---|")
    result: dict[str, float] = {}
    for (name, base, recipe, size), members in groups.items():
        each = ", ".join(f"{row['test_cer']:.2%}" for row in members)
        after = mean(row["test_cer"] for row in members)
        before = members[0]["base_cer"]
        peak = max(row.get("peak_mib", 0.0) for row in members)
        print(
            f"| {name} | {base} | {recipe} | {size} | {len(members)} | {f'{before:.2%}' if before else ''} | "
            f"**{after:.2%}** ({each}) | {mean(row['cpu_seconds'] for row in members):.0f} | "
            f"{f'{peak:.0f}' if peak else ''} |"
        )
        result[f"{name}/{base}/{recipe}/{size}"] = after
    print(json.dumps(result))


if __name__ == "__main__":
    main()
