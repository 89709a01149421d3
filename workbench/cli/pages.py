"""Commands ``import``, ``lines``, ``pages``, ``split`` and ``rotate``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from core.document import Split
from core.errors import KnownError
from core.storage.pages import find_pages, page_progress, rotate_page, set_split
from core.storage.project import open_project
from core.wording import say
from core.workflow.importing import ImportReport, import_paths
from core.workflow.line_finding import find_lines
from workbench.cli.console import (
    JsonOption,
    answer,
    long_work,
    set_aside_words,
    skip_notes,
    skip_values,
    table,
)
from workbench.cli.project import ProjectArgument

PageOption = Annotated[
    list[str] | None,
    typer.Option("--page", help="Number or file name of a page; repeat for more. Default: all."),
]


class TextAs(StrEnum):
    """What becomes of text that comes with the pictures."""

    TRANSCRIPTION = "transcription"
    NONE = "none"


class Purpose(StrEnum):
    """What pages serve for."""

    TRAIN = "train"
    VAL = "val"
    TEST = "test"
    NONE = "none"


class Layout(StrEnum):
    """How lines run on the pages."""

    AUTO = "auto"
    LTR = "ltr"
    TTB = "ttb"


def import_files(
    project: ProjectArgument,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Scans, PDFs, folders, line data sets.")
    ],
    split: Annotated[Split | None, typer.Option(help="What the pages serve for.")] = None,
    text_as: Annotated[TextAs, typer.Option(help="Take text beside the pictures as true, or leave it.")] = (
        TextAs.TRANSCRIPTION
    ),
    as_json: JsonOption = False,
) -> None:
    """Bring scans, PDFs, folders and labelled line data sets into a project."""
    with open_project(project) as opened, long_work("Importing") as (cancel, progress):
        report = import_paths(
            opened,
            paths,
            split=split,
            take_text=text_as is TextAs.TRANSCRIPTION,
            cancel=cancel,
            progress=progress,
        )
    answer(
        as_json,
        {
            "pages": report.pages,
            "lines": report.lines,
            "transcriptions": report.transcriptions,
            "skipped": skip_values(report.skipped),
        },
        f"{report.pages} pages, {report.lines} lines and {report.transcriptions} transcriptions imported.",
        *(f"Note: {skipped}." for skipped in report.skipped),
    )
    if report.did_nothing:
        raise KnownError(_why_nothing_came(report))


def _why_nothing_came(report: ImportReport) -> str:
    """One sentence that names the first file that was passed over."""
    if not report.skipped:
        return say("Nothing was imported: there is no scan and no line data set. Name a folder with scans.")
    first, *more = report.skipped
    if more:
        return say(
            "Nothing was imported: {first}, and {count} more. Mend the files or name others.",
            first=first,
            count=len(more),
        )
    return say("Nothing was imported: {first}. Mend the file or name another.", first=first)


def lines(
    project: ProjectArgument,
    page: PageOption = None,
    layout: Annotated[Layout, typer.Option(help="Direction of the lines.")] = Layout.AUTO,
    as_json: JsonOption = False,
) -> None:
    """Find the lines of pages. Lines with human text stay as they are."""
    with open_project(project) as opened, long_work("Finding lines") as (cancel, progress):
        chosen = [p.id for p in find_pages(opened, page or [])]
        report = find_lines(opened, chosen, layout=layout, cancel=cancel, progress=progress, background=False)
    answer(
        as_json,
        {"pages": report.pages, "lines": report.lines, "skipped": skip_values(report.skipped)},
        f"{report.lines} lines found on {report.pages} pages.",
        *skip_notes(report.skipped),
    )


def list_(project: ProjectArgument, page: PageOption = None, as_json: JsonOption = False) -> None:
    """What pages there are, and how far each one is."""
    with open_project(project, read_only=True) as opened:
        chosen, progress = find_pages(opened, page or []), page_progress(opened)
    values = [
        {
            "number": p.number,
            "name": p.name,
            "split": p.split,
            "rotation": p.rotation,
            "lines": progress[p.id].lines,
            "drafted": progress[p.id].drafted,
            "done": progress[p.id].done,
            "doubt": progress[p.id].doubt,
        }
        for p in chosen
    ]
    names = ("name", "number", "split", "lines", "drafted", "done")
    answer(
        as_json,
        {"pages": values},
        table(names, [tuple(str(value[name] or "") for name in names) for value in values]),
    )


def split_(
    project: ProjectArgument,
    split: Annotated[Purpose, typer.Argument(help="What the pages serve for.")],
    page: PageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what pages serve for: training, validation, test, or undecided."""
    with open_project(project) as opened:
        chosen = find_pages(opened, page or [])
        decided = None if split is Purpose.NONE else Split(split.value)
        set_split(opened, [p.id for p in chosen], decided)
    answer(as_json, {"pages": len(chosen), "split": decided}, f"{len(chosen)} pages: {split.value}.")


def rotate(
    project: ProjectArgument,
    degrees: Annotated[int, typer.Argument(help="Clockwise: 90, 180 or 270.")],
    page: PageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Turn pages with all their lines."""
    with open_project(project) as opened:
        chosen = find_pages(opened, page or [])
        set_aside = sum(rotate_page(opened, each.id, degrees).set_aside for each in chosen)
    found = {"pages": len(chosen), "degrees": degrees, "drafts_set_aside": set_aside}
    answer(as_json, found, f"{len(chosen)} pages turned.{set_aside_words(set_aside)}")
