import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.imaging.normalize import MAX_RATIO, Normalization, scale_to_height, stretch_contrast, to_grey


def gradient(height=40, width=100, low=90, high=160):
    row = np.linspace(low, high, width).astype(np.uint8)
    return np.repeat(np.tile(row, (height, 1))[:, :, None], 3, axis=2)


@given(st.integers(1, 200), st.integers(1, 4000))
def test_size_gives_model_height_and_keeps_the_ratio(height, width):
    scaled = scale_to_height(np.zeros((height, width, 3), np.uint8), 48)
    assert scaled.shape[0] == 48
    assert 1 <= scaled.shape[1] <= MAX_RATIO * 48
    if width / height < MAX_RATIO:
        assert abs(scaled.shape[1] - width * 48 / height) <= 1


def test_contrast_stretch_uses_the_whole_range_and_leaves_flat_crops_alone():
    stretched = stretch_contrast(gradient())
    assert stretched.min() == 0
    assert stretched.max() == 255
    flat = np.full((5, 5, 3), 77, np.uint8)
    assert (stretch_contrast(flat) == flat).all()


def test_grey_makes_all_channels_the_luminance():
    blue = np.zeros((2, 2, 3), np.uint8)
    blue[:, :, 0] = 200
    grey = to_grey(blue)
    assert (grey[:, :, 0] == grey[:, :, 2]).all()
    assert 15 < grey[0, 0, 0] < 35


def test_steps_run_in_the_order_in_which_they_are_named():
    steps = Normalization(("grey", "contrast_stretch", "size")).apply(gradient(), 32)
    assert (steps == scale_to_height(stretch_contrast(to_grey(gradient())), 32)).all()


@pytest.mark.parametrize("steps", [(), ("grey",), ("size", "sharpen")])
def test_unknown_steps_and_a_missing_size_are_refused(steps):
    with pytest.raises(ValueError, match="size is needed"):
        Normalization(steps)


@pytest.mark.parametrize("shape", [(0, 5, 3), (5, 5), (5, 5, 4)])
def test_what_is_no_crop_is_refused(shape):
    with pytest.raises(ValueError, match="non-empty"):
        Normalization().apply(np.zeros(shape, np.uint8), 48)


def test_networks_for_words_get_every_line_at_one_width():
    crop = np.zeros((20, 300, 3), np.uint8)
    stretched = Normalization(width=100)
    assert stretched.apply(crop, 32).shape == (32, 100, 3)
    assert stretched.with_steps(["grey"]).apply(crop, 32).shape == (32, 100, 3)
    with pytest.raises(ValueError, match="width"):
        Normalization(width=0)
