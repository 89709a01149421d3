"""The engine of drafts: bfloat16 where the processor multiplies it and the network gains by it."""

import pytest

from core.evaluation.metrics import cer
from core.recognition import recognizer
from core.recognition.recognizer import load_exact, load_quickest

pytestmark = pytest.mark.usefixtures("threads_as_before")


def read(reader, crops):
    readings = dict(reader.recognize(crops))
    return [readings[index].text for index in range(len(crops))]


@pytest.mark.parametrize("model", ["ppocr-v6-small", "crnn-v6"])
def test_drafts_in_bfloat16_have_the_errors_of_exact_reading(model, lines, monkeypatch):
    monkeypatch.setattr(recognizer, "multiplies_bfloat16", lambda: True)
    crops = [line.crop for line in lines]
    truths = [line.text for line in lines]
    quick, exact = (read(load(model, 2), crops) for load in (load_quickest, load_exact))
    assert cer(list(zip(truths, quick, strict=True))) == pytest.approx(
        cer(list(zip(truths, exact, strict=True))), abs=0.01
    )


def test_each_draft_is_the_same_whatever_is_read_beside_it(lines, monkeypatch):
    monkeypatch.setattr(recognizer, "multiplies_bfloat16", lambda: True)
    crops = [line.crop for line in lines[:6]]
    together = read(load_quickest("ppocr-v6-small", 2), crops)
    assert together == [read(load_quickest("ppocr-v6-small", 1), [crop])[0] for crop in crops]


@pytest.mark.parametrize(("model", "multiplies"), [("ppocr-v6-small", False), ("crnn-ppocr-v2", True)])
def test_where_bfloat16_gains_nothing_drafts_are_read_exactly(model, multiplies, lines, monkeypatch):
    monkeypatch.setattr(recognizer, "multiplies_bfloat16", lambda: multiplies)
    monkeypatch.setattr(recognizer, "bfloat16_engine", lambda _: pytest.fail("bfloat16"))
    crops = [line.crop for line in lines[:3]]
    assert read(load_quickest(model, 1), crops) == read(load_exact(model, 1), crops)
