from PySide6.QtCore import QSizeF

from workbench.transcribe.strip_geometry import CONTEXT_SCALE, LineSize, is_vertical, lay_out

ROWS = [LineSize(1000, 60), LineSize(800, 60), LineSize(400, 60)]
PANE = QSizeF(900, 700)


def test_the_longest_line_fits_into_the_pane() -> None:
    geometry = lay_out(ROWS, PANE, 1.0, 0, vertical=False)
    assert geometry.boxes[0].crop.right() <= PANE.width()
    assert geometry.size.width() <= PANE.width()


def test_text_stands_under_its_crop_and_begins_with_it() -> None:
    for box in lay_out(ROWS, PANE, 1.0, 1, vertical=False).boxes:
        assert box.text.top() > box.crop.bottom()
        assert box.text.left() == box.crop.left()


def test_rows_follow_each_other_without_gap_or_overlap() -> None:
    boxes = lay_out(ROWS, PANE, 1.0, 1, vertical=False).boxes
    assert boxes[0].strip.bottom() == boxes[1].strip.top()
    assert boxes[1].strip.bottom() == boxes[2].strip.top()


def test_the_line_in_hand_is_larger() -> None:
    lit = lay_out(ROWS, PANE, 1.0, 1, vertical=False).boxes[1]
    dim = lay_out(ROWS, PANE, 1.0, 0, vertical=False).boxes[1]
    assert dim.crop.width() == lit.crop.width() * CONTEXT_SCALE


def test_zooming_makes_crop_and_text_larger_together() -> None:
    small = lay_out(ROWS, PANE, 1.0, 0, vertical=False).boxes[0]
    large = lay_out(ROWS, PANE, 1.2, 0, vertical=False).boxes[0]
    assert large.crop.width() > small.crop.width()
    assert large.text_pixels > small.text_pixels


def test_columns_go_from_right_to_left_with_the_text_beside_the_crop() -> None:
    geometry = lay_out([LineSize(600, 90)] * 3, PANE, 1.0, 0, vertical=True)
    assert geometry.boxes[0].strip.right() == 0
    assert geometry.boxes[1].strip.right() == geometry.boxes[0].strip.left()
    for box in geometry.boxes:
        assert box.text.right() <= box.crop.left()
        assert box.crop.height() > box.crop.width()
        assert box.crop.bottom() <= PANE.height()


def test_only_strips_in_sight_are_named() -> None:
    geometry = lay_out([LineSize(1000, 60)] * 500, PANE, 1.0, 0, vertical=False)
    seen = geometry.crossing(geometry.boxes[200].strip)
    assert seen.start in (199, 200)
    assert len(seen) <= 3
    middle = geometry.boxes[200].strip.center()
    assert geometry.at(middle.x(), middle.y()) == 200


def test_a_page_is_vertical_if_most_of_its_lines_are() -> None:
    assert is_vertical(["ttb", "ttb", "ltr"])
    assert not is_vertical(["ltr", "ttb"])
    assert lay_out([], PANE, 1.0, -1, vertical=False).boxes == ()
