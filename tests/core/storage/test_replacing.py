import pytest
from sqlalchemy import text as sql

from core.document import TranscriptionState
from core.errors import BadRule, StaleEdit
from core.storage import replacing
from core.storage.drafts import save_drafts
from core.storage.journal import redo, undo
from core.storage.lines import get_entry, list_entries
from core.storage.replacing import find_all, preview, replace_all
from core.storage.text_search import Search
from core.storage.transcriptions import history, mark_reviewed, reopen, save
from tests.core.storage.conftest import reading

CORRECTED, OPEN, REVIEWED = (TranscriptionState(name) for name in ("corrected", "open", "reviewed"))
UNREADABLE = TranscriptionState.UNREADABLE
MODEL = "ppocr-v6-small"


@pytest.fixture
def lines(project, add_page):
    """Six lines on two pages: the first page's written, the second's only drafted."""
    pages = [add_page("p1.png"), add_page("p2.png")]
    ids = [entry.line.id for page in pages for entry in list_entries(project, page.id)]
    for number, line_id in enumerate(ids[:3]):
        save(project, line_id, f"le tems {number} Tems", state=CORRECTED, base_revision=0)
    save_drafts(project, MODEL, {i: reading(f"du tems {n}", 0.5 + n / 10) for n, i in enumerate(ids[3:])})
    return ids


def found(project, needle, **limits):
    return [each.line_id for each in find_all(project, Search(needle, **limits))]


def test_lines_are_found_in_reading_order_with_their_places(project, lines):
    with project.writing() as session:
        session.execute(sql("UPDATE pages SET number = 10 - number"))
    rows = list(find_all(project, Search("tems", "temps")))
    assert [row.line_id for row in rows] == [*lines[3:], *lines[:3]]
    first = rows[0]
    assert (first.before, first.after, first.spans, first.placed) == (
        "du tems 0",
        "du temps 0",
        ((3, 7),),
        ((3, 8),),
    )
    assert (first.is_draft, first.state, rows[-1].state) == (True, OPEN, CORRECTED)


def test_case_whole_words_and_regular_expressions(project, lines):
    [row] = [
        each for each in find_all(project, Search("tems", "X", match_case=False)) if each.line_id == lines[0]
    ]
    assert row.after == "le X 0 X"
    assert found(project, "tem", whole_words=True) == []
    assert found(project, "le", whole_words=True) == lines[:3]
    [row] = find_all(project, Search(r"(t)ems (2)", r"\2\1", regular=True, in_drafts=False))
    assert row.after == "le 2t Tems"


def test_a_long_s_is_no_s_even_if_case_does_not_matter(project, lines):
    save(project, lines[0], "eſprit Sage", state=CORRECTED, base_revision=1)
    [row] = [e for e in find_all(project, Search("s", "_", match_case=False)) if e.line_id == lines[0]]
    assert row.after == "eſprit _age"


@pytest.mark.parametrize("needle", ["%", "a_", 'a"b', "100%", "(x)", "[", "天", "天命之"])
def test_signs_are_only_signs_unless_asked_for(project, lines, needle):
    save(project, lines[1], f"vor {needle} nach", state=CORRECTED, base_revision=1)
    assert found(project, needle) == [lines[1]]


def test_texts_drafts_states_and_confidence_limit_the_search(project, lines):
    assert found(project, "tems", in_drafts=False) == lines[:3]
    assert found(project, "tems", in_texts=False) == lines[3:]
    assert found(project, "tems", in_texts=False, in_drafts=False) == []
    reopen(project, [lines[1]])
    assert found(project, "tems", states=frozenset({OPEN})) == [lines[1], *lines[3:]]
    assert found(project, "tems", states=frozenset({CORRECTED})) == [lines[0], lines[2]]
    assert found(project, "tems", below=0.65) == lines[3:5]


@pytest.mark.parametrize("few", [2000, 2])
@pytest.mark.parametrize("search", [Search("tems"), Search("em"), Search("t.m", regular=True)])
def test_a_preview_comes_in_bounded_pieces_that_miss_nothing(project, lines, search, few, monkeypatch):
    monkeypatch.setattr(replacing, "FEW", few)
    rest, ids = None, []
    while True:
        part = preview(project, search, after=rest, limit=2, scanned=2)
        assert len(part.rows) <= 2
        ids += [row.line_id for row in part.rows]
        rest = part.rest
        if rest is None:
            break
    assert ids == lines


@pytest.mark.parametrize("find", ["(", r"(a+)+", "(a|ab)*c"])
def test_a_bad_regular_expression_is_a_known_error(project, lines, find):
    with pytest.raises(BadRule):
        preview(project, Search(find, regular=True))
    with pytest.raises(BadRule):
        preview(project, Search("a", r"\1", regular=True))


