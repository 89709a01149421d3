import zipfile

import pytest

from core.document import TranscriptionState
from core.errors import KnownError, UnreadableFile
from core.evaluation.agreement import agreement
from core.exchange.package import read_package
from core.jobs import Cancelled, CancelToken
from core.storage.comments import add_comment
from core.storage.journal import redo, undo
from core.storage.layout_edits import delete_lines, draw_line, reshape_line
from core.storage.lines import get_entry, list_entries
from core.storage.pages import delete_pages, list_pages, rotate_page
from core.storage.project import create_project, open_project
from core.storage.project_settings import project_setting
from core.storage.second_readings import open_second_readings, settle
from core.storage.transcriptions import history
from core.workflow.merging import last_agreement, merge
from core.workflow.receiving import receive, take_pages
from core.workflow.second_reader import HOME, hand_out, not_arrived, pages_between
from tests.core.storage.conftest import box
from tests.core.workflow.second_reading import line_ids, texts, write
from tests.core.workflow.test_queueing import add_page, read

STATE = TranscriptionState


def test_a_package_becomes_a_project_with_scans_lines_texts_and_drafts(home, lin):
    assert texts(lin) == texts(home) == ["One", "two", "three", "one", "two", "three"]
    for mine, theirs in zip(list_pages(home), list_pages(lin), strict=True):
        assert (theirs.sha256, theirs.width, theirs.name) == (mine.sha256, mine.width, mine.name)
        assert (lin.folder / theirs.file).read_bytes() == (home.folder / mine.file).read_bytes()
    entry = get_entry(lin, line_ids(lin)[0])
    assert (entry.state, entry.transcription.author) == (STATE.CORRECTED, home.author)
    assert entry.draft.text == "one"
    assert get_entry(lin, line_ids(lin)[1]).transcription is None


def test_whoever_is_cut_off_while_receiving_can_send_back_what_is_there(home, tmp_path):
    file = tmp_path / "to-lin.lwpages"
    add_comment(home, line_ids(home)[0], "a long s?")
    hand_out(home, file, list_pages(home), "Lin")
    with create_project(tmp_path / "lin") as lin:
        noted = []
        take_pages(
            lin,
            file,
            read_package(file),
            cancel=CancelToken(),
            changed=lambda each: noted.append((len(project_setting(lin, HOME)["lines"]), each.comments)),
        )
    assert noted == [(3, True), (6, False)], "each page is noted before the next one is begun"


def test_what_only_the_reader_changed_is_taken_with_their_name(home, lin, come_back):
    write(lin, line_ids(lin)[1], "Two")
    write(lin, line_ids(lin)[0], "ONE", STATE.REVIEWED)
    report = come_back()
    assert (report.taken, report.conflicts, report.drawn) == (2, 0, 0)
    first, second, *_ = line_ids(home)
    assert (get_entry(home, first).text, get_entry(home, first).state) == ("ONE", STATE.REVIEWED)
    assert history(home, second)[0].author == "Lin"
    undo(home)
    assert texts(home)[:2] == ["One", "two"]


def test_what_only_we_changed_stays(home, lin, come_back):
    write(home, line_ids(home)[2], "Three")
    assert come_back().taken == 0
    assert texts(home)[2] == "Three"


def test_what_both_changed_waits_for_a_decision(home, lin, come_back):
    line = line_ids(home)[1]
    write(home, line, "mine")
    write(lin, line_ids(lin)[1], "theirs")
    report = come_back()
    assert (report.taken, report.conflicts, report.same) == (0, 1, 0)
    assert get_entry(home, line).text == "mine"
    [reading] = open_second_readings(home)
    assert (reading.line_id, reading.ours, reading.author, reading.text) == (line, "mine", "Lin", "theirs")


def test_merging_the_same_package_again_changes_nothing(home, lin, come_back):
    write(home, line_ids(home)[1], "mine")
    write(lin, line_ids(lin)[1], "theirs")
    write(lin, line_ids(lin)[2], "taken")
    page = list_pages(lin)[0]
    drawn = draw_line(lin, page.id, box(100, 600, 900, 640)).focus_line
    write(lin, drawn, "a new line")
    come_back()
    [reading] = open_second_readings(home)
    settle(home, reading, None)
    before = texts(home)
    report = come_back()
    assert (report.drawn, report.conflicts) == (0, 0)
    assert texts(home) == before
    assert open_second_readings(home) == []


def test_a_line_drawn_by_the_reader_is_drawn_at_home(home, lin, come_back):
    page = list_pages(lin)[0]
    drawn = draw_line(lin, page.id, box(100, 600, 900, 640), tag="marginal").focus_line
    write(lin, drawn, "a new line")
    assert come_back().drawn == 1
    assert texts(home)[3] == "a new line"
    assert get_entry(home, line_ids(home)[3]).line.tag == "marginal"


