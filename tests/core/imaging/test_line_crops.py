"""Lines are cut out of the picture that they were drawn on, or not at all."""

import cv2
import numpy as np
import pytest

from core.document import Direction, LineImage
from core.geometry import rectangle
from core.imaging import line_crops as cutting
from core.imaging.line_crops import line_crops

SIZE = (90, 60)
real = cutting.read_page


def drawn(scan, size=SIZE):
    return [LineImage(number, scan, 0, rectangle(10, 10, 80, 20, Direction.LTR), size) for number in range(3)]


@pytest.fixture
def scan(tmp_path):
    cv2.imwrite(str(tmp_path / "p.png"), np.full((60, 90, 3), 200, np.uint8))
    return tmp_path / "p.png"


def test_lines_of_another_picture_of_that_name_are_told_once_each_and_it_is_read_once(scan, monkeypatch):
    cv2.imwrite(str(scan), np.full((50, 70, 3), 200, np.uint8))
    read = []
    monkeypatch.setattr(cutting, "read_page", lambda *page: read.append(page) or real(*page))
    told = []
    assert not list(line_crops(drawn(scan), lambda line, error: told.append((line.line_id, error.clause))))
    assert [line_id for line_id, _ in told] == [0, 1, 2]
    assert "70 × 50 px now, but its lines were drawn on 90 × 60; put the picture back" in told[0][1]
    assert len(read) == 1


@pytest.mark.parametrize("size", [SIZE, None])
def test_lines_of_the_same_picture_are_cut(scan, size):
    assert len(list(line_crops(drawn(scan, size), pytest.fail))) == 3


def test_the_size_goes_with_a_line_to_other_processes(scan):
    (line, *_) = drawn(scan)
    assert LineImage.from_json(line.to_json()) == line
    assert LineImage.from_json({**line.to_json(), "page_size": list(SIZE)}) == line
