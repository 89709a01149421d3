"""What a second reader did beside the texts comes home: tags, and all of it at once."""

import json
import zipfile

from sqlalchemy import update

from core.storage.comments import (
    add_comment,
)
from core.storage.journal import redo, undo
from core.storage.layout_edits import (
    delete_lines,
    draw_line,
    replace_found_lines,
    reshape_line,
    tag_lines,
)
from core.storage.lines import get_entry
from core.storage.pages import delete_pages, list_pages
from core.storage.project_settings import note_setting
from core.storage.schema import LineRow
from core.workflow.merging import merge
from core.workflow.receiving import receive
from core.workflow.second_reader import hand_out, handed_key
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


class TestTags:
    def test_one_that_only_the_reader_changed_is_taken_once(self, home, lin, come_back):
        tag_lines(lin, line_ids(lin)[1:3], "heading")
        report = come_back()
        assert report.layout.tags == 2
        assert "2 tags taken." in words(report)
        assert [tag(home, line) for line in line_ids(home)[:3]] == ["", "heading", "heading"]
        again = come_back()
        assert (again.layout.tags, again.layout.tags_kept) == (0, ())

    def test_one_that_only_we_changed_stays(self, home, lin, come_back):
        tag_lines(home, [line_ids(home)[1]], "heading")
        report = come_back()
        assert (report.layout.tags, report.layout.tags_kept) == (0, ())
        assert tag(home, line_ids(home)[1]) == "heading"

    def test_one_that_both_changed_stays_ours_and_is_named(self, home, lin, come_back):
        tag_lines(home, line_ids(home)[1:3], "heading")
        tag_lines(lin, line_ids(lin)[1:2], "date")
        tag_lines(lin, line_ids(lin)[2:3], "heading")
        report = come_back()
        assert places(report.layout.tags_kept) == [(1, 2, "date")]
        assert "1 tag was changed on both sides, and ours stays: page 1, line 2 (“date” there)." in words(
            report
        )
        assert tag(home, line_ids(home)[1]) == "heading"

    def test_what_each_side_changed_of_a_line_comes_together(self, home, lin, come_back):
        ours, theirs = line_ids(home), line_ids(lin)
        tag_lines(home, [ours[1]], "heading")
        reshape_line(lin, theirs[1], MENDED)
        reshape_line(home, ours[2], box(90, 195, 910, 245))
        tag_lines(lin, [theirs[2]], "date")
        report = come_back()
        assert (report.layout.tags_kept, report.layout.outlines_kept) == ((), ())
        assert (tag(home, ours[1]), shape(home, ours[1])) == ("heading", MENDED)
        assert (tag(home, ours[2]), shape(home, ours[2])) == ("date", box(90, 195, 910, 245))

    def test_one_of_a_line_that_is_off_its_page_here_is_named(self, home, lin, come_back):
        delete_lines(home, [line_ids(home)[1]])
        tag_lines(lin, [line_ids(lin)[1]], "date")
        report = come_back()
        assert places(report.layout.tags_kept) == [(1, None, "date")]
        assert "page 1, a line taken off it (“date” there)" in words(report)


def busy(lin):
    """A bit of everything, on both pages."""
    first = line_ids(lin)
    write(lin, first[1], "Two")
    tag_lines(lin, [first[0], first[4]], "heading")
    reshape_line(lin, first[4], MENDED)
    delete_lines(lin, [first[2], first[5]])
    write(lin, draw_line(lin, list_pages(lin)[0].id, box(100, 600, 900, 640)).focus_line, "new")
    draw_line(lin, list_pages(lin)[1].id, box(100, 700, 900, 740))
    add_comment(lin, first[3], "a remark")


def test_a_merge_is_two_steps_of_undo_and_redo_brings_it_back(home, lin, come_back):
    before = lines_of(home)
    busy(lin)
    come_back()
    after = lines_of(home)
    assert after != before
    undo(home)
    undo(home)
    remark = after[3][3]
    assert lines_of(home) == [(*each, remark if n == 3 else said) for n, (*each, said) in enumerate(before)]
    redo(home)
    redo(home)
    assert lines_of(home) == after
    undo(home)
    undo(home)
    undo(home)
    assert texts(home)[0] == "one", "what was done before the merge"


def test_merging_everything_again_changes_nothing(home, lin, come_back):
    busy(lin)
    come_back()
    before = lines_of(home)
    report = come_back()
    assert lines_of(home) == before
    found = report.layout
    assert (report.drawn, report.blank, found.tags, found.outlines, found.deleted) == (0, 0, 0, 0, 0)
    assert (found.tags_kept, found.outlines_kept, found.deletions_kept) == ((), (), ())
    assert (report.comments.added, report.comments.settled) == (0, 0)


def test_work_on_lines_that_were_found_anew_here_goes_to_those(home, lin, come_back):
    with home.writing() as session:
        session.execute(update(LineRow).values(origin="detected"))
    write(lin, line_ids(lin)[1], "Two")
    tag_lines(lin, [line_ids(lin)[1]], "date")
    add_comment(lin, line_ids(lin)[1], "a remark")
    old = line_ids(home)[1]
    replace_found_lines(home, list_pages(home)[0].id, [box(102, 151, 899, 189)])
    report = come_back()
    assert (report.taken, report.gone) == (1, 0)
    new = line_ids(home)[1]
    assert new != old
    assert (get_entry(home, new).text, tag(home, new), len(remarks(home, new))) == ("Two", "date", 1)


