"""Command ``export``."""

from pathlib import Path
from typing import Annotated

import typer

from core.document import PageProgress, TranscriptionState
from core.errors import KnownError
from core.storage.pages import find_pages, project_progress
from core.storage.project import open_project
from core.wording import say, say_count
from core.workflow.exporting import TextFormat, export_pages
from workbench.cli.console import JsonOption, answer, long_work, skip_values
from workbench.cli.pages import PageOption
from workbench.cli.project import ProjectArgument


def export(
    project: ProjectArgument,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
    format_: Annotated[
        TextFormat, typer.Option("--format", help="Line data set, PAGE, ALTO, or plain text.")
    ],
    state: Annotated[
        TranscriptionState | None,
        typer.Option(help="Only lines in this state; default: all with human text."),
    ] = None,
    page: PageOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write human text with its lines to files."""
    with open_project(project, read_only=True) as opened, long_work("Exporting") as (cancel, progress):
        page_ids = [each.id for each in find_pages(opened, page)] if page else None
        report = export_pages(
            opened, folder, format_, state=state, page_ids=page_ids, cancel=cancel, progress=progress
        )
        if report.skipped and not report.lines:
            raise KnownError(say("Nothing was exported: {first}.", first=report.skipped[0]))
        if not report.lines:
            raise KnownError(_why_nothing_was_written(project_progress(opened)[1]))
    answer(
        as_json,
        {
            "format": format_.value,
            "pages": report.pages,
            "lines": report.lines,
            "folder": str(folder),
            "skipped": skip_values(report.skipped),
        },
        f"{report.lines} lines of {report.pages} pages are written to {folder}.",
        *(f"Without the scan {skipped}." for skipped in report.skipped),
    )


def _why_nothing_was_written(lines: PageProgress) -> str:
    """What has to be done before there is something to write."""
    if not lines.lines:
        return say("Nothing to export: there are no lines. Import scans and find their lines first.")
    if lines.done:
        return say("Nothing to export: no line is in the state that was asked for. Choose another state.")
    if lines.drafted:
        return say_count(
            lines.drafted,
            "Nothing to export: one line has only a draft. Accept or correct it.",
            "Nothing to export: {count} lines have only drafts. Accept or correct them.",
        )
    return say("Nothing to export: no line has text. Draft the lines, then accept or correct the drafts.")
