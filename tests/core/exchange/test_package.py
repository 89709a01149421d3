import json
import zipfile

import pytest

from core.document import LineOrigin
from core.errors import UnreadableFile
from core.exchange.package import (
    MANIFEST,
    Package,
    PackagedLine,
    PackagedPage,
    extract_scan,
    read_package,
    write_package,
)
from core.storage.pages import list_pages
from core.workflow.receiving import receive
from tests.core.storage.conftest import box

SHA256 = "ab" * 32


@pytest.fixture
def package(tmp_path):
    """One page with one line; its scan is of other bytes than what was imported, as with PDFs."""
    scan = tmp_path / "p1.png"
    scan.write_bytes(b"pixels")
    line = PackagedLine(7, box(1, 2, 30, 9), LineOrigin.DETECTED, "", None, None)
    page = PackagedPage(SHA256, "p1.png", 1, 100, 80, 0, None, "book", ".png", (line,))
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
    assert page.lines[0].shape == box(1, 2, 30, 9)
    extract_scan(package, page, tmp_path / "out.png")
    assert (tmp_path / "out.png").read_bytes() == b"pixels"


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
