"""Comments that a second reader wrote, settled or deleted come home."""

import pytest

from core.storage.comments import (
    add_comment,
    delete_comment,
    line_comments,
    reopen_comment,
    resolve_comment,
)
from core.storage.journal import redo, undo
from core.storage.layout_edits import (
    draw_line,
)
from core.storage.pages import delete_pages, list_pages
from core.workflow.merging import merge
from core.workflow.receiving import receive
from core.workflow.second_reader import hand_out
from tests.core.storage.conftest import box
from tests.core.workflow.second_reading import (
    line_ids,
    lines_of,
    places,
    remarks,
    words,
)
from tests.core.workflow.test_queueing import add_page, read


def test_they_go_along_with_author_time_and_whether_they_are_settled(home, tmp_path):
    line = line_ids(home)[0]
    add_comment(home, line, "an open one")
    resolve_comment(home, add_comment(home, line, "a settled one").id)
    hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
    with receive(tmp_path / "out.lwp", tmp_path / "theirs") as theirs:
        ours, gone_along = line_comments(home, line), line_comments(theirs, line_ids(theirs)[0])
    assert [(c.key, c.resolved) for c in gone_along] == [(c.key, c.resolved) for c in ours]


def test_new_ones_come_home_once(home, lin, come_back):
    lin.author = "Lin"
    add_comment(lin, line_ids(lin)[1], "a long s?")
    report = come_back()
    assert (report.comments.added, report.comments.settled) == (1, 0)
    assert report.change.comments
    assert line_ids(home)[1] in report.change.lines
    assert words(report).endswith("1 new comment.")
    assert remarks(home, line_ids(home)[1]) == [("Lin", "a long s?", False)]
    again = come_back()
    assert (again.comments.added, again.change.comments) == (0, False)
    assert remarks(home, line_ids(home)[1]) == [("Lin", "a long s?", False)]


def test_one_on_a_line_that_was_drawn_there_comes_with_the_line(home, lin, come_back):
    drawn = draw_line(lin, list_pages(lin)[0].id, box(100, 600, 900, 640)).focus_line
    add_comment(lin, drawn, "nobody had seen this line")
    come_back()
    assert [text for _, text, _ in remarks(home, line_ids(home)[3])] == ["nobody had seen this line"]


def test_one_that_was_deleted_here_stays_so_wherever_it_was_written(home, lin, come_back):
    line = line_ids(home)[1]
    add_comment(lin, line_ids(lin)[1], "theirs")
    come_back()
    delete_comment(home, line_comments(home, line)[0].id)
    assert come_back().comments.added == 0
    assert remarks(home, line) == []


@pytest.mark.parametrize("deleted_by", ["home", "lin"])
def test_one_that_was_handed_out_and_deleted_on_either_side_is_not_written_anew(home, tmp_path, deleted_by):
    line = line_ids(home)[1]
    ours = add_comment(home, line, "ours")
    hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
    with receive(tmp_path / "out.lwp", tmp_path / "theirs") as theirs:
        if deleted_by == "home":
            delete_comment(home, ours.id)
        else:
            delete_comment(theirs, line_comments(theirs, line_ids(theirs)[1])[0].id)
        add_comment(theirs, line_ids(theirs)[1], "theirs")
        hand_out(theirs, tmp_path / "back.lwp", list_pages(theirs))
    assert merge(home, tmp_path / "back.lwp").comments.added == 1
    assert [text for _, text, _ in remarks(home, line)] == ["theirs"]


def test_one_that_was_deleted_there_goes_here_too_and_undo_brings_it_back(home, tmp_path):
    line = line_ids(home)[1]
    home.author = "Ann"
    resolve_comment(home, add_comment(home, line, "ours").id)
    hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
    before = lines_of(home)
    with receive(tmp_path / "out.lwp", tmp_path / "theirs") as theirs:
        delete_comment(theirs, line_comments(theirs, line_ids(theirs)[1])[0].id)
        hand_out(theirs, tmp_path / "back.lwp", list_pages(theirs))
    report = merge(home, tmp_path / "back.lwp")
    assert (report.comments.deleted, report.to_json()["comments_deleted"]) == (1, 1)
    assert report.change.comments
    assert "1 comment that was deleted there is deleted here, too; undo brings it back." in words(report)
    assert remarks(home, line) == []
    assert undo(home).comments
    assert lines_of(home) == before
    redo(home)
    assert remarks(home, line) == []
    assert merge(home, tmp_path / "back.lwp").comments.deleted == 0


