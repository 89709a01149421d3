"""Drafts go with the picture they were read from, come back with it, and whoever loses them is told."""

import pytest
from sqlalchemy import update

from core.document import DEFAULT_BASE, LineShape, Split
from core.storage.drafts import save_drafts
from core.storage.evaluations import NewEvaluation, line_scores, save_evaluation
from core.storage.journal import redo, undo
from core.storage.layout_edits import delete_lines, merge_lines, replace_found_lines, reshape_line, split_line
from core.storage.lines import list_entries
from core.storage.pages import rotate_page
from core.storage.schema import DraftRow
from core.versions import LineScore
from tests.core.storage.conftest import box, reading

RAGGED = LineShape(((100, 200), (500, 190), (900, 200), (900, 240), (500, 232), (100, 240)))


@pytest.fixture
def page(project, add_page):
    """Two lines with drafts, the second one with an outline of more than four corners."""
    made = add_page(lines=0)
    replace_found_lines(project, made.id, [box(100, 100, 900, 140), RAGGED])
    draft_all(project, made)
    return made


def draft_all(project, page):
    save_drafts(
        project, DEFAULT_BASE, {e.line.id: reading(f"line {e.line.id}") for e in entries(project, page)}
    )


def entries(project, page):
    return list_entries(project, page.id)


def drafts(project, page):
    return [e.draft.text if e.draft else None for e in entries(project, page)]


@pytest.mark.parametrize("turns", [(90, 270), (270, 90), (90, 90, 180), (180, 180)])
@pytest.mark.parametrize("noted", [True, False], ids=["noted", "from before places were noted"])
def test_drafts_are_there_again_when_a_page_is_turned_back(project, page, turns, noted):
    if not noted:
        with project.writing() as session:
            session.execute(update(DraftRow).values(read_shape=None))
    before = entries(project, page)
    lost = [rotate_page(project, page.id, degrees).set_aside for degrees in turns[:-1]]
    assert lost == [2] + [0] * (len(lost) - 1)
    assert drafts(project, page) == [None, None]
    assert rotate_page(project, page.id, turns[-1]).set_aside == 0
    assert entries(project, page) == before


def test_no_evaluation_counts_a_line_that_shows_another_picture_now(project, page):
    first, second = (entry.line.id for entry in entries(project, page))
    scores = [LineScore(line_id, "true", "read", 4, 4) for line_id in (first, second)]
    stored = save_evaluation(project, NewEvaluation(DEFAULT_BASE, Split.TEST, 8, 1.0, 0, 1, 0, 1.0, scores))
    reshape_line(project, first, box(100, 100, 900, 140))  # as it is
    assert [score.line_id for score in line_scores(project, stored.id)] == [first, second]
    reshape_line(project, first, box(100, 60, 900, 140))
    assert [score.line_id for score in line_scores(project, stored.id)] == [second]
    rotate_page(project, page.id, 180)
    assert line_scores(project, stored.id) == []


def test_a_draft_read_from_the_turned_page_goes_when_the_page_is_turned_back(project, page):
    rotate_page(project, page.id, 180)
    draft_all(project, page)
    assert rotate_page(project, page.id, 180).set_aside == 2


def test_undo_and_redo_say_how_many_drafts_they_set_aside(project, page):
    first, _ = (entry.line.id for entry in entries(project, page))
    reshape_line(project, first, box(100, 500, 900, 540))
    assert undo(project).set_aside == 0
    assert redo(project).set_aside == 1
    draft_all(project, page)
    assert undo(project).set_aside == 1, "the same model has read the line anew elsewhere"


def test_redoing_a_join_says_which_drafts_went_as_the_join_did(project, page):
    change = merge_lines(project, [entry.line.id for entry in entries(project, page)])
    assert undo(project).set_aside == 0
    assert drafts(project, page) != [None, None]
    assert redo(project).set_aside == change.set_aside == 2
    draft_all(project, page)
    assert undo(project).set_aside == 0, "the parts have their own drafts"
    assert redo(project).set_aside == 0


def test_undoing_a_split_of_a_line_without_draft_tells_of_the_drafts_of_its_parts(project, page):
    first, _ = (entry.line.id for entry in entries(project, page))
    with project.writing() as session:
        session.execute(update(DraftRow).where(DraftRow.line_id == first).values(read_shape=None))
    reshape_line(project, first, box(100, 500, 900, 540))
    split_line(project, first, 0.5)
    draft_all(project, page)
    assert undo(project).set_aside == 2


def test_lines_that_only_come_or_go_lose_no_draft(project, page):
    first, _ = (entry.line.id for entry in entries(project, page))
    delete_lines(project, [first])
    assert undo(project).set_aside == 0
    assert redo(project).set_aside == 0
