import dataclasses
import datetime as dt
import hashlib
import math

import numpy as np
import pytest
from sqlalchemy import delete as sql_delete

from core.document import ReadCharacter, Recognition, TranscriptionState
from core.evaluation.error_law import LEVEL
from core.jobs import CancelToken
from core.storage.changes import Change
from core.storage.drafts import save_drafts
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.layout_edits import delete_lines
from core.storage.lines import list_entries
from core.storage.pages import NewPage
from core.storage.project import create_project
from core.storage.queue import DraftDoubt, LinePlace
from core.storage.schema import DraftRow
from core.storage.transcriptions import save
from core.workflow.queueing import DoubtIndex, Order
from tests.core.storage.conftest import box

MODEL = "ppocr-v6-small"


def read(text, *confidences, gaps=()):
    given = list(confidences) or [0.99] * len(text)
    return Recognition(
        tuple(
            ReadCharacter(char, c, n / len(text), (n + 1) / len(text))
            for n, (char, c) in enumerate(zip(text, given, strict=True))
        ),
        gaps,
    )


def add_page(project, name, readings):
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    new = NewPage(name, f"scans/{name}", 1000, 800, sha256, name, name)
    lines = tuple(NewLine(box(100, 100 + 50 * n, 900, 140 + 50 * n)) for n in range(len(readings)))
    [page] = add_pages_with_lines(project, [NewPageWithLines(new, lines)], "import")
    ids = [entry.line.id for entry in list_entries(project, page.id)]
    drafts = {line: reading for line, reading in zip(ids, readings, strict=True) if reading}
    save_drafts(project, MODEL, drafts)
    return page, ids


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "queue") as made:
        yield made


@pytest.fixture
def lines(project):
    """Sure, doubtful, with a gap, without draft; on a second page the most doubtful one."""
    _, first = add_page(
        project,
        "p1",
        [read("sure"), read("what", 0.5, 0.9, 0.9, 0.9), read("gaps", gaps=(0.5,)), None],
    )
    _, second = add_page(project, "p2", [read("lost", 0.1, 0.2, 0.3, 0.4)])
    return [*first, *second]


def build(project):
    return DoubtIndex.build(project, cancel=CancelToken())


def order_of(index, order):
    return [line.line_id for line in index.lines(order)]


def test_most_expected_errors_come_first_over_the_whole_project(project, lines):
    sure, doubtful, gap, undrafted, lost = lines
    index = build(project)
    assert order_of(index, Order.ERRORS) == [lost, doubtful, gap, sure, undrafted]
    expected = {line.line_id: line.expected for line in index.lines(Order.ERRORS)}
    assert expected[lost] == 4.0  # more than all four characters cannot be wrong
    assert expected[doubtful] == pytest.approx(math.exp(LEVEL) * 0.8)
    assert expected[gap] == pytest.approx(math.exp(LEVEL) * 0.54)
    assert np.isnan(expected[undrafted])


@pytest.mark.parametrize("order", list(Order))
def test_a_project_without_open_lines_has_an_empty_queue(project, order):
    index = build(project)
    assert index.lines(order) == index.queued([1]) == []
    assert index.row_of(order, 1) is None
    assert index.acceptable(1.0, 10.0).line_ids == ()


def test_page_order_is_the_reading_order(project, lines):
    assert order_of(build(project), Order.PAGE) == lines


def test_a_stretch_of_the_queue_can_be_asked_for(project, lines):
    assert [line.line_id for line in build(project).lines(Order.PAGE, first=1, count=2)] == lines[1:3]


def test_finished_lines_are_not_in_the_queue(project, lines):
    save(project, lines[4], "lost", state=TranscriptionState.CORRECTED, base_revision=0)
    save(project, lines[0], "begun", state=TranscriptionState.OPEN, base_revision=0)
    index = build(project)
    assert set(order_of(index, Order.ERRORS)) == set(lines[:4])
    assert {line.line_id for line in index.lines(Order.PAGE) if line.written} == {lines[0]}


