"""What a second reader did to whole pages comes home: reading orders, and how they are turned."""

import pytest

from core.storage.journal import redo, undo
from core.storage.layout_edits import delete_lines, draw_line, move_line, reshape_line
from core.storage.lines import list_entries
from core.storage.pages import delete_pages, list_pages, rotate_page
from core.workflow.merging import merge
from core.workflow.receiving import receive
from core.workflow.second_reader import hand_out
from tests.core.storage.conftest import box
from tests.core.workflow.second_reading import MENDED, line_ids, lines_of, shape, words, write
from tests.core.workflow.test_merging import as_of_old


def order(project, page=0):
    return [entry.line.id for entry in list_entries(project, list_pages(project)[page].id)]


def rotations(project):
    return [page.rotation for page in list_pages(project)]


class TestOrders:
    def test_one_that_only_the_reader_changed_is_taken_once_and_undone(self, home, lin, come_back):
        first, second, third = before = order(home)
        move_line(lin, order(lin)[2], 0)
        report = come_back()
        assert (report.layout.orders, report.to_json()["orders"]) == (1, 1)
        assert "The reading order of 1 page taken." in words(report)
        assert order(home) == [third, first, second]
        assert come_back().layout.orders == 0
        undo(home)
        assert order(home) == before
        redo(home)
        assert order(home) == [third, first, second]

    def test_one_that_only_we_changed_stays(self, home, lin, come_back):
        first, second, third = order(home)
        move_line(home, third, 0)
        write(lin, order(lin)[1], "Two")
        report = come_back()
        assert (report.layout.orders, report.layout.orders_kept) == (0, ())
        assert order(home) == [third, first, second]

    def test_one_that_both_changed_stays_ours_and_is_named(self, home, lin, come_back):
        first, second, third = order(home, page=1)
        move_line(home, third, 0)
        move_line(lin, order(lin, page=1)[1], 0)
        report = come_back()
        assert (report.layout.orders, report.layout.orders_kept) == (0, (2,))
        assert "The reading order of 1 page was changed on both sides, and ours stays: 2." in words(report)
        assert order(home, page=1) == [third, first, second]

    def test_the_same_one_on_both_sides_is_not_spoken_of(self, home, lin, come_back):
        for project in (home, lin):
            move_line(project, order(project)[2], 0)
        report = come_back()
        assert (report.layout.orders, report.layout.orders_kept) == (0, ())

    def test_one_that_was_changed_again_after_it_was_sent_is_taken_again_and_back(self, home, lin, come_back):
        first, second, third = order(home)
        for wanted in ([third, first, second], [second, third, first], [first, second, third]):
            for place, line in enumerate(wanted):
                move_line(lin, line, place)
            assert come_back().layout.orders == 1
            assert order(home) == wanted

    def test_a_line_drawn_there_stands_where_it_stands_there_however_often_it_is_moved(
        self, home, lin, come_back
    ):
        drawn = draw_line(lin, list_pages(lin)[0].id, box(100, 600, 900, 640)).focus_line
        before = order(home)
        for place in (0, 2, 1):
            move_line(lin, drawn, place)
            come_back()
            now = order(home)
            assert [line for line in now if line in before] == before
            assert now[place] not in before

    def test_a_line_drawn_there_that_we_moved_stays_where_we_put_it(self, home, lin, come_back):
        draw_line(lin, list_pages(lin)[0].id, box(100, 600, 900, 640))
        come_back()
        [*_, drawn] = order(home)
        move_line(home, drawn, 0)
        ours = order(home)
        write(lin, order(lin)[1], "Two")
        come_back()
        assert order(home) == ours

    def test_lines_that_are_here_only_keep_their_places(self, home, lin, come_back):
        first, second, third = order(home)
        own = draw_line(home, list_pages(home)[0].id, box(100, 600, 900, 640), 1).focus_line
        delete_lines(lin, [second])
        move_line(lin, third, 0)
        report = come_back()
        assert (report.layout.orders, report.layout.deleted) == (1, 1)
        assert order(home) == [third, own, first]

    def test_one_that_a_reader_passed_on_comes_home(self, home, lin, tmp_path):
        first, second, third = order(home)
        drawn = draw_line(lin, list_pages(lin)[0].id, box(100, 600, 900, 640)).focus_line
        move_line(lin, drawn, 1)
        hand_out(lin, tmp_path / "on.lwp", list_pages(lin), "Max")
        with receive(tmp_path / "on.lwp", tmp_path / "max") as other:
            move_line(other, order(other)[3], 0)
            hand_out(other, tmp_path / "back.lwp", list_pages(other))
        assert merge(home, tmp_path / "back.lwp").layout.orders == 1
        now = order(home)
        assert [now[0], now[1], now[3]] == [third, first, second]


