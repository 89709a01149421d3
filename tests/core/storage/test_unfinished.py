from core.storage.lines import list_entries
from core.storage.pages import delete_pages
from core.storage.unfinished import note_unfinished, unfinished_texts


def test_what_was_begun_is_kept_by_kind_until_it_is_finished(project):
    note_unfinished(project, "line.comment", {1: "is this", 2: "a ſ"})
    note_unfinished(project, "suspects", {1: ""})
    assert unfinished_texts(project, "line.comment") == {1: "is this", 2: "a ſ"}
    note_unfinished(project, "line.comment", {1: None, 2: "a ſ?", 3: None})
    assert unfinished_texts(project, "line.comment") == {2: "a ſ?"}
    assert unfinished_texts(project, "suspects") == {1: ""}
    assert unfinished_texts(project, "second") == {}


def test_a_line_that_gets_the_id_of_a_deleted_one_gets_nothing_that_was_begun_for_that(project, add_page):
    first, second = add_page("p1.png"), add_page("p2.png")
    [kept, *_], [gone, *_] = (list_entries(project, page.id) for page in (first, second))
    note_unfinished(project, "line.comment", {kept.line.id: "stays", gone.line.id: "goes"})
    note_unfinished(project, "rule", {gone.line.id: "is about no line"})
    delete_pages(project, [second.id])
    again = list_entries(project, add_page("p3.png").id)
    assert gone.line.id in [entry.line.id for entry in again]
    assert unfinished_texts(project, "line.comment") == {kept.line.id: "stays"}
    assert unfinished_texts(project, "rule") == {gone.line.id: "is about no line"}
