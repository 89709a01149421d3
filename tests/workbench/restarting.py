"""Closing the window as one does in the evening, and opening it again in the morning."""

from typing import TypeVar

from pytestqt.qtbot import QtBot

from core.storage.project import Project, open_project
from workbench.app import Desk
from workbench.place import Place

P = TypeVar("P", bound=Place)


def restart(desk: Desk, qtbot: QtBot) -> Project:
    """Close the window and show its project again, read anew from its folder."""
    assert desk.workspace is not None
    folder = desk.workspace.project.folder
    desk.window.close()
    assert desk.workspace is None
    project = open_project(folder)
    desk.show(project)
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    return project


def show(desk: Desk, kind: type[P]) -> P:
    """Bring a place to the front."""
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, kind))
    desk.window.show_place(number)
    return place