class TestTurnedPages:
    @pytest.mark.parametrize("degrees", [90, 180, 270])
    def test_one_that_only_the_reader_turned_is_turned_once_and_undone(self, home, lin, come_back, degrees):
        before, size = lines_of(home), (list_pages(home)[0].width, list_pages(home)[0].height)
        rotate_page(lin, list_pages(lin)[0].id, degrees)
        report = come_back()
        assert (report.layout.turned, report.to_json()["turned"]) == (1, 1)
        assert "1 page is turned as it is there; undo turns it back." in words(report)
        assert report.change.set_aside == 3
        assert rotations(home) == [degrees, 0]
        assert lines_of(home)[:3] == lines_of(lin)[:3]
        again = come_back()
        assert (again.layout.turned, again.layout.turns_kept, again.layout.outlines) == (0, (), 0)
        undo(home)
        assert rotations(home) == [0, 0]
        assert (list_pages(home)[0].width, list_pages(home)[0].height) == size
        assert [each[0].polygon for each in lines_of(home)] == [each[0].polygon for each in before]
        redo(home)
        assert rotations(home) == [degrees, 0]

    def test_one_that_only_we_turned_stays(self, home, lin, come_back):
        rotate_page(home, list_pages(home)[0].id, 90)
        write(lin, line_ids(lin)[1], "Two")
        report = come_back()
        assert (report.layout.turned, report.layout.turns_kept, rotations(home)) == (0, (), [90, 0])

    def test_one_that_both_turned_stays_ours_and_is_named(self, home, lin, come_back):
        rotate_page(home, list_pages(home)[1].id, 90)
        rotate_page(lin, list_pages(lin)[1].id, 180)
        reshape_line(lin, line_ids(lin)[4], box(80, 710, 880, 760))
        report = come_back()
        assert (report.layout.turned, report.layout.turns_kept, rotations(home)) == (0, (2,), [0, 90])
        assert "1 page was turned on both sides, and lies here as before: 2." in words(report)
        assert report.layout.outlines == 1
        rotate_page(home, list_pages(home)[1].id, 90)
        assert shape(home, line_ids(home)[4]).box == (80, 710, 880, 760)

    def test_one_that_was_turned_back_after_it_was_sent_is_turned_back_here(self, home, lin, come_back):
        page = list_pages(lin)[0].id
        for degrees, there in ((90, 90), (90, 180), (180, 0)):
            rotate_page(lin, page, degrees)
            assert come_back().layout.turned == 1
            assert rotations(home) == [there, 0]

    def test_what_else_was_done_on_it_comes_along_in_a_step_of_its_own(self, home, lin, come_back):
        page = list_pages(lin)[0].id
        rotate_page(lin, page, 90)
        reshape_line(lin, line_ids(lin)[1], box(610, 80, 650, 950))
        draw_line(lin, page, box(200, 80, 240, 950))
        delete_lines(lin, [line_ids(lin)[2]])
        assert come_back().layout.turned == 1
        assert lines_of(home) == lines_of(lin)
        undo(home)
        assert (rotations(home), len(line_ids(home))) == ([90, 0], 6)
        undo(home)
        assert rotations(home) == [0, 0]
        assert shape(home, line_ids(home)[1]).box == (100, 150, 900, 190)

    def test_turning_a_page_leaves_the_other_pages_of_a_merge_that_is_undone_then(self, home, lin, come_back):
        before = shape(home, line_ids(home)[4])
        for line in (1, 4):
            reshape_line(lin, line_ids(lin)[line], MENDED)
        come_back()
        rotate_page(home, list_pages(home)[0].id, 90)
        undo(home)
        assert shape(home, line_ids(home)[4]) == before

    def test_a_page_that_is_deleted_leaves_the_other_pages_of_a_merge_their_undo(self, home, lin, come_back):
        before = shape(home, line_ids(home)[1])
        for page, line in zip(list_pages(lin), (1, 4), strict=True):
            rotate_page(lin, page.id, 180)
            reshape_line(lin, line_ids(lin)[line], MENDED)
        come_back()
        delete_pages(home, [list_pages(home)[1].id])
        undo(home)
        undo(home)
        assert rotations(home) == [0]
        assert shape(home, line_ids(home)[1]).polygon == before.polygon


def test_a_package_of_an_older_program_changes_no_order_and_turns_no_page(home, lin, tmp_path):
    move_line(lin, order(lin)[2], 0)
    rotate_page(lin, list_pages(lin)[1].id, 180)
    hand_out(lin, tmp_path / "back.lwp", list_pages(lin))
    as_of_old(tmp_path / "back.lwp")
    before = lines_of(home)
    merge(home, tmp_path / "back.lwp")
    assert lines_of(home) == before
