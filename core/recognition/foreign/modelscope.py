"""ModelScope's ``cv_crnn_ocr-recognition-general``.

A folder of ``pytorch_model.pt``, ``vocab.txt`` and ``configuration.json``. Facts from
``modelscope/models/cv/ocr_recognition`` (``modules/CRNN/main_model.py``, ``preprocessor.py``, ``model.py``;
Apache-2.0). Line i of the vocabulary, counted from 1, is class i.
"""

from core.recognition.architectures.crnn_spec import CrnnSpec, Pool
from core.recognition.checkpoint import Checkpoint
from core.recognition.foreign.assembly import Names, Plan, assemble, conv_like, lstm_like
from core.recognition.foreign.labels import read_vocab, wanted_labels
from core.recognition.foreign.source import ForeignModel, read_json
from core.recognition.line_input import LineInput
from core.wording import say

PROJECT = "ModelScope"

_SQUARE, _FLAT = Pool((2, 2), (2, 2)), Pool((2, 1), (2, 1))
_BLOCKS = (
    ("conv0.0", "conv0.1", _SQUARE),
    ("conv1.0", "conv1.1", _SQUARE),
    ("conv2.0", "conv2.1", None),
    ("conv2.3", "conv2.4", _FLAT),
    ("conv3.0", "conv3.1", None),
    ("conv3.3", "conv3.4", _FLAT),
)
_LAST = ("conv4.0", "conv4.1")
_RECURRENT = (("rnn.0.rnn", "rnn.0.embedding"), ("rnn.1.rnn", "rnn.1.embedding"))


def matches(source: ForeignModel) -> bool:
    """Whether the layers are named as there."""
    return source.has("conv0.0.weight", "conv0.1.weight", "cls.weight")


def convert(source: ForeignModel) -> Checkpoint:
    """Our checkpoint of the model.

    Raises:
        BadCheckpoint: If something does not fit.
    """
    vocab = source.beside("vocab.txt")
    labels = wanted_labels(source, read_vocab(vocab) if vocab else None, "vocab.txt")
    last = conv_like(source, *_LAST, stride=(2, 1), padding=(0, 0))
    spec = CrnnSpec(
        blocks=(*(conv_like(source, conv, norm, pool=pool) for conv, norm, pool in _BLOCKS), last),
        recurrent=tuple(lstm_like(source, lstm, projection) for lstm, projection in _RECURRENT),
        head_bias=source.has("cls.bias"),
    )
    names = Names([*((conv, norm) for conv, norm, _ in _BLOCKS), _LAST], _RECURRENT, "cls")
    line_input = LineInput(_height(source), "grey", mean=(0.0,), deviation=(1.0,), fill="black")
    return assemble(source, Plan(PROJECT, spec, line_input, names, labels))


def _height(source: ForeignModel) -> int:
    config = source.facts.config or source.beside("configuration.json")
    if config is None:
        return 32
    model = read_json(config).get("model", {})
    if model.get("recognizer", "CRNN") != "CRNN":
        raise source.misfit(
            say("it is a {network}, not a CRNN", network=model["recognizer"]), say("Choose a cv_crnn model.")
        )
    return int(model.get("inference_kwargs", {}).get("img_height", 32))
