import random
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text as sql

from core.document import TranscriptionState
from core.storage import search
from core.storage.drafts import save_drafts
from core.storage.journal import redo, undo
from core.storage.layout_edits import delete_lines, draw_line, merge_lines, reshape_line, split_line
from core.storage.lines import list_entries
from core.storage.models import list_models
from core.storage.pages import delete_pages, list_pages, page_progress, project_progress, rotate_page
from core.storage.search import search_lines
from core.storage.transcriptions import save
from tests.core.storage.conftest import box, reading

MODEL, OTHER_MODEL = "ppocr-v6-small", "crnn-ppocr-v2"
CORRECTED = TranscriptionState.CORRECTED


@pytest.fixture
def lines(project, add_page):
    return [entry.line.id for entry in list_entries(project, add_page().id)]


def found(project, needle, limit=50):
    return [each.line_id for each in search_lines(project, needle, limit)]


def write(project, line_id, text, base_revision=0):
    return save(project, line_id, text, state=CORRECTED, base_revision=base_revision)


def test_a_piece_of_a_word_is_found_whatever_its_case(project, lines):
    write(project, lines[1], "Eſpritz ſolides")
    assert found(project, "RITZ") == found(project, "eſp") == [lines[1]]


@pytest.mark.parametrize("needle", ["天", "天命", "命之謂", "天命之謂性"])
def test_ideographs_are_found_one_two_or_many_at_a_time(project, lines, needle):
    write(project, lines[2], "天命之謂性率性之謂道")
    assert found(project, needle) == [lines[2]]


@pytest.mark.parametrize("needle", ['a"b', "50%", "x_y", "%", "a OR b", "c*", "n\\m", "-q"])
def test_signs_of_query_languages_are_only_signs(project, lines, needle):
    write(project, lines[0], f"vor {needle} nach")
    write(project, lines[1], "aOb 50 xzy cc nm q")
    assert found(project, needle) == [lines[0]]


def test_nothing_is_found_by_nothing(project, lines):
    write(project, lines[0], "text")
    assert found(project, "") == found(project, "\0") == []


def test_letters_and_their_marks_are_one(project, lines):
    write(project, lines[0], "le pre\u0301ambule")
    assert found(project, "pr\u00e9a") == found(project, "pre\u0301a") == [lines[0]]


@pytest.mark.parametrize("few", [2000, 2])
@pytest.mark.parametrize("needle", ["mot", "mo"])
def test_lines_come_in_reading_order_and_no_more_than_asked_for(project, add_page, monkeypatch, few, needle):
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(search, "_INDEXED_IDS", search._INDEXED_IDS.replace("2000", str(few)))
    monkeypatch.setattr(search, "_SCANNED_IDS", search._SCANNED_IDS.replace("2000", str(few)))
    pages = [add_page(f"p{number}.png") for number in range(3)]
    ids = [entry.line.id for page in pages for entry in list_entries(project, page.id)]
    for line_id in reversed(ids):
        write(project, line_id, f"un mot {line_id}")
    with project.writing() as session:
        session.execute(sql("UPDATE pages SET number = 10 - number"))
    expected = [*ids[6:], *ids[3:6], *ids[:3]]
    assert found(project, needle) == expected
    assert found(project, needle, limit=4) == expected[:4]


def test_the_draft_is_found_until_a_human_wrote(project, lines):
    save_drafts(project, MODEL, {lines[0]: reading("machine")})
    assert found(project, "machine") == [lines[0]]
    write(project, lines[0], "homme")
    assert (found(project, "machine"), found(project, "homme")) == ([], [lines[0]])
    undo(project)
    assert (found(project, "machine"), found(project, "homme")) == ([lines[0]], [])
    redo(project)
    assert found(project, "homme") == [lines[0]]


def test_a_new_draft_takes_the_place_of_the_old_one(project, lines):
    save_drafts(project, MODEL, {lines[0]: reading("premier")})
    save_drafts(project, MODEL, {lines[0]: reading("deuxieme")})
    assert (found(project, "premier"), found(project, "deuxieme")) == ([], [lines[0]])
    save_drafts(project, OTHER_MODEL, {lines[0]: reading("troisieme")})
    assert (found(project, "deuxieme"), found(project, "troisieme")) == ([], [lines[0]])


def test_deleted_lines_are_not_found_and_come_back_with_undo(project, lines):
    write(project, lines[0], "effacer")
    delete_lines(project, lines[:1])
    assert found(project, "effacer") == []
    undo(project)
    assert found(project, "effacer") == [lines[0]]


def test_lines_of_a_deleted_page_are_gone(project, add_page):
    page = add_page()
    line_id = list_entries(project, page.id)[0].line.id
    save_drafts(project, MODEL, {line_id: reading("machine")})
    delete_pages(project, [page.id])
    assert found(project, "machine") == []
    assert page_progress(project) == {}
    assert leftovers(project) == (0, 0)


