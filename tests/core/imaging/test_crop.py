import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.document import Direction, LineShape
from core.imaging.crop import crop_line, line_frame, paper_colour
from core.imaging.crop_frame import frame_of
from core.imaging.scan import read_scan

PAPER = (200, 215, 225)


def page_with(text="Recognise this line", origin=(100, 200), size=(400, 900)) -> np.ndarray:
    page = np.full((*size, 3), PAPER, dtype=np.uint8)
    cv2.putText(page, text, origin, cv2.FONT_HERSHEY_COMPLEX, 1.5, (20, 20, 20), 3, cv2.LINE_AA)
    return page


LEVEL = ((90.0, 150.0), (640.0, 150.0), (640.0, 220.0), (90.0, 220.0))


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    other = cv2.resize(other, one.shape[1::-1])
    return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])


def test_a_level_rectangle_is_cut_with_a_modest_margin():
    page = page_with()
    crop = crop_line(page, LineShape(LEVEL))
    assert crop.shape == (84, 564, 3)
    assert (crop == page[143:227, 83:647]).mean() > 0.99


def test_the_picture_of_a_single_line_stays_as_it_is():
    page = page_with()[150:220, 90:640]
    height, width = page.shape[:2]
    whole = ((0.0, 0.0), (width, 0.0), (width, height), (0.0, height))
    assert (crop_line(page, LineShape(whole)) == page).all()


@pytest.mark.parametrize("degrees", [-12, -3, 5, 15])
def test_skew_is_removed(degrees):
    turn = cv2.getRotationMatrix2D((450, 200), degrees, 1.0)
    page = cv2.warpAffine(page_with(), turn, (900, 400), borderValue=PAPER)
    polygon = tuple(tuple(p) for p in (np.c_[np.array(LEVEL), np.ones(4)] @ turn.T).tolist())
    assert likeness(crop_line(page_with(), LineShape(LEVEL)), crop_line(page, LineShape(polygon))) > 0.93


def wave(x):
    return 25 * np.sin((np.asarray(x) - 90) / 550 * 2 * np.pi)


def waved_page() -> np.ndarray:
    x, y = np.meshgrid(np.arange(900), np.arange(400))
    maps = x.astype(np.float32), (y - wave(x)).astype(np.float32)
    return cv2.remap(page_with(), *maps, cv2.INTER_LINEAR, borderValue=PAPER)


XS = np.linspace(90, 640, 23)
WAVED = tuple([(x, 150 + wave(x)) for x in XS] + [(x, 220 + wave(x)) for x in XS[::-1]])


@pytest.mark.parametrize("baseline", [None, tuple((x, 205 + wave(x)) for x in XS)])
def test_a_curved_line_is_straightened_along_its_baseline_or_its_middle(baseline):
    straight = crop_line(page_with(), LineShape(LEVEL))
    bent = crop_line(waved_page(), LineShape(WAVED, baseline=baseline))
    left, top, right, bottom = LineShape(WAVED).box
    boxed = crop_line(waved_page(), LineShape(((left, top), (right, top), (right, bottom), (left, bottom))))
    assert likeness(straight, bent) > 0.6 > 0.4 > likeness(straight, boxed)


def column_page() -> np.ndarray:
    page = np.full((400, 200, 3), PAPER, dtype=np.uint8)
    page[20:120, 60:140] = (0, 0, 255)  # the upper end red
    page[280:380, 60:140] = (255, 0, 0)  # the lower end blue
    page[20:380, 120:140] = (0, 0, 0)  # the right side black
    return page


