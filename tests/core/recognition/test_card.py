"""Cards of both formats."""

import json

import pytest

from core.errors import BadCheckpoint
from core.imaging.normalize import Normalization
from core.recognition.architectures import CRNN, CRNN_PPOCR_V2, crnn
from core.recognition.architectures.crnn_spec import ConvBlock, CrnnSpec, Pool, Recurrent
from core.recognition.card import ModelCard, read_card
from core.recognition.charset import Charset
from core.recognition.line_input import LineInput
from core.recognition.pretrained.base_files import base_file

ABC = Charset(tuple("abc"))
SPEC = CrnnSpec(
    (ConvBlock(8, norm=True, activation="leaky_relu", slope=0.2, pool=Pool((2, 2), (2, 1), (0, 1))),),
    "columns",
    (Recurrent(4, 2, 6),),
    head_bias=False,
)
FACTS = crnn(
    SPEC, LineInput(48, "grey", inverted=True, mean=(0.0,), deviation=(1.0,), margin=16, fill="white")
)


def test_card_of_a_crnn_comes_back_whole():
    card = ModelCard(CRNN, ABC, Normalization(width=100), described=FACTS)
    assert json.loads(card.to_json())["format"] == 2
    back = ModelCard.from_json(card.to_json())
    assert back == card
    assert back.network.spec == SPEC


def test_cards_of_base_models_stay_in_the_first_format():
    card = ModelCard("crnn-ppocr-v2", ABC)
    assert json.loads(card.to_json())["format"] == 1
    assert set(json.loads(card.to_json())) == set(json.loads(read_raw(base_file("crnn-ppocr-v2"))))
    assert ModelCard.from_json(card.to_json()).network is CRNN_PPOCR_V2


def read_raw(file):
    with file.open("rb") as stream:
        size = int.from_bytes(stream.read(8), "little")
        return json.loads(stream.read(size))["__metadata__"]["linewright"]


def test_card_written_before_the_second_format_is_read():
    assert read_card(base_file("crnn-ppocr-v2")).network is CRNN_PPOCR_V2


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"format": 3}, "later version"),
        ({"architecture": "transformer"}, "does not know"),
        ({"network": None}, "damaged"),
        ({"network": {**SPEC.to_json(), "blocks": []}}, "damaged"),
        ({"input": {"height": 47, "colour": "ultraviolet"}}, "damaged"),
    ],
)
def test_card_that_makes_no_sense_is_refused(change, reason):
    fields = json.loads(ModelCard(CRNN, ABC, described=FACTS).to_json())
    with pytest.raises(BadCheckpoint, match=reason):
        ModelCard.from_json(json.dumps({**fields, **change}))
