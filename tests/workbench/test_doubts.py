import datetime as dt

import pytest
from PySide6.QtCore import Qt

from core.document import Draft, ReadCharacter, Recognition
from core.storage.drafts import save_drafts
from core.storage.project import Project
from tests.workbench.conftest import MODEL, read_as
from tests.workbench.test_transcribe_keys import ALT, press
from workbench.transcribe.doubts import doubt_at, doubts_of, with_alternative, word_around
from workbench.transcribe.place import TranscribePlace


def draft(recognition: Recognition) -> Draft:
    return Draft(1, 1, "m", recognition, dt.datetime.now(dt.UTC))


def test_a_doubtful_character_is_found_in_the_unchanged_text() -> None:
    [doubt] = doubts_of("ferot", draft(read_as("ferot", 0, ("ſ",))))
    assert (doubt.first, doubt.last, doubt.alternatives) == (0, 1, ("ſ",))
    assert (doubt.start, round(doubt.end, 2)) == (0, 0.2)


def test_what_a_human_changed_is_not_doubtful_any_more() -> None:
    assert doubts_of("ſerot", draft(read_as("ferot", 0))) == ()


def test_doubts_follow_their_character_when_text_before_it_grows() -> None:
    [doubt] = doubts_of("& ferot", draft(read_as("ferot", 4)))
    assert (doubt.first, doubt.last) == (6, 7)


def test_without_a_draft_there_is_no_doubt() -> None:
    assert doubts_of("text", None) == ()


def test_a_place_where_a_character_may_be_missing_is_a_doubt_of_no_width() -> None:
    reading = Recognition(read_as("abcd").characters, gaps=(0.5,))
    [doubt] = doubts_of("abcd", draft(reading))
    assert (doubt.first, doubt.last) == (2, 2)


def test_a_combining_mark_belongs_to_its_letter() -> None:
    reading = Recognition(
        (
            ReadCharacter("e", 0.9, 0, 0.5),
            ReadCharacter("\u0303", 0.3, 0.5, 0.6),
            ReadCharacter("t", 0.9, 0.6, 1),
        )
    )
    [doubt] = doubts_of("ẽt", draft(reading))
    assert (doubt.first, doubt.last) == (0, 1)


def test_an_alternative_is_shown_as_the_word_it_would_make() -> None:
    text = "la mort, ferot"
    [doubt] = doubts_of(text, draft(read_as(text, 9, ("ſ",))))
    assert word_around(text, doubt, 0) == "ſerot"
    assert with_alternative(text, doubt, 0) == "la mort, ſerot"


@pytest.mark.parametrize(
    ("text", "place", "shown"),
    [("臣等謹案水經", 3, "謹安水"), ("臣等", 0, "安等"), ("臣等", 1, "臣安"), ("臣", 0, "安")],
)
def test_among_ideographs_an_alternative_is_shown_with_one_neighbour_on_each_side(
    text: str, place: int, shown: str
) -> None:
    [doubt] = doubts_of(text, draft(read_as(text, place, ("安",))))
    assert word_around(text, doubt, 0) == shown


def test_the_doubt_under_the_cursor_comes_before_the_next_one() -> None:
    text = "abcdef"
    reading = Recognition(
        tuple(ReadCharacter(c, 0.3 if c in "be" else 0.99, i / 6, (i + 1) / 6) for i, c in enumerate(text))
    )
    doubts = doubts_of(text, draft(reading))
    assert doubt_at(doubts, 1) == doubts[0]
    assert doubt_at(doubts, 3) == doubts[1]
    assert doubt_at(doubts, 6) == doubts[0]
    assert doubt_at((), 0) is None


def test_the_readings_offered_and_taken_are_those_of_the_place_that_was_gone_to(
    transcribe: TranscribePlace, project: Project
) -> None:
    """Doubtful characters stand side by side in handwriting; the cursor behind one is before the next."""
    line = transcribe.controller.current.line.id
    characters = [
        ReadCharacter(char, 0.4, at / 3, (at + 1) / 3, ((other, 0.2),))
        for at, (char, other) in enumerate(zip("nub", "mvh", strict=True))
    ]
    transcribe.workspace.changes.announce(save_drafts(project, MODEL, {line: Recognition(tuple(characters))}))
    press(transcribe, Qt.Key.Key_Escape)  # the draft that has come
    editor = transcribe.strips.editor
    assert editor.toPlainText() == "nub"
    for place, other in enumerate("mvh"):
        editor.select(0, 0)
        for _ in range(place + 1):
            press(transcribe, Qt.Key.Key_F2)
        assert editor.textCursor().selectedText() == "nub"[place]
        press(transcribe, Qt.Key.Key_1, ALT)
        assert editor.toPlainText() == "nub"[:place] + other + "nub"[place + 1 :]
        press(transcribe, Qt.Key.Key_Escape)
