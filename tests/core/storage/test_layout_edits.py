import pytest
from sqlalchemy import update

from core.document import DEFAULT_BASE, Direction, LineOrigin, LineShape, TranscriptionState
from core.errors import KnownError
from core.geometry import same_picture
from core.storage.drafts import draft_posteriors, save_drafts
from core.storage.journal import redo, undo
from core.storage.layout_edits import (
    delete_lines,
    draw_line,
    merge_lines,
    move_line,
    replace_found_lines,
    reshape_line,
    split_line,
    tag_lines,
)
from core.storage.lines import get_entry, list_entries, list_tags
from core.storage.models import NewModel, add_model, delete_model
from core.storage.pages import delete_pages, get_page, page_progress, rotate_page
from core.storage.schema import DraftRow
from core.storage.transcriptions import import_texts, save
from tests.core.storage.conftest import box, reading

CORRECTED = TranscriptionState.CORRECTED


@pytest.fixture
def page(project, add_page):
    made = add_page(lines=0)
    replace_found_lines(project, made.id, [box(100, 100 + 50 * n, 900, 140 + 50 * n) for n in range(3)])
    return made


def state(project, page):
    return [(e.line.id, e.line.order, e.line.shape, e.text) for e in list_entries(project, page.id)]


def ids(project, page):
    return [entry.line.id for entry in list_entries(project, page.id)]


def test_undo_takes_no_line_away_that_has_human_text_from_elsewhere(project, page):
    first, second, _ = ids(project, page)
    brought = {first: "from a file", second: "as well"}
    import_texts(project, brought, state=CORRECTED, author="import")
    with pytest.raises(KnownError, match="2 lines with human text off page 1"):
        undo(project)
    assert get_entry(project, first).text == "from a file"


def test_undo_says_which_page_it_was_even_if_no_line_is_left_there(project, page, add_page):
    add_page("p2.png")
    assert undo(project).focus_page == page.id
    assert ids(project, page) == []
    assert redo(project).focus_line in ids(project, page)


@pytest.mark.parametrize(
    "act",
    [
        lambda project, page, lines: draw_line(project, page.id, box(100, 300, 900, 340)),
        lambda project, page, lines: draw_line(project, page.id, box(100, 75, 900, 95), 0),
        lambda project, page, lines: reshape_line(project, lines[1], box(0, 0, 50, 20)),
        lambda project, page, lines: delete_lines(project, [lines[0]]),
        lambda project, page, lines: merge_lines(project, lines[:2]),
        lambda project, page, lines: split_line(project, lines[0], 0.5),
        lambda project, page, lines: move_line(project, lines[2], 0),
        lambda project, page, lines: replace_found_lines(project, page.id, [box(100, 500, 900, 540)]),
    ],
)
def test_every_layout_act_can_be_undone_and_redone_exactly(project, page, act):
    lines = ids(project, page)
    save(project, lines[0], "premier", state=CORRECTED, base_revision=0)
    before = state(project, page)
    assert act(project, page, lines).pages == {page.id}
    after = state(project, page)
    assert after != before
    assert [order for _, order, _, _ in after] == list(range(len(after)))
    undo(project)
    assert state(project, page) == before
    redo(project)
    assert state(project, page) == after


OUTLINE = (100, 100, 900, 140)


@pytest.mark.parametrize(
    ("outline", "keeps"),
    [
        ((100, 101, 900, 141), True),
        ((98, 100, 903, 140), True),
        ((100, 100, 900, 143), False),
        ((100, 100, 880, 140), False),  # 97 % of the area, but a character less
        ((100, 150, 900, 190), False),
    ],
)
def test_a_draft_stays_with_a_nudged_line_and_goes_with_one_that_shows_something_else(
    project, page, outline, keeps
):
    [line, *_] = ids(project, page)
    save_drafts(project, DEFAULT_BASE, {line: reading("tant de bons")}, {line: b"frames"})
    save(project, line, "tant", state=TranscriptionState.OPEN, base_revision=0)
    reshape_line(project, line, box(*outline))
    entry = get_entry(project, line)
    assert (entry.draft is not None) is keeps
    if entry.draft:
        assert draft_posteriors(project, [entry.draft.id]) == {entry.draft.id: b"frames"}
    assert entry.transcription.text == "tant"
    undo(project)
    assert get_entry(project, line).draft.text == "tant de bons"


def test_many_nudges_are_no_small_step(project, page):
    [line, *_] = ids(project, page)
    save_drafts(project, DEFAULT_BASE, {line: reading("tant de bons")})
    kept = []
    for down in range(1, 6):
        reshape_line(project, line, box(100, 100 + down, 900, 140 + down))
        kept.append(get_entry(project, line).draft is not None)
    assert kept == [True, False, False, False, False]
    save_drafts(project, DEFAULT_BASE, {line: reading("tant de maux")})
    reshape_line(project, line, box(100, 106, 900, 146))
    assert get_entry(project, line).draft is not None, "a new draft was read from the outline of its time"


