import datetime as dt
import json
import zipfile
from dataclasses import replace

import pytest

from core.document import LineOrigin, TranscriptionState
from core.errors import UnreadableFile
from core.exchange.package import (
    MANIFEST,
    Package,
    PackagedPage,
    extract_scan,
    read_package,
    write_package,
)
from core.exchange.packaged_line import KnownLine, KnownPage, PackagedComment, PackagedLine, PackagedText
from core.jobs import Cancelled, CancelToken
from core.storage.pages import list_pages
from core.workflow.receiving import receive
from tests.core.storage.conftest import box, reading

SHA256 = "ab" * 32


LINE = PackagedLine(
    7,
    box(1, 2, 30, 9),
    LineOrigin.DETECTED,
    "date",
    None,
    PackagedText("1515", TranscriptionState.CORRECTED, 2, "Lin"),
    known=(KnownLine("", box(2, 2, 30, 9), 90),),
    comments=(
        PackagedComment("Lin", "a long s?", True, dt.datetime(2024, 5, 1, 8, 30, tzinfo=dt.UTC), None),
        PackagedComment("ada", "no", False, dt.datetime(2024, 4, 1, 8, 0, 0, 17, dt.UTC), True, deleted=True),
    ),
    model="crnn-ppocr-v2",
    draft=reading("1515"),
)
DRAWN = PackagedLine(0, box(1, 22, 30, 29), LineOrigin.DRAWN, "", None, None, drawn=3)
PAGE_KNOWN = (KnownPage(0, (7,)), KnownPage(270, (-3, 7)))
DELETED = PackagedLine(
    8, box(1, 12, 30, 19), LineOrigin.DRAWN, "", None, None, known=(KnownLine("", box(1, 12, 30, 19), 0),)
)


@pytest.fixture
def package(tmp_path):
    """One page with one line; its scan is of other bytes than what was imported, as with PDFs."""
    scan = tmp_path / "p1.png"
    scan.write_bytes(b"pixels")
    page = PackagedPage(SHA256, "p1.png", 1, 100, 80, 0, None, "book", ".png", (LINE, DRAWN))
    page = replace(page, deleted=(DELETED,), known=PAGE_KNOWN)
    file = tmp_path / "for Lin.lwpages"
    write_package(file, Package("id", "home", "Lin", (page,)), lambda _: scan)
    return file


def rewrite(package, change, scan=b"pixels"):
    """The package with another manifest and scan, as somebody else might have made it."""
    with zipfile.ZipFile(package) as archive:
        manifest = json.loads(archive.read(MANIFEST))
    change(manifest["pages"][0])
    page = manifest["pages"][0]
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
        archive.writestr(f"scans/{page['sha256']}{page['suffix']}", scan)
    return package


def test_a_package_is_read_as_it_was_written(package, tmp_path):
    read = read_package(package)
    [page] = read.pages
    assert (read.home, read.home_name, read.reader) == ("id", "home", "Lin")
    assert (page.sha256, page.name, page.suffix, page.number) == (SHA256, "p1.png", ".png", 1)
    assert (page.lines, page.deleted, page.known) == ((LINE, DRAWN), (DELETED,), PAGE_KNOWN)
    assert page.order == (7, -3)
    extract_scan(package, page, tmp_path / "out.png")
    assert (tmp_path / "out.png").read_bytes() == b"pixels"


def test_drafts_are_left_out_where_nobody_wants_them(package):
    [page] = read_package(package, drafts=False).pages
    assert page.lines == (replace(LINE, draft=None), DRAWN)


def test_reading_stops_on_request(package):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        read_package(package, cancel=cancel)


@pytest.mark.parametrize(
    "known", [{}, [[]], [{"rotation": 45, "order": []}], [{"rotation": 0, "order": "7"}]]
)
def test_a_package_that_knows_its_page_as_it_cannot_be_is_refused(package, known):
    rewrite(package, lambda page: page.update(known=known))
    with pytest.raises(UnreadableFile, match="not a package of pages"):
        read_package(package)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("suffix", "/../../evil.bat"),
        ("suffix", "\\..\\evil.bat"),
        ("suffix", ".png:hidden"),
        ("suffix", ""),
        ("suffix", ".png\n"),
        ("sha256", "../" * 21 + "a"),
        ("sha256", "ab"),
        ("scan_sha256", "ab"),
        ("number", 0),
        ("number", True),
        ("number", 1.5),
        ("width", -1),
        ("rotation", 45),
    ],
)
def test_a_page_that_says_what_it_cannot_be_is_refused_with_its_name(package, tmp_path, field, value):
    rewrite(package, lambda page: page.update({field: value}))
    with pytest.raises(UnreadableFile, match=r"for Lin.lwpages: what it says of page p1.png is damaged; ask"):
        receive(package, tmp_path / "lin")
    assert not (tmp_path / "lin").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("suffix", None), ("sha256", 3), ("name", ["p1.png"]), ("group", {}), ("lines", [[]])],
)
def test_a_manifest_of_other_things_is_no_package(package, field, value):
    rewrite(package, lambda page: page.update({field: value}))
    with pytest.raises(UnreadableFile, match="not a package of pages"):
        read_package(package)


