"""What a second reader did to the lines themselves comes home: outlines, deletions, lines without text."""

import pytest

from core.document import LineOrigin, TranscriptionState
from core.storage.comments import add_comment, delete_comment, line_comments
from core.storage.journal import undo
from core.storage.layout_edits import (
    delete_lines,
    draw_line,
    merge_lines,
    replace_found_lines,
    reshape_line,
    tag_lines,
)
from core.storage.lines import get_entry, list_entries
from core.storage.pages import delete_pages, list_pages, rotate_page
from core.storage.second_readings import open_second_readings
from core.workflow.merging import merge
from core.workflow.receiving import receive
from core.workflow.second_reader import hand_out
from tests.core.storage.conftest import box
from tests.core.workflow.second_reading import (
    MENDED,
    line_ids,
    lines_of,
    places,
    remarks,
    shape,
    tag,
    texts,
    words,
    write,
)
from tests.core.workflow.test_queueing import add_page


class TestOutlines:
    def test_outline_baseline_and_direction_that_only_the_reader_mended_are_taken_once(
        self, home, lin, come_back
    ):
        reshape_line(lin, line_ids(lin)[1], MENDED)
        report = come_back()
        assert report.layout.outlines == 1
        assert "1 outline taken." in words(report)
        assert shape(home, line_ids(home)[1]) == MENDED
        assert get_entry(home, line_ids(home)[1]).draft is None, "it was read from another picture"
        assert report.change.set_aside == report.to_json()["drafts_set_aside"] == 1
        assert "The draft of one line was set aside; draft it again." in words(report)
        before = lines_of(home)
        again = come_back()
        assert (again.layout.outlines, again.layout.outlines_kept) == (0, ())
        assert again.change.set_aside == 0
        assert lines_of(home) == before

    def test_one_that_only_we_mended_stays(self, home, lin, come_back):
        reshape_line(home, line_ids(home)[1], MENDED)
        report = come_back()
        assert (report.layout.outlines, report.layout.outlines_kept) == (0, ())
        assert shape(home, line_ids(home)[1]) == MENDED

    def test_one_that_both_mended_stays_ours_and_is_named(self, home, lin, come_back):
        reshape_line(home, line_ids(home)[1], MENDED)
        reshape_line(lin, line_ids(lin)[1], box(100, 145, 900, 195))
        report = come_back()
        assert (report.layout.outlines, places(report.layout.outlines_kept)) == (0, [(1, 2, "")])
        assert "1 outline was changed on both sides, and ours stays: page 1, line 2." in words(report)
        assert shape(home, line_ids(home)[1]) == MENDED

    @pytest.mark.parametrize("degrees", [90, 180, 270])
    def test_one_comes_to_its_place_on_a_page_that_was_turned_here(self, home, lin, come_back, degrees):
        reshape_line(lin, line_ids(lin)[1], box(80.3, 145.7, 950.1, 195.9))
        rotate_page(home, list_pages(home)[0].id, degrees)
        untouched = [shape(home, line) for line in line_ids(home)]
        report = come_back()
        assert (report.layout.outlines, report.layout.outlines_kept) == (1, ())
        rotate_page(home, list_pages(home)[0].id, 360 - degrees)
        assert shape(home, line_ids(home)[1]).box == (80.3, 145.7, 950.1, 195.9)
        rotate_page(home, list_pages(home)[0].id, degrees)
        now = [shape(home, line) for line in line_ids(home)]
        assert [now[0], *now[2:]] == [untouched[0], *untouched[2:]]

    @pytest.mark.parametrize("turns", [(90,), (90, 270), (90, 90, 90)])
    def test_turning_a_page_there_mends_nothing_and_what_was_mended_then_is_taken(
        self, home, lin, come_back, turns
    ):
        page = list_pages(lin)[0]
        reshape_line(home, line_ids(home)[0], MENDED)
        for degrees in turns:
            rotate_page(lin, page.id, degrees)
        assert come_back().layout.outlines == 0
        reshape_line(lin, line_ids(lin)[1], box(200, 210, 300, 700))
        assert come_back().layout.outlines == 1
        assert shape(home, line_ids(home)[1]).box == (200, 210, 300, 700)
        rotate_page(home, list_pages(home)[0].id, 360 - sum(turns) % 360)
        assert shape(home, line_ids(home)[0]) == MENDED

    def test_one_is_taken_though_the_page_was_turned_on_both_sides(self, home, lin, come_back):
        for project in (home, lin):
            rotate_page(project, list_pages(project)[0].id, 90)
        reshape_line(lin, line_ids(lin)[1], box(610, 80, 650, 950))
        report = come_back()
        assert (report.layout.outlines, report.layout.outlines_kept) == (1, ())
        assert shape(home, line_ids(home)[1]).box == (610, 80, 650, 950)

    def test_one_that_was_mended_again_after_it_was_sent_is_taken_again(self, home, lin, come_back):
        line = line_ids(lin)[1]
        for right in (910, 920, 930):
            reshape_line(lin, line, box(100, 150, right, 190))
            tag_lines(lin, [line], f"to {right}")
            report = come_back()
            assert (report.layout.outlines, report.layout.outlines_kept) == (1, ())
        assert shape(home, line_ids(home)[1]).box == (100, 150, 930, 190)
        assert tag(home, line_ids(home)[1]) == "to 930"

    def test_one_that_was_moved_far_away_is_still_that_of_its_line(self, home, lin, come_back):
        reshape_line(lin, line_ids(lin)[1], box(100, 600, 900, 640))
        assert come_back().layout.outlines == 1
        assert shape(home, line_ids(home)[1]) == box(100, 600, 900, 640)