def test_texts_of_two_lines_in_one_place_never_go_to_the_same_line(home, lin, come_back):
    page = list_pages(lin)[0].id
    twins = [draw_line(lin, page, box(100, 600, 900, 640)).focus_line for _ in range(2)]
    delete_lines(home, [line_ids(home)[1]])
    draw_line(home, list_pages(home)[0].id, box(100, 150, 900, 190))
    assert come_back().blank == 2
    for line, text in zip([*twins, line_ids(lin)[1], line_ids(lin)[2]], "abcd", strict=True):
        write(lin, line, text)
    assert come_back().taken == 4
    assert texts(home)[1:3] == ["c", "d"]
    assert sorted(texts(home)[3:5]) == ["a", "b"]


def test_a_line_that_is_here_gets_its_own_text_before_one_that_is_not(home, tmp_path):
    old = line_ids(home)[1]
    twin = draw_line(home, list_pages(home)[0].id, box(100, 150, 900, 190)).focus_line
    hand_out(home, tmp_path / "out.lwp", list_pages(home), "Lin")
    places = line_ids(home).index(old), line_ids(home).index(twin)
    assert places == (1, 2)
    with receive(tmp_path / "out.lwp", tmp_path / "theirs") as theirs:
        for place, text in zip(places, ("of the old one", "of its twin"), strict=True):
            write(theirs, line_ids(theirs)[place], text)
        hand_out(theirs, tmp_path / "back.lwp", list_pages(theirs))
    delete_lines(home, [old])
    report = merge(home, tmp_path / "back.lwp")
    assert (report.taken, report.gone, get_entry(home, twin).text) == (1, 1, "of its twin")


def test_lines_worked_on_there_that_are_not_here_any_more_are_drawn_with_their_page(home, lin, come_back):
    *_, fourth, fifth, sixth = line_ids(lin)
    tag_lines(lin, [fourth], "date")
    add_comment(lin, fifth, "a remark")
    delete_pages(home, [list_pages(home)[1].id])
    (home.scans / "p2.png").write_bytes(b"p2.png")
    add_page(home, "p2.png", [])
    assert come_back().blank == 2
    assert [(tag(home, line), len(remarks(home, line))) for line in line_ids(home)[3:]] == [
        ("date", 0),
        ("", 1),
    ]
    assert shape(home, line_ids(home)[3]) == shape(lin, fourth)
    assert sixth in line_ids(lin), "nobody worked on it, and so it did not come"


def as_of_old(file):
    """A package as programs wrote it before it held more than texts."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    for page in manifest["pages"]:
        del page["deleted"], page["known"]
        for line in page["lines"]:
            del line["known"], line["comments"], line["drawn"]
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, data in members.items():
            archive.writestr(name, data)


def assert_texts_only(home, report):
    """Texts and drawn lines have come home, and nothing else was touched."""
    assert (report.taken, report.drawn, report.blank) == (1, 1, 1)
    found = report.layout
    assert (found.tags, found.outlines, found.deleted) == (0, 0, 0)
    assert (found.tags_kept, found.outlines_kept, found.deletions_kept) == ((), (), ())
    assert texts(home) == ["One", "Two", "three", "new", "one", "two", "three", ""]
    assert {tag(home, line) for line in line_ids(home)} == {""}


def test_a_package_of_an_older_program_comes_home_with_its_texts(home, lin, tmp_path):
    busy(lin)
    file = tmp_path / "back.lwp"
    hand_out(lin, file, list_pages(lin))
    as_of_old(file)
    assert_texts_only(home, merge(home, file))


def test_so_does_a_project_that_was_made_by_one_however_often(home, lin, come_back):
    for page in list_pages(lin):
        note_setting(lin, handed_key(page.sha256), {})
    busy(lin)
    report = come_back()
    assert report.comments.added == 1
    assert_texts_only(home, report)
    tag_lines(lin, line_ids(lin), "date")
    again = come_back().layout
    assert (again.outlines, again.deleted, again.tags_kept, again.outlines_kept) == (0, 0, (), ())
    assert again.tags == 2, "of the lines that were drawn there, and sent before"


def test_a_package_of_an_older_program_is_received(home, tmp_path):
    file = tmp_path / "to-lin.lwp"
    hand_out(home, file, list_pages(home), "Lin")
    as_of_old(file)
    with receive(file, tmp_path / "lin") as lin:
        write(lin, line_ids(lin)[1], "Two")
        hand_out(lin, tmp_path / "back.lwp", list_pages(lin))
    assert merge(home, tmp_path / "back.lwp").taken == 1


def test_what_a_reader_passes_on_to_another_comes_home_with_the_work_of_both(home, lin, tmp_path):
    write(lin, line_ids(lin)[1], "Two")
    tag_lines(lin, [line_ids(lin)[1]], "heading")
    add_comment(lin, line_ids(lin)[1], "a remark")
    hand_out(lin, tmp_path / "on.lwp", list_pages(lin), "Max")
    with receive(tmp_path / "on.lwp", tmp_path / "max") as other:
        write(other, line_ids(other)[2], "Three")
        hand_out(other, tmp_path / "back.lwp", list_pages(other))
    report = merge(home, tmp_path / "back.lwp")
    assert (report.taken, report.layout.tags, report.comments.added) == (2, 1, 1)
    assert texts(home)[:3] == ["One", "Two", "Three"]


def test_a_report_says_nothing_of_what_did_not_happen_and_names_some_lines_only(home, lin, come_back):
    report = come_back()
    assert words(report) == "0 texts taken, 0 the same on both sides, 0 to decide."
    tag_lines(home, line_ids(home), "ours")
    tag_lines(lin, line_ids(lin), "theirs")
    named = words(come_back())
    assert named.count("“theirs” there") == 5
    assert named.endswith("; ….")
