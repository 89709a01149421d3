"""docTR's ``crnn_vgg16_bn`` (Apache-2.0): ``pytorch_model.bin`` with ``config.json``, or a bare state dict.

Facts from ``doctr/models/recognition/crnn/pytorch.py``, ``classification/vgg/pytorch.py`` and the
preprocessor. Its blank is the last class, after the vocabulary. It was trained on single words padded with
black to 128 px.
"""

from typing import Any

from core.recognition.architectures.crnn_spec import CrnnSpec, Pool
from core.recognition.checkpoint import Checkpoint
from core.recognition.foreign.assembly import Names, Plan, assemble, conv_like, lstm_like
from core.recognition.foreign.labels import wanted_labels
from core.recognition.foreign.source import ForeignModel, read_json
from core.recognition.line_input import LineInput

PROJECT = "docTR"
MEAN, DEVIATION = (0.694, 0.695, 0.693), (0.299, 0.296, 0.301)

_SQUARE, _FLAT = Pool((2, 2), (2, 2)), Pool((2, 1), (2, 1))
_CONVOLUTIONS: tuple[tuple[int, Pool | None], ...] = (
    (0, None),
    (3, _SQUARE),
    (7, None),
    (10, _SQUARE),
    (14, None),
    (17, None),
    (20, _FLAT),
    (24, None),
    (27, None),
    (30, _FLAT),
    (34, None),
    (37, None),
    (40, _FLAT),
)
"""Places in torchvision's VGG-16 with BatchNorm, which follows each, and the pooling after them."""


def matches(source: ForeignModel) -> bool:
    """Whether the layers are named as there."""
    return source.has("feat_extractor.40.weight", "decoder.weight_hh_l0", "linear.weight")


def convert(source: ForeignModel) -> Checkpoint:
    """Our checkpoint of the model.

    Raises:
        BadCheckpoint: If something does not fit.
    """
    file = source.facts.config or source.beside("config.json")
    config: dict[str, Any] = read_json(file) if file else {}
    labels = wanted_labels(source, config.get("vocab"), "config.json")
    names = [(f"feat_extractor.{place}", f"feat_extractor.{place + 1}") for place, _ in _CONVOLUTIONS]
    spec = CrnnSpec(
        tuple(
            conv_like(source, *name, pool=pool) for name, (_, pool) in zip(names, _CONVOLUTIONS, strict=True)
        ),
        "columns",
        (lstm_like(source, "decoder"),),
    )
    line_input = LineInput(
        int(config.get("input_shape", (3, 32, 128))[1]),
        "rgb",
        mean=tuple(config.get("mean", MEAN)),
        deviation=tuple(config.get("std", DEVIATION)),
        fill="black",
    )
    plan = Plan(PROJECT, spec, line_input, Names(names, [("decoder", None)], "linear"), labels, len(labels))
    return assemble(source, plan)
