"""What is exported comes in again as it was."""

from pathlib import Path
from typing import NamedTuple

import pytest

from core.imaging.line_crops import line_crops
from core.imaging.scan import read_scan
from core.jobs import CancelToken
from core.storage.lines import line_images, list_entries
from core.storage.pages import list_pages
from core.storage.project import create_project
from core.workflow.exporting import TextFormat, export_pages
from tests.core.workflow.scans import page_file, page_line, picture, take


class Coords(NamedTuple):
    """Where a line is and how it runs, in PAGE's words."""

    points: str
    direction: str


def fail(line, error):
    raise AssertionError(f"{line}: {error}")


def test_a_line_of_each_direction_is_the_same_line_after_export_and_import(project, tmp_path):
    """The picture of a column is turned to read from left to right, and turned back when it comes in."""
    picture(300, 200).save(tmp_path / "a.png")
    column = Coords("10,10 40,10 40,190 10,190", "top-to-bottom")
    row = Coords("60,20 260,20 260,50 60,50", "right-to-left")
    tall = Coords("60,60 75,60 75,160 60,160", "left-to-right")
    lines = (
        f'<TextLine id="l{n}" readingDirection="{each.direction}"><Coords points="{each.points}"/>'
        f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv></TextLine>"
        for n, (each, text) in enumerate(((column, "欽定四庫全書"), (row, "שלום"), (tall, "il")))
    )
    page_file(tmp_path / "a.xml", "a.png", "".join(lines))
    take(project, tmp_path / "a.png")
    export_pages(project, tmp_path / "out", "jsonl", cancel=CancelToken())
    with create_project(tmp_path / "second") as second:
        report = take(second, tmp_path / "out")
        assert (report.lines, report.skipped) == (3, ())
        there = list_entries(project, 1)
        here = [entry for page in list_pages(second) for entry in list_entries(second, page.id)]
        crops = dict(line_crops(line_images(second, [page.id for page in list_pages(second)]), fail))
        pages = list_pages(second)
    assert [entry.line.shape.direction for entry in here] == [entry.line.shape.direction for entry in there]
    assert pages[0].height > 4 * pages[0].width
    for line, crop in crops.items():
        (written,) = (tmp_path / "out" / "images").glob(f"{Path(line.scan).stem}.png")
        assert (crop == read_scan(written)).all()


@pytest.mark.parametrize("format_", TextFormat)
def test_a_lost_scan_keeps_no_text_from_being_exported(project, tmp_path, format_):
    for number in (1, 2):
        picture(seed=number).save(tmp_path / f"{number}.png")
        page_file(tmp_path / f"{number}.xml", f"{number}.png", page_line(f"text {number}"))
    take(project, tmp_path)
    (project.scans / "1.png").unlink()
    report = export_pages(project, tmp_path / "out", format_, cancel=CancelToken())
    lost = [] if format_ is TextFormat.TXT else ["1.png: the file does not exist"]
    assert [str(skipped) for skipped in report.skipped] == lost
    assert report.lines == (1 if format_ is TextFormat.JSONL else 2)
    texts = [file.read_text("utf-8") for file in (tmp_path / "out").glob("*.[xt]*")]
    assert ["text 1" in text for text in sorted(texts)] == (
        [False] if format_ is TextFormat.JSONL else [True, False]
    )


@pytest.mark.parametrize("format_", TextFormat)
def test_scans_with_names_as_long_as_file_systems_allow_come_in_and_go_out(project, tmp_path, format_):
    long = "欽" * 83  # 249 bytes
    page_file(tmp_path / f"{long}.xml", f"{long}.png", page_line("x"))
    picture().save(tmp_path / f"{long}.png")
    frames = [picture(seed=1), picture(seed=2)]
    frames[0].save(tmp_path / f"{long}.tiff", save_all=True, append_images=frames[1:])
    report = take(project, tmp_path)
    assert (report.pages, report.lines) == (3, 1)
    assert [page.name[-7:] for page in list_pages(project)][1:] == ["_p1.png", "_p2.png"]
    assert export_pages(project, tmp_path / "out", format_, cancel=CancelToken()).lines == 1