@pytest.mark.parametrize("polygon", [[], [[1, float("nan")], [2, 3], [4, 5]], [["a", 1], [2, 3], [4, 5]]])
def test_a_line_that_lies_nowhere_makes_no_package(package, polygon):
    rewrite(package, lambda page: page["lines"][0].update({"polygon": polygon}))
    with pytest.raises(UnreadableFile, match="not a package of pages"):
        read_package(package)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("known", None),
        ("known", {}),
        ("known", [{"tag": "", "rotation": 0}]),
        ("known", [{**LINE.known[0].to_json(), "rotation": 45}]),
        ("known", [{**LINE.known[0].to_json(), "tag": None}]),
        ("known", [{**LINE.known[0].to_json(), "tag": "\ud800"}]),
        ("known", [{**LINE.known[0].to_json(), "polygon": []}]),
        ("known", [{**LINE.known[0].to_json(), "baseline": [[1, float("inf")], [2, 3]]}]),
        ("known", [{**LINE.known[0].to_json(), "direction": "up"}]),
        ("comments", "none"),
        ("comments", [[]]),
        ("comments", [{**LINE.comments[0].to_json(), "text": " "}]),
        ("comments", [{**LINE.comments[0].to_json(), "text": 3}]),
        ("comments", [{**LINE.comments[0].to_json(), "text": "\udc00"}]),
        ("comments", [{**LINE.comments[0].to_json(), "author": None}]),
        ("comments", [{**LINE.comments[0].to_json(), "resolved": 1}]),
        ("comments", [{**LINE.comments[0].to_json(), "handed": "no"}]),
        ("comments", [{**LINE.comments[0].to_json(), "at": "yesterday"}]),
        ("comments", [{**LINE.comments[0].to_json(), "at": 1714552200}]),
        ("comments", [{**LINE.comments[0].to_json(), "at": "2024-05-01T08:30:00"}]),
        ("comments", [{**LINE.comments[0].to_json(), "at": "0001-01-01T00:00:00+14:00"}]),
    ],
)
@pytest.mark.parametrize("place", ["lines", "deleted"])
def test_a_line_that_says_what_it_cannot_be_makes_no_package(package, place, field, value):
    rewrite(package, lambda page: page[place][0].update({field: value}))
    with pytest.raises(UnreadableFile, match="not a package of pages"):
        read_package(package)


@pytest.mark.parametrize("value", [None, {}, "none", [[]], [{}]])
def test_deleted_lines_that_are_none_make_no_package(package, value):
    rewrite(package, lambda page: page.update(deleted=value))
    with pytest.raises(UnreadableFile, match="not a package of pages"):
        read_package(package)


def test_a_time_of_another_zone_is_the_same_time(package):
    elsewhere = {**LINE.comments[0].to_json(), "at": "2024-05-01T10:30:00+02:00"}
    rewrite(package, lambda page: page["lines"][0].update(comments=[elsewhere]))
    assert read_package(package).pages[0].lines[0].comments == LINE.comments[:1]


def test_a_package_from_before_it_held_more_than_texts_is_read(package):
    def make_old(page):
        del page["deleted"], page["known"]
        for line in page["lines"]:
            del line["known"], line["comments"], line["drawn"]

    [page] = read_package(rewrite(package, make_old)).pages
    assert (page.deleted, page.lines) == ((), (replace(LINE, known=(), comments=()), replace(DRAWN, drawn=0)))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("品 1r ſ.png", "品 1r ſ.png"),
        ("../../x.png", "_.._x.png"),
        ("C:\\Users\\x.png", "C__Users_x.png"),
        ("x.png:hidden", "x.png_hidden"),
        ("nul\0.png", "nul_.png"),
        ("CON.png", "_CON.png"),
        ("com1", "_com1"),
        ("conte.png", "conte.png"),
        (" .. ", "_"),
    ],
)
def test_a_name_is_made_one_of_a_plain_file_on_every_system(package, name, plain):
    [page] = read_package(rewrite(package, lambda page: page.update(name=name))).pages
    assert page.name == plain


def test_a_scan_lands_among_the_scans_whatever_its_page_is_called(package, tmp_path):
    rewrite(package, lambda page: page.update(name="..\\..\\" + "長" * 300 + ".png"))
    with receive(package, tmp_path / "lin") as lin:
        [page] = list_pages(lin)
        assert (lin.folder / page.file).parent == lin.scans
        assert (lin.folder / page.file).read_bytes() == b"pixels"


def test_another_scan_than_was_handed_out_is_refused_and_not_kept(package, tmp_path):
    rewrite(package, lambda _: None, scan=b"other pixels")
    [page] = read_package(package).pages
    with pytest.raises(UnreadableFile, match=r"scan of page p1.png is missing or damaged; ask"):
        extract_scan(package, page, tmp_path / "out.png")
    assert not (tmp_path / "out.png").exists()


def test_a_scan_that_is_damaged_in_the_archive_is_told_of(package, tmp_path):
    package.write_bytes(package.read_bytes().replace(b"pixels", b"pixelz"))
    [page] = read_package(package).pages
    with pytest.raises(UnreadableFile, match="missing or damaged"):
        extract_scan(package, page, tmp_path / "out.png")


def test_a_package_from_before_scans_had_hashes_is_read(package, tmp_path):
    rewrite(package, lambda page: page.pop("scan_sha256"))
    [page] = read_package(package).pages
    extract_scan(package, page, tmp_path / "out.png")
    assert (tmp_path / "out.png").exists()


def test_a_scan_that_is_gone_is_named_and_nothing_is_written(package, tmp_path):
    whole, gone = package.read_bytes(), tmp_path / "gone.png"
    with pytest.raises(UnreadableFile, match=r"gone.png: the file does not exist"):
        write_package(package, read_package(package), lambda _: gone)
    assert package.read_bytes() == whole
    assert not list(tmp_path.glob("*.part"))
