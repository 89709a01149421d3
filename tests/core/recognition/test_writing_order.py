import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.document import ReadCharacter, Recognition
from core.recognition.charset import Charset
from core.recognition.codec import Codec
from core.recognition.output import LineOutput
from core.recognition.writing_order import in_reading_order, visual


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Anno 1550, ſ(a)", "Anno 1550, ſ(a)"),
        ("漢字 12", "漢字 12"),
        ("אבג", "גבא"),
        ("שלום (עולם)", "(םלוע) םולש"),
        ("בשנת 1550, לפני", "ינפל ,1550 תנשב"),
        ("א 12/03 ב", "ב 12/03 א"),
        ("אב 12 34 גד", "דג 34 12 בא"),
        ("אבגד new york דהוז", "זוהד new york דגבא"),
        ("see אב גד there", "see דג בא there"),
        ("אב page 12 34 גד", "דג page 12 34 בא"),
        ("עלה ב 50% אז", "זא 50% ב הלע"),
        ("אָב", "באָ"),
    ],
)
def test_a_text_as_it_stands_from_left_to_right(text, seen):
    assert visual(text) == seen
    assert visual(seen) == text


@example("1a%א")
@example("א1)1b")
@example("א1%,2")
@example("1)b%א")
@given(st.text(st.sampled_from("אבגدab12 ,.-()«»%/אָ\u0308"), max_size=20).map(str.strip))
def test_nothing_is_lost_by_turning_twice(text):
    if text[:1] not in "\u05b8\u0308":  # a mark without a letter would find another one
        assert visual(visual(text)) == text


def test_the_network_learns_and_reads_in_the_order_of_the_picture():
    """The first letter of the text is the last one of the frames, and the place stays where it is."""
    codec = Codec(Charset(("א", "ב", "(", ")")))
    assert codec.encode("א(ב)").classes == (3, 2, 4, 1)
    assert codec.decode((3, 2, 4, 1)) == "א(ב)"
    logits = np.full((8, 5), -9.0, np.float32)
    logits[:, 0] = 0
    for frame, number in zip((0, 2, 4, 6), (3, 2, 4, 1), strict=True):
        logits[frame, number] = 9
    read = LineOutput(logits, codec.charset, length=8).decode()
    assert read.text == "א(ב)"
    assert read.characters[0].start > read.characters[-1].end


def test_alternatives_are_turned_with_their_brackets_and_other_readings_stay_as_they_are():
    bracket = ReadCharacter("(", 0.6, 0.0, 0.3, (("[", 0.3), ("x", 0.1)))
    letter = ReadCharacter("א", 0.9, 0.3, 0.6)
    turned = in_reading_order(Recognition((bracket, letter), (0.5,)))
    assert (turned.text, turned.gaps) == ("א)", ())
    assert turned.characters[1].alternatives == (("]", 0.3), ("x", 0.1))
    latin = Recognition((bracket,), (0.5,))
    assert in_reading_order(latin) is latin
