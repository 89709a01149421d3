import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decoding.help import HelpFacts, ReadingHelp
from core.decoding.mistakes import Mistakes
from core.decoding.picture_order import PictureOrder
from core.document import Recognition
from core.recognition.writing_order import in_reading_order, visual
from core.worker.helping import _lines
from tests.core.decoding.spikes import spikes, written


@pytest.mark.parametrize(
    ("text", "in_picture"),
    [
        ("anno 1550", "anno 1550"),
        ("שלום (עולם)", "שלום )עולם("),
        ("בשנת 1550 לפני", "בשנת 0551 לפני"),
        ("see אב there", "see בא there"),
    ],
)
def test_a_text_in_the_order_of_its_frames(text, in_picture):
    order = PictureOrder(text)
    assert order.written == in_picture
    assert order.text_of(in_picture) == text
    assert [order.written[order.place_of(n)] for n in range(4)] == list(text[:4])


@given(st.text(st.sampled_from("אבגדab12 ,.-()%/אָ"), max_size=20).map(str.strip))
def test_turning_there_and_back_changes_nothing(text):
    order = PictureOrder(text)
    if text[:1] not in "\u05b8":  # a mark without a letter would find another one
        assert order.text_of(order.written) == text
    for length in range(len(text)):
        if (fixed := order.beginning(length)) is not None:
            assert order.written.startswith(fixed)
            assert len(fixed) == length


def test_what_is_fixed_comes_first_unless_the_cursor_is_in_a_word_that_runs_against_the_line():
    order = PictureOrder("אב 12 גד")
    assert order.beginning(2) == "אב"
    assert order.beginning(4) is None
    assert order.beginning(5) == "אב 21"
    assert PictureOrder("see אב there").beginning(5) is None


def test_a_line_read_from_the_right_has_the_text_and_the_places_of_one_read_from_the_left():
    posteriors = written(visual("שלום 12"))
    plain = in_reading_order(posteriors.recognition())
    order = PictureOrder(plain.text)
    turned = order.recognition_of(order.seen(posteriors).recognition())
    assert turned.text == plain.text == "שלום 12"
    for one, other in zip(turned.characters, plain.characters, strict=True):
        assert (one.start, one.end) == pytest.approx((other.start, other.end))
    assert order.recognition_of(Recognition(())) == Recognition(())


def test_mistakes_are_learned_and_mended_in_lines_from_right_to_left():
    truth, misread = "(שלום 12)", "(שלוס 12)"
    pairs = [(base64.b64encode(written(visual(misread)).pack()).decode(), truth)] * 4
    seen = list(_lines(pairs))
    mistakes = Mistakes.learn((posteriors.recognition().text, text) for posteriors, text in seen)
    assert mistakes.shares.keys() == {"ס"}
    order = PictureOrder(misread)
    help_ = ReadingHelp(mistakes, None, HelpFacts(0, 0, 0, 0, 0, 0))
    read = order.recognition_of(help_.read(order.seen(written(visual(misread)))))
    assert read.text == truth


def test_frames_from_the_right_twice_are_the_same():
    posteriors = spikes({"a": 0.9}, {}, {"b": 0.8}, {})
    twice = posteriors.from_right().from_right()
    assert (twice.log_probabilities == posteriors.log_probabilities).all()
    assert twice.origin == posteriors.origin
