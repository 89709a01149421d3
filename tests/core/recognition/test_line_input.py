"""How images become numbers, for the networks of every source."""

import numpy as np
import pytest

from core.recognition.architectures import CRNN_PPOCR_V2, PPOCR_V6, crnn
from core.recognition.architectures.crnn_spec import ConvBlock, CrnnSpec, Pool, Recurrent
from core.recognition.batching import to_input
from core.recognition.line_input import LineInput

BLUE, GREEN, RED = 10, 90, 200


def picture(width=5, height=4):
    return np.full((height, width, 3), (BLUE, GREEN, RED), np.uint8)


def drawn(facts, width=5):
    row = np.zeros((facts.height, facts.canvas(width), facts.channels), np.float32)
    facts.draw(picture(width, facts.height), row)
    return row


def test_base_models_read_bgr_around_zero_padded_with_zero():
    row = drawn(LineInput(4))
    assert row.shape == (4, 32, 3)
    assert row[0, 0] == pytest.approx([BLUE / 127.5 - 1, GREEN / 127.5 - 1, RED / 127.5 - 1])
    assert (row[:, 5:] == 0).all()


def test_channels_have_means_of_their_own():
    row = drawn(LineInput(4, "rgb", mean=(0.1, 0.2, 0.3), deviation=(1.0, 2.0, 4.0)))
    assert row[0, 0] == pytest.approx([RED / 255 - 0.1, (GREEN / 255 - 0.2) / 2, (BLUE / 255 - 0.3) / 4])


def test_grey_weighs_the_colours_and_may_be_inverted():
    grey = (0.114 * BLUE + 0.587 * GREEN + 0.2989 * RED) / 255
    assert drawn(LineInput(4, "grey", mean=(0.0,), deviation=(1.0,)))[0, 0] == pytest.approx([grey])
    inverted = LineInput(4, "grey", inverted=True, mean=(0.0,), deviation=(1.0,))
    assert drawn(inverted)[0, 0] == pytest.approx([1 - grey])


@pytest.mark.parametrize(
    ("fill", "inverted", "expected"),
    [("zero", False, 0), ("black", False, -1), ("white", False, 1), ("white", True, -1)],
)
def test_padding_is_of_the_colour_that_the_source_pads_with(fill, inverted, expected):
    row = drawn(LineInput(4, "grey", inverted=inverted, fill=fill, margin=3))
    assert row[:, :3] == pytest.approx(expected, abs=1e-3)
    assert row[:, 8:] == pytest.approx(expected, abs=1e-3)


def test_edges_may_be_repeated():
    facts = LineInput(4, fill="edge", margin=2)
    image = picture()
    image[:, 0], image[:, -1] = 0, 255
    row = np.zeros((4, facts.canvas(5), 3), np.float32)
    facts.draw(image, row)
    assert (row[:, :3] == -1).all()
    assert (row[:, 6:] == 1).all()


def test_canvas_holds_margins_and_is_a_multiple_of_the_step():
    assert [LineInput(4, step=8).canvas(width) for width in (1, 8, 9)] == [8, 8, 16]
    assert LineInput(4, step=8, margin=16).canvas(9) == 48
    assert LineInput(4, step=1).canvas(101) == 101


@pytest.mark.parametrize(
    "values",
    [
        {"mean": (0.1, 0.2)},
        {"deviation": (0.0,)},
        {"colour": "hsv"},
        {"fill": "red"},
        {"step": 0},
        {"height": 0},
    ],
)
def test_impossible_facts_are_refused(values):
    with pytest.raises(ValueError, match=r"factors|deviation|unknown|at least"):
        LineInput(**{"height": 4, **values})


def test_batch_of_grey_lines_has_one_channel():
    spec = CrnnSpec((ConvBlock(8, pool=Pool((4, 2), (4, 2))),), recurrent=(Recurrent(4),))
    facts = crnn(spec, LineInput(4, "grey", margin=16))
    assert to_input([picture(5), picture(40)], facts).shape == (2, 1, 4, 96)
    assert (facts.stride, facts.frames(40)) == (2, 36)


def test_frames_of_the_base_models_are_rounded_up():
    assert [PPOCR_V6.frames(width) for width in (1, 8, 9)] == [1, 1, 2]
    assert CRNN_PPOCR_V2.frames(9) == 3


def test_spec_that_does_not_fit_its_height_is_refused():
    with pytest.raises(ValueError, match="leave 8 rows of 8 px"):
        crnn(CrnnSpec((ConvBlock(8),)), LineInput(8))
    with pytest.raises(ValueError, match="activation"):
        ConvBlock(8, activation="swish")
    with pytest.raises(ValueError, match="0 convolutions"):
        CrnnSpec(())
