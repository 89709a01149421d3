"""How commands talk: one JSON object or plain lines on stdout; progress and errors on stderr."""

import json
import math
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as ProgressBar

from core.errors import KnownError, of_disk
from core.exchange.imported import Skipped
from core.files import legible
from core.jobs import Cancelled, CancelToken, Progress, ProgressSink, no_progress

JsonOption = Annotated[bool, typer.Option("--json", help="Print exactly one JSON object.")]

EXIT_KNOWN_ERROR = 1
EXIT_STOPPED = 130


def answer(as_json: bool, values: dict[str, Any], *lines: str) -> None:
    """Print the result: ``values`` as JSON, or ``lines`` for people."""
    if as_json:
        print(json.dumps(_finite(values), ensure_ascii=False))
    else:
        print("\n".join(lines))


def _finite(value: Any) -> Any:
    """JSON knows no NaN: where nothing could be measured stands null."""
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in value]
    return value


def skip_notes(skipped: Sequence[Skipped], *, what: str = "") -> list[str]:
    """Why something was passed over, each reason once; and of how many ``what``, if that is to be told."""
    reasons = dict.fromkeys(f"Skipped {each}." for each in skipped)
    return [*reasons, *([f"{what} that could not be read: {len(skipped)}."] if what and skipped else [])]


def skip_values(skipped: Sequence[Skipped]) -> list[dict[str, Any]]:
    """What ``--json`` tells of what was passed over."""
    return [{"file": legible(each.file), "line": each.line, "reason": each.reason} for each in skipped]


def percent(rate: float) -> str:
    """A rate (0-1) as people read it."""
    return "–" if math.isnan(rate) else f"{rate * 100:.2f} %"


def table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Columns aligned with spaces: names to the left, numbers to the right."""
    widths = [max(len(row[place]) for row in [header, *rows]) for place in range(len(header))]

    def line(row: tuple[str, ...]) -> str:
        cells = [
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        return "  ".join(cells).rstrip()

    return "\n".join([line(header), line(tuple("-" * width for width in widths)), *map(line, rows)])


def set_aside_words(count: int) -> str:
    """What follows when an act took the drafts off so many lines."""
    return f" The drafts of {count} lines were set aside; draft the pages again." if count else ""


@contextmanager
def long_work(what: str) -> Iterator[tuple[CancelToken, ProgressSink]]:
    """A cancel token that Ctrl+C sets, and a progress bar if somebody looks at the terminal."""
    cancel = CancelToken()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        cancel.cancel()

    before = signal.signal(signal.SIGINT, stop)
    try:
        if not sys.stderr.isatty():
            yield cancel, no_progress
            return
        with _bar() as bar:
            task = bar.add_task(what, total=None)

            def show(progress: Progress) -> None:
                bar.update(task, completed=progress.done, total=progress.total or None)

            yield cancel, show
    finally:
        signal.signal(signal.SIGINT, before)


def _bar() -> ProgressBar:
    return ProgressBar(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def run_reporting_errors(app: Callable[[], None]) -> int:
    """Run the command line; known errors become one sentence and exit code 1. Returns the exit code."""
    try:
        app()
    except (KnownError, OSError) as error:
        known = error if isinstance(error, KnownError) else of_disk(error)
        if known is None:
            raise
        print(known, file=sys.stderr)
        return EXIT_KNOWN_ERROR
    except Cancelled:
        print("Stopped; what was done so far is kept.", file=sys.stderr)
        return EXIT_STOPPED
    return 0
