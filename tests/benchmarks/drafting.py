"""Reading speed: ours with several engines beside rapidocr's own, on the same lines, turn by turn.

``python -m tests.benchmarks.drafting [FOLDER ...] [--lines N] [--pages SCANS]``: a table, then one JSON
object. With ``--pages`` also from scans to drafts in the database. Where others work too,
believe the processor seconds.
"""

import argparse
import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch

from core.evaluation.metrics import cer
from core.imaging.normalize import Crop
from core.jobs import CancelToken
from core.recognition.recognizer import load_model
from core.storage.pages import list_pages
from core.storage.project import create_project
from core.worker.process import KEPT_OPERATIONS
from core.workflow.drafting import draft_lines
from core.workflow.importing import import_paths
from core.workflow.line_finding import find_lines
from tests.benchmarks.drafting_readers import Read, Reader, our_readers, rapidocr_reader
from tests.benchmarks.line_sets import LabelledLine, labelled_lines

MODEL = "ppocr-v6-small"
TRIAL = 30  # lines on which each reader's best size is chosen
CALIBRATION = 40  # other lines, for the 8 bits


@dataclass
class Measured:
    """One reader's rounds, with the lines it read last."""

    size: int
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] = str(KEPT_OPERATIONS["read-lines"])  # as in a worker
    torch.set_num_threads(arguments.threads)
    share = arguments.lines // len(arguments.folders)
    lines = [line for folder in arguments.folders for line in labelled_lines(folder, share)]
    others = [line for f in arguments.folders for line in labelled_lines(f, CALIBRATION // 2, skip=1)]
    readers = [
        rapidocr_reader(arguments.threads),
        *our_readers(load_model(MODEL), arguments.threads, [line.crop for line in others]),
    ]
    rows = _table(_measure(readers, lines, arguments.rounds), lines)
    result = {"lines": len(lines), "threads": arguments.threads, "readers": rows}
    if arguments.pages:
        result["pages"] = _pages(arguments.pages)
    print(json.dumps(result))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[Path("tests/data/lines")])
    parser.add_argument("--lines", type=int, default=200)
    parser.add_argument("--threads", type=int, default=2, help="of each reader")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pages", type=Path, help="a folder of scans, read from start to end")
    return parser.parse_args()


def _measure(readers: Sequence[Reader], lines: Sequence[LabelledLine], rounds: int) -> dict[str, Measured]:
    crops = [line.crop for line in lines]
    trial = crops[:: max(1, len(crops) // TRIAL)]
    measured, ready = {}, {}
    for reader in readers:
        size = min(reader.sizes, key=lambda size: _timed(reader.sized(size), trial)[1])
        measured[reader.name], ready[reader.name] = Measured(size), reader.sized(size)
    for _ in range(rounds):
        for name, read in ready.items():
            seconds, cpu, texts = _timed(read, crops)
            measured[name].rates.append(len(crops) / seconds)
            measured[name].cpu.append(cpu / len(crops))
            measured[name].texts = texts
    return measured


def _timed(read: Read, crops: Sequence[Crop]) -> tuple[float, float, list[str]]:
    started, cpu = time.perf_counter(), time.process_time()
    texts = read(crops)
    return time.perf_counter() - started, time.process_time() - cpu, texts


def _table(measured: dict[str, Measured], lines: Sequence[LabelledLine]) -> dict[str, dict[str, float]]:
    reference, exact = measured["rapidocr 3.10"], measured["torch float32"].texts
    titles = f"{'size':>6}{'lines/s':>9}{'ratio':>7}{'CPU ms/line':>13}{'ratio':>7}{'CER %':>8}{'other':>7}"
    print(f"{'reader':21}{titles}")
    result = {}
    for name, one in measured.items():
        row = {
            "size": one.size,
            "lines_per_second": statistics.median(one.rates),
            "ratio": _ratio(one.rates, reference.rates),
            "cpu_ms_per_line": 1000 * statistics.median(one.cpu),
            "cpu_ratio": _ratio(reference.cpu, one.cpu),
            "cer": cer([(line.text, text) for line, text in zip(lines, one.texts, strict=True)]),
            "other_texts_than_torch": sum(a != b for a, b in zip(one.texts, exact, strict=True)),
        }
        print(
            f"{name:21}{one.size:6}{row['lines_per_second']:9.1f}{row['ratio']:7.2f}{row['cpu_ms_per_line']:13.1f}"
            f"{row['cpu_ratio']:7.2f}{100 * row['cer']:8.2f}{row['other_texts_than_torch']:7}"
        )
        result[name] = row
    return result


def _ratio(over: Sequence[float], under: Sequence[float]) -> float:
    return statistics.median(a / b for a, b in zip(over, under, strict=True))


def _pages(scans: Path) -> dict[str, float]:
    """From scans to drafts in the database, worker processes and all."""
    cancel = CancelToken()
    with tempfile.TemporaryDirectory() as folder, create_project(Path(folder) / "project") as project:
        steps: dict[str, Callable[[], Any]] = {
            "import": lambda: import_paths(project, [scans], cancel=cancel),
            "find lines": lambda: find_lines(project, None, cancel=cancel, background=False),
            "draft": lambda: draft_lines(project, cancel=cancel, background=False),
        }
        spent: dict[str, float] = {}
        cpu = _all_cpu()
        for name, act in steps.items():
            started = time.perf_counter()
            report = act()
            spent[name] = time.perf_counter() - started
        cpu = _all_cpu() - cpu
        pages, lines = len(list_pages(project)), report.lines
    total = sum(spent.values())
    for name, seconds in spent.items():
        print(f"{name:21}{seconds:8.1f} s")
    print(f"{pages} pages, {lines} lines: {60 * pages / total:.1f} pages/min, {lines / total:.1f} lines/s")
    return {"pages": pages, "lines": lines, "seconds": total, "cpu_seconds": cpu, **spent}


def _all_cpu() -> float:
    """Processor seconds of this process and its ended children."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


if __name__ == "__main__":
    main()