def test_a_column_is_turned_counter_clockwise():
    shape = LineShape(((60, 20), (140, 20), (140, 380), (60, 380)), Direction.TTB)
    crop = crop_line(column_page(), shape)
    height, width = crop.shape[:2]
    assert (width, height) == (376, 96)
    assert tuple(crop[height * 2 // 3, 30]) == (0, 0, 255), "what is above on the page comes first"
    assert tuple(crop[height * 2 // 3, -30]) == (255, 0, 0)
    assert crop[height // 7, width // 2].max() == 0, "what is right on the page comes above"


def test_right_to_left_script_stays_as_it_looks():
    page = page_with()
    assert (crop_line(page, LineShape(LEVEL, Direction.RTL)) == crop_line(page, LineShape(LEVEL))).all()


def test_what_lies_outside_a_close_outline_becomes_paper():
    page = page_with()
    page[120:150] = 0  # the line above reaches into the box
    outline = ((90, 170), (300, 170), (300, 160), (640, 160), (640, 220), (300, 218), (90, 220))
    crop = crop_line(page, LineShape(outline))
    boxed = crop_line(page, LineShape(((90, 140), (640, 140), (640, 220), (90, 220))))
    assert boxed[2, 300].max() < 30
    assert (crop[:3].min(axis=2) > 190).all()


def test_the_page_beyond_its_edge_is_paper():
    crop = crop_line(page_with(), LineShape(((700, 150), (1100, 150), (1100, 220), (700, 220))))
    assert np.abs(crop[:, -100:].astype(int) - PAPER).max() <= 1


def test_paper_is_the_ground_of_light_writing_too():
    plate = np.full((50, 200, 3), 30, dtype=np.uint8)
    plate[20:30, 20:120] = 240
    assert paper_colour(plate) == (30, 30, 30)
    assert paper_colour(np.zeros((0, 5, 3), dtype=np.uint8)) == (255, 255, 255)


@pytest.mark.parametrize(
    "shape",
    [
        LineShape(LEVEL),
        LineShape(((90, 150), (640, 190), (635, 260), (85, 220))),
        LineShape(WAVED),
        LineShape(LEVEL, Direction.TTB),
        LineShape(WAVED, Direction.RTL),
    ],
)
@pytest.mark.parametrize("fraction", [0.1, 0.45, 0.9])
def test_a_place_in_the_crop_leads_back_to_the_same_ink_on_the_page(shape, fraction):
    page = np.full((400, 900, 3), 255, dtype=np.uint8)
    quad = np.array(line_frame(shape).quad(fraction - 0.02, fraction + 0.02))
    assert len(quad) >= 4
    cv2.fillPoly(page, [np.round(quad).astype(np.int32)], (0, 0, 0))
    dark = np.flatnonzero((crop_line(page, shape) < 128).all(axis=2).mean(axis=0) > 0.4)
    width = line_frame(shape).width
    assert abs(dark.mean() / width - fraction) < 0.02
    assert (dark.max() - dark.min()) / width < 0.08


def test_the_whole_line_maps_to_its_whole_outline():
    assert frame_of(LineShape(LEVEL)).quad(0, 1) == LEVEL
    assert frame_of(LineShape(LEVEL)).quad(7, -3) == LEVEL, "fractions are clipped and ordered"


def test_a_baseline_says_which_way_a_line_on_its_side_runs():
    page = np.rot90(page_with(), k=1)  # text runs upwards
    upright = tuple((y, 900 - x) for x, y in LEVEL)
    shape = LineShape(upright, Direction.LTR, ((205.0, 810.0), (205.0, 260.0)))
    assert likeness(crop_line(page_with(), LineShape(LEVEL)), crop_line(page, shape)) > 0.99


coordinate = st.one_of(st.integers(-300, 300).map(float), st.floats(-300, 300))
points = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=9).map(tuple)


@given(polygon=points, baseline=st.none() | points, direction=st.sampled_from(list(Direction)))
def test_any_outline_gives_a_crop(polygon, baseline, direction):
    page = np.full((120, 160, 3), 180, dtype=np.uint8)
    shape = LineShape(polygon, direction, baseline)
    crop = crop_line(page, shape)
    frame = line_frame(shape)
    assert crop.dtype == np.uint8 and crop.shape == (frame.height, frame.width, 3)
    assert min(crop.shape) >= 1
    assert np.isfinite(frame.quad(0.2, 0.7)).all()


def test_collinear_points_give_the_pixels_of_their_box():
    crop = crop_line(page_with(), LineShape(((10, 10), (20, 20), (30, 30))))
    assert crop.shape == (24, 24, 3)


def test_columns_of_a_real_page_come_out_as_rows(data):
    from core.exchange.layout_xml import read_layout_xml

    page = read_scan(data / "pages" / "siku_b6_025.png")
    for line in read_layout_xml(data / "pages" / "siku_b6_025.xml").lines:
        crop = crop_line(page, line.shape)
        assert crop.shape[1] > 0.8 * len(line.text) * crop.shape[0] * 0.6