def leftovers(project):
    with closing(sqlite3.connect(project.database)) as connection:
        return tuple(
            connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("line_texts", "drafts")
        )


COUNT = """
SELECT p.id, count(l.id), count(l.current_draft_id), coalesce(sum(t.state = 'corrected'), 0),
    coalesce(sum(t.state = 'reviewed'), 0), coalesce(sum(t.state = 'unreadable'), 0),
    coalesce(1 - avg(d.confidence), 0),
    coalesce(sum(d.doubtful > 0 AND (t.state IS NULL OR t.state = 'open')), 0),
    coalesce(sum(t.state IN ('corrected', 'reviewed') AND t.text <> ''), 0)
FROM pages p LEFT JOIN lines l ON l.page_id = p.id AND NOT l.deleted
LEFT JOIN transcriptions t ON t.line_id = l.id LEFT JOIN drafts d ON d.id = l.current_draft_id GROUP BY p.id
"""
TEXTS = """
SELECT l.id, coalesce(t.text, d.text) FROM lines l LEFT JOIN transcriptions t ON t.line_id = l.id
LEFT JOIN drafts d ON d.id = l.current_draft_id WHERE coalesce(t.text, d.text) IS NOT NULL ORDER BY l.id
"""


def assert_in_step(project):
    """Counters and search texts equal what a fresh look at lines, drafts and texts gives."""
    with closing(sqlite3.connect(project.database)) as connection:
        counted = {
            page_id: pytest.approx(counts) for page_id, *counts in connection.execute(COUNT).fetchall()
        }
        stored = connection.execute("SELECT line_id, text FROM line_texts ORDER BY line_id").fetchall()
        assert stored == connection.execute(TEXTS).fetchall()
        connection.execute("INSERT INTO line_search(line_search, rank) VALUES ('integrity-check', 1)")
    progress = page_progress(project)
    assert {
        page_id: [p.lines, p.drafted, p.corrected, p.reviewed, p.unreadable, p.doubt, p.doubtful, p.truth]
        for page_id, p in progress.items()
    } == counted
    pages, total = project_progress(project)
    assert (pages, total.lines, total.done, total.truth) == (
        len(progress),
        sum(p.lines for p in progress.values()),
        sum(p.done for p in progress.values()),
        sum(p.truth for p in progress.values()),
    )


@pytest.mark.parametrize("seed", range(6))
def test_counters_and_search_stay_in_step_through_any_acts(project, add_page, seed):
    chance = random.Random(seed)
    for number in range(3):
        add_page(f"p{number}.png", lines=4)
    for _ in range(60):
        _act(project, chance)
    assert_in_step(project)


def _act(project, chance):
    page = chance.choice(list_pages(project))
    entries = list_entries(project, page.id)
    if not entries:
        draw_line(project, page.id, box(10, 10, 90, 30))
        return
    entry = chance.choice(entries)
    line_id = entry.line.id
    acts = {
        "write": lambda: save(
            project,
            line_id,
            chance.choice(["", "mot", "天命之謂", "un autre"]),
            state=chance.choice(list(TranscriptionState)),
            base_revision=entry.transcription.revision if entry.transcription else 0,
        ),
        "draft": lambda: save_drafts(
            project,
            chance.choice([MODEL, OTHER_MODEL]),
            {e.line.id: reading(chance.choice(["lu", "relu"]), chance.random()) for e in entries},
        ),
        "delete": lambda: delete_lines(project, [line_id]),
        "draw": lambda: draw_line(project, page.id, box(100, 600, 900, 640)),
        "reshape": lambda: reshape_line(project, line_id, box(0, 0, 50, 20)),
        "split": lambda: split_line(project, line_id, 0.5, 1),
        "merge": lambda: len(entries) > 1 and merge_lines(project, [e.line.id for e in entries[:2]]),
        "turn": lambda: rotate_page(project, page.id, 90),
        "undo": lambda: undo(project),
        "redo": lambda: redo(project),
    }
    weights = {"write": 6, "draft": 3, "undo": 5, "redo": 2, "turn": 1}
    names = list(acts)
    acts[chance.choices(names, [weights.get(name, 2) for name in names])[0]]()


def test_deleting_a_model_takes_its_drafts_from_counters_and_search(project, lines):
    save_drafts(project, MODEL, {line_id: reading("machine", 0.5) for line_id in lines})
    with project.writing() as session:
        session.execute(sql("PRAGMA foreign_keys=ON"))
        session.execute(sql("DELETE FROM drafts"))
    assert found(project, "machine") == []
    assert_in_step(project)
    assert list_models(project)
