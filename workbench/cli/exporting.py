"""Command ``export``."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from core.document import TranscriptionState
from core.storage.project import open_project
from core.workflow.exporting import export_pages
from workbench.cli.console import JsonOption, answer, long_work
from workbench.cli.project import ProjectArgument


class Format(StrEnum):
    """What is written."""

    JSONL = "jsonl"
    PAGE = "page"
    ALTO = "alto"
    TXT = "txt"


def export(
    project: ProjectArgument,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    format_: Annotated[Format, typer.Option("--format", help="Line data set, PAGE, ALTO, or plain text.")],
    state: Annotated[
        TranscriptionState | None,
        typer.Option(help="Only lines in this state; default: all with human text."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write human text with its lines to files."""
    with open_project(project, read_only=True) as opened, long_work("Exporting") as (cancel, progress):
        report = export_pages(opened, folder, format_.value, state=state, cancel=cancel, progress=progress)
    answer(
        as_json,
        {"format": format_.value, "pages": report.pages, "lines": report.lines, "folder": str(folder)},
        f"{report.lines} lines of {report.pages} pages are written to {folder}.",
    )
