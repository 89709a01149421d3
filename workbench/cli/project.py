"""Commands ``new`` and ``open``."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from core.errors import KnownError
from core.storage.project import create_project
from core.wording import say
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
    if not has_screen():  # Qt would end the process with a core dump
        raise KnownError(
            say(
                "There is no screen for the window: neither DISPLAY nor WAYLAND_DISPLAY is set. Start it "
                "from a desktop, or work with the other commands (“linewright --help”)."
            )
        )
    from workbench.app import run

    raise typer.Exit(run(project))


def has_screen() -> bool:
    """Whether there is a screen to open a window on, or Qt was told to do without."""
    return sys.platform in ("win32", "darwin") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    )