def test_lines_that_teach_come_first_and_differ_from_each_other(project):
    doubtful = (0.5, 0.5, 0.5, 0.5)
    _, (known, twin_a, twin_b, other) = add_page(
        project,
        "p1",
        [read("aaaa", *doubtful), read("ꝑꝑꝑꝑ", *doubtful), read("ꝑꝑꝑꝑ", *doubtful), read("ſſſſ", *doubtful)],
    )
    _, (truth,) = add_page(project, "p2", [read("a" * 40)])
    save(project, truth, "a" * 40, state=TranscriptionState.CORRECTED, base_revision=0)
    queued = order_of(build(project), Order.GAIN)
    assert set(queued[:2]) in ({twin_a, other}, {twin_b, other})
    assert queued[3] == known


def test_the_queue_keeps_in_step_with_changes(project, lines):
    index = build(project)
    page = list_entries(project, 1)[0].line.page_id
    save(project, lines[1], "what", state=TranscriptionState.CORRECTED, base_revision=0)
    assert index.refresh(Change(pages=frozenset({page}), lines=frozenset({lines[1]})))
    assert lines[1] not in order_of(index, Order.ERRORS)
    assert index.refresh(save_drafts(project, MODEL, {lines[0]: read("sure", 0.1, 0.1, 0.1, 0.1)}))
    assert order_of(index, Order.ERRORS)[0] == lines[0]
    assert index.refresh(delete_lines(project, [lines[2]]))
    assert lines[2] not in order_of(index, Order.PAGE)
    assert not index.refresh(Change(pages=frozenset({page})))
    assert not index.refresh(Change(models=True))
    fresh = build(project)
    assert order_of(index, Order.PAGE) == order_of(fresh, Order.PAGE)
    assert [dataclasses.astuple(a)[:5] for a in index.lines(Order.ERRORS)] == [
        dataclasses.astuple(b)[:5] for b in fresh.lines(Order.ERRORS)
    ]


def test_texts_come_from_the_database_as_they_are_now(project, lines):
    sure, doubtful, gap, _, lost = lines
    index = build(project)
    known = {line.line_id: line for line in index.lines(Order.ERRORS)}
    save_drafts(project, MODEL, {doubtful: read("whom")})
    delete_lines(project, [gap])
    with project.writing() as session:
        session.execute(sql_delete(DraftRow).where(DraftRow.line_id == lost))
    now = {line.line_id: line for line in index.lines(Order.ERRORS)}
    assert list(now) == list(known)
    assert now[sure] == known[sure]
    assert now[doubtful] == dataclasses.replace(known[doubtful], text="whom")
    for gone in (gap, lost):
        assert now[gone].text == ""
        assert np.isnan(now[gone].expected)
    assert set(order_of(index, Order.GAIN)) == set(lines)
    assert [line.text for line in index.queued([doubtful, 999, sure])] == ["whom", "sure"]


def test_a_budget_takes_the_surest_lines_that_nobody_has_begun(project):
    _, (surest, sure, begun, doubtful) = add_page(
        project,
        "p1",
        [
            read("abcd", 0.9999, 0.9999, 0.9999, 0.9999),
            read("efgh", 0.999, 0.999, 0.999, 0.999),
            read("ijkl", 0.9999, 0.9999, 0.9999, 0.9999),
            read("mnop", 0.9, 0.9, 0.9, 0.9),
        ],
    )
    save(project, begun, "ij", state=TranscriptionState.OPEN, base_revision=0)
    index = build(project)
    assert index.acceptable(0.005, 1.0).line_ids == (surest, sure)
    assert index.acceptable(0.005, 0.001).line_ids == (surest,)
    assert index.acceptable(0.5, 10).line_ids == (surest, sure, doubtful)
    assert index.acceptable(0.5, 10).expected == pytest.approx(math.exp(LEVEL) * 0.4044, abs=1e-4)
    assert index.acceptable(0.5, 10).characters == 12


@pytest.mark.parametrize("order", list(Order))
def test_a_stretch_of_many_lines_is_fetched_in_every_order(project, order):
    index = DoubtIndex(project)
    chance = np.random.default_rng(1)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyzſꝑ "))
    at = dt.datetime.now(dt.UTC)
    doubts = []
    for line in range(20_000):
        text = "".join(letters[chance.integers(0, len(letters), 8)])
        doubts.append(DraftDoubt(line, 1, text, chance.random(8).astype(np.float32), 0))
        index.put(LinePlace(line, line // 50, line // 50, line % 50, True, False, (line, at)))
    index.weigh(doubts)
    first = index.lines(order, count=200)
    assert len(first) == len(set(first)) == 200
    assert all(index.row_of(order, line.line_id) == row for row, line in enumerate(first))
