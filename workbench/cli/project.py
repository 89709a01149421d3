"""Commands ``new`` and ``open``."""

from pathlib import Path
from typing import Annotated

import typer

from core.storage.project import create_project
from workbench.cli.console import JsonOption, answer

ProjectArgument = Annotated[Path, typer.Argument(metavar="PROJECT", help="The project's folder.")]


def new(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """Make an empty project in a new folder."""
    with create_project(project) as made:
        answer(as_json, {"project": str(made.folder)}, f"Made the project {made.folder}.")


def open_window(
    project: Annotated[Path | None, typer.Argument(metavar="[PROJECT]")] = None,
) -> None:
    """Open the window, on a project if one is given."""
    from workbench.app import run

    raise typer.Exit(run(project))
