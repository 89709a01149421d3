"""A small real project, a window over it, and a guard against threads that are left running."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from core.document import LineShape, ReadCharacter, Recognition
from core.storage.drafts import save_drafts
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.lines import list_entries
from core.storage.pages import NewPage
from core.storage.project import Project, create_project
from tests.book import copy_of
from tests.garbage import collected_here
from workbench.app import Desk
from workbench.place import Message
from workbench.project_changes import ProjectChanges
from workbench.settings import Settings
from workbench.theme import Scheme
from workbench.transcribe.character_desk import CharacterDesk
from workbench.transcribe.controller import Controller
from workbench.transcribe.desk_tools import DeskTools
from workbench.transcribe.page_canvas import PageCanvas
from workbench.transcribe.place import TranscribePlace

MODEL = "ppocr-v6-small"
TEXTS = (("liure ſuiuãt", "mas Linacer", "icelle lecture"), ("de la ville", "comme pour"))
SIZE = (600, 400)

__all__ = ["collected_here"]


def read_as(
    text: str, doubtful: int | None = None, alternatives: tuple[str, ...] = ("x", "y")
) -> Recognition:
    """What a recogniser might have read; the character at ``doubtful`` is doubtful."""
    step = 1 / len(text)
    return Recognition(
        tuple(
            ReadCharacter(
                char,
                0.4 if at == doubtful else 0.99,
                at * step,
                (at + 1) * step,
                tuple((other, 0.2) for other in alternatives) if at == doubtful else (),
            )
            for at, char in enumerate(text)
        )
    )


def box(left: float, top: float, width: float, height: float) -> LineShape:
    """A rectangular line."""
    right, bottom = left + width, top + height
    return LineShape(((left, top), (right, top), (right, bottom), (left, bottom)))


@pytest.fixture(scope="session")
def drafted_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project of two pages with five drafted lines; copy it before changing it."""
    folder = tmp_path_factory.mktemp("drafted") / "Utopie"
    with create_project(folder) as project:
        for number, texts in enumerate(TEXTS):
            name = f"p{number + 1}.png"
            paper = np.full((SIZE[1], SIZE[0], 3), 240 - number, dtype=np.uint8)
            Image.fromarray(paper).save(project.scans / name)
            sha256 = hashlib.sha256(paper.tobytes()).hexdigest()
            new = NewPage(name, f"scans/{name}", SIZE[0], SIZE[1], sha256, "Utopie", "test")
            lines = tuple(NewLine(box(40, 40 + 80 * row, 420, 44)) for row in range(len(texts)))
            [page] = add_pages_with_lines(project, [NewPageWithLines(new, lines)], "test")
            ids = [entry.line.id for entry in list_entries(project, page.id)]
            readings = {
                line_id: read_as(text, 0 if row == 0 else None)
                for row, (line_id, text) in enumerate(zip(ids, texts, strict=True))
            }
            save_drafts(project, MODEL, readings)
    return folder


@pytest.fixture
def project(drafted_pages: Path, tmp_path: Path) -> Iterator[Project]:
    """Two pages with five drafted lines; the first character of each page's first line is doubtful."""
    with copy_of(drafted_pages, tmp_path / "Utopie") as project:
        yield project


@pytest.fixture
def changes() -> ProjectChanges:
    return ProjectChanges()


@pytest.fixture
def controller(qapp: object, project: Project, changes: ProjectChanges) -> Controller:
    """A controller with the first line in hand."""
    controller = Controller(project, changes)
    controller.open_project()
    return controller


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(tmp_path / "window.ini")
    settings.scheme = Scheme.LIGHT
    return settings


@pytest.fixture
def desk(qtbot: QtBot, project: Project, settings: Settings) -> Iterator[Desk]:
    """A shown, active window over the project."""
    desk = Desk(settings)
    desk.show(project)
    desk.window.show()
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    yield desk
    desk.window.close()


@pytest.fixture
def transcribe(qtbot: QtBot, desk: Desk) -> TranscribePlace:
    """The place Transcribe in front, its editor holding the keyboard."""
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TranscribePlace))
    desk.window.show_place(number)
    qtbot.waitUntil(place.strips.editor.hasFocus)
    return place


@pytest.fixture(autouse=True)
def no_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A test that leaves a thread running fails."""
    before = set(threading.enumerate())
    started: list[QThread] = []
    start: Callable[..., None] = QThread.start

    def noted(thread: QThread, *arguments: object) -> None:
        started.append(thread)
        start(thread, *arguments)

    monkeypatch.setattr(QThread, "start", noted)
    yield
    assert not [thread.objectName() for thread in started if thread.isRunning()]
    left = [t for t in set(threading.enumerate()) - before if not t.daemon and t.is_alive()]
    assert not left


@pytest.fixture
def canvas(transcribe: TranscribePlace, qtbot: QtBot) -> PageCanvas:
    """The canvas with its page."""
    qtbot.waitUntil(lambda: transcribe.canvas.picture.image is not None)
    return transcribe.canvas


@pytest.fixture
def messages(transcribe: TranscribePlace) -> list[Message]:
    told: list[Message] = []
    transcribe.message_wanted.connect(told.append)
    return told


@pytest.fixture
def desk_of(transcribe: TranscribePlace, qtbot: QtBot) -> CharacterDesk:
    """The desk after its characters have been counted."""
    desk = transcribe.characters
    with qtbot.waitSignal(desk._runner.finished, timeout=20_000):
        desk.count()
    return desk


@pytest.fixture
def desk_tools(transcribe: TranscribePlace) -> DeskTools:
    return transcribe._desk
