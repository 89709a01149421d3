from itertools import islice

import numpy as np

from core.evaluation.metrics import cer
from core.evaluation.recall import lost_characters
from core.recognition.architectures import PPOCR_V6
from core.recognition.charset import Charset
from core.recognition.codec import Codec
from core.recognition.pretrained.base_models import load_base
from core.recognition.recognizer import TorchRecognizer
from core.training.config import FineTuneConfig
from core.training.ordinary_print import FROZEN_LINES, frozen_lines, lines_mark, replay_lines
from core.training.rehearsal import LARGEST_SHARE, MARGIN, Rehearsal

LATIN = Charset(tuple("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ ,.;0123456789"))


def test_the_frozen_set_is_the_same_each_time_and_within_the_charset():
    first, second = frozen_lines(LATIN, 48), frozen_lines(LATIN, 48)
    assert len(first) == FROZEN_LINES
    assert all(
        np.array_equal(a.crop, b.crop) and a.text == b.text for a, b in zip(first, second, strict=True)
    )
    assert all(char in LATIN for line in first for char in line.text)


def test_frozen_sets_of_other_lines_are_marked_as_such():
    """The height of a network changes the pictures, not what they show."""
    without_marks = Charset(tuple(char for char in LATIN.characters if char not in ".,;"))
    assert lines_mark(frozen_lines(LATIN, 48)) == lines_mark(frozen_lines(LATIN, 32))
    assert lines_mark(frozen_lines(LATIN, 48)) != lines_mark(frozen_lines(without_marks, 48))


def test_no_line_to_rehearse_repeats_a_frozen_one():
    frozen = {line.text for line in frozen_lines(LATIN, 48)}
    assert not frozen & {line.text for line in islice(replay_lines(LATIN, 48, seed=1), 50)}


def test_what_is_frozen_for_one_charset_is_rehearsed_for_none():
    """A later version may have a smaller charset; it must not rehearse what tells of forgetting."""
    narrow = Charset(tuple(char for char in LATIN.characters if char not in "qx;"))
    frozen = {word for line in frozen_lines(LATIN, 48) for word in line.text.split()}
    rehearsed = {word for line in islice(replay_lines(narrow, 48, seed=1), 60) for word in line.text.split()}
    whole = {line.text for line in frozen_lines(LATIN, 48)}
    assert {line.text for line in frozen_lines(narrow, 48)} <= whole
    assert rehearsed - frozen  # words of the other half


def test_a_charset_without_ordinary_letters_has_nothing_to_rehearse():
    runes = Charset(("ᚠ", "ᚢ"))
    assert frozen_lines(runes, 48) == []
    assert list(replay_lines(runes, 48, seed=1)) == []


def test_the_base_reads_ordinary_print_well():
    base = load_base("ppocr-v6-small")
    lines = frozen_lines(base.card.charset, 48)
    readings = dict(TorchRecognizer(base).recognize([line.crop for line in lines]))
    assert any("人人" in line.text for line in lines)
    assert cer([(line.text, readings[place].text) for place, line in enumerate(lines)]) < 0.01


def test_the_share_of_rehearsal_grows_when_ordinary_print_is_read_worse():
    rehearsal = Rehearsal(FineTuneConfig(replay=0.2, batch_size=8), Codec(LATIN), PPOCR_V6)
    assert len(rehearsal.watched) == 16
    assert [each.sample.text for each in rehearsal.lines(3)] == [
        each.sample.text for each in rehearsal.lines(3)
    ]
    counts = [len(rehearsal.lines(step)) for step in range(200)]
    assert abs(np.mean(counts) - 2) < 0.2  # 2 of 10 lines
    rehearsal.adapt(0.01)
    rehearsal.adapt(0.01 + MARGIN / 2)
    assert rehearsal.share == 0.2
    for _ in range(3):
        rehearsal.adapt(0.01 + 2 * MARGIN)
    assert rehearsal.share == LARGEST_SHARE
    resumed = Rehearsal(FineTuneConfig(replay=0.2), Codec(LATIN), PPOCR_V6)
    resumed.take(rehearsal.state)
    assert resumed.share == LARGEST_SHARE


def test_without_replay_nothing_is_rehearsed():
    rehearsal = Rehearsal(FineTuneConfig(replay=0), Codec(LATIN), PPOCR_V6)
    assert rehearsal.lines(0) == []
    assert rehearsal.watched == []


def test_characters_that_are_found_less_often_are_named_worst_first():
    before = [("aaaaabbbbbc", "aaaaabbbbbc")]
    after = [("aaaaabbbbbc", "aaaxabxxbb")]
    assert lost_characters(before, after) == (("b", 5, 1.0, 0.6), ("a", 5, 1.0, 0.8))
