from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from core.document import LineEntry, TranscriptionState
from core.errors import StaleEdit
from core.storage.changes import Change
from core.storage.drafts import save_drafts
from core.storage.layout_edits import replace_found_lines
from core.storage.lines import get_entry, list_entries
from core.storage.project import Project
from core.storage.transcriptions import history, save
from tests.workbench.conftest import MODEL, TEXTS, box, read_as
from workbench.project_changes import ProjectChanges
from workbench.transcribe.controller import Controller


def stored(controller: Controller, row: int) -> LineEntry:
    """The line at a row as the database has it."""
    assert controller.page is not None
    return list_entries(controller.project, controller.page.id)[row]


def texts(controller: Controller) -> list[str]:
    return [entry.text for entry in controller.entries]


def test_an_open_line_offers_its_draft(controller: Controller) -> None:
    assert controller.text == TEXTS[0][0]
    assert controller.current is not None
    assert controller.current.state is TranscriptionState.OPEN


def test_confirming_commits_before_the_next_line_shows(controller: Controller) -> None:
    first = controller.current
    assert first is not None
    seen: list[TranscriptionState] = []
    controller.current_changed.connect(
        lambda _entry: seen.append(get_entry(controller.project, first.line.id).state)
    )
    controller.type_text("liure suiuant")
    controller.confirm()
    assert seen == [TranscriptionState.CORRECTED]
    assert stored(controller, 0).text == "liure suiuant"
    assert controller.text == TEXTS[0][1]


def test_confirming_the_last_line_goes_to_the_next_page(controller: Controller) -> None:
    for _ in TEXTS[0]:
        controller.confirm()
    assert controller.page is not None
    assert controller.page.number == 2
    assert controller.text == TEXTS[1][0]


def test_the_very_last_line_is_saved_and_stays(controller: Controller, qtbot: QtBot) -> None:
    for _ in (*TEXTS[0], *TEXTS[1][:-1]):
        controller.confirm()
    with qtbot.waitSignal(controller.told):
        controller.confirm()
    assert stored(controller, 1).state is TranscriptionState.CORRECTED


def test_an_empty_line_is_not_confirmed(controller: Controller) -> None:
    controller.type_text("")
    controller.confirm()
    assert stored(controller, 0).state is TranscriptionState.OPEN


def test_unreadable_keeps_what_was_typed(controller: Controller) -> None:
    controller.type_text("li…")
    controller.mark_unreadable()
    assert (stored(controller, 0).text, stored(controller, 0).state) == ("li…", TranscriptionState.UNREADABLE)


def test_a_pause_in_typing_saves_the_text_as_open(controller: Controller, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.saved, timeout=3000):
        controller.type_text("liure s")
    assert (stored(controller, 0).text, stored(controller, 0).state) == ("liure s", TranscriptionState.OPEN)


@pytest.mark.parametrize(
    "leave",
    [
        lambda c: c.step_line(1),
        lambda c: c.step_page(1),
        lambda c: c.skip(),
        lambda c: c.close(),
    ],
    ids=["line", "page", "skip", "close"],
)
def test_unconfirmed_text_survives_leaving(
    controller: Controller, project: Project, leave: Callable[[Controller], object]
) -> None:
    first = controller.entries[0].line.id
    controller.type_text("half a li")
    leave(controller)
    entry = get_entry(project, first)
    assert (entry.text, entry.state) == ("half a li", TranscriptionState.OPEN)


def test_looking_at_a_draft_makes_it_no_human_text(controller: Controller) -> None:
    controller.step_line(1)
    controller.step_line(-1)
    assert stored(controller, 0).transcription is None


def test_escape_goes_to_the_draft_and_then_to_what_was_saved(
    controller: Controller, project: Project
) -> None:
    line = controller.entries[0].line.id
    controller.type_text("saved text")
    controller.confirm()
    controller.show_line(line)
    controller.type_text("saved text and more")
    controller.revert()
    assert controller.text == TEXTS[0][0]
    controller.revert()
    assert controller.text == "saved text"
    controller.step_line(1)
    assert get_entry(project, line).state is TranscriptionState.CORRECTED


def test_reverting_shows_the_draft_that_came_while_the_line_was_in_hand(
    controller: Controller, changes: ProjectChanges, project: Project
) -> None:
    line = controller.current.line.id
    controller.type_text("typed")
    changes.announce(save_drafts(project, MODEL, {line: read_as("read anew")}))
    assert controller.text == "typed", "nothing is put over what is typed"
    controller.revert()
    assert controller.text == "read anew"
    controller.revert()
    assert controller.text == TEXTS[0][0], "what stood there first"


def test_skipping_goes_to_the_next_open_line(controller: Controller) -> None:
    controller.step_line(1)
    controller.confirm()
    controller.show_line(controller.entries[0].line.id)
    controller.skip()
    assert controller.text == TEXTS[0][2]


