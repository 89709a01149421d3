import pytest

from core.errors import KnownError
from core.storage.comments import (
    add_comment,
    delete_comment,
    line_comments,
    open_comment_counts,
    open_comments,
    reopen_comment,
    resolve_comment,
)
from core.storage.layout_edits import delete_lines
from core.storage.lines import list_entries


@pytest.fixture
def lines(project, add_page):
    return [e.line.id for name in ("p1.png", "p2.png") for e in list_entries(project, add_page(name).id)]


def test_a_remark_is_written_settled_taken_up_again_and_deleted(project, lines):
    comment = add_comment(project, lines[0], "  is this a ſ? ")
    assert (comment.text, comment.author, comment.resolved) == ("is this a ſ?", project.author, False)
    assert resolve_comment(project, comment.id).resolved
    assert open_comments(project) == []
    assert line_comments(project, lines[0])[0].resolved
    assert not reopen_comment(project, comment.id).resolved
    assert delete_comment(project, comment.id).text == "is this a ſ?"
    assert line_comments(project, lines[0]) == []
    with pytest.raises(KnownError, match="no comment"):
        resolve_comment(project, comment.id)


def test_open_remarks_are_listed_in_reading_order(project, lines):
    for line in (lines[4], lines[1], lines[1]):
        add_comment(project, line, f"on {line}")
    assert [(c.line_id, c.page_number, c.order) for c in open_comments(project)] == [
        (lines[1], 1, 1),
        (lines[1], 1, 1),
        (lines[4], 2, 1),
    ]
    assert open_comment_counts(project) == {lines[1]: 2, lines[4]: 1}
    delete_lines(project, [lines[1]])
    assert [c.line_id for c in open_comments(project)] == [lines[4]]


def test_an_empty_remark_or_one_on_no_line_is_a_known_error(project, lines):
    with pytest.raises(KnownError, match="empty"):
        add_comment(project, lines[0], "  ")
    with pytest.raises(KnownError, match="no line 99"):
        add_comment(project, 99, "x")