def test_replacing_is_one_undo_step(project, lines):
    report = replace_all(project, list(find_all(project, Search("tems", "temps"))))
    assert (report.lines, report.left_out) == (tuple(lines), ())
    written, drafted = get_entry(project, lines[0]), get_entry(project, lines[3])
    assert (written.text, written.state) == ("le temps 0 Tems", CORRECTED)
    assert (drafted.text, drafted.transcription.state, drafted.draft.text) == (
        "du temps 0",
        OPEN,
        "du tems 0",
    )
    assert found(project, "temps") == lines
    assert len(report.change.pages) == 2
    with project.reading() as session:
        causes = session.execute(sql("SELECT cause FROM transcription_history ORDER BY id DESC LIMIT 6"))
        assert {cause for (cause,) in causes} == {"replace"}
    undo(project)
    assert found(project, "tems", in_texts=False) == lines[3:]
    assert get_entry(project, lines[0]).text == "le tems 0 Tems"
    redo(project)
    assert found(project, "temps") == lines
    assert [t.text for t in history(project, lines[3])] == ["du temps 0", "", "du temps 0"]


def test_a_line_confirmed_meanwhile_with_other_text_is_left_out(project, lines):
    rows = list(find_all(project, Search("tems", "temps")))
    save(project, lines[3], "du tout", state=CORRECTED, base_revision=0)
    save(project, lines[4], "du tems 1", state=CORRECTED, base_revision=0)
    report = replace_all(project, rows)
    assert report.left_out == (lines[3],)
    assert get_entry(project, lines[3]).text == "du tout"
    assert (get_entry(project, lines[4]).text, get_entry(project, lines[4]).state) == (
        "du temps 1",
        CORRECTED,
    )


def test_undo_of_many_lines_refuses_as_a_whole_when_one_was_changed(project, lines):
    replace_all(project, list(find_all(project, Search("tems", "temps"))))
    with project.writing() as session:
        session.execute(sql("UPDATE transcriptions SET text = 'other' WHERE line_id = :id"), {"id": lines[2]})
    with pytest.raises(StaleEdit):
        undo(project)
    assert get_entry(project, lines[0]).text == "le temps 0 Tems"


def test_states_can_be_taken_back(project, lines):
    save(project, lines[2], "?", state=UNREADABLE, base_revision=1)
    assert mark_reviewed(project, lines).lines == frozenset(lines[:2])
    assert [get_entry(project, line).state for line in lines[:3]] == [REVIEWED, REVIEWED, UNREADABLE]
    change = reopen(project, lines)
    assert change.lines == frozenset(lines[:3])
    assert [get_entry(project, line).state for line in lines[:3]] == [OPEN] * 3
    assert get_entry(project, lines[0]).text == "le tems 0 Tems"
    undo(project)
    assert [get_entry(project, line).state for line in lines[:3]] == [REVIEWED, REVIEWED, UNREADABLE]
    undo(project)
    assert get_entry(project, lines[0]).state is CORRECTED
    redo(project)
    assert get_entry(project, lines[0]).state is REVIEWED
    assert not reopen(project, lines[3:]).lines


def test_a_hundred_thousand_lines_are_searched_in_bounded_pieces(project, add_page):
    page = add_page("big.png", lines=1)
    with project.writing() as session:
        session.execute(
            sql("""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
            INSERT INTO pages(number, name, file, width, height, rotation, sha256, "group", source,
                created_at)
            SELECT i + 1, 'p' || i, 'f', 10, 10, 0, 'h' || i, 'g', 's', '2025-01-01 00:00:00' FROM n""")
        )
        session.execute(sql("DROP TRIGGER lines_insert_counts"))
        session.execute(
            sql("""
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49)
            INSERT INTO lines(page_id, "order", polygon, direction, origin, tag, deleted)
            SELECT id, i, '[[0, 0], [1, 1]]', 'ltr', 'drawn', '', 0 FROM pages, n WHERE id <> :page"""),
            {"page": page.id},
        )
        session.execute(
            sql("""
            INSERT INTO line_texts(line_id, text)
            SELECT id, CASE WHEN id % 1000 = 7 THEN 'une ligne rare ' ELSE 'mas icelle lecture ' END || id
            FROM lines""")
        )
    assert len(preview(project, Search("rare")).rows) == 100
    assert not preview(project, Search("absent")).rows
    assert preview(project, Search("Icelle", match_case=False)).rows
    pieces = preview(project, Search("ra.e 9", regular=True))
    assert len(pieces.rows) < 100
