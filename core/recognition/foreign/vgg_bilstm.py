"""``None-VGG-BiLSTM-CTC`` of clovaai's deep-text-recognition-benchmark, and EasyOCR's second generation.

Both (Apache-2.0) name their layers alike; EasyOCR's network is half as wide and reads 64 px, of which three
rows are left and averaged. Facts from the one's ``modules``, ``dataset.py``, ``train.py`` and the other's
``model/vgg_model.py``, ``recognition.py``, ``easyocr.py``.
"""

import string
from dataclasses import replace
from typing import Any

import yaml

from core.imaging.normalize import Normalization
from core.recognition.architectures.crnn_spec import CrnnSpec, Pool
from core.recognition.checkpoint import Checkpoint
from core.recognition.foreign.assembly import Names, Plan, assemble, conv_like, lstm_like
from core.recognition.foreign.labels import wanted_labels
from core.recognition.foreign.source import ForeignModel
from core.recognition.line_input import WIDTH_STEP, LineInput, colour_of
from core.wording import say

CLOVAAI, EASYOCR = "deep-text-recognition-benchmark", "EasyOCR"
EASYOCR_CHANNELS = 256
"""Channels of the last convolution there; 512 in the other project."""

_SQUARE, _FLAT = Pool((2, 2), (2, 2)), Pool((2, 1), (2, 1))
_CONVOLUTIONS: tuple[tuple[int, int | None, Pool | None], ...] = (
    (0, None, _SQUARE),
    (3, None, _SQUARE),
    (6, None, None),
    (8, None, _FLAT),
    (11, 12, None),
    (14, 15, _FLAT),
    (18, None, None),
)
_NET, _LAST, _HEAD = "FeatureExtraction.ConvNet", "FeatureExtraction.ConvNet.18.weight", "Prediction"
_RECURRENT = tuple((f"SequenceModeling.{n}.rnn", f"SequenceModeling.{n}.linear") for n in range(2))


def matches_clovaai(source: ForeignModel) -> bool:
    """Whether it is the wide network."""
    return source.has(_LAST) and not matches_easyocr(source)


def matches_easyocr(source: ForeignModel) -> bool:
    """Whether it is the narrow network."""
    return source.has(_LAST) and source.shape(_LAST)[0] == EASYOCR_CHANNELS


def convert_clovaai(source: ForeignModel) -> Checkpoint:
    """Our checkpoint of a model of the benchmark; ``opt.txt`` lies beside it after a training.

    Raises:
        BadCheckpoint: If something does not fit.
    """
    options = _options(source)
    found = options.get("character")
    if found is None and options.get("sensitive") == "True":
        found = string.printable[:-6]
    ratio = source.facts.keep_ratio or options.get("PAD") == "True"
    width = None if ratio else int(options.get("imgW", 100))
    labels = wanted_labels(source, found, "opt.txt")
    return _convert(source, CLOVAAI, labels, int(options.get("imgH", 32)), width)


def convert_easyocr(source: ForeignModel) -> Checkpoint:
    """Our checkpoint of an EasyOCR model; ``NAME.yaml`` lies beside those of one's own.

    Raises:
        BadCheckpoint: If something does not fit.
    """
    config = source.facts.config or source.beside(f"{source.file.stem}.yaml")
    settings: dict[str, Any] = {}
    if config is not None:
        try:
            settings = yaml.safe_load(config.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise source.misfit(
                say("{file} cannot be read ({error})", file=config.name, error=error)
            ) from error
    labels = wanted_labels(source, settings.get("character_list"), f"{source.file.stem}.yaml")
    return _convert(source, EASYOCR, labels, int(settings.get("imgH") or 64), None)


def _options(source: ForeignModel) -> dict[str, str]:
    file = source.facts.config or source.beside("opt.txt")
    if file is None:
        return {}
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise source.misfit(say("{file} cannot be read ({error})", file=file.name, error=error)) from error
    return dict(line.split(": ", 1) for line in lines if ": " in line)


def _convert(
    source: ForeignModel, project: str, labels: list[str], height: int, width: int | None
) -> Checkpoint:
    blocks = [
        conv_like(
            source,
            f"{_NET}.{conv}",
            f"{_NET}.{norm}" if norm else None,
            pool=pool,
            padding=(0, 0) if conv == 18 else (1, 1),
        )
        for conv, norm, pool in _CONVOLUTIONS
    ]
    recurrent = _RECURRENT if source.has(f"{_RECURRENT[0][0]}.weight_hh_l0") else ()
    spec = CrnnSpec(
        tuple(blocks), "average", tuple(lstm_like(source, lstm, projection) for lstm, projection in recurrent)
    )
    names = [(f"{_NET}.{conv}", f"{_NET}.{norm}" if norm else None) for conv, norm, _ in _CONVOLUTIONS]
    colour = colour_of(source.shape(f"{_NET}.0.weight")[1])
    line_input = LineInput(height, colour, fill="edge", step=WIDTH_STEP if width is None else 1)
    plan = Plan(project, spec, line_input, Names(names, recurrent, _HEAD), labels)
    return assemble(source, replace(plan, normalization=Normalization(width=width)))
