import errno
import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.document import Direction, LineOrigin, Split, TranscriptionState
from core.errors import KnownError, ReadOnlyProject
from core.exchange.page_xml import read_page_xml
from core.imaging.scan import read_scan
from core.jobs import Cancelled, CancelToken
from core.storage.lines import list_entries
from core.storage.models import promoted_model
from core.storage.pages import list_pages, rotate_page, scan_path
from core.storage.project import open_project
from core.storage.transcriptions import save
from core.workflow.drafting import draft_images
from core.workflow.exporting import export_pages
from core.workflow.importing import import_paths
from core.workflow.importing_models import import_model
from tests.book import CORRECTIONS, SCANS
from tests.core.workflow.scans import page_file, page_line, picture, take


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "bmp", "tif"])
def test_picture_formats_come_in_under_any_path(project, tmp_path, suffix):
    folder = tmp_path / "my scans 古籍 📚"
    folder.mkdir()
    picture().save(folder / f"Seite 1.{suffix}")
    report = take(project, folder)
    (page,) = list_pages(project)
    assert (report.pages, page.width, page.height, page.name) == (1, 120, 80, f"Seite 1.{suffix}")
    assert read_scan(scan_path(project, page)).shape == (80, 120, 3)


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_name_that_is_no_utf8_comes_in_legibly(project, tmp_path):
    folder = tmp_path / "old"
    folder.mkdir()
    source = tmp_path / "a.png"
    picture().save(source)
    try:
        source.rename(folder / os.fsdecode(b"br\xfccke.png"))
    except OSError:
        pytest.skip("this file system takes only UTF-8")
    (folder / os.fsdecode(b"br\xfccke-2.png")).touch()
    steps = []
    report = take(project, folder, progress=steps.append)
    (page,) = list_pages(project)
    assert page.name == "br\ufffdcke.png"
    assert read_scan(scan_path(project, page)).shape == (80, 120, 3)
    for told in (*report.skipped, *(step.what for step in steps)):
        assert "br\ufffdcke" in str(told)


def test_the_project_among_the_scans_is_not_imported_into_itself(project, tmp_path):
    """Pages of a multi-page file lie in it as pictures of their own, which no hash would know again."""
    frames = [picture(seed=1), picture(seed=2)]
    frames[0].save(tmp_path / "book.tiff", save_all=True, append_images=frames[1:])
    for _ in range(2):
        take(project, tmp_path)
    assert len(list_pages(project)) == 2
    assert [str(skipped) for skipped in take(project, project.scans).skipped] == [
        "scans: it is part of this project already"
    ]


def test_what_a_killed_import_left_of_a_scan_does_not_take_its_name(project, tmp_path):
    picture().save(tmp_path / "0001.png")
    whole = (tmp_path / "0001.png").read_bytes()
    (project.scans / "0001.png").write_bytes(whole[:100])
    take(project, tmp_path / "0001.png")
    (page,) = list_pages(project)
    assert (page.name, scan_path(project, page).read_bytes()) == ("0001.png", whole)


def test_a_second_process_leaves_no_files_in_a_project_that_another_one_writes(project, tmp_path):
    picture().save(tmp_path / "0001.png")
    with open_project(project.folder) as second:
        with pytest.raises(ReadOnlyProject, match="is being edited by"):
            take(second, tmp_path / "0001.png")
        with pytest.raises(ReadOnlyProject, match="is being edited by"):
            import_model(second, tmp_path / "0001.png")
        with pytest.raises(ReadOnlyProject, match="is being edited by"):
            draft_images(second, promoted_model(second), [], cancel=CancelToken())
    assert not list(project.scans.iterdir())
    assert not list(project.models.iterdir())