def test_undo_walks_back_to_the_line_it_changes_and_redo_forward(controller: Controller) -> None:
    first = controller.entries[0].line.id
    controller.type_text("liure suiuant")
    controller.confirm()
    controller.edits.undo()
    assert controller.current is not None
    assert controller.current.line.id == first
    assert controller.text == TEXTS[0][0]
    controller.edits.redo()
    assert stored(controller, 0).text == "liure suiuant"


def test_undo_on_another_page_goes_there_and_says_what_it_did(controller: Controller, qtbot: QtBot) -> None:
    first, second = controller.pages
    found = [box(40, 300, 200, 40)]
    replace_found_lines(controller.project, second.id, found)
    controller.show_page(first.id)
    with qtbot.waitSignal(controller.told) as told:
        controller.edits.undo()
    assert controller.page.id == second.id
    assert "page 2" in told.args[0]


def test_undo_survives_a_new_window(controller: Controller, project: Project) -> None:
    controller.type_text("liure suiuant")
    controller.confirm()
    controller.close()
    again = Controller(project, ProjectChanges())
    again.open_project()
    again.edits.undo()
    assert stored(again, 0).transcription is None


def test_a_clash_shows_both_texts_and_loses_neither(controller: Controller, qtbot: QtBot) -> None:
    line = controller.entries[0].line.id
    controller.type_text("mine")
    save(controller.project, line, "theirs", state=TranscriptionState.CORRECTED, base_revision=0)
    with qtbot.waitSignal(controller.stale) as waiting:
        controller.confirm()
    error: StaleEdit = waiting.args[0]
    assert (error.ours, error.theirs) == ("mine", "theirs")
    assert controller.text == "mine"
    assert controller.current is not None
    assert controller.current.line.id == line
    controller.keep_mine()
    assert stored(controller, 0).text == "mine"
    assert "theirs" in [each.text for each in history(controller.project, line)]


def test_taking_theirs_shows_the_other_text(controller: Controller) -> None:
    line = controller.entries[0].line.id
    controller.type_text("mine")
    save(controller.project, line, "theirs", state=TranscriptionState.CORRECTED, base_revision=0)
    controller.confirm()
    controller.take_theirs()
    assert controller.text == "theirs"


def test_closing_with_a_clash_keeps_both_texts(controller: Controller) -> None:
    line = controller.entries[0].line.id
    controller.type_text("mine")
    save(controller.project, line, "theirs", state=TranscriptionState.CORRECTED, base_revision=0)
    controller.close()
    assert {"mine", "theirs"} <= {each.text for each in history(controller.project, line)}


def test_a_new_draft_changes_neither_line_nor_text_in_hand(
    controller: Controller, changes: ProjectChanges
) -> None:
    controller.step_line(1)
    controller.type_text("being typed")
    moved: list[object] = []
    controller.current_changed.connect(moved.append)
    controller.page_shown.connect(moved.append)
    lines = [entry.line.id for entry in controller.entries]
    changes.announce(save_drafts(controller.project, MODEL, {line: read_as("new draft") for line in lines}))
    assert moved == []
    assert controller.text == "being typed"
    assert texts(controller)[2] == "new draft"


def test_a_draft_fills_a_line_that_had_none(
    controller: Controller, changes: ProjectChanges, qtbot: QtBot
) -> None:
    controller.edits.draw(box(40, 330, 300, 40))
    assert controller.text == ""
    assert controller.current is not None
    line = controller.current.line.id
    with qtbot.waitSignal(controller.text_replaced):
        changes.announce(save_drafts(controller.project, MODEL, {line: read_as("fresh")}))
    assert controller.text == "fresh"


def test_a_drawn_line_takes_its_place_and_is_in_hand(controller: Controller) -> None:
    controller.edits.draw(box(40, 330, 300, 40))
    assert controller.current is not None
    assert controller.current.line.order == 3


def test_joining_splitting_moving_and_deleting_are_each_one_step_back(controller: Controller) -> None:
    before = texts(controller)
    for act in (
        controller.edits.merge_with_next,
        lambda: controller.edits.split(0.5, 5),
        lambda: controller.edits.reorder(1),
        lambda: controller.edits.delete([controller.entries[0].line.id]),
    ):
        controller.show_line(controller.entries[0].line.id)
        act()
        controller.edits.undo()
        assert texts(controller) == before


def test_text_being_typed_is_committed_before_the_layout_changes(controller: Controller) -> None:
    controller.type_text("first part")
    controller.edits.merge_with_next()
    assert controller.text.startswith("first part")


def test_a_reviewed_line_stays_reviewed_when_it_is_passed_over(controller: Controller) -> None:
    controller.confirm(0, TranscriptionState.REVIEWED)
    controller.show_line(controller.entries[0].line.id)
    controller.confirm()
    assert stored(controller, 0).state is TranscriptionState.REVIEWED


def test_own_changes_are_told_to_the_others(controller: Controller, changes: ProjectChanges) -> None:
    told: list[Change] = []
    changes.changed.connect(told.append)
    line = controller.entries[0].line.id
    controller.type_text("x")
    controller.confirm()
    assert [change.lines for change in told] == [frozenset({line})]
