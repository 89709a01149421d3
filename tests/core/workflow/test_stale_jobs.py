"""People go on working while lines are found and drafted; what comes back is for what was looked at."""

import base64

import pytest

from core.jobs import CancelToken
from core.storage.layout_edits import reshape_line
from core.storage.lines import get_entry, list_entries
from core.storage.pages import get_page, list_pages, rotate_page
from core.workflow import drafting, line_finding
from tests.core.storage.conftest import box
from tests.core.workflow.test_queueing import add_page, read


@pytest.fixture
def page(project):
    made, _ = add_page(project, "p1.png", [None, None])
    return made


def test_an_outline_that_is_moved_while_its_page_is_drafted_gets_no_draft(project, page, monkeypatch):
    moved, other = [entry.line.id for entry in list_entries(project, page.id)]

    def read_meanwhile(_project, _version, lines, _cancel, **_options):
        reshape_line(project, moved, box(100, 600, 900, 640))
        for line in lines:
            reading, frames = read("as it was").to_json(), base64.b64encode(b"frames").decode()
            yield {"event": "read", "line_id": line.line_id, "recognition": reading, "posteriors": frames}
        yield {"event": "succeeded", "seconds": 1.0, "lines_per_second": 2.0}

    monkeypatch.setattr(drafting, "read_lines", read_meanwhile)
    report = drafting.draft_lines(project, cancel=CancelToken())
    assert get_entry(project, moved).draft is None
    assert get_entry(project, other).draft.text == "as it was"
    assert (report.lines, report.change.lines) == (1, {other})


def test_a_page_that_is_turned_while_its_lines_are_found_is_skipped_and_told_of(project, page, monkeypatch):
    other, _ = add_page(project, "p2.png", [])

    def find_meanwhile(request, _cancel, **_options):
        rotate_page(project, page.id, 90)
        for wanted in request["pages"]:
            found = [box(10, 10, 990, 60).to_json()]
            yield {"event": "found", "page_id": wanted["page_id"], "lines": found}

    monkeypatch.setattr(line_finding, "run_worker", find_meanwhile)
    report = line_finding.find_lines(project, cancel=CancelToken())
    turned = get_page(project, page.id)
    shapes = [entry.line.shape.box for entry in list_entries(project, page.id)]
    assert all(right <= turned.width and bottom <= turned.height for _, _, right, bottom in shapes)
    [skipped] = report.skipped
    assert str(skipped).startswith("p1.png: it was turned")
    assert (report.pages, report.lines) == (1, 1)
    assert len(list_entries(project, other.id)) == 1
    assert [p.id for p in list_pages(project) if p.id in report.change.pages] == [other.id]
