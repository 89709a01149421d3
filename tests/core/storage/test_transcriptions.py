from threading import Event, Thread

import pytest

from core.document import TranscriptionState
from core.errors import KnownError, StaleEdit
from core.storage.drafts import save_drafts
from core.storage.journal import redo, undo
from core.storage.lines import get_entry, list_entries
from core.storage.project import open_project
from core.storage.text_batches import TextEdit, present_texts, write_texts
from core.storage.transcriptions import history, import_texts, save, write_text
from tests.core.storage.conftest import reading

CORRECTED, OPEN = TranscriptionState.CORRECTED, TranscriptionState.OPEN


@pytest.fixture
def line_id(project, add_page):
    return list_entries(project, add_page().id)[0].line.id


def test_text_is_stored_in_nfc_without_line_breaks(project, line_id):
    saved = save(project, line_id, " u\u0308ber\nall ", state=CORRECTED, base_revision=0)
    assert saved.text == "über all"
    assert get_entry(project, line_id).transcription == saved


def test_half_of_a_utf16_pair_is_stored_as_the_sign_for_it(project, line_id):
    saved = save(project, line_id, "a\ud83d b", state=CORRECTED, base_revision=0)
    assert get_entry(project, line_id).transcription == saved
    assert saved.text == "a\ufffd b"


def test_every_revision_is_kept_in_the_history(project, line_id):
    for revision, text in enumerate(["eins", "zwei", "drei"]):
        save(project, line_id, text, state=CORRECTED, base_revision=revision)
    assert [(t.revision, t.text) for t in history(project, line_id)] == [
        (3, "drei"),
        (2, "zwei"),
        (1, "eins"),
    ]


def test_nobody_writes_between_an_acts_looking_and_its_writing(project, line_id):
    """As a replacement in the whole project looks at all texts first, while somebody confirms a line."""
    looked, confirmed = Event(), []

    def confirm():
        looked.wait()
        with pytest.raises(StaleEdit):
            save(project, line_id, "mine", state=CORRECTED, base_revision=0)
        confirmed.append(True)

    human = Thread(target=confirm)
    human.start()
    with project.writing() as session:
        assert not present_texts(session, [line_id])
        looked.set()
        human.join(0.3)
        assert human.is_alive()
        write_texts(session, [TextEdit(line_id, "replaced", CORRECTED)], "somebody", "replace")
    human.join()
    assert confirmed
    assert get_entry(project, line_id).text == "replaced"


def test_stale_edit_changes_nothing_and_carries_both_texts(project, add_page):
    add_page("p1.png")
    line_id = list_entries(project, add_page("p2.png").id)[2].line.id
    save(project, line_id, "theirs", state=CORRECTED, base_revision=0)
    with pytest.raises(StaleEdit) as caught:
        save(project, line_id, "ours", state=CORRECTED, base_revision=0)
    assert (caught.value.ours, caught.value.theirs) == ("ours", "theirs")
    assert str(caught.value).startswith("Line 3 of page 2 was changed elsewhere")
    assert get_entry(project, line_id).text == "theirs"


def test_saving_a_line_that_does_not_exist_is_a_known_error(project):
    with pytest.raises(KnownError, match="no line 77"):
        save(project, 77, "x", state=CORRECTED, base_revision=0)


def test_draft_never_touches_human_text(project, line_id):
    save(project, line_id, "human", state=CORRECTED, base_revision=0)
    save_drafts(project, "ppocr-v6-small", {line_id: reading("machine")})
    entry = get_entry(project, line_id)
    assert (entry.text, entry.draft.text) == ("human", "machine")


def test_import_does_not_overwrite_human_text(project, line_id):
    save(project, line_id, "human", state=CORRECTED, base_revision=0)
    assert import_texts(project, {line_id: "file"}, state=CORRECTED, author="import") == 0
    assert get_entry(project, line_id).text == "human"


def test_undo_and_redo_walk_through_texts_also_after_a_restart(project, line_id):
    save(project, line_id, "eins", state=CORRECTED, base_revision=0)
    save(project, line_id, "zwei", state=CORRECTED, base_revision=1)
    project.close()
    with open_project(project.folder) as reopened:
        assert undo(reopened).focus_line == line_id
        assert get_entry(reopened, line_id).text == "eins"
        undo(reopened)
        assert get_entry(reopened, line_id).transcription is None
        assert undo(reopened) is None
        redo(reopened)
        redo(reopened)
        assert get_entry(reopened, line_id).text == "zwei"
        assert redo(reopened) is None
        assert len(history(reopened, line_id)) == 6


def test_new_edit_after_undo_ends_redo(project, line_id):
    save(project, line_id, "eins", state=CORRECTED, base_revision=0)
    undo(project)
    save(project, line_id, "other", state=CORRECTED, base_revision=0)
    assert redo(project) is None
    assert get_entry(project, line_id).text == "other"


def test_pauses_while_typing_are_one_undo_step(project, line_id):
    for revision, text in enumerate(["a", "ab", "abc"]):
        save(project, line_id, text, state=OPEN, base_revision=revision)
    save(project, line_id, "abcd", state=CORRECTED, base_revision=3)
    undo(project)
    assert get_entry(project, line_id).transcription is None


def test_undo_refuses_when_the_text_was_changed_since(project, line_id):
    save(project, line_id, "eins", state=CORRECTED, base_revision=0)
    with project.writing() as session:
        write_text(session, line_id, "other", CORRECTED, "somebody", "import")
    with pytest.raises(StaleEdit):
        undo(project)
    assert get_entry(project, line_id).text == "other"
