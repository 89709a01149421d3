from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from core.document import Direction, Line, LineShape
from tests.workbench.conftest import box
from workbench.scans.crop_cache import CropCache
from workbench.scans.pixels import to_image
from workbench.scans.scan_reader import CropRequest, LineCrop, ScanKey, ScanReader


@pytest.fixture
def reader(qapp: object) -> Iterator[ScanReader]:
    reader = ScanReader()
    yield reader
    reader.shut_down()


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    pixels = np.full((1000, 1700, 3), 250, dtype=np.uint8)
    pixels[100:150, 100:700] = (200, 0, 0)
    Image.fromarray(pixels).save(tmp_path / "p.png")
    return tmp_path / "p.png"


def crop_of(line_id: int, width: int = 100) -> LineCrop:
    return LineCrop(line_id, box(0, 0, width, 10), QImage(width, 10, QImage.Format.Format_RGB32))


def line(line_id: int, width: int = 100) -> Line:
    return Line(line_id, 1, 0, box(0, 0, width, 10))


def test_a_page_comes_at_full_size_and_smaller(qtbot: QtBot, reader: ScanReader, scan: Path) -> None:
    with qtbot.waitSignal(reader.page_read) as waiting:
        reader.show_page(ScanKey(1, scan, 0))
    sizes = [(level.width(), level.height()) for level in waiting.args[0].levels]
    assert sizes == [(1700, 1000), (850, 500)]


def test_a_turned_page_is_read_turned(qtbot: QtBot, reader: ScanReader, scan: Path) -> None:
    with qtbot.waitSignal(reader.page_read) as waiting:
        reader.show_page(ScanKey(1, scan, 90))
    assert waiting.args[0].levels[0].width() == 1000


def test_a_scan_that_cannot_be_read_is_told_of(qtbot: QtBot, reader: ScanReader, tmp_path: Path) -> None:
    with qtbot.waitSignal(reader.page_failed) as waiting:
        reader.show_page(ScanKey(1, tmp_path / "gone.png", 0))
    assert "gone.png" in str(waiting.args[0].error)


def test_lines_are_cut_out_of_the_page_that_is_shown(qtbot: QtBot, reader: ScanReader, scan: Path) -> None:
    key = ScanKey(1, scan, 0)
    reader.show_page(key)
    with qtbot.waitSignal(reader.line_cut) as waiting:
        reader.cut_lines(CropRequest(key, ((7, box(100, 100, 600, 50)),)))
    crop = waiting.args[0]
    assert crop.line_id == 7
    assert crop.image.width() >= 600
    assert crop.image.pixelColor(crop.image.rect().center()) == QColor(200, 0, 0)


def test_lines_of_a_page_one_has_left_are_not_cut(qtbot: QtBot, reader: ScanReader, scan: Path) -> None:
    old, new = ScanKey(1, scan, 0), ScanKey(2, scan, 0)
    reader.show_page(old)
    reader.show_page(new)
    with qtbot.assertNotEmitted(reader.line_cut):
        reader.cut_lines(CropRequest(old, ((7, box(0, 0, 10, 10)),)))
        with qtbot.waitSignal(reader.page_read) as waiting:
            pass
    assert waiting.args[0].key == new


def test_blue_green_red_becomes_an_image_of_the_same_colours(qapp: object) -> None:
    pixels = np.zeros((3, 5, 3), dtype=np.uint8)
    pixels[1, 2] = (10, 20, 30)
    assert to_image(pixels).pixelColor(2, 1) == QColor(30, 20, 10)


def test_the_cache_keeps_the_crops_cut_last_within_its_bound(qapp: object) -> None:
    cache = CropCache(max_bytes=3 * 4000)
    for line_id in range(5):
        cache.add(crop_of(line_id))
    assert cache.bytes_used <= 3 * 4000
    assert [line_id for line_id in range(5) if cache.has(line(line_id))] == [2, 3, 4]


def test_a_line_with_a_new_outline_needs_a_new_crop(qapp: object) -> None:
    cache = CropCache()
    cache.add(crop_of(1))
    assert not cache.has(line(1, width=120))


def test_a_column_is_turned_upright_for_the_screen(qapp: object) -> None:
    cache = CropCache()
    shape = LineShape(box(0, 0, 10, 100).polygon, Direction.TTB)
    cache.add(LineCrop(1, shape, QImage(100, 10, QImage.Format.Format_RGB32)))
    pixmap = cache.pixmap(Line(1, 1, 0, shape), QSize(20, 200), 1.0, upright=True)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (20, 200)
