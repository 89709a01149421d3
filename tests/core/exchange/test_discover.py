import json
import os
import shutil
from pathlib import Path

import pytest
from PIL import Image

from core.document import Split
from core.exchange.discover import discover, natural_key

PAGE = (
    '<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
    '<Page imageFilename="{name}" imageWidth="9" imageHeight="9"/></PcGts>'
)


def picture(file: Path, size=(30, 20)) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("L", size, 200).save(file)
    return file


def layout(file: Path, name: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(PAGE.format(name=name))
    return file


def names(plan) -> list[tuple[str, str | None]]:
    return [(s.file.name, s.layout_xml.name if s.layout_xml else None) for s in plan.scans]


def test_pages_come_in_natural_order(tmp_path):
    for number in (10, 9, 1, 100):
        picture(tmp_path / f"p{number}.png")
    plan = discover([tmp_path])
    assert names(plan) == [(f"p{number}.png", None) for number in (1, 9, 10, 100)]
    assert not plan.skipped


def test_natural_order_compares_any_names():
    names = ["2a", "10", "10²", "a2", "A3", "a10b2", "a10b10", "a²", "b"]
    assert [path.name for path in sorted(map(Path, reversed(names)), key=natural_key)] == names


def test_folders_are_searched_and_hidden_and_foreign_files_passed_over(tmp_path):
    picture(tmp_path / "vol 2" / "deep" / "p1.png")
    picture(tmp_path / ".cache" / "p2.png")
    picture(tmp_path / ".p3.png")
    (tmp_path / "notes.docx").write_text("x")
    plan = discover([tmp_path])
    assert names(plan) == [("p1.png", None)] and plan.skipped == []


def test_a_foreign_file_that_was_named_is_reported(tmp_path):
    (tmp_path / "notes.docx").write_text("x")
    plan = discover([tmp_path / "notes.docx", tmp_path / "gone.png"])
    assert {(s.file.name, s.reason) for s in plan.skipped} == {
        ("notes.docx", "this kind of file cannot be imported"),
        ("gone.png", "there is no such file or folder"),
    }


@pytest.mark.parametrize("folder", ["", "page", "alto"])
def test_layout_files_lie_beside_the_scans_or_in_a_folder_of_their_own(tmp_path, folder):
    picture(tmp_path / "p1.jpg")
    picture(tmp_path / "p2.jpg")
    layout(tmp_path / folder / "p1.xml", "whatever.tif")
    plan = discover([tmp_path])
    assert names(plan) == [("p1.jpg", "p1.xml"), ("p2.jpg", None)] and not plan.skipped


def test_a_layout_file_of_another_name_says_which_picture_it_means(tmp_path):
    picture(tmp_path / "p1.png")
    layout(tmp_path / "0001_export.xml", "C:\\data\\p1.png")
    assert names(discover([tmp_path])) == [("p1.png", "0001_export.xml")]


def test_a_picture_named_as_in_a_url_is_found(tmp_path):
    picture(tmp_path / "Über Seite 1.png")
    xml = layout(tmp_path / "x.xml", "%C3%9Cber%20Seite%201.png")
    assert names(discover([tmp_path])) == names(discover([xml])) == [("Über Seite 1.png", "x.xml")]
    layout(tmp_path / "x.xml", "%00.png")
    assert "is missing" in discover([xml]).skipped[0].reason


def test_a_picture_that_was_saved_as_another_kind_is_found_in_another_folder(tmp_path):
    picture(tmp_path / "img" / "p1.png")
    picture(tmp_path / "img" / "p2.png")
    layout(tmp_path / "gt" / "FILE_1.xml", "../img/p1.tif")
    assert names(discover([tmp_path])) == [("p1.png", "FILE_1.xml"), ("p2.png", None)]


def test_of_pictures_of_the_same_name_the_one_that_is_meant_gets_the_lines(tmp_path):
    for book in ("a", "b"):
        picture(tmp_path / book / "img" / "0001.png")
        layout(tmp_path / book / "gt" / "FILE_0001.xml", "../img/0001.png" if book == "b" else "0001.png")
    plan = discover([tmp_path])
    assert [(scan.file.parts[-3], scan.layout_xml.parts[-3]) for scan in plan.scans] == [
        ("a",) * 2,
        ("b",) * 2,
    ]
    assert not plan.skipped


def test_a_layout_file_that_fits_several_pictures_or_comes_second_is_told_of(tmp_path):
    picture(tmp_path / "a" / "0001.png")
    picture(tmp_path / "b" / "0001.png")
    layout(tmp_path / "lines" / "x.xml", "0001.png")
    plan = discover([tmp_path])
    assert names(plan) == [("0001.png", None)] * 2
    assert str(plan.skipped[0]) == (
        "x.xml: 2 pictures are called 0001.png; put it beside the one that it describes"
    )
    picture(tmp_path / "p1.png")
    layout(tmp_path / "page" / "p1.xml", "p1.png")
    layout(tmp_path / "alto" / "p1.xml", "p1.png")
    plan = discover([tmp_path / "p1.png", tmp_path / "page", tmp_path / "alto"])
    assert names(plan) == [("p1.png", "p1.xml")]
    assert [str(skip) for skip in plan.skipped] == ["p1.xml: its picture p1.png has another layout file"]


def test_a_layout_file_named_alone_says_in_which_folder_its_picture_is(tmp_path):
    picture(tmp_path / "img" / "p1.png")
    xml = layout(tmp_path / "gt" / "x.xml", "../img/p1.png")
    assert names(discover([xml])) == [("p1.png", "x.xml")]
    plan = discover([picture(tmp_path / "other" / "p1.png"), xml])
    assert [(scan.file.parent.name, scan.layout_xml) for scan in plan.scans] == [
        ("other", None),
        ("img", xml),
    ]


@pytest.mark.parametrize("folder", ["", "page"])
def test_a_layout_file_named_alone_brings_its_picture(tmp_path, folder):
    picture(tmp_path / "p1.png")
    xml = layout(tmp_path / folder / "x.xml", "p1.png")
    assert names(discover([xml])) == [("p1.png", "x.xml")]


def test_a_scan_named_alone_brings_its_layout_file(tmp_path):
    picture(tmp_path / "p1.png")
    layout(tmp_path / "p1.xml", "p1.png")
    assert names(discover([tmp_path / "p1.png"])) == [("p1.png", "p1.xml")]


def test_a_layout_file_without_its_picture_is_reported(tmp_path):
    layout(tmp_path / "p1.xml", "p1.png")
    (skip,) = discover([tmp_path]).skipped
    assert skip.file.name == "p1.xml" and "p1.png is missing" in skip.reason


def test_other_xml_is_passed_over_in_folders_but_damaged_xml_is_not(tmp_path):
    (tmp_path / "mets.xml").write_text("<mets/>")
    (tmp_path / "cut.xml").write_text("<PcGts><Pa")
    assert [s.file.name for s in discover([tmp_path]).skipped] == ["cut.xml"]
    assert [s.reason for s in discover([tmp_path / "mets.xml"]).skipped] == ["it is neither PAGE nor ALTO"]


def dataset(folder: Path, count=4) -> Path:
    rows = []
    for number in range(1, count + 1):
        picture(folder / "images" / f"b__l{number}.png", (90, 20))
        rows.append(json.dumps({"filename": f"b__l{number}.png", "text": str(number)}))
    (folder / "labels.txt").write_text("\n".join(rows))
    return folder


def test_a_data_set_is_found_and_its_pictures_are_no_pages(tmp_path):
    dataset(tmp_path / "fine_tune_data")
    picture(tmp_path / "fine_tune_data" / "images_upright" / "x.png")
    picture(tmp_path / "p1.png")
    plan = discover([tmp_path])
    assert names(plan) == [("p1.png", None)]
    assert [line.text for line in plan.datasets[0].lines] == ["1", "2", "3", "4"]
    assert "one picture beside it" in plan.skipped[0].reason


def test_lists_with_a_split_go_before_the_list_of_all(tmp_path):
    dataset(tmp_path)
    (tmp_path / "train.txt").write_text("images/b__l1.png\t1\nimages/b__l2.png\t2\n")
    (tmp_path / "val.txt").write_text("images/b__l3.png\t3\n")
    lines = [line for found in discover([tmp_path]).datasets for line in found.lines]
    assert sorted((line.text, line.split) for line in lines if line.split) == [
        ("1", Split.TRAIN),
        ("2", Split.TRAIN),
        ("3", Split.VAL),
    ]
    assert [line.text for line in lines if line.split is None] == ["4"]


def test_a_list_named_alone_is_a_data_set(tmp_path):
    plan = discover([dataset(tmp_path) / "labels.txt"])
    assert len(plan.datasets[0].lines) == 4 and not plan.scans and not plan.skipped


def pair(folder: Path, stem: str, text: str) -> Path:
    picture(folder / f"{stem}.png", (90, 20))
    (folder / f"{stem}.gt.txt").write_text(text)
    return folder / f"{stem}.png"


def test_pictures_with_texts_of_their_own_are_lines_and_no_pages(tmp_path):
    pair(tmp_path / "gt", "l2", "two")
    pair(tmp_path / "gt", "l10", "ten")
    picture(tmp_path / "gt" / "l2.bin.png")
    picture(tmp_path / "gt" / "unlabelled.png")
    picture(tmp_path / "p1.png")
    plan = discover([tmp_path])
    assert names(plan) == [("p1.png", None)]
    assert [line.text for line in plan.datasets[0].lines] == ["two", "ten"]
    assert [str(skip) for skip in plan.skipped] == [
        "gt: one picture there has no .gt.txt beside it and was left out"
    ]


def test_the_picture_or_the_text_named_alone_brings_the_other(tmp_path):
    named = pair(tmp_path, "l1", "one")
    for file in (named, tmp_path / "l1.gt.txt"):
        plan = discover([file])
        assert [line.text for line in plan.datasets[0].lines] == ["one"]
        assert (plan.scans, plan.skipped) == ([], [])


def test_pages_stay_pages_beside_line_pictures(tmp_path):
    pair(tmp_path, "l1", "one")
    pair(tmp_path, "p1", "a text\nof a page")
    layout(tmp_path / "p1.xml", "p1.png")
    plan = discover([tmp_path])
    assert names(plan) == [("p1.png", "p1.xml")]
    assert [skip.file.name for skip in plan.datasets[0].skipped] == ["p1.gt.txt"]


def test_a_picture_in_a_list_and_with_a_text_file_comes_once_and_other_pairs_below_the_list_come_too(
    tmp_path,
):
    dataset(tmp_path, 1)
    pair(tmp_path / "images", "b__l1", "1")
    pair(tmp_path / "more", "m1", "m")
    plan = discover([tmp_path])
    assert [line.text for found in plan.datasets for line in found.lines] == ["1", "m"]
    assert (plan.scans, plan.skipped) == ([], [])


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="folders cannot be locked here")
def test_a_locked_folder_is_reported(tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    assert "cannot be opened" in discover([tmp_path]).skipped[0].reason


def test_real_pages_find_their_layout_files(data, tmp_path):
    shutil.copytree(data / "pages", tmp_path / "pages")
    plan = discover([tmp_path])
    assert names(plan) == [
        ("siku_b6_025.png", "siku_b6_025.xml"),
        ("utopie_p28.jpg", "utopie_p28.xml"),
        ("will_AN_0218.jpg", "will_AN_0218.xml"),
    ]
    assert plan.skipped == []
