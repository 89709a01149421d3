"""Turning, cleaning, splitting and bending of strips, with drawn pages."""

import cv2
import numpy as np
import pytest

from core.document import Direction
from core.layout.bending import Cores
from core.layout.cleaning import cut_by_edge, joined, tightened, without_specks
from core.layout.splitting import split_at_gutters
from core.layout.turning import Turning, box_of, thickness, turning_of

LEVEL = Turning(Direction.LTR, np.eye(2))


def strip(left, top, right, bottom) -> np.ndarray:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=float)


def rows(*boxes) -> np.ndarray:
    return np.stack([strip(*box) for box in boxes])


def turned(strips: np.ndarray, degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    return strips @ np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])


PAGE = rows(*[(100, y, 900, y + 40) for y in range(100, 900, 60)])
COLUMNS = rows(*[(x, 100, x + 50, 900) for x in range(900, 100, -70)])


def test_boxes_vote_for_the_direction_by_their_length():
    assert turning_of(PAGE).direction is Direction.LTR
    assert turning_of(COLUMNS).direction is Direction.TTB
    assert turning_of(np.vstack([COLUMNS, PAGE[:2]])).direction is Direction.TTB
    assert turning_of(COLUMNS, "ltr").direction is Direction.LTR
    assert turning_of(PAGE, "ttb").direction is Direction.TTB


@pytest.mark.parametrize("degrees", [-8, 0, 3, 11])
@pytest.mark.parametrize("page", [PAGE, COLUMNS])
def test_a_skewed_page_lies_level_in_reading_coordinates(page, degrees):
    corners = turned(page, degrees)
    turning = turning_of(corners)
    strips = turning.strips(corners)
    assert np.abs(strips[:, 1, 1] - strips[:, 0, 1]).max() < 1e-6
    tops = strips[:, 0, 1]
    assert (np.diff(tops) > 0).all(), "given in reading order, lines follow downwards"
    assert (strips[:, 1, 0] > strips[:, 0, 0]).all()
    assert np.allclose(turning.to_page(turning.to_reading(corners)), corners)


def test_columns_begin_at_their_upper_right_corner():
    strips = turning_of(COLUMNS).strips(COLUMNS)
    assert np.allclose(turning_of(COLUMNS).to_page(strips[0, 0]), (950, 100))
    assert thickness(strips[0]) == 50 and box_of(strips[0]).width == 800


def test_specks_and_boxes_within_boxes_are_left_out():
    page = np.vstack([PAGE, rows((300, 200, 310, 210), (200, 102, 300, 128), (105, 102, 890, 140))])
    assert without_specks(page).tolist() == PAGE.tolist()
    assert len(without_specks(np.zeros((0, 4, 2)))) == 0


def test_a_line_within_the_box_of_a_bent_neighbour_stays():
    page = np.vstack([PAGE, rows((100, 950, 900, 1030), (100, 985, 260, 1025))])
    assert len(without_specks(page)) == len(page)


def test_a_page_number_and_a_lower_line_are_no_specks():
    page = np.vstack([PAGE, rows((880, 40, 900, 80), (100, 950, 300, 975))])
    assert len(without_specks(page)) == len(page)


def test_pieces_of_a_line_are_joined():
    page = np.vstack([PAGE[:5], rows((100, 400, 480, 440), (500, 403, 900, 442))])
    result = joined(page, 0.3)
    assert len(result) == 6
    assert box_of(result[5]).left == 100 and box_of(result[5]).right == 900


@pytest.mark.parametrize(
    "piece",
    [
        (560, 400, 900, 440),  # far away
        (500, 425, 900, 465),  # lower
        (500, 410, 900, 430),  # smaller
    ],
)
def test_what_is_no_piece_of_the_line_stays_apart(piece):
    page = np.vstack([PAGE[:5], rows((100, 400, 480, 440), piece)])
    assert len(joined(page, 0.3)) == 7


def test_marginalia_are_not_joined_with_their_row():
    page = np.vstack([PAGE, rows((915, 220, 1040, 260))])
    assert len(joined(page, 0.3)) == len(page)


def test_columns_are_not_joined_across_their_gutter():
    page = np.vstack([PAGE, PAGE + np.array([825, 0])])
    assert len(joined(page, 0.3)) == len(page)


