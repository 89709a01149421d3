import pytest

from core.document import Split, TranscriptionState
from core.jobs import Cancelled, CancelToken
from core.storage.pages import set_split
from core.storage.project import create_project
from core.storage.transcriptions import save
from core.workflow.next_pages import OF_A_GROUP, next_pages
from tests.core.workflow.test_queueing import add_page, read


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "pages") as made:
        yield made


def doubtful(text):
    return read(text, *[0.5] * len(text))


def names(project, **settings):
    return [page.name for page in next_pages(project, **settings)]


def test_a_page_with_more_doubt_comes_first(project):
    add_page(project, "sure", [read("abcd")])
    add_page(project, "doubtful", [doubtful("abcd"), doubtful("efgh")])
    found = next_pages(project)
    assert [page.name for page in found] == ["doubtful", "sure"]
    assert (found[0].lines, found[0].number) == (2, 2)
    assert found[0].gain > found[1].gain > 0


def test_a_page_like_the_one_before_gives_way_to_another_kind(project):
    add_page(project, "first", [doubtful("abcdefgh")])
    add_page(project, "alike", [doubtful("abcdefg")])
    add_page(project, "other", [doubtful("uvwxy")])
    assert names(project) == ["first", "other", "alike"]


def test_what_is_corrected_already_teaches_less(project):
    _, [done] = add_page(project, "done", [doubtful("abab")])
    save(project, done, "abab" * 20, state=TranscriptionState.CORRECTED, base_revision=0)
    add_page(project, "known", [doubtful("abab")])
    add_page(project, "fresh", [doubtful("xyxy")])
    assert names(project) == ["fresh", "known"]


def test_pages_to_validate_and_test_on_are_left_out(project):
    for split in Split:
        page, _ = add_page(project, str(split), [doubtful("abcd")])
        set_split(project, [page.id], split)
    assert names(project) == ["train"]


def test_no_book_takes_all_places_as_long_as_there_is_another(project):
    for number in range(4):
        page, _ = add_page(project, f"big{number}", [doubtful("abcdefgh"), doubtful("ijklmnop")])
        with project.writing() as session:
            session.connection().exec_driver_sql(
                "UPDATE pages SET \"group\" = 'big' WHERE id = ?", (page.id,)
            )
    add_page(project, "small", [doubtful("a")])
    found = names(project)
    assert found.index("small") == OF_A_GROUP
    assert len(found) == 5


def test_as_many_as_asked_for_and_none_without_drafts(project):
    assert names(project) == []
    for number in range(3):
        add_page(project, f"p{number}", [doubtful("ab")])
    assert len(names(project, count=2)) == 2


def test_of_a_large_project_the_pages_with_the_most_doubt_are_looked_at(project, monkeypatch):
    monkeypatch.setattr("core.workflow.next_pages.LOOKED_AT", 2)
    add_page(project, "sure", [read("abcd")])
    add_page(project, "doubtful", [doubtful("abcd")])
    add_page(project, "long", [doubtful("abcd"), doubtful("efgh")])
    assert sorted(names(project)) == ["doubtful", "long"]


def test_looking_can_be_stopped(project):
    add_page(project, "p", [doubtful("ab")])
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        next_pages(project, cancel=cancel)
