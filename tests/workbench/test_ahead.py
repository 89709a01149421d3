"""What the next line needs is there before it is taken in hand."""

from collections.abc import Collection, Sequence
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.storage import drafts
from core.storage.drafts import save_drafts
from core.storage.lines import list_entries
from core.storage.project import Project
from tests.workbench.conftest import MODEL, TEXTS, read_as
from workbench.transcribe import draft_help, strip_view
from workbench.transcribe.controller import Controller
from workbench.transcribe.place import TranscribePlace
from workbench.transcribe.strip_geometry import LineSize, StripGeometry, lay_out


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Drafts whose output was looked for."""
    asked: list[int] = []

    def note(project: Project, draft_ids: Collection[int]) -> dict[int, bytes]:
        asked.extend(draft_ids)
        return drafts.draft_posteriors(project, draft_ids)

    monkeypatch.setattr(draft_help, "draft_posteriors", note)
    return asked


def test_the_output_of_the_line_that_follows_is_looked_for_beforehand(
    controller: Controller, asked: list[int], qtbot: QtBot
) -> None:
    following, third = (entry.draft.id for entry in controller.entries[1:] if entry.draft)
    controller.show_line(controller.entries[0].line.id)
    qtbot.waitUntil(lambda: asked == [following])
    controller.step_line(1)
    assert asked == [following]
    qtbot.waitUntil(lambda: asked == [following, third])


def test_at_the_end_of_a_page_that_is_the_first_open_line_of_the_next(
    controller: Controller, asked: list[int], qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: controller.ahead.first_open is not None)
    controller.show_line(controller.entries[-1].line.id)
    asked.clear()
    qtbot.waitUntil(lambda: bool(asked))
    controller.step_line(1)
    assert controller.text == TEXTS[1][0]
    draft = controller.current.draft if controller.current else None
    assert draft is not None
    assert asked == [draft.id]


def test_a_line_that_was_drafted_anew_is_looked_up_anew(
    controller: Controller, asked: list[int], project: Project, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: bool(asked))
    asked.clear()
    line = controller.entries[1].line
    save_drafts(project, MODEL, {line.id: read_as("anew")})
    entry = next(e for e in list_entries(project, line.page_id) if e.line.id == line.id)
    assert entry.draft is not None
    controller.help.again(entry, entry.text)
    assert asked == [entry.draft.id]


def test_the_next_page_is_laid_out_before_it_is_turned_to(
    transcribe: TranscribePlace, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    controller = transcribe.controller
    qtbot.waitUntil(lambda: controller.ahead.first_open is not None)
    laid_out: list[int] = []

    def note(lines: Sequence[LineSize], *arguments: Any, **more: Any) -> StripGeometry:
        laid_out.append(len(lines))
        return lay_out(lines, *arguments, **more)

    monkeypatch.setattr(strip_view, "lay_out", note)
    controller.show_line(controller.entries[-1].line.id)
    qtbot.waitUntil(lambda: laid_out[-1:] == [len(TEXTS[1])])
    laid_out.clear()
    controller.step_line(1)
    assert controller.text == TEXTS[1][0]
    assert laid_out == []
