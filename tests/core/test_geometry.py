import pytest

from core.document import Direction, LineShape
from core.errors import KnownError
from core.geometry import around_baseline, contains, line_height, on_page, rectangle

LTR, TTB = Direction.LTR, Direction.TTB


def test_a_line_on_its_page_stays_as_it_is():
    shape = LineShape(((10, 10), (90, 12), (90, 30), (10, 30)), LTR, ((10, 25), (90, 27)))
    assert on_page(shape, 100, 100) == shape


def test_what_lies_off_the_page_is_cut_off():
    shape = LineShape(rectangle(-10, 20, 120, 40, LTR).polygon, LTR, ((-10, 35), (120, 35)))
    cut = on_page(shape, 100, 100)
    assert cut.box == (0, 20, 100, 40)
    assert cut.baseline == ((0, 35), (100, 35))


def test_an_outline_that_crosses_itself_is_refused():
    with pytest.raises(KnownError, match="crosses itself"):
        on_page(LineShape(((0, 0), (50, 50), (50, 0), (0, 50))), 100, 100)


@pytest.mark.parametrize(
    "polygon", [((0, 0), (50, 50)), ((0, 0), (1, 0), (1, 1)), ((200, 0), (300, 0), (300, 50))]
)
def test_an_outline_around_nothing_is_refused(polygon):
    with pytest.raises(KnownError, match="encloses nothing"):
        on_page(LineShape(polygon), 100, 100)


def test_a_row_lies_for_the_most_part_over_its_baseline():
    shape = around_baseline(((10, 50), (90, 50)), 20, LTR)
    assert shape.box == (10, 35, 90, 55)
    assert line_height(shape) == pytest.approx(20)


def test_a_column_lies_evenly_on_both_sides_of_its_baseline():
    shape = around_baseline(((50, 10), (50, 90)), 20, TTB)
    assert shape.box == (40, 10, 60, 90)
    assert line_height(shape) == pytest.approx(20)


@pytest.mark.parametrize("direction", [LTR, Direction.RTL])
def test_a_baseline_drawn_backwards_is_turned(direction):
    forth, back = ((10, 50), (90, 50)), ((90, 50), (10, 50))
    assert around_baseline(back, 20, direction) == around_baseline(forth, 20, direction)
    assert around_baseline(back, 20, direction).baseline == forth


def test_a_bent_baseline_gives_a_bent_line_of_even_height():
    shape = around_baseline(((0, 50), (50, 40), (100, 50)), 20, LTR)
    assert len(shape.polygon) == 6
    assert contains(shape, (50, 35))
    assert not contains(shape, (50, 50))
    assert on_page(shape, 100, 100)
