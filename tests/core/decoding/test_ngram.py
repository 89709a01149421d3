import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.decoding.fusion import BONUS, Fusion
from core.decoding.ngram import NgramModel

LINES = ["que ie penſe", "qui eſt la cauſe", "la police de ceſte isle", "quand ilz ſont"]
TEXTS = st.lists(st.text("abc é鹿", max_size=12), max_size=8)


@given(TEXTS, st.text("abcx", max_size=8), st.integers(1, 6), st.integers(1, 50))
def test_probabilities_after_any_context_sum_to_one(texts, context, order, limit):
    model = NgramModel.learn(texts, order=order, limit=limit)
    known = {char for text in texts for char in text}
    total = sum(math.exp(model.log_probability(context, char)) for char in [*known, "\ue000"])
    assert total == pytest.approx(1)


def test_what_was_learned_is_more_probable():
    model = NgramModel.learn(LINES * 5)
    assert model.log_probability("q", "u") > math.log(0.8)
    assert model.log_probability("qu", "x") < math.log(0.05)
    assert model.log_probability("", "q") > model.log_probability("", "u")


def test_beginning_of_a_line_is_a_context_of_its_own():
    model = NgramModel.learn(["ab", "ab", "cb", "ca ca ca"])
    assert model.log_probability("", "a") > model.log_probability("c", "b")
    assert model.log_probability("", " ") < model.log_probability("a", " ")


def test_witten_bell_by_hand():
    # "aab": a after the start once; a and b after a once each.
    model = NgramModel.learn(["aab"], order=2)
    unigram_a = (2 + 2 * (1 / 3)) / (3 + 2)
    assert math.exp(model.log_probability("a", "a")) == pytest.approx((1 + 2 * unigram_a) / (2 + 2))


def test_an_empty_model_has_no_opinion():
    model = NgramModel.learn([])
    assert model.log_probability("ab", "c") == model.log_probability("", "x")
    assert model.improbable("anything") == []


def test_rare_n_grams_are_dropped_when_there_are_too_many():
    texts = [f"{number:06}" for number in range(500)]
    full, small = NgramModel.learn(texts), NgramModel.learn(texts, limit=200)
    assert small.grams <= 200 * small.order < full.grams
    assert small.log_probability("", "0") > math.log(0.5)


def test_a_saved_model_is_the_same(tmp_path):
    model = NgramModel.learn(LINES)
    model.save(tmp_path / "language.npz")
    again = NgramModel.load(tmp_path / "language.npz")
    assert np.array_equal(again.log_probabilities("que la paix"), model.log_probabilities("que la paix"))
    assert [file.name for file in tmp_path.iterdir()] == ["language.npz"]


@pytest.mark.parametrize("content", [None, b"", b"no archive", b"PK\x03\x04 broken"])
def test_a_damaged_file_is_refused(tmp_path, content):
    file = tmp_path / "language.npz"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ValueError, match="no language model"):
        NgramModel.load(file)


def test_a_file_with_objects_is_refused(tmp_path):
    with (tmp_path / "language.npz").open("wb") as stream:
        np.savez(stream, keys_0=np.array([{}], dtype=object), counts_0=1, total_0=1, spare_0=1)
    with pytest.raises(ValueError, match="no language model"):
        NgramModel.load(tmp_path / "language.npz")


def test_a_strange_character_stands_out_and_a_good_text_has_none():
    model = NgramModel.learn(LINES * 10)
    assert model.improbable("la police de ceſte isle") == []
    assert model.improbable("la polZce de ceſte isle") == [6]


def test_where_all_is_strange_nothing_stands_out():
    assert NgramModel.learn(LINES).improbable("XKWZYVXXKW") == []


def test_factors_of_the_search_are_those_of_the_score():
    fusion = Fusion(NgramModel.learn(LINES), 0.4)
    factor = fusion.factor_after("que ")
    product = math.prod(factor("la poli"[:end], "la poli"[end]) for end in range(7))
    assert math.log(product) == pytest.approx(fusion.score("que ", "la poli"))
    alone = Fusion(NgramModel.learn([]), 0.5)
    assert alone.score("", "ab") == pytest.approx(0.5 * 2 * BONUS)