def test_the_detectors_padding_is_taken_back_from_rows_only():
    assert tightened(rows((0, 0, 400, 50)), Direction.LTR)[0].tolist() == strip(5, 5, 395, 45).tolist()
    assert tightened(rows((0, 0, 400, 50)), Direction.TTB)[0].tolist() == strip(0, 0, 400, 50).tolist()


def white_page() -> np.ndarray:
    return np.full((1000, 1000, 3), 235, dtype=np.uint8)


def with_letters(page: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    left, top, right, bottom = box
    for x in range(left, right, 30):
        page[top:bottom, x : min(x + 14, right)] = 30
    return page


def test_lines_that_the_edge_cuts_lengthwise_are_found():
    page = with_letters(white_page(), (100, 0, 900, 20))
    page = with_letters(page, (100, 980, 900, 995))
    boxes = rows((90, 0, 910, 25), (90, 975, 910, 1000), *[(100, y, 900, y + 40) for y in (200, 300, 400)])
    assert cut_by_edge(page, boxes, Direction.LTR).tolist() == [True, False, False, False, False]
    assert cut_by_edge(page, boxes[:3], Direction.LTR).tolist() == [False] * 3, "a strip of a page"


def test_columns_that_the_edge_cuts_lengthwise_are_found():
    page = with_letters(white_page(), (100, 0, 900, 20)).transpose(1, 0, 2)
    boxes = rows((0, 90, 25, 910), *[(x, 100, x + 50, 900) for x in (200, 300, 400)])
    assert cut_by_edge(page, boxes, Direction.TTB).tolist() == [True, False, False, False]


def test_scraps_of_the_facing_page_are_found_but_long_lines_may_begin_at_the_edge():
    page = white_page()
    page[200:240, 0:30] = 30
    page[300:340, 0:800] = 30
    boxes = rows((0, 195, 40, 245), (0, 295, 810, 345), (100, 400, 900, 440), (100, 500, 900, 540))
    assert cut_by_edge(page, boxes, Direction.LTR).tolist() == [True, False, False, False]


def test_a_box_across_the_gutter_is_cut_where_the_other_lines_end():
    page = white_page()
    boxes = [(100, y, 600, y + 40) for y in range(100, 700, 60)]
    for box in boxes:
        with_letters(page, box)
    with_letters(page, (640, 340, 760, 380))
    strips = rows(*boxes)
    strips[4] = strip(100, 340, 760, 380)
    result = split_at_gutters(page, strips, LEVEL)
    assert len(result) == len(strips) + 1
    assert abs(box_of(result[4]).right - 600) < 8 and abs(box_of(result[5]).left - 640) < 8


def test_a_gap_between_words_is_no_gutter():
    page = white_page()
    boxes = [(100, y, 760, y + 40) for y in range(100, 700, 60)]
    for box in boxes:
        with_letters(page, box)
    page[340:380, 600:660] = 235
    assert len(split_at_gutters(page, rows(*boxes), LEVEL)) == len(boxes)


def test_a_bent_core_gives_a_bent_outline_and_a_straight_one_none():
    text = np.zeros((500, 500), dtype=np.uint8)
    x = np.arange(20, 480)
    course = (100 + 15 * np.sin((x - 20) / 460 * np.pi)).astype(int)
    for column, y in zip(x, course, strict=True):
        text[y - 4 : y + 4, column] = 1
    text[300:308, 20:480] = 1
    cores = Cores(text, (1000, 1000))
    middle = float(course.min() - 4 + course.max() + 4)
    outline = cores.bent_outline(strip(30, middle - 35, 970, middle + 35))
    assert outline is not None and len(outline) == 16
    upper = outline[:8]
    assert (np.diff(upper[:, 0]) > 0).all()
    assert 2 * 15 * 0.7 < upper[:, 1].max() - upper[:, 1].min() < 2 * 15 * 1.3
    assert cv2.pointPolygonTest(outline.astype(np.float32), (500.0, 2.0 * course[230]), False) > 0
    assert cores.bent_outline(strip(30, 590, 970, 626)) is None
    assert Cores(np.zeros((50, 50), dtype=np.uint8), (100, 100)).bent_outline(strip(0, 0, 90, 10)) is None