@pytest.fixture
def tuned(project):
    (project.models / "tuned.safetensors").write_bytes(b"weights")
    made = NewModel("tuned", DEFAULT_BASE, DEFAULT_BASE, "models/tuned.safetensors", "f" * 64, 9, {}, {}, {})
    return add_model(project, made).name


def drafts(project, page):
    """Texts of the current drafts by line, each of which must have been read from that line."""
    entries = list_entries(project, page.id)
    assert all(e.draft is None or e.draft.line_id == e.line.id for e in entries)
    return {e.line.id: e.draft.text if e.draft else None for e in entries}


def draft_all(project, page, model=DEFAULT_BASE, words="line"):
    save_drafts(project, model, {line: reading(f"{words} {line}") for line in reversed(ids(project, page))})


def test_undoing_an_act_leaves_drafts_that_were_made_after_it(project, page):
    draw_line(project, page.id, box(100, 75, 900, 95), 0)
    draft_all(project, page)
    before = drafts(project, page)
    undo(project)
    assert list(drafts(project, page).values()) == ["line 1", "line 2", "line 3"]
    redo(project)
    assert drafts(project, page) == before


def test_an_act_can_be_undone_after_its_drafts_went_with_their_model_and_ids_came_again(project, page, tuned):
    lines = ids(project, page)
    draft_all(project, page, tuned)
    move_line(project, lines[0], 2)
    delete_model(project, tuned)
    undo(project)
    assert drafts(project, page) == dict.fromkeys(lines)
    redo(project)
    draft_all(project, page)
    undo(project)
    assert drafts(project, page) == {line: f"line {line}" for line in lines}


def test_undoing_a_reshape_shows_the_draft_of_the_outline_that_comes_back(project, page, tuned):
    [line, *_] = ids(project, page)
    save_drafts(project, DEFAULT_BASE, {line: reading("above")})
    reshape_line(project, line, box(100, 500, 900, 540))
    save_drafts(project, tuned, {line: reading("below")})
    undo(project)
    assert drafts(project, page)[line] == "above"
    redo(project)
    assert drafts(project, page)[line] == "below"


def test_a_draft_read_anew_elsewhere_does_not_come_along_when_its_line_goes_back(project, page):
    [line, *_] = ids(project, page)
    save_drafts(project, DEFAULT_BASE, {line: reading("above")})
    reshape_line(project, line, box(100, 500, 900, 540))
    save_drafts(project, DEFAULT_BASE, {line: reading("below")})
    undo(project)
    assert drafts(project, page)[line] is None


def test_a_draft_from_before_places_were_noted_comes_back_with_its_outline(project, page):
    [line, *_] = ids(project, page)
    save_drafts(project, DEFAULT_BASE, {line: reading("above")})
    with project.writing() as session:
        session.execute(update(DraftRow).values(read_shape=None))
    reshape_line(project, line, box(100, 500, 900, 540))
    assert drafts(project, page)[line] is None
    undo(project)
    assert drafts(project, page)[line] == "above"


def test_lines_found_on_a_page_that_was_turned_meanwhile_are_not_stored(project, page):
    seen = get_page(project, page.id)
    rotate_page(project, page.id, 90)
    before = state(project, page)
    assert replace_found_lines(project, page.id, [box(10, 10, 990, 60)], seen=seen) is None
    assert state(project, page) == before
    seen = get_page(project, page.id)
    assert replace_found_lines(project, page.id, [box(10, 10, 790, 60)], seen=seen) is not None


def test_lines_found_on_a_page_that_was_taken_out_go_on_no_other(project, page, add_page):
    seen = get_page(project, page.id)
    delete_pages(project, [page.id])
    other = add_page("other.png")
    assert other.id == page.id, "its id came again"
    assert replace_found_lines(project, page.id, [box(10, 10, 990, 60)], seen=seen) is None
    assert len(ids(project, other)) == 3


def test_another_baseline_is_another_picture():
    straight = LineShape(box(*OUTLINE).polygon, baseline=((100, 130), (900, 130)))
    assert same_picture(straight, LineShape(box(*OUTLINE).polygon, baseline=((100, 131), (900, 130))))
    assert not same_picture(straight, LineShape(box(*OUTLINE).polygon, baseline=((100, 130), (900, 105))))
    assert not same_picture(straight, box(*OUTLINE))


def test_drawn_line_takes_its_natural_place(project, page):
    draw_line(project, page.id, box(100, 141, 900, 149))
    assert [e.line.origin for e in list_entries(project, page.id)].index(LineOrigin.DRAWN) == 1


def test_merged_line_joins_the_human_texts(project, page):
    lines = ids(project, page)
    save(project, lines[0], "tant de", state=CORRECTED, base_revision=0)
    save(project, lines[1], "bons", state=CORRECTED, base_revision=0)
    change = merge_lines(project, [lines[1], lines[0]])
    first = list_entries(project, page.id)[0]
    assert (first.line.id, first.text, first.state) == (change.focus_line, "tant de bons", CORRECTED)


