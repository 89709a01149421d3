"""Projects of any size out of the demo's real pages: their scans, texts and drafts, many times over.

``python -m tests.benchmarks.scale_project FOLDER LINES``: makes the project, or says that it is there.
"""

import argparse
import datetime as dt
import json
import random
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from core.document import LineEntry, Page, Split, TranscriptionState
from core.jobs import CancelToken
from core.storage.drafts import pack_recognition
from core.storage.lines import list_entries
from core.storage.pages import list_pages
from core.storage.project import create_project, open_project
from core.storage.schema import SCHEMA_REVISION
from core.workflow.demo import import_demo, take_bundled_corrections
from core.workflow.drafting import draft_lines
from core.workflow.line_finding import find_lines

LINES_A_PAGE = 50
PAGES_A_BOOK = 100
DONE, BEGUN = 0.45, 0.60
"""Up to the first share pages are finished, up to the second half finished, the rest only drafted."""

UNREAD_SHARE = 0.02
COLUMNS = "天命之謂性率性之謂道修道之謂教道也者不可須臾離也可離非道也"
"""Every 40th finished line has a piece of this instead, so that searching meets ideographs too."""

_START = dt.datetime(2025, 1, 6, 8)
_SEED_LINES = 468


Rows = dict[str, list[tuple[Any, ...]]]
"""What is inserted at once, by table; values in the order of ``COLUMNS_OF``."""

COLUMNS_OF = {
    "pages": "id number name file width height sha256 split group created_at rotation source",
    "lines": "id page_id order polygon baseline direction origin tag deleted",
    "drafts": "id line_id text confidence doubtful characters created_at model_id",
    "transcriptions": "line_id text state revision author updated_at",
    "transcription_history": "line_id revision text state author at cause",
    "journal": "before after at kind undone",
}


def _insert(table: str) -> str:
    columns = COLUMNS_OF[table].split()
    names, places = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
    return f"INSERT INTO {table}({names}) VALUES ({places})"


def seed_project(folder: Path) -> Path:
    """The demo's sixteen pages, found, drafted and corrected; made once in ``folder``, then kept."""
    seed = folder / "seed"
    if not (seed / "ready").exists():
        shutil.rmtree(seed, ignore_errors=True)
        cancel = CancelToken()
        with create_project(seed) as project:
            import_demo(project, cancel=cancel)
            find_lines(project, [page.id for page in list_pages(project)], cancel=cancel, background=False)
            draft_lines(project, cancel=cancel, background=False)
            take_bundled_corrections(project)
        (seed / "ready").touch()
    return seed


def scale_project(folder: Path, lines: int) -> Path:
    """A closed project of ``lines`` lines in ``folder``; copy it before changing it."""
    target = folder / f"lines-{lines}-{SCHEMA_REVISION}"
    if (target / "ready").exists():
        return target
    shutil.rmtree(target, ignore_errors=True)
    with open_project(seed_project(folder), read_only=False) as seed:
        pages = [(page, list_entries(seed, page.id)) for page in list_pages(seed)]
        create_project(target).close()
        shutil.copytree(seed.scans, target / "scans", dirs_exist_ok=True)
    with closing(sqlite3.connect(target / "project.db")) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        with connection:
            for rows in _batches([each for each in pages if each[1]], lines):
                for table in COLUMNS_OF:
                    connection.executemany(_insert(table), rows[table])
                drafts = [(row[0], row[1]) for row in rows["drafts"]]
                connection.executemany("UPDATE lines SET current_draft_id = ? WHERE id = ?", drafts)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (target / "ready").touch()
    return target


def _batches(pages: list[tuple[Page, list[LineEntry]]], lines: int) -> Iterator[Rows]:
    """The rows of a page at a time."""
    chance = random.Random(lines)
    count = max(lines // LINES_A_PAGE, 2)
    for number in range(1, count + 1):
        page, entries = pages[(number - 1) % len(pages)]
        rows: Rows = {table: [] for table in COLUMNS_OF}
        rows["pages"].append(_page(number, count, page))
        for order in range(LINES_A_PAGE):
            line_id = (number - 1) * LINES_A_PAGE + order + 1
            _add_line(rows, chance, line_id, number, order, entries[order % len(entries)])
            if _is_written(number / count, order):
                _add_text(rows, chance, line_id, entries[order % len(entries)])
        yield rows


def _is_written(part: float, order: int) -> bool:
    return part <= DONE or (part <= BEGUN and order < LINES_A_PAGE // 2)


def _page(number: int, count: int, page: Page) -> tuple[Any, ...]:
    book = (number - 1) // PAGES_A_BOOK
    split = None
    if number / count <= DONE:
        split = str((Split.TRAIN, Split.TRAIN, Split.TRAIN, Split.VAL, Split.TEST)[number % 5])
    name = f"utopie_{number:05d}.jpg"
    scan = (page.file, page.width, page.height, f"{number:064x}")
    return number, number, name, *scan, split, f"book {book}", _stamp(number), 0, "benchmark"


def _add_line(
    rows: Rows, chance: random.Random, line_id: int, page_id: int, order: int, entry: LineEntry
) -> None:
    shape = entry.line.shape.to_json()
    baseline = json.dumps(shape["baseline"]) if shape["baseline"] else None
    rows["lines"].append(
        (
            line_id,
            page_id,
            order,
            json.dumps(shape["polygon"]),
            baseline,
            shape["direction"],
            str(entry.line.origin),
            "",
            False,
        )
    )
    if entry.draft and chance.random() >= UNREAD_SHARE:
        reading = entry.draft.recognition
        doubtful = sum(c.doubtful for c in reading.characters)
        packed = pack_recognition(reading)
        rows["drafts"].append(
            (line_id, line_id, reading.text, reading.confidence, doubtful, packed, _stamp(line_id), 1)
        )


def _add_text(rows: Rows, chance: random.Random, line_id: int, entry: LineEntry) -> None:
    text = entry.text or "ſans texte"
    if line_id % 40 == 0:
        start = chance.randrange(len(COLUMNS) - 8)
        text = COLUMNS[start : start + 8]
    (state,) = chance.choices(list(TranscriptionState), weights=[2, 78, 18, 2])
    revisions = chance.choice((1, 1, 1, 2))
    at = _stamp(line_id)
    rows["transcriptions"].append((line_id, text, str(state), revisions, "somebody", at))
    before: list[Any] = []
    for revision in range(1, revisions + 1):
        written = text if revision == revisions else text[: len(text) // 2]
        rows["transcription_history"].append((line_id, revision, written, str(state), "somebody", at, "edit"))
        after = [[line_id, written, str(state)]]
        rows["journal"].append((json.dumps(before), json.dumps(after), at, "text", False))
        before = after


def _stamp(number: int) -> str:
    return (_START + dt.timedelta(seconds=number)).strftime("%Y-%m-%d %H:%M:%S.%f")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("lines", type=int)
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    seed_project(arguments.folder)
    started = time.perf_counter()
    target = scale_project(arguments.folder, arguments.lines)
    size = (target / "project.db").stat().st_size / 2**20
    print(f"{target}: {arguments.lines:,} lines, {size:.0f} MiB, {time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
