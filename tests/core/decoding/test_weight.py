import pytest

from core.decoding.ngram import NgramModel
from core.decoding.weight import WEIGHTS, fit_weight
from core.jobs import Cancelled, CancelToken
from tests.core.decoding.spikes import spikes

TRUE = [{"q": 0.9}, {}, {"v": 0.5, "u": 0.45}, {}, {"i": 0.9}]
LANGUAGE = NgramModel.learn(["qui que quand"] * 20)


def test_a_language_model_that_saves_errors_gets_a_weight():
    assert fit_weight([(spikes(*TRUE), "qui")] * 5, LANGUAGE) in WEIGHTS


def test_a_language_model_that_saves_none_gets_no_weight():
    assert fit_weight([(spikes(*TRUE), "qvi")] * 5, LANGUAGE) == 0.0
    assert fit_weight([], LANGUAGE) == 0.0


def test_a_gain_no_greater_than_chance_gets_no_weight():
    helped, harmed = (spikes(*TRUE), "qui"), (spikes(*TRUE), "qvi")
    assert fit_weight([helped] * 3 + [harmed] * 2, LANGUAGE) == 0.0


def test_fitting_can_be_cancelled():
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        fit_weight([(spikes(*TRUE), "qui")], LANGUAGE, cancel)
