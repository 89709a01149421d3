"""The picture of a page in Transcribe: there while somebody looks, let go afterwards."""

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.storage.pages import list_pages, scan_path
from core.storage.project import Project
from workbench.app import Desk
from workbench.place import Message
from workbench.theme import Scheme
from workbench.transcribe.place import TranscribePlace


def painted(transcribe: TranscribePlace) -> QImage:
    return transcribe.canvas.grab().toImage()


def test_a_page_that_nobody_looks_at_is_let_go_and_looks_the_same_afterwards(
    transcribe: TranscribePlace, desk: Desk, qtbot: QtBot
) -> None:
    canvas, pictures = transcribe.canvas, transcribe._pictures
    number = desk.window.places.index(transcribe)
    qtbot.waitUntil(lambda: canvas.picture.image is not None)
    qtbot.waitUntil(lambda: len(canvas.picture._outlines) == len(transcribe.controller.entries))
    before = painted(transcribe)
    pictures._left.setInterval(0)
    desk.window.show_place(0)
    qtbot.waitUntil(lambda: canvas.lacks_image and not pictures._reader._worker._pages)
    desk.window.show_place(number)
    assert painted(transcribe) == before  # what was painted is still there
    qtbot.waitUntil(lambda: not canvas.lacks_image)
    desk.theme.choose(Scheme.DARK)
    desk.theme.choose(Scheme.LIGHT)
    qtbot.waitUntil(lambda: painted(transcribe) == before)


def test_a_scan_that_cannot_be_read_is_told_of_once(desk: Desk, project: Project, qtbot: QtBot) -> None:
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TranscribePlace))
    told: list[Message] = []
    place.message_wanted.connect(told.append)
    for page in list_pages(project):
        scan_path(project, page).unlink()
    desk.window.show_place(number)
    qtbot.waitUntil(lambda: len(told) == 1)
    place._pictures._left.setInterval(0)
    desk.window.show_place(0)
    qtbot.waitUntil(lambda: not place._pictures._left.isActive())
    desk.window.show_place(number)
    qtbot.wait(150)
    assert [message.kind for message in told] == ["error"]