class TestDeletions:
    def test_an_untouched_line_goes_and_comes_back_with_its_text_by_undo(self, home, lin, come_back):
        first, second, *_ = line_ids(home)
        delete_lines(lin, line_ids(lin)[:2])
        report = come_back()
        assert report.layout.deleted == 2
        assert "2 lines that were deleted there are off their pages here, too; undo brings them" in words(
            report
        )
        assert texts(home) == ["three", "one", "two", "three"]
        again = come_back()
        assert (again.layout.deleted, again.layout.deletions_kept) == (0, ())
        undo(home)
        assert texts(home)[:3] == ["One", "two", "three"]
        assert line_ids(home)[:2] == [first, second]

    @pytest.mark.parametrize("change", ["text", "state", "tag", "outline", "comment"])
    def test_a_line_that_was_changed_here_stays_and_is_named(self, home, lin, come_back, change):
        line = line_ids(home)[0]
        delete_lines(lin, [line_ids(lin)[0]])
        if change == "text":
            write(home, line, "work of hours")
        elif change == "state":
            write(home, line, "One", TranscriptionState.REVIEWED)
        elif change == "tag":
            tag_lines(home, [line], "date")
        elif change == "outline":
            reshape_line(home, line, box(90, 95, 910, 145))
        else:
            add_comment(home, line, "is this one line?")
        before = lines_of(home)
        report = come_back()
        assert (report.layout.deleted, places(report.layout.deletions_kept)) == (0, [(1, 1, "")])
        assert "1 line that was deleted there was changed here, and stays: page 1, line 1." in words(report)
        assert lines_of(home) == before

    def test_a_line_goes_though_its_page_was_turned_and_remarks_were_exchanged(self, home, tmp_path):
        add_comment(home, line_ids(home)[1], "is this a line?")
        hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
        with receive(tmp_path / "out.lwp", tmp_path / "theirs") as theirs:
            line = line_ids(theirs)[1]
            delete_comment(theirs, line_comments(theirs, line)[0].id)
            add_comment(theirs, line, "no, a stain")
            delete_lines(theirs, [line])
            hand_out(theirs, tmp_path / "back.lwp", list_pages(theirs))
        rotate_page(home, list_pages(home)[0].id, 90)
        line = line_ids(home)[1]
        assert merge(home, tmp_path / "back.lwp").layout.deleted == 1
        assert [text for _, text, _ in remarks(home, line)] == ["no, a stain"]

    def test_what_was_sent_before_it_was_deleted_there_does_not_keep_a_line(self, home, lin, come_back):
        line = line_ids(lin)[1]
        write(lin, line, "Two")
        tag_lines(lin, [line], "date")
        reshape_line(lin, line, box(90, 145, 910, 195))
        come_back()
        assert texts(home)[1] == "Two"
        delete_lines(lin, [line])
        assert come_back().layout.deleted == 1

    def test_a_text_that_was_typed_there_before_its_line_was_deleted_is_kept(self, home, lin, come_back):
        write(lin, line_ids(lin)[1], "work of hours")
        delete_lines(lin, [line_ids(lin)[1]])
        report = come_back()
        assert (report.layout.deleted, report.gone) == (1, 1)
        undo(home)
        assert [reading.text for reading in open_second_readings(home)] == ["work of hours"]

    def test_lines_that_were_joined_there_are_one_line_here(self, home, lin, come_back):
        merge_lines(lin, line_ids(lin)[:2])
        report = come_back()
        assert (report.drawn, report.layout.deleted) == (1, 2)
        assert texts(home)[:2] == ["One", "three"]
        undo(home)
        undo(home)
        assert texts(home)[:3] == ["One", "two", "three"]

    def test_a_line_that_we_drew_in_place_of_a_deleted_one_stays(self, home, lin, come_back):
        delete_lines(home, [line_ids(home)[1]])
        draw_line(home, list_pages(home)[0].id, box(100, 150, 900, 190))
        delete_lines(lin, [line_ids(lin)[1]])
        report = come_back()
        assert (report.layout.deleted, report.layout.deletions_kept) == (0, ())
        assert len(line_ids(home)) == 6

    def test_lines_of_a_page_that_was_taken_out_there_and_brought_in_anew_stay(self, home, lin, come_back):
        page = list_pages(lin)[1]
        delete_pages(lin, [page.id])
        (lin.scans / "p2.png").write_bytes(b"p2.png")
        add_page(lin, "p2.png", [])
        report = come_back()
        assert (report.layout.deleted, report.layout.deletions_kept) == (0, ())
        assert len(line_ids(home)) == 6


