import cv2
import numpy as np
import pytest

from core.characters.census import count_characters
from core.document import LineShape, TranscriptionState
from core.imaging.glyphs import glyph_features, glyph_picture, strangeness
from core.jobs import CancelToken
from core.storage.drafts import save_drafts
from core.storage.glyphs import replace_characters, shown_text
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.journal import undo
from core.storage.lines import get_entry, list_entries
from core.storage.pages import NewPage
from core.storage.project import create_project
from core.storage.transcriptions import history, save
from core.workflow.glyphs import sweep
from tests.core.storage.conftest import box
from tests.core.workflow.test_queueing import MODEL, read

CELL = 40


def draw(texts):
    """A page on which every character fills a cell: what a recogniser's even places fit exactly."""
    page = np.full((60 * len(texts) + 60, 700, 3), 255, dtype=np.uint8)
    for row, text in enumerate(texts):
        for place, char in enumerate(text):
            at = (40 + CELL * place + 8, 20 + 60 * row + 36)
            cv2.putText(page, char, at, cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 3)
    return page


def shapes(texts) -> list[LineShape]:
    return [
        box(40, 20 + 60 * row, 40 + CELL * len(text), 20 + 60 * row + 44) for row, text in enumerate(texts)
    ]


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "glyphs") as made:
        yield made


def add(project, written, drafts):
    cv2.imwrite(str(project.scans / "p1.png"), draw(written))
    new = NewPage("p1.png", "scans/p1.png", 700, 60 * len(written) + 60, "p1", "p1", "p1")
    lines = tuple(NewLine(shape) for shape in shapes(written))
    [page] = add_pages_with_lines(project, [NewPageWithLines(new, lines)], "import")
    ids = [entry.line.id for entry in list_entries(project, page.id)]
    save_drafts(project, MODEL, {line: read(draft) for line, draft in zip(ids, drafts, strict=True) if draft})
    return ids


def run(project, glyph):
    return sweep(project, glyph, cancel=CancelToken())


def test_the_character_that_looks_different_comes_first(project):
    ids = add(project, ["eneneo", "neenee", "eeneoe"], ["enenee", "neenee", "eeneee"])
    found = run(project, "e")
    assert found.total == len(found.places) == 13
    wrong = {(place.line_id, place.index) for place in found.places[:2]}
    assert wrong == {(ids[0], 5), (ids[2], 4)}
    assert all(picture.shape[0] == 48 for picture in found.pictures)


def test_low_confidence_moves_a_place_forward(project):
    [line] = add(project, ["eeeeee"], ["eeeeee"])
    save_drafts(project, MODEL, {line: read("eeeeee", 0.99, 0.99, 0.99, 0.3, 0.99, 0.99)})
    assert run(project, "e").places[0].index == 3


def test_of_a_corrected_line_the_human_text_counts(project):
    [line, other] = add(project, ["enonee", "nnnnnn"], ["enenee", "nnnnnn"])
    save(project, line, "enonee", state=TranscriptionState.CORRECTED, base_revision=0)
    assert {place.index for place in run(project, "e").places} == {0, 4, 5}
    [place] = run(project, "o").places
    assert (place.line_id, place.index) == (line, 2)
    assert place.start == pytest.approx(2 / 6, abs=1e-4)
    save(project, other, "nn", state=TranscriptionState.CORRECTED, base_revision=0)
    assert len([place for place in run(project, "n").places if place.line_id == other]) == 2


def test_lines_without_draft_have_no_places(project):
    add(project, ["ee"], [None])
    assert run(project, "e").places == ()


def test_all_chosen_places_are_put_right_in_one_step(project):
    first, second = add(project, ["enonee", "oeoeoe"], ["enenee", "eeeeee"])
    save(project, second, "eeeeee", state=TranscriptionState.REVIEWED, base_revision=0)
    done = replace_characters(project, [(first, 2), (second, 0), (second, 2), (second, 4)], "e", "o")
    assert len(done.done) == 4
    assert done.stale == ()
    assert (get_entry(project, first).text, get_entry(project, first).state) == ("enonee", "open")
    assert (get_entry(project, second).text, get_entry(project, second).state) == ("oeoeoe", "reviewed")
    assert history(project, second)[0].author == project.author
    undo(project)
    assert get_entry(project, first).transcription is None
    assert get_entry(project, second).text == "eeeeee"


def test_a_replacement_of_another_length_keeps_the_other_places_right(project):
    [line] = add(project, ["ee ee"], ["ee ee"])
    replace_characters(project, [(line, 0), (line, 4)], "e", "ae")
    assert get_entry(project, line).text == "aee eae"


def test_a_place_that_has_changed_meanwhile_is_left_alone(project):
    [line] = add(project, ["eee"], ["eee"])
    save(project, line, "exe", state=TranscriptionState.CORRECTED, base_revision=0)
    done = replace_characters(project, [(line, 1), (line, 2)], "e", "o")
    assert done.stale == ((line, 1),)
    assert get_entry(project, line).text == "exo"


def test_characters_are_counted_in_the_texts_that_are_shown(project):
    line, _ = add(project, ["ab", "cc"], ["ab", "cc"])
    save(project, line, "xx", state=TranscriptionState.CORRECTED, base_revision=0)
    assert count_characters(shown_text(project)) == {"x": 2, "c": 2}


def test_strangeness_forgives_small_shifts_but_no_other_letter():
    page = draw(["eeeeeeo"])
    crop = page[20:64, 40 : 40 + CELL * 7]
    places = [(n / 7 + (0.008 if n == 2 else 0), (n + 1) / 7 + (0.008 if n == 2 else 0)) for n in range(7)]
    odd = strangeness([glyph_features(glyph_picture(crop, *place)) for place in places])
    assert odd.argmax() == 6
    assert odd[2] < 0.5 * odd[6]
    assert strangeness([]).size == 0