def test_text_of_a_line_that_was_deleted_at_home_is_kept(home, lin, come_back):
    line = line_ids(home)[1]
    delete_lines(home, [line])
    write(lin, line_ids(lin)[1], "work of hours")
    assert come_back().gone == 1
    undo(home)
    assert [reading.text for reading in open_second_readings(home)] == ["work of hours"]


@pytest.mark.parametrize("decision", [None, "a third text"])
def test_a_decision_is_one_undo_step_and_the_conflict_is_asked_for_again(home, lin, come_back, decision):
    line = line_ids(home)[1]
    write(home, line, "ours")
    write(lin, line_ids(lin)[1], "theirs")
    come_back()
    [conflict] = open_second_readings(home)
    settle(home, conflict, decision)
    assert open_second_readings(home) == []
    assert undo(home).lines == {line}
    assert open_second_readings(home) == [conflict]
    assert get_entry(home, line).text == "ours"
    redo(home)
    assert open_second_readings(home) == []
    assert get_entry(home, line).text == (decision or "ours")


def take_out_and_bring_in(project, page, names, readings):
    """Delete a page that carries no text, then add pages, whose lines get the ids of the old ones."""
    before = {e.line.id for e in list_entries(project, page.id)}
    delete_pages(project, [page.id])
    for name in names:
        (project.scans / name).write_bytes(name.encode())
        add_page(project, name, readings)
    return before


def test_texts_go_to_their_own_page_when_its_lines_have_other_ids_by_now(home, lin, come_back):
    page = list_pages(home)[1]
    for number, line in enumerate(line_ids(lin)[3:]):
        write(lin, line, f"line {number} of p2")
    readings = [read("one"), read("two"), read("three")]
    old = take_out_and_bring_in(home, page, ["p3.png", "p2.png"], readings)
    assert old & {e.line.id for e in list_entries(home, list_pages(home)[1].id)}, "ids came again"
    report = come_back()
    assert (report.taken, report.drawn, report.conflicts) == (3, 0, 0)
    assert texts(home)[3:] == ["one", "two", "three", "line 0 of p2", "line 1 of p2", "line 2 of p2"]


def test_texts_go_to_their_own_lines_when_ids_of_the_same_page_have_changed_places(home, lin, come_back):
    page = list_pages(home)[1]
    for number, line in enumerate(line_ids(lin)[3:]):
        write(lin, line, f"line {number}")
    take_out_and_bring_in(home, page, ["p2.png"], [])
    anew = list_pages(home)[1]
    for top in (200, 150, 100):
        draw_line(home, anew.id, box(101, top, 899, top + 40))
    assert come_back().drawn == 0
    assert texts(home)[3:] == ["line 0", "line 1", "line 2"]


def test_texts_of_lines_that_are_not_there_any_more_are_drawn_with_their_page(home, lin, come_back):
    for number, line in enumerate(line_ids(lin)[3:]):
        write(lin, line, f"line {number}")
    take_out_and_bring_in(home, list_pages(home)[1], ["p2.png"], [])
    report = come_back()
    assert (report.taken, report.drawn, report.conflicts) == (0, 3, 0)
    assert texts(home)[3:] == ["line 0", "line 1", "line 2"]


def test_a_text_comes_to_its_line_though_its_outline_was_mended_on_both_sides(home, lin, come_back):
    reshape_line(home, line_ids(home)[1], box(100, 150, 600, 185))
    reshape_line(lin, line_ids(lin)[1], box(80, 145, 950, 195))
    write(lin, line_ids(lin)[1], "Two")
    report = come_back()
    assert (report.taken, report.drawn) == (1, 0)
    assert texts(home)[1] == "Two"


def test_texts_and_drawn_lines_find_their_place_on_a_page_that_was_turned_at_home(home, lin, come_back):
    write(lin, line_ids(lin)[1], "Two")
    drawn = draw_line(lin, list_pages(lin)[0].id, box(100, 600, 900, 640)).focus_line
    write(lin, drawn, "a new line")
    rotate_page(home, list_pages(home)[0].id, 90)
    report = come_back()
    assert (report.taken, report.drawn) == (1, 1)
    assert get_entry(home, line_ids(home)[1]).text == "Two"
    [new] = [e for e in list_entries(home, list_pages(home)[0].id) if e.text == "a new line"]
    assert new.line.shape.box == (160, 100, 200, 900)
    assert come_back().drawn == 0


@pytest.mark.parametrize(
    ("decision", "text", "author"), [(None, "mine", ""), ("theirs", "theirs", "Lin"), ("both", "both", "")]
)
def test_a_conflict_is_settled_by_either_text_or_a_third(home, lin, come_back, decision, text, author):
    line = line_ids(home)[1]
    write(home, line, "mine")
    write(lin, line_ids(lin)[1], "theirs")
    come_back()
    settle(home, open_second_readings(home)[0], decision)
    assert open_second_readings(home) == []
    assert get_entry(home, line).text == text
    assert history(home, line)[0].author == (author or home.author)


