import numpy as np
import pytest

from core.decoding.fusion import Fusion
from core.decoding.ngram import NgramModel
from core.decoding.posteriors import Posteriors, keep
from core.recognition.charset import Charset
from tests.core.decoding.spikes import spikes
from workbench.transcribe.reading_again import ReadingAgain

CHARSET = Charset(tuple("abcdefghijklmnopqrstuvwxyz "))


def seen(text: str, unsure: dict[int, str] | None = None) -> Posteriors:
    """What a model sees: three frames a character, the middle one its spike; some it is unsure of."""
    logits = np.full((3 * len(text), CHARSET.classes), -8.0, dtype=np.float32)
    logits[:, 0] = 4.0
    for at, char in enumerate(text):
        spike = 3 * at + 1
        logits[spike, 0] = -4.0
        logits[spike, 1 + CHARSET.characters.index(char)] = 4.0
        for other in (unsure or {}).get(at, ""):
            logits[spike, 1 + CHARSET.characters.index(other)] = 3.5
    return keep(logits, CHARSET, length=float(3 * len(text)))


def reading(text: str, **unsure: str) -> ReadingAgain:
    places = {int(name[1:]): others for name, others in unsure.items()}
    return ReadingAgain(seen(text, places), None, text)


@pytest.mark.parametrize(
    ("before", "after"),
    [("hello world", "hallo world"), ("hello world", "helo world"), ("hello world", "hellos world")],
    ids=["replaced", "deleted", "added"],
)
def test_a_rest_that_the_model_is_sure_of_stays(before: str, after: str) -> None:
    assert reading(before).after_edit(before, after) is None


def test_what_was_typed_before_is_left_alone_when_one_goes_back() -> None:
    line = reading("hello world")
    line.after_edit("hello world", "hello wurld")
    line_unjudged = line._unjudged
    assert line.after_edit("hello wurld", "hallo wurld") is None
    assert line._unjudged == line_unjudged


def test_pasting_much_reads_nothing_again() -> None:
    assert reading("hello world").after_edit("hello world", "hello wide wide world") is None


def test_typing_at_the_end_reads_nothing_again() -> None:
    assert reading("hello").after_edit("hello", "hellos") is None


def test_alternatives_for_the_character_at_the_cursor_come_from_what_the_model_saw() -> None:
    doubt = reading("hello world", _1="a").alternatives("hello world", 1)
    assert doubt is not None
    assert (doubt.first, doubt.last, doubt.alternatives[0]) == (1, 2, "a")


def test_behind_the_last_character_there_is_nothing_to_choose() -> None:
    assert reading("hello").alternatives("hello", 5) is None


def hebrew(*frames: dict[str, float], text: str, fusion: Fusion | None = None) -> ReadingAgain:
    """Frames as they are read, from right to left, and left of them “12” from left to right."""
    number = ({"1": 0.99}, {}, {"2": 0.99}, {}, {" ": 0.99}, {})
    return ReadingAgain(spikes(*number, *reversed(frames)), fusion, text)


SURE = tuple(frame for char in "דהרנ" for frame in ({char: 0.99}, {}))


def test_the_rest_of_a_line_from_right_to_left_is_read_again_behind_what_was_corrected() -> None:
    """As from left to right: once מ stands in the place of ר, the נ behind it makes no sense."""
    language = Fusion(NgramModel.learn(["מודהרנ", "אמ מודהרנ בא", "מודהרנ 21"] * 30), 0.5)
    line = hebrew(
        {"ר": 0.55, "מ": 0.4}, {"נ": 0.5}, {}, {"ו": 0.99}, {}, *SURE, text="רנודהרנ 12", fusion=language
    )
    assert line.after_edit("רנודהרנ 12", "מנודהרנ 12") == "מודהרנ 12"


def test_alternatives_in_a_line_from_right_to_left_are_those_of_the_place() -> None:
    line = hebrew({"ר": 0.55, "מ": 0.4}, {}, *SURE, text="רדהרנ 12")
    first, other = (line.alternatives("רדהרנ 12", place) for place in (0, 3))
    assert first is not None
    assert first.alternatives[0] == "מ"
    assert other is None or "מ" not in other.alternatives


def test_within_a_number_of_a_line_from_right_to_left_nothing_is_read_again() -> None:
    line = hebrew({"ר": 0.99}, {}, *SURE, text="רדהרנ 12")
    assert line.after_edit("רדהרנ 12", "רדהרנ 32") is None
