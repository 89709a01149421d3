import pytest

from core.decoding.constrained import redecode
from core.decoding.mistakes import Mistakes
from core.decoding.posteriors import Posteriors
from core.evaluation.metrics import cer
from tests.core.decoding.spikes import spikes, written

LONG_S = [("fein fond", "ſein ſond"), ("fi", "fi"), ("fo fa", "ſo ſa")]  # four of five f are ſ


def test_a_read_character_is_shared_out_to_what_stood_there():
    mistakes = Mistakes.learn(LONG_S)
    assert mistakes.shares["f"] == {"ſ": pytest.approx(4 / 6)}
    reading = mistakes.corrected(written("fans")).recognition()
    assert reading.text == "ſans"
    assert reading.characters[0].alternatives[0][0] == "f"


def test_a_single_correction_teaches_nothing():
    assert Mistakes.learn([("fin", "ſin"), ("ff", "ff")]).shares == {}


def test_inserted_and_deleted_characters_teach_nothing():
    assert Mistakes.learn([("a b", "ab"), ("ab", "a b")] * 5).shares == {}


def test_a_line_without_known_mistakes_stays_what_it_is():
    posteriors = written("haus")
    assert Mistakes.learn(LONG_S).corrected(posteriors) is posteriors


def test_a_character_that_was_a_rival_gains():
    posteriors = spikes({"f": 0.5, "t": 0.4}, {}, {"o": 0.9})
    mistakes = Mistakes({"f": {"t": 0.5}})
    assert posteriors.recognition().text == "fo"
    assert mistakes.corrected(posteriors).recognition().text == "to"


def test_corrected_lines_can_be_packed_and_read_again():
    corrected = Mistakes.learn(LONG_S).corrected(written("fans"))
    assert Posteriors.unpack(corrected.pack()).recognition().text == "ſans"
    assert redecode(corrected, "ſa", rest="ns").text == "ſans"


def test_mistakes_go_to_json_and_back():
    mistakes = Mistakes.learn(LONG_S)
    assert Mistakes.from_json(mistakes.to_json()) == mistakes


def test_mistakes_of_some_real_lines_mend_another_of_the_book(lines):
    book = [line for line in lines if line.name.startswith("utopie")]
    greedy = [line.kept.recognition().text for line in book]
    before = cer([(line.truth, text) for line, text in zip(book, greedy, strict=True)])
    after = []
    for place, line in enumerate(book):
        others = [(greedy[i], other.truth) for i, other in enumerate(book) if i != place]
        after.append((line.truth, Mistakes.learn(others).corrected(line.kept).recognition().text))
    assert cer(after) < before