class TestBareLines:
    @pytest.fixture
    def drawn(self, lin):
        """A line of Lin's on which nobody has written."""
        return draw_line(lin, list_pages(lin)[0].id, box(100, 600, 900, 640), tag="date").focus_line

    def test_a_line_drawn_there_comes_home_once(self, home, lin, drawn, come_back):
        report = come_back()
        assert (report.blank, report.drawn, report.taken) == (1, 0, 0)
        assert "Lines drawn there that nobody has written yet: 1." in words(report)
        new = get_entry(home, line_ids(home)[3])
        assert (new.line.shape, new.line.tag) == (box(100, 600, 900, 640), "date")
        assert new.transcription is None
        assert come_back().blank == 0
        assert len(line_ids(home)) == 7

    def test_its_text_comes_later(self, home, lin, drawn, come_back):
        come_back()
        write(lin, drawn, "a new line")
        assert come_back().taken == 1
        assert texts(home)[3] == "a new line"

    def test_it_comes_to_its_place_on_a_page_that_was_turned_here_once(self, home, drawn, come_back):
        rotate_page(home, list_pages(home)[0].id, 90)
        assert come_back().blank == 1
        assert (160, 100, 200, 900) in [shape(home, line).box for line in line_ids(home)]
        assert come_back().blank == 0

    def test_when_it_was_mended_after_it_was_sent_it_is_mended_here_and_not_doubled(
        self, home, lin, drawn, come_back
    ):
        for right in (900, 910, 920):
            reshape_line(lin, drawn, box(100, 600, right, 640))
            come_back()
        assert len(line_ids(home)) == 7
        assert shape(home, line_ids(home)[3]).box == (100, 600, 920, 640)

    def test_when_it_was_deleted_after_it_was_sent_it_goes_here_too(self, home, lin, drawn, come_back):
        come_back()
        delete_lines(lin, [drawn])
        assert come_back().layout.deleted == 1
        assert len(line_ids(home)) == 6

    def test_when_we_took_it_off_it_stays_off(self, home, drawn, come_back):
        come_back()
        delete_lines(home, [line_ids(home)[3]])
        assert come_back().blank == 0
        assert len(line_ids(home)) == 6

    @pytest.mark.parametrize("taken_off", [False, True])
    def test_after_undoing_the_merge_it_comes_again(self, home, drawn, come_back, taken_off):
        come_back()
        if taken_off:
            delete_lines(home, [line_ids(home)[3]])
            undo(home)
        undo(home)
        assert len(line_ids(home)) == 6
        assert come_back().blank == 1
        assert len(line_ids(home)) == 7

    def test_lines_that_the_program_found_there_come_where_no_line_is_here(self, home, lin, come_back):
        shapes = [box(102, 102, 898, 138), box(102, 152, 898, 188), box(100, 600, 900, 640)]
        page = list_pages(lin)[0]
        delete_lines(lin, line_ids(lin)[:3])
        replace_found_lines(lin, page.id, shapes)
        write(home, line_ids(home)[0], "ours")
        report = come_back()
        assert (report.blank, report.layout.deleted) == (2, 2)
        assert texts(home)[0] == "ours"
        boxes = [shape(home, line).box for line in line_ids(home)[:3]]
        assert boxes == [(100, 100, 900, 140), (102, 152, 898, 188), (100, 600, 900, 640)]

    def test_finding_lines_again_leaves_it(self, home, drawn, come_back):
        come_back()
        replace_found_lines(home, list_pages(home)[0].id, [])
        origins = [e.line.origin for e in list_entries(home, list_pages(home)[0].id)]
        assert origins == [LineOrigin.IMPORTED] * 4