def test_a_disk_that_is_full_keeps_no_half_of_a_scan(project, tmp_path, monkeypatch):
    picture().save(tmp_path / "0001.png")
    write = Path.write_bytes

    def write_half(file, data):
        write(file, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", write_half)
    with pytest.raises(KnownError, match=r"No space left.*Make room there and import again"):
        take(project, tmp_path / "0001.png")
    assert not list(project.scans.iterdir())


def test_pages_of_two_books_that_are_called_the_same_are_no_group(project, tmp_path):
    for number, book in enumerate(("a", "b")):
        (tmp_path / book).mkdir()
        picture(seed=number).save(tmp_path / book / "0001.png")
    take(project, tmp_path)
    assert [page.group for page in list_pages(project)] == ["0001", "0001-2"]


def test_multi_page_tiff_and_pdf_become_pages_in_order(project, tmp_path):
    frames = [picture(100 + 10 * n, 80, n) for n in range(3)]
    frames[0].save(tmp_path / "book.tiff", save_all=True, append_images=frames[1:])
    frames[0].save(tmp_path / "letter.pdf", save_all=True, append_images=frames[1:])
    report = take(project, tmp_path / "book.tiff", tmp_path / "letter.pdf")
    assert (report.pages, report.skipped) == (6, ())
    assert [page.width for page in list_pages(project)][:3] == [100, 110, 120]


def test_exif_orientation_is_honoured(project, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    picture().save(tmp_path / "sideways.jpg", exif=exif)
    take(project, tmp_path / "sideways.jpg")
    (page,) = list_pages(project)
    assert (page.width, page.height) == (80, 120)


@pytest.mark.parametrize(
    ("orientation", "size", "box"),
    [
        (6, (120, 80), (50, 10, 70, 90)),
        (8, (120, 80), (10, 30, 30, 110)),
        (6, (80, 120), (10, 10, 90, 30)),
        (3, (120, 80), (10, 10, 90, 30)),
    ],
)
def test_lines_made_for_a_scan_as_it_lies_in_its_file_are_turned_with_it(
    project, tmp_path, orientation, size, box
):
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture().save(tmp_path / "a.jpg", exif=exif)
    page_file(tmp_path / "a.xml", "a.jpg", page_line("x"), *size)
    assert take(project, tmp_path / "a.jpg").skipped == ()
    assert list_entries(project, 1)[0].line.shape.box == box


@pytest.mark.parametrize(("orientation", "written"), [(6, ".png"), (2, ".png"), (1, ".jpg")])
def test_beside_exported_lines_lies_the_scan_as_they_lie_on_it(project, tmp_path, orientation, written):
    """Programs that do not look at the EXIF orientation see what was shown here."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture().save(tmp_path / "a.jpg", exif=exif)
    width, height = (80, 120) if orientation == 6 else (120, 80)
    page_file(tmp_path / "a.xml", "a.jpg", page_line("x"), width, height)
    take(project, tmp_path / "a.jpg")
    export_pages(project, tmp_path / "out", "page", cancel=CancelToken())
    scan = tmp_path / "out" / f"0001_a{written}"
    described = read_page_xml(scan.with_suffix(".xml"))
    with Image.open(scan) as shown:
        assert (described.image_name, described.width, described.height) == (scan.name, *shown.size)
        shown_pixels = np.asarray(shown.convert("RGB"))[..., ::-1]
    here = list_pages(project)[0]
    assert (shown_pixels == read_scan(scan_path(project, here))).all()


def test_a_layout_file_for_a_picture_of_another_form_is_doubted(project, tmp_path):
    for name, width in (("a", 119), ("b", 100)):
        picture(seed=width).save(tmp_path / f"{name}.png")
        page_file(tmp_path / f"{name}.xml", f"{name}.png", page_line("x"), width)
    report = take(project, tmp_path / "a.png", tmp_path / "b.png")
    assert (report.lines, [skipped.file.name for skipped in report.skipped]) == (2, ["b.xml"])
    assert "100 × 80" in report.skipped[0].reason


def test_broken_files_are_named_and_the_rest_goes_on(project, tmp_path):
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "text.jpg").write_text("no picture")
    (tmp_path / "cut.png").write_bytes((SCANS / "utopie_p15.jpg").read_bytes()[:5000])
    picture().save(tmp_path / "good.png")
    bomb = Image.new("1", (40000, 40000))
    bomb.save(tmp_path / "bomb.png")
    report = take(project, tmp_path)
    assert report.pages == 1
    assert {skipped.file.name for skipped in report.skipped} == {
        "empty.png",
        "text.jpg",
        "cut.png",
        "bomb.png",
    }
    assert all(skipped.reason for skipped in report.skipped)


def test_the_same_scan_comes_in_once(project, tmp_path):
    picture().save(tmp_path / "a.png")
    shutil.copy(tmp_path / "a.png", tmp_path / "copy.png")
    report = take(project, tmp_path)
    assert (report.pages, len(report.skipped)) == (1, 1)
    assert "page 1" in report.skipped[0].reason


def test_layout_file_beside_a_scan_brings_lines_and_text(project, tmp_path):
    shutil.copy(SCANS / "utopie_p15.jpg", tmp_path)
    shutil.copy(CORRECTIONS / "utopie_p15.xml", tmp_path)
    report = take(project, tmp_path, split=Split.TEST)
    assert (report.pages, report.lines, report.transcriptions) == (1, 28, 28)
    entries = list_entries(project, 1)
    assert entries[0].state is TranscriptionState.CORRECTED
    assert list_pages(project)[0].split is Split.TEST


def test_what_a_layout_file_holds_that_could_not_be_read_is_told_with_its_id(project, tmp_path):
    picture().save(tmp_path / "a.png")
    page_file(tmp_path / "a.xml", "a.png", page_line("good") + page_line("bad", "", "l2"))
    report = take(project, tmp_path)
    assert (report.lines, report.transcriptions) == (1, 1)
    assert [str(skipped) for skipped in report.skipped] == [
        "a.xml: line l2 has neither outline nor baseline and was not read"
    ]


def test_a_layout_file_beside_a_scan_of_several_pages_is_told(project, tmp_path):
    picture().save(tmp_path / "a.tif", save_all=True, append_images=[picture(seed=1)])
    page_file(tmp_path / "a.xml", "a.tif", page_line("whose?"))
    report = take(project, tmp_path)
    assert (report.pages, report.lines) == (2, 0)
    assert [skipped.file.name for skipped in report.skipped] == ["a.xml"]
    assert "a.tif has 2" in report.skipped[0].reason


def test_text_can_be_left_behind(project, tmp_path):
    shutil.copy(SCANS / "utopie_p15.jpg", tmp_path)
    shutil.copy(CORRECTIONS / "utopie_p15.xml", tmp_path)
    report = take(project, tmp_path, take_text=False)
    assert (report.lines, report.transcriptions) == (28, 0)


def test_importing_again_never_replaces_what_a_human_wrote(utopie, tmp_path):
    page = list_pages(utopie)[0]
    first = list_entries(utopie, page.id)[0]
    save(
        utopie,
        first.line.id,
        "mine",
        state=TranscriptionState.CORRECTED,
        base_revision=first.transcription.revision,
    )
    shutil.copy(SCANS / page.name, tmp_path)
    shutil.copy(CORRECTIONS / "utopie_p15.xml", tmp_path)
    report = take(utopie, tmp_path / page.name)
    assert (report.pages, report.transcriptions) == (0, 0)
    assert list_entries(utopie, page.id)[0].text == "mine"


def test_a_page_without_lines_takes_those_of_a_layout_file_that_comes_later(project, tmp_path):
    picture().save(tmp_path / "a.png")
    take(project, tmp_path / "a.png")
    lower = page_line("", "10,50 90,50 90,70 10,70", "l2")
    page_file(tmp_path / "a.xml", "a.png", lower + page_line("upper"))
    report = take(project, tmp_path / "a.png")
    assert (report.pages, report.lines, report.transcriptions) == (0, 2, 1)
    entries = list_entries(project, 1)
    assert [entry.text for entry in entries] == ["", "upper"]
    assert {entry.line.origin for entry in entries} == {LineOrigin.IMPORTED}


def test_lines_of_a_later_layout_file_lie_right_on_a_page_that_was_turned(project, tmp_path):
    picture().save(tmp_path / "a.png")
    take(project, tmp_path / "a.png")
    rotate_page(project, 1, 90)
    page_file(tmp_path / "a.xml", "a.png", page_line("x"))
    take(project, tmp_path / "a.png")
    assert list_entries(project, 1)[0].line.shape.box == (50, 10, 70, 90)


def test_how_many_lines_of_a_later_layout_file_differ_is_told(project, tmp_path):
    picture().save(tmp_path / "a.png")
    second = page_line("same", "10,50 90,50 90,70 10,70", "l2")
    page_file(tmp_path / "a.xml", "a.png", page_line("mine") + second)
    take(project, tmp_path / "a.png")
    assert [skipped.file.name for skipped in take(project, tmp_path / "a.png").skipped] == ["a.png"]
    page_file(tmp_path / "a.xml", "a.png", page_line("theirs") + second)
    report = take(project, tmp_path / "a.png")
    assert str(report.skipped[1]) == (
        "a.xml: one of its lines differs from what stands on page 1, which was kept"
    )
    assert [entry.text for entry in list_entries(project, 1)] == ["mine", "same"]


def test_line_data_set_of_the_article(project, tmp_path):
    folder = tmp_path / "fine_tune_data"
    (folder / "images").mkdir(parents=True)
    entries = []
    for number in range(3):
        name = f"book{number % 2}__l{number}.png"
        picture(200, 32, number).save(folder / "images" / name)
        entries.append({"filename": name, "text": f"阿莫西林胶囊 {number}"})
    picture(30, 200, 9).save(folder / "images" / "column.png")
    entries += [{"filename": "column.png", "text": "欽定四庫全書"}, {"filename": "lost.png", "text": "x"}]
    lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    (folder / "labels.txt").write_text("\ufeff" + "\r\n".join([*lines, "{broken", ""]), encoding="utf-8")
    report = take(project, folder)
    assert (report.pages, report.lines, report.transcriptions) == (4, 4, 4)
    assert [(s.line, "missing" in s.reason) for s in report.skipped] == [(5, True), (6, False)]
    pages = list_pages(project)
    assert [page.group for page in pages] == ["book0", "book1", "book0", "column"]
    assert list_entries(project, pages[3].id)[0].line.shape.direction is Direction.TTB


def test_tab_separated_lists_say_the_split(project, tmp_path):
    for number, split in enumerate(["train", "val"]):
        picture(200, 32, number).save(tmp_path / f"{split}1.png")
        (tmp_path / f"rec_gt_{split}.txt").write_text(f"{split}1.png\tInvoice {number}\n", encoding="utf-8")
    take(project, tmp_path)
    assert {page.split for page in list_pages(project)} == {Split.TRAIN, Split.VAL}


def test_pairs_of_line_picture_and_text_come_in_as_lines(project, tmp_path):
    for number in range(3):
        picture(200, 32, number).save(tmp_path / f"book__{number}.png")
        (tmp_path / f"book__{number}.gt.txt").write_text(f"Zeile {number}\n" * (number > 0), encoding="utf-8")
    report = take(project, tmp_path)
    assert (report.pages, report.lines, report.transcriptions) == (2, 2, 2)
    assert [str(skipped) for skipped in report.skipped] == ["book__0.gt.txt: it is empty"]
    assert [page.group for page in list_pages(project)] == ["book", "book"]
    assert list_entries(project, 1)[0].text == "Zeile 1"


def test_list_cannot_reach_outside_of_its_folder(project, tmp_path):
    picture().save(tmp_path / "secret.png")
    folder = tmp_path / "set"
    folder.mkdir()
    (folder / "labels.txt").write_text(json.dumps({"filename": "../secret.png", "text": "x"}))
    report = take(project, folder)
    assert report.pages == 0
    assert "outside" in report.skipped[0].reason


def test_missing_and_unknown_files_are_reported(project, tmp_path):
    (tmp_path / "notes.docx").write_bytes(b"x")
    report = take(project, tmp_path / "nothing.png", tmp_path / "notes.docx")
    assert [skipped.file.name for skipped in report.skipped] == ["nothing.png", "notes.docx"]


def test_cancelled_import_keeps_what_came_in(project, tmp_path):
    for number in range(3):
        picture(seed=number).save(tmp_path / f"{number}.png")
    cancel = CancelToken()
    with pytest.raises(Cancelled):
        import_paths(project, [tmp_path], cancel=cancel, progress=lambda _progress: cancel.cancel())
    assert len(list_pages(project)) == 1
