"""Lines drawn from text: what was asked for is there, and what a font lacks is told."""

from pathlib import Path

import numpy as np
import pytest

from core.imaging.paper import HAND, OLD_PRINT, PRINT, Style, on_paper
from core.imaging.rendering import EM, Face, FontFile
from core.recognition.recognizer import load_recognizer

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
BASIC_LATIN = ((0x20, 0x7F),)
QUIET = Style(wander=0, wobble=0, weight=0, fading=0, paper=0, bleed=0, ruling=0, neighbours=0, coarse=0)


@pytest.fixture(scope="module")
def junicode() -> Face:
    return Face("Junicode", [FontFile(FONTS / "JunicodeTwoBeta-Regular.otf")])


@pytest.fixture(scope="module")
def parted() -> Face:
    """Latin from one file, Chinese from another, as web fonts are cut."""
    latin = FontFile(FONTS / "SourceSans3-Regular.ttf", BASIC_LATIN)
    return Face("parted", [latin, FontFile(FONTS / "SourceHanSansSC-Regular.otf")])


def test_face_tells_what_it_covers(junicode, parted):
    assert junicode.covers("Waſſer, ꝛc. & ſchön")
    assert not junicode.covers("水")
    assert parted.covers("water 水")


def test_words_that_cannot_be_drawn_are_left_out_and_of_chinese_the_characters(junicode, parted):
    assert junicode.covered("ein 水 Glas") == "ein Glas"
    assert parted.covered("清水\ue000") == "清水"


def test_missing_glyph_is_named(junicode):
    with pytest.raises(ValueError, match="Junicode has no “水”"):
        junicode.ink("水")


def test_text_without_ink_is_refused(junicode):
    with pytest.raises(ValueError, match="no ink"):
        junicode.ink(" ")


def test_ink_is_as_long_as_its_text_and_as_high_as_capitals(junicode):
    short, long = junicode.ink("a"), junicode.ink("a" * 10)
    assert long.shape[1] == pytest.approx(10 * short.shape[1], rel=0.2)
    assert short.shape[0] == long.shape[0] == junicode.ink("H").shape[0]
    assert short.max() == 255


def test_characters_of_several_files_stand_on_one_baseline(parted):
    alone, joined = parted.ink("ab"), parted.ink("ab水")
    assert joined.shape[1] > alone.shape[1] + EM // 2


def test_same_chance_gives_the_same_crop(junicode):
    first, second = (
        on_paper(junicode.ink("Hauß"), HAND, junicode.ink("vnd"), 48, np.random.default_rng(4)) for _ in "12"
    )
    assert np.array_equal(first, second)


@pytest.mark.parametrize("style", [PRINT, OLD_PRINT, HAND], ids=["print", "old print", "hand"])
def test_crop_has_the_height_that_was_asked_for(junicode, style):
    ink, other = junicode.ink("iſt alſo"), junicode.ink("geweſen")
    for seed in range(30):
        crop = on_paper(ink, style, other, 48, np.random.default_rng(seed))
        assert crop.dtype == np.uint8
        assert crop.shape[0] == 48
        assert crop.shape[2] == 3
        assert crop.shape[1] > 48


def test_quiet_style_leaves_dark_ink_on_bare_paper(junicode):
    crop = on_paper(junicode.ink("Haus"), QUIET, junicode.ink("x"), 48, np.random.default_rng(1))
    paper = crop[:, :2].astype(int)
    assert np.ptp(paper) <= 1
    assert crop.min() < paper.min() - 60


def test_rendered_print_is_read_as_what_it_says(junicode):
    text = "Liberty and learning"
    recognizer = load_recognizer("ppocr-v6-small")
    crops = [
        on_paper(junicode.ink(text), QUIET, junicode.ink("x"), 48, np.random.default_rng(seed))
        for seed in (1, 2)
    ]
    assert [reading.text for _, reading in recognizer.recognize(crops)] == [text, text]
