"""Commands ``handout``, ``receive`` and ``merge``."""

from pathlib import Path
from typing import Annotated

import typer

from core.exchange.package import Package
from core.storage.project import open_project
from core.workflow.merge_report import merged_words
from core.workflow.merging import merge
from core.workflow.receiving import receive
from core.workflow.second_reader import hand_out, is_received, not_arrived, pages_between
from workbench.cli.console import JsonOption, answer, percent
from workbench.cli.project import ProjectArgument

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The package.")]


def handout(
    project: ProjectArgument,
    file: FileArgument,
    pages: Annotated[str, typer.Option(help="Numbers of pages, like 10-40 or 1-3,9. Default: all.")] = "",
    to: Annotated[str, typer.Option(help="Who gets them.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Write pages with scans, lines and texts to one file; from a received project, the way back."""
    with open_project(project) as opened:
        package = hand_out(opened, file, pages_between(opened, pages), to)
        goes_home, missing = is_received(opened), not_arrived(opened)
    lines = sum(len(page.lines) for page in package.pages)
    answer(
        as_json,
        {"file": str(file), "pages": len(package.pages), "lines": lines, "to": package.reader},
        f"{len(package.pages)} pages with {lines} lines are in {file}{_whose(package, goes_home=goes_home)}.",
        *([missing] if missing else []),
    )


def _whose(package: Package, *, goes_home: bool) -> str:
    """Who gets it, or on its way back, who has read it and where it belongs."""
    reader = package.reader
    if goes_home:
        return f", from {reader} for {package.home_name}" if reader else f", for {package.home_name}"
    return f", for {reader}" if reader else ""


def receive_(file: FileArgument, project: ProjectArgument, as_json: JsonOption = False) -> None:
    """Make a project of its own out of a package."""
    with receive(file, project) as made:
        answer(as_json, {"project": str(made.folder)}, f"Made the project {made.folder}.")


def merge_(project: ProjectArgument, file: FileArgument, as_json: JsonOption = False) -> None:
    """Take in what a second reader has done; texts that both have changed are decided under Review."""
    with open_project(project) as opened:
        report = merge(opened, file)
    found = report.agreement
    agreed = (
        f"On {found.lines} lines that both have written: CER {percent(found.cer)}, {found.exact} alike, "
        f"kappa {found.kappa:.3f}."
    )
    answer(as_json, report.to_json(), *merged_words(report), *([agreed] if found.lines else []))
