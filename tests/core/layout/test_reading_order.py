import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.layout.reading_order import Box, page_parts, reading_order, rows_of

HEIGHT = 40.0


def line(left: float, row: float, width: float, height: float = HEIGHT) -> Box:
    """A line in row ``row`` of a page whose rows follow every 50 px."""
    return Box(left, row * 50, left + width, row * 50 + height)


def read(boxes: list[Box], **options: float) -> list[Box]:
    """The boxes as read, whatever the order in which they were found."""
    shuffled = boxes[:]
    random.Random(7).shuffle(shuffled)
    return [shuffled[index] for index in reading_order(shuffled, **options)]


def test_one_column_is_read_from_top_to_bottom():
    boxes = [line(100, row, 800) for row in range(20)]
    assert read(boxes) == boxes


def test_two_columns_are_read_one_after_the_other():
    boxes = [line(100, row, 400) for row in range(15)] + [line(540, row, 400) for row in range(15)]
    assert read(boxes) == boxes


def test_two_columns_of_unlike_rows_stay_apart():
    boxes = [line(100, row, 400) for row in range(15)] + [line(530, row + 0.47, 400) for row in range(12)]
    assert read(boxes) == boxes


def test_a_heading_across_both_columns_comes_first_and_one_between_them_in_the_middle():
    boxes = [
        line(200, 0, 700),
        *(line(100, row, 400) for row in range(1, 6)),
        *(line(540, row, 400) for row in range(1, 6)),
        line(150, 7, 750),
        *(line(100, row, 400) for row in range(8, 13)),
        *(line(540, row, 400) for row in range(8, 13)),
    ]
    assert read(boxes) == boxes


def test_three_columns():
    boxes = [line(left, row, 280) for left in (0, 320, 640) for row in range(8)]
    assert read(boxes) == boxes


@pytest.mark.parametrize("left", [0, 950])
def test_marginalia_follow_the_text_beside_which_they_stand(left):
    text = [line(200, row, 700) for row in range(12)]
    margin = [line(left, row, 150) for row in (4, 5, 6, 7)]
    assert read(text + margin) == text + margin


def test_a_single_note_is_read_after_its_row():
    text = [line(200, row, 700) for row in range(8)]
    note = line(950, 3, 150)
    assert read([*text, note]) == [*text[:4], note, *text[4:]]


def test_numbers_of_lines_are_read_with_their_lines():
    boxes = [box for row in range(10) for box in (line(100, row, 60), line(200, row, 700))]
    assert read(boxes) == boxes


def test_a_page_number_beside_the_heading_and_a_note_far_below_are_no_column():
    heading, number = line(200, 0, 500), line(930, 0, 50, 60)
    text = [line(100, row, 800) for row in range(2, 30)]
    note = line(920, 25, 120)
    boxes = [heading, number, *text[:24], note, *text[24:]]
    assert read(boxes) == boxes


def test_a_date_at_the_right_comes_before_the_address_below_at_the_left():
    boxes = [line(600, 0, 300), line(100, 1, 300), *(line(100, row, 800) for row in range(2, 8))]
    assert read(boxes) == boxes


def test_an_initial_comes_before_the_lines_beside_it():
    initial = Box(100, 0, 240, 190)
    beside = [line(260, row, 640) for row in range(4)]
    below = [line(100, row, 800) for row in range(4, 10)]
    assert read([initial, *beside, *below]) == [initial, *beside, *below]


def test_half_columns_follow_the_large_characters_above_them_in_turn():
    boxes = []
    for ruled in range(4):
        top = ruled * 100
        large = Box(0, top, 300, top + 90)
        first, second = Box(330, top, 900, top + 42), Box(330, top + 46, 900, top + 88)
        boxes += [large, first, second]
    assert read(boxes, min_gutter=1.5) == boxes


def test_pieces_of_a_row_are_read_along_it_though_they_hang():
    boxes = [Box(100, 0, 400, 40), Box(450, 12, 700, 50), Box(750, 3, 900, 44), line(100, 1.4, 800)]
    assert read(boxes) == boxes


def test_no_boxes_no_order():
    assert reading_order([]) == [] and page_parts([]) == []


number = st.floats(0, 2000)
extent = st.floats(1, 900)
any_boxes = st.lists(
    st.builds(lambda x, y, w, h: Box(x, y, x + w, y + h), number, number, extent, extent), max_size=25
)


@given(any_boxes)
def test_every_box_is_read_exactly_once(boxes):
    assert sorted(reading_order(boxes)) == list(range(len(boxes)))
    parts = page_parts(boxes)
    assert sorted(i for part in parts for row in rows_of(boxes, part) for i in row) == list(range(len(boxes)))
