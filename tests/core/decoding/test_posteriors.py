import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from core.decoding.posteriors import UNSEEN, Posteriors, keep
from core.document import BASE_MODELS
from core.recognition import ctc
from core.recognition.charset import Charset

ALPHABET = Charset(tuple("abe \u0303\u0301鹿豈"))
LOGITS = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 12), st.just(ALPHABET.classes)),
    elements=st.floats(-20, 20, width=32),
)


@pytest.mark.parametrize("model", BASE_MODELS)
def test_kept_form_reads_the_same_text_as_the_full_logits(seen_by, model):
    for line in seen_by[model]:
        full = ctc.decode(line.logits, line.charset, length=len(line.logits))
        kept = Posteriors.unpack(line.kept.pack()).recognition()
        assert kept.text == full.text, line.name
        assert [c.start for c in kept.characters] == [c.start for c in full.characters]
        assert len(kept.gaps) == len(full.gaps)


@pytest.mark.parametrize("model", BASE_MODELS)
def test_confidences_are_kept_to_two_percent_where_the_model_is_sure(seen_by, model):
    for line in seen_by[model]:
        full = ctc.decode(line.logits, line.charset, length=len(line.logits))
        for ours, theirs in zip(line.kept.recognition().characters, full.characters, strict=True):
            if theirs.confidence > 0.9:
                assert ours.confidence == pytest.approx(theirs.confidence, abs=0.02)


@pytest.mark.parametrize("model", BASE_MODELS)
def test_a_line_takes_less_than_two_kilobytes(seen_by, model):
    assert max(len(line.kept.pack()) for line in seen_by[model]) < 2000


def test_a_line_brings_its_characters_along(lines):
    line = lines[0]
    assert 20 < len(line.kept.charset) < 100 < len(line.charset)
    assert set(line.kept.charset.characters) <= set(line.charset.characters)


@given(LOGITS, st.floats(0.3, 4))
def test_any_logits_survive_packing_and_read_the_same(logits, temperature):
    kept = keep(logits, ALPHABET, length=len(logits) + 0.25, temperature=temperature)
    again = Posteriors.unpack(kept.pack())
    assert np.array_equal(again.log_probabilities, kept.log_probabilities)
    assert (again.charset, again.length) == (kept.charset, kept.length)
    full = ctc.decode(logits, ALPHABET, length=len(logits) + 0.25, temperature=temperature)
    assert again.recognition().text == full.text


@given(LOGITS)
def test_equally_probable_classes_keep_the_models_choice(logits):
    rounded = np.round(logits / 10)  # many ties
    kept = keep(rounded, ALPHABET, length=len(rounded))
    names = [run.number and kept.charset.characters[run.number - 1] for run in kept.runs]
    assert names == [ALPHABET.characters[run.number - 1] for run in ctc.best_path(rounded)]


def test_a_line_without_frames_is_empty():
    kept = Posteriors.unpack(keep(np.zeros((0, 4), np.float32), Charset(tuple("abc")), length=0).pack())
    assert kept.frames == 0
    assert kept.runs == []


def test_white_space_at_the_ends_is_trimmed_and_marks_are_composed():
    path = [4, 0, 3, 5, 0, 1, 0, 4]  # space, e, combining tilde, a, space
    logits = np.full((len(path), ALPHABET.classes), -9, np.float32)
    logits[np.arange(len(path)), path] = 9
    reading = keep(logits, ALPHABET, length=len(path)).recognition()
    assert reading.text == unicodedata.normalize("NFC", "e\u0303a")
    assert len(reading.characters) == 2


def test_temperature_is_part_of_what_is_kept():
    logits = np.array([[0, 4, 2]], np.float32)
    sharp, soft = (keep(logits, Charset(tuple("ab")), length=1, temperature=t) for t in (1.0, 4.0))
    assert sharp.recognition().characters[0].confidence > soft.recognition().characters[0].confidence + 0.2


def test_what_was_not_kept_has_a_bounded_cost():
    kept = keep(np.array([[0, 30, 0]], np.float32), Charset(tuple("ab")), length=1)
    assert kept.charset.characters == ("a",)
    assert kept.bounded.shape == (1, 3)
    assert kept.bounded.min() == UNSEEN
    assert kept.bounded.max() == 0


@given(st.binary(max_size=200))
def test_damaged_bytes_are_refused(packed):
    with pytest.raises(ValueError, match=r"damaged|version"):
        Posteriors.unpack(packed)


def test_truncated_and_altered_bytes_are_refused(lines):
    packed = lines[0].kept.pack()
    for place in (len(packed) // 2, 5, 9):
        altered = packed[:place] + bytes([packed[place] ^ 0x55]) + packed[place + 1 :]
        with pytest.raises(ValueError, match="damaged"):
            Posteriors.unpack(altered)
    with pytest.raises(ValueError, match="damaged"):
        Posteriors.unpack(packed[:-5])
    with pytest.raises(ValueError, match="version"):
        Posteriors.unpack(b"\x07" + packed[1:])
