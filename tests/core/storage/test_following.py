"""A project that is open twice: what the writer does is noticed by whoever reads."""

from collections.abc import Iterator

import pytest

from core.document import Split, TranscriptionState
from core.storage.changes import Change
from core.storage.comments import add_comment
from core.storage.drafts import save_drafts
from core.storage.following import Following
from core.storage.journal import undo
from core.storage.layout_edits import delete_lines
from core.storage.lines import list_entries
from core.storage.pages import set_split
from core.storage.project import Project, open_project
from core.storage.transcriptions import save
from tests.core.storage.conftest import reading


@pytest.fixture
def lines(project, add_page) -> list[int]:
    pages = [add_page("p1.png"), add_page("p2.png")]
    return [entry.line.id for page in pages for entry in list_entries(project, page.id)]


@pytest.fixture
def following(project: Project, lines: list[int]) -> Iterator[Following]:
    with open_project(project.folder) as again:
        assert again.read_only
        following = Following(again)
        yield following
        following.close()


def test_nothing_is_told_while_nobody_writes(following):
    assert following.news() == Change()


def test_texts_and_drafts_are_told_once_with_their_pages(project, lines, following):
    save(project, lines[4], "new", state=TranscriptionState.CORRECTED, base_revision=0)
    save_drafts(project, "ppocr-v6-small", {lines[0]: reading("machine")})
    told = following.news()
    assert (told.lines, told.pages) == (frozenset({lines[0], lines[4]}), frozenset({1, 2}))
    assert following.news() == Change()


def test_an_undone_text_is_told(project, lines, following):
    save(project, lines[0], "new", state=TranscriptionState.CORRECTED, base_revision=0)
    following.news()
    undo(project)
    assert following.news().lines == {lines[0]}


def test_lines_that_went_and_came_back_are_told(project, lines, following):
    delete_lines(project, [lines[5]])
    assert following.news().pages == {2}
    undo(project)
    assert following.news().pages == {2}


def test_new_pages_other_splits_and_comments_are_told(project, lines, following, add_page):
    added = add_page("p3.png")
    assert following.news().pages == {added.id}
    set_split(project, [1], Split.TEST)
    assert following.news().pages == {1}
    add_comment(project, lines[0], "a long s?")
    assert following.news().comments
