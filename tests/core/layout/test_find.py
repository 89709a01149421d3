import cv2
import numpy as np
import pytest

from core.document import Direction, LineShape
from core.exchange.layout_xml import read_layout_xml
from core.imaging.crop import crop_line
from core.imaging.scan import read_scan
from core.layout.find import find_lines
from tests.benchmarks.layout import area, coverage


def truth_of(data, stem: str, page: np.ndarray) -> list[LineShape]:
    size = (page.shape[1], page.shape[0])
    return [line.shape for line in read_layout_xml(data / "pages" / f"{stem}.xml", size).lines]


@pytest.fixture(scope="module")
def utopie(data):
    page = read_scan(data / "pages" / "utopie_p28.jpg")
    return page, truth_of(data, "utopie_p28", page), find_lines(page)


@pytest.fixture(scope="module")
def siku(data):
    page = read_scan(data / "pages" / "siku_b6_025.png")
    return page, truth_of(data, "siku_b6_025", page), find_lines(page)


def owners(truth: list[LineShape], found: list[LineShape]) -> list[int]:
    """For each true line the found line that covers its middle, -1 if that is none or several."""
    covered = coverage([area(shape, 0.5) for shape in truth], [area(shape) for shape in found])
    return [int(np.argmax(row)) if row.sum() == 1 else -1 for row in covered]


def test_a_printed_page_with_notes_in_its_margin_is_found_line_by_line(utopie):
    _, truth, found = utopie
    places = owners(truth, found)
    assert -1 not in places and len(set(places)) == len(truth) == len(found)
    assert {shape.direction for shape in found} == {Direction.LTR}


def test_the_lines_of_its_column_are_in_reading_order(utopie):
    _, truth, found = utopie
    places = owners(truth, found)
    column = [place for place, shape in zip(places, truth, strict=True) if shape.box[0] < 1000 and place >= 0]
    assert column == sorted(column)


def test_outlines_are_whole_pixels_inside_the_page(utopie):
    page, _, found = utopie
    for shape in found:
        left, top, right, bottom = shape.box
        assert 0 <= left < right <= page.shape[1] and 0 <= top < bottom <= page.shape[0]
        assert all(x == int(x) and y == int(y) for x, y in shape.polygon)


def test_a_page_of_columns_is_recognised_and_read_from_right_to_left(siku):
    _, truth, found = siku
    assert {shape.direction for shape in found} == {Direction.TTB}
    places = owners(truth, found)
    assert -1 not in places and places == sorted(places)
    assert len(found) <= len(truth) + 2, "two pieces of the title in the fold are true text too"


def test_the_title_that_the_fold_cuts_lengthwise_is_left_out(siku):
    _, _, found = siku
    assert all(shape.box[0] > 3 for shape in found)


def test_handwriting_is_found_on_a_small_scan(data):
    page = read_scan(data / "pages" / "will_AN_0218.jpg")
    places = owners(truth_of(data, "will_AN_0218", page), find_lines(page))
    assert sum(place >= 0 for place in places) >= 17


def test_a_known_layout_is_not_guessed(siku):
    page, _, _ = siku
    assert Direction.LTR in {shape.direction for shape in find_lines(page[:900], layout="ltr")}
    with pytest.raises(ValueError, match="layout"):
        find_lines(page, layout="rtl")


def test_two_columns_close_together_are_read_one_after_the_other(utopie):
    page, _, _ = utopie
    block = page[300:1200, 60:1180]
    width = block.shape[1]
    spread = np.concatenate([block, block], axis=1)
    found = find_lines(spread)
    sides = [shape.box[0] > width - 20 for shape in found]
    assert sides == sorted(sides) and 2 * sum(sides) == len(sides)
    assert all(shape.box[2] < width + 20 or shape.box[0] > width - 20 for shape in found)


def test_curved_lines_get_curved_outlines_and_straight_crops(utopie):
    page, truth, _ = utopie
    x, y = np.meshgrid(np.arange(page.shape[1]), np.arange(page.shape[0]))
    wave = 45 * np.sin(x / 1100 * 1.5 * np.pi)
    maps = x.astype(np.float32), (y + wave).astype(np.float32)
    bent = cv2.remap(page, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    found = find_lines(bent)
    curved = [shape for shape in found if len(shape.polygon) > 4]
    assert abs(len(found) - len(truth)) <= 3 and len(curved) > 20
    for shape in curved:
        left, top, right, bottom = shape.box
        crop = crop_line(bent, shape)
        assert crop.shape[0] < 0.85 * (bottom - top) and crop.shape[1] > 0.95 * (right - left)


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (40, 40), (600, 500)])
def test_a_page_without_text_has_no_lines(size):
    assert find_lines(np.full((*size, 3), 240, dtype=np.uint8)) == []


def test_lines_are_the_same_every_time(utopie):
    page, _, found = utopie
    assert find_lines(page) == found
