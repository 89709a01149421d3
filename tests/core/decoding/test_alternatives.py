import pytest

from core.decoding.alternatives import alternatives_at
from core.decoding.constrained import redecode
from core.decoding.fusion import Fusion
from core.decoding.ngram import NgramModel
from tests.core.decoding.spikes import spikes, written


def test_rivals_of_a_place_come_with_their_shares():
    posteriors = spikes({"a": 0.99}, {}, {"c": 0.6, "e": 0.3}, {}, {"h": 0.99})
    ranked = alternatives_at(posteriors, "ach", 1)
    assert [char for char, _ in ranked] == ["c", "e", ""]
    assert dict(ranked)["e"] == pytest.approx(0.3, abs=0.02)
    assert dict(ranked)[""] == pytest.approx(0.1, abs=0.02)


def test_a_place_is_judged_with_the_rest_as_the_human_has_it():
    # "e" was replaced by something the model has not seen; its rivals are still those of its own frame.
    posteriors = spikes({"a": 0.99}, {}, {"c": 0.6, "e": 0.3}, {}, {"h": 0.7, "b": 0.2})
    assert alternatives_at(posteriors, "aØh", 1)[0][0] == "c"
    assert [char for char, _ in alternatives_at(posteriors, "aØh", 2)][:2] == ["h", "b"]


def test_what_may_be_missing_between_two_characters():
    posteriors = spikes({"a": 0.99}, {}, {"x": 0.4}, {}, {"h": 0.99})
    ranked = alternatives_at(posteriors, "ah", 1, insertion=True)
    assert ranked[0][0] == ""
    assert dict(ranked)["x"] == pytest.approx(0.4, abs=0.02)


def test_after_the_end_nothing_follows_a_confident_line():
    assert alternatives_at(written("haus"), "haus", 4)[0][0] == ""


def test_an_equal_neighbour_needs_a_blank_between():
    posteriors = spikes({"l": 0.99}, {"l": 0.6, "i": 0.3}, {})
    assert "l" not in dict(alternatives_at(posteriors, "l", 1))


def test_a_language_model_reorders_rivals():
    posteriors = spikes({"q": 0.99}, {}, {"v": 0.5, "u": 0.4}, {}, {"i": 0.99})
    language = Fusion(NgramModel.learn(["qui quand que"] * 20), 0.5)
    assert alternatives_at(posteriors, "qvi", 1)[0][0] == "v"
    assert alternatives_at(posteriors, "qvi", 1, fusion=language)[0][0] == "u"


def test_the_standing_character_is_among_its_alternatives_on_real_lines(lines):
    for line in lines:
        text = line.kept.recognition().text
        for place in range(0, len(text), 5):
            ranked = alternatives_at(line.kept, text, place)
            assert text[place] in [char for char, _ in ranked], (line.name, place)
            assert sum(share for _, share in ranked) <= 1.001


def test_no_frames_no_alternatives():
    assert alternatives_at(spikes(), "abc", 1) == ()
    assert redecode(spikes(), "").beginnings == ()