def test_split_line_divides_the_human_text(project, page):
    lines = ids(project, page)
    save(project, lines[0], "tant de bons", state=CORRECTED, base_revision=0)
    split_line(project, lines[0], 0.6, text_split=7)
    texts = [(e.text, e.state) for e in list_entries(project, page.id)[:2]]
    assert texts == [("tant de", TranscriptionState.OPEN), ("bons", TranscriptionState.OPEN)]


def test_lines_of_two_pages_cannot_be_merged(project, page, add_page):
    other = add_page("p2.png")
    with pytest.raises(KnownError, match="one page"):
        merge_lines(project, [ids(project, page)[0], ids(project, other)[0]])


def test_finding_lines_again_keeps_lines_with_human_text_and_drawn_ones(project, page):
    lines = ids(project, page)
    save(project, lines[1], "kept", state=CORRECTED, base_revision=0)
    draw_line(project, page.id, box(100, 600, 900, 640))
    found = [box(102, 98, 905, 141), box(98, 151, 899, 189), box(100, 605, 900, 642)]
    replace_found_lines(project, page.id, found)
    entries = list_entries(project, page.id)
    assert [e.text for e in entries] == ["", "kept", ""]
    assert entries[1].line.id == lines[1]
    assert entries[2].line.origin is LineOrigin.DRAWN


def test_turning_a_page_turns_its_lines(project, page):
    first = list_entries(project, page.id)[0].line.shape
    for degrees in (90, 180, 90):
        rotate_page(project, page.id, degrees)
    turned = get_page(project, page.id)
    assert (turned.rotation, turned.width, turned.height) == (0, 1000, 800)
    assert list_entries(project, page.id)[0].line.shape.box == pytest.approx(first.box)


def test_progress_counts_lines_by_state(project, page):
    lines = ids(project, page)
    save(project, lines[0], "a", state=CORRECTED, base_revision=0)
    save(project, lines[1], "", state=TranscriptionState.UNREADABLE, base_revision=0)
    progress = page_progress(project)[page.id]
    assert (progress.lines, progress.corrected, progress.unreadable, progress.done) == (3, 1, 1, 2)


def test_turning_a_page_turns_its_baselines(project, page):
    [line, *_] = ids(project, page)
    drawn = LineShape(box(100, 100, 900, 140).polygon, Direction.LTR, ((100.0, 130.0), (900.0, 132.0)))
    reshape_line(project, line, drawn)
    rotate_page(project, page.id, 90)
    turned = list_entries(project, page.id)[0].line.shape
    assert turned.baseline == ((page.height - 130.0, 100.0), (page.height - 132.0, 900.0))


def test_what_was_done_before_a_page_was_turned_can_still_be_undone(project, page, add_page):
    other = add_page("p2.png")
    lines = ids(project, page)
    save(project, lines[1], "kept", state=CORRECTED, base_revision=0)
    reshape_line(project, lines[0], box(100, 100, 800, 140))
    delete_lines(project, [lines[1]])
    move_line(project, ids(project, other)[0], 2)
    elsewhere = state(project, other)
    rotate_page(project, page.id, 90)
    undo(project)
    assert state(project, other) != elsewhere
    undo(project)
    undo(project)
    first, second, _ = list_entries(project, page.id)
    assert second.text == "kept"
    assert [each.line.shape.box for each in (first, second)] == [(660, 100, 700, 900), (610, 100, 650, 900)]
    redo(project)
    assert list_entries(project, page.id)[0].line.shape.box == (660, 100, 700, 800)


def test_a_tag_is_one_undo_step_and_leaves_the_text_alone(project, page):
    first, second, *_ = ids(project, page)
    save(project, first, "De la ville", state=CORRECTED, base_revision=0)
    tag_lines(project, [first, second], "  heading ")
    assert [get_entry(project, line).line.tag for line in (first, second)] == ["heading", "heading"]
    assert get_entry(project, first).text == "De la ville"
    tag_lines(project, [second], "date")
    tag_lines(project, [ids(project, page)[2]], "date")
    assert list_tags(project) == ["date", "heading"]
    undo(project)
    undo(project)
    assert get_entry(project, second).line.tag == "heading"
    undo(project)
    assert list_tags(project) == []
    redo(project)
    assert list_tags(project) == ["heading"]


@pytest.mark.parametrize("tag", ["a;b", "{a}", "x" * 61])
def test_a_tag_that_no_file_could_hold_is_refused(project, page, tag):
    with pytest.raises(KnownError, match="tag"):
        tag_lines(project, ids(project, page)[:1], tag)


def test_pages_that_are_deleted_take_no_undo_steps_of_others_with_them(project, page, add_page):
    before = state(project, page)
    delete_lines(project, [before[1][0]])
    delete_pages(project, [add_page("blank.png").id])
    undo(project)
    assert state(project, page) == before


def test_undo_counts_the_lines_of_the_act_and_not_those_that_moved_up_for_it(project, page):
    first, second, third = ids(project, page)
    delete_lines(project, [first])
    assert undo(project).touched == 1
    merge_lines(project, [first, second])
    assert undo(project).touched == 3, "two that were joined and what became of them"
    move_line(project, third, 0)
    assert undo(project).touched == 3