def test_one_that_was_deleted_there_and_settled_here_stays_and_is_named(home, tmp_path):
    line = line_ids(home)[1]
    ours = add_comment(home, line, "ours")
    hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
    with receive(tmp_path / "out.lwp", tmp_path / "theirs") as theirs:
        delete_comment(theirs, line_comments(theirs, line_ids(theirs)[1])[0].id)
        hand_out(theirs, tmp_path / "back.lwp", list_pages(theirs))
    resolve_comment(home, ours.id)
    report = merge(home, tmp_path / "back.lwp")
    assert (report.comments.deleted, places(report.comments.deletions_kept)) == (0, [(1, 2, "")])
    assert "1 comment that was deleted there was settled or opened here, and stays: page 1, line 2." in (
        words(report)
    )
    assert len(remarks(home, line)) == 1


@pytest.mark.parametrize("settled", [False, True])
def test_one_that_was_written_and_sent_there_before_it_was_deleted_goes_here_too(
    home, lin, come_back, settled
):
    theirs = add_comment(lin, line_ids(lin)[1], "theirs")
    if settled:
        resolve_comment(lin, theirs.id)
    come_back()
    assert len(remarks(home, line_ids(home)[1])) == 1
    delete_comment(lin, theirs.id)
    assert come_back().comments.deleted == 1
    assert remarks(home, line_ids(home)[1]) == []
    assert come_back().comments.added == 0


def test_one_that_a_reader_deleted_before_passing_pages_on_is_not_seen_there_and_goes_here(home, tmp_path):
    add_comment(home, line_ids(home)[1], "ours")
    hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
    with receive(tmp_path / "out.lwp", tmp_path / "lin") as lin:
        delete_comment(lin, line_comments(lin, line_ids(lin)[1])[0].id)
        hand_out(lin, tmp_path / "on.lwp", list_pages(lin), "Max")
    with receive(tmp_path / "on.lwp", tmp_path / "max") as other:
        assert remarks(other, line_ids(other)[1]) == []
        hand_out(other, tmp_path / "back.lwp", list_pages(other))
    assert merge(home, tmp_path / "back.lwp").comments.deleted == 1


@pytest.mark.parametrize(
    ("handed", "there", "here", "settled"),
    [
        (False, True, False, True),
        (True, False, True, True),  # opened again there: nothing is opened here
        (True, True, False, False),  # opened again here, untouched there
    ],
)
def test_settling_comes_home_opening_again_does_not(home, tmp_path, handed, there, here, settled):
    def put(project, comment, wanted):
        if comment.resolved != wanted:
            (resolve_comment if wanted else reopen_comment)(project, comment.id)

    line = line_ids(home)[1]
    ours = add_comment(home, line, "a long s?")
    put(home, ours, handed)
    hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
    with receive(tmp_path / "out.lwp", tmp_path / "theirs") as theirs:
        put(theirs, line_comments(theirs, line_ids(theirs)[1])[0], there)
        hand_out(theirs, tmp_path / "back.lwp", list_pages(theirs))
    put(home, line_comments(home, line)[0], here)
    report = merge(home, tmp_path / "back.lwp")
    assert line_comments(home, line)[0].resolved is settled
    assert report.comments.settled == (settled and not here)
    assert ("1 comment settled." in words(report)) == (settled and not here)


def test_undoing_the_deletion_of_a_comment_spares_other_lines_when_its_page_is_gone(home, tmp_path):
    add_comment(home, line_ids(home)[4], "ours")
    hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
    with receive(tmp_path / "out.lwp", tmp_path / "theirs") as theirs:
        delete_comment(theirs, line_comments(theirs, line_ids(theirs)[4])[0].id)
        hand_out(theirs, tmp_path / "back.lwp", list_pages(theirs))
    merge(home, tmp_path / "back.lwp")
    delete_pages(home, [list_pages(home)[1].id])
    (home.scans / "p3.png").write_bytes(b"p3.png")
    add_page(home, "p3.png", [read("another page"), read("in its place")])
    assert undo(home) is not None, "what was done before"
    assert all(remarks(home, line) == [] for line in line_ids(home))