def test_agreement_is_measured_on_lines_that_both_wrote(home, lin, come_back):
    for n, (ours, theirs) in enumerate([("same", "same"), ("abcd", "abxd")], start=1):
        write(home, line_ids(home)[n], ours)
        write(lin, line_ids(lin)[n], theirs)
    write(lin, line_ids(lin)[4], "only theirs")
    figures = come_back().agreement
    assert (figures.lines, figures.exact, figures.edits) == (2, 1, 1)
    assert figures.cer == pytest.approx(1 / 8)
    assert last_agreement(home) == ("Lin", figures)


def test_a_text_that_was_taken_before_is_no_agreement_when_it_comes_again(home, lin, come_back):
    write(lin, line_ids(lin)[1], "two of Lin")
    assert come_back().taken == 1
    again = come_back()
    assert (again.taken, again.same, again.conflicts, again.agreement.lines) == (0, 1, 0, 0)
    write(lin, line_ids(lin)[1], "two of Lin, corrected")
    later = come_back()
    assert (later.taken, later.same, later.conflicts, later.agreement.lines) == (0, 0, 1, 0)
    assert last_agreement(home) is None


def test_kappa_is_agreement_beyond_chance():
    assert agreement([("abab", "abab")]).kappa == 1.0
    assert agreement([("abab", "baba")]).kappa < 0.5
    # 3 of 4 agree; chance: a 3/4 * 2/4 + b 1/4 * 2/4
    assert agreement([("aaab", "aabb")]).kappa == pytest.approx((0.75 - 0.5) / 0.5)


def test_turned_pages_stay_turned(home, tmp_path):
    page = list_pages(home)[0]
    rotate_page(home, page.id, 90)
    hand_out(home, tmp_path / "turned.lwp", list_pages(home)[:1], "Lin")
    with receive(tmp_path / "turned.lwp", tmp_path / "turned") as lin:
        [theirs] = list_pages(lin)
        mine = list_pages(home)[0]
        assert (theirs.rotation, theirs.width, theirs.height) == (90, mine.width, mine.height)


def test_pages_of_another_project_are_refused(home, lin, tmp_path):
    with create_project(tmp_path / "other") as other, pytest.raises(KnownError, match="“home”"):
        merge(other, tmp_path / "to-lin.lwp")


def test_a_broken_package_is_a_known_error(home, tmp_path):
    file = tmp_path / "broken.lwp"
    file.write_bytes(b"PK")
    with pytest.raises(UnreadableFile):
        merge(home, file)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", "[]")
    with pytest.raises(UnreadableFile):
        receive(file, tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize(
    ("words", "numbers"), [("1-1", [1]), ("2", [2]), ("1,2", [1, 2]), ("1，2", [1, 2]), ("", [1, 2])]
)
def test_pages_are_named_by_their_numbers(home, words, numbers):
    assert [page.number for page in pages_between(home, words)] == numbers


def test_a_range_far_beyond_the_last_page_costs_nothing(home):
    assert [page.number for page in pages_between(home, "2-99999999999")] == [2]


@pytest.mark.parametrize("words", ["x", "7-9"])
def test_pages_that_are_not_there_are_a_known_error(home, words):
    with pytest.raises(KnownError):
        pages_between(home, words)


class CancelledAt(CancelToken):
    """Somebody asks to stop while page ``number`` (from 0) is in hand."""

    def __init__(self, number):
        super().__init__()
        self.number = number

    def note(self, progress):
        if progress.done == self.number:
            self.cancel()


def test_whoever_stops_handing_out_finds_no_half_a_file(home, tmp_path):
    token = CancelledAt(0)
    with pytest.raises(Cancelled):
        hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin", cancel=token, progress=token.note)
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("pages", [0, 1])
def test_a_project_whose_receiving_was_broken_off_says_that_pages_are_missing(home, tmp_path, pages):
    file, token = tmp_path / "out.lwp", CancelledAt(pages)
    hand_out(home, file, list_pages(home), "Lin")
    folder = tmp_path / "partial"
    with create_project(folder) as partial, pytest.raises(Cancelled):
        if not pages:
            token.cancel()
        take_pages(partial, file, read_package(file), cancel=token, progress=token.note)
    with open_project(folder) as partial:
        assert len(list_pages(partial)) == pages
        assert not_arrived(partial).startswith(f"Only {pages} of the 2 pages that “home” handed out are here")
    with receive(file, tmp_path / "whole") as whole:
        assert not_arrived(whole) == ""
    assert not_arrived(home) == ""


def test_whoever_stops_merging_has_taken_nothing_and_can_merge_again(home, lin, tmp_path):
    write(lin, line_ids(lin)[1], "Two")
    hand_out(lin, tmp_path / "back.lwp", list_pages(lin))
    token, before = CancelledAt(1), texts(home)
    with pytest.raises(Cancelled):
        merge(home, tmp_path / "back.lwp", cancel=token, progress=token.note)
    assert texts(home) == before
    assert merge(home, tmp_path / "back.lwp").taken == 1
