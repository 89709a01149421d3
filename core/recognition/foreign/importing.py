"""The one door: a file of another project in, our checkpoint out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.recognition.card import METADATA_KEY
from core.recognition.checkpoint import Checkpoint, load_checkpoint
from core.recognition.foreign import (
    KINDS,
    crnn_pytorch,
    doctr,
    kraken,
    modelscope,
    pylaia,
    vgg_bilstm,
)
from core.recognition.foreign.source import ForeignModel, SideFacts, read_foreign
from core.wording import mark, say


@dataclass(frozen=True, slots=True)
class _Kind:
    matches: Callable[[ForeignModel], bool]
    convert: Callable[[ForeignModel], Checkpoint]


_SOURCES = dict(
    zip(
        KINDS,
        (
            _Kind(modelscope.matches, modelscope.convert),
            _Kind(crnn_pytorch.matches, crnn_pytorch.convert),
            _Kind(vgg_bilstm.matches_clovaai, vgg_bilstm.convert_clovaai),
            _Kind(vgg_bilstm.matches_easyocr, vgg_bilstm.convert_easyocr),
            _Kind(doctr.matches, doctr.convert),
            _Kind(pylaia.matches, pylaia.convert),
            _Kind(kraken.matches, kraken.convert),
        ),
        strict=True,
    )
)

_NOT_CTC_CRNNS = (
    ("Transformation.", mark("it straightens words with a TPS network before reading")),
    ("Prediction.attention_cell.", mark("it reads with attention, not CTC")),
    (
        "FeatureExtraction.ConvNet.conv0_1.",
        mark("its backbone is a ResNet (EasyOCR's first generation, or clovaai's)"),
    ),
)
"""Layers that a model of a known kind may have beside those we know, and what they are."""

_OURS = mark("it is the state dict of a Linewright model; import the model's .safetensors file instead")
_NEIGHBOURS = (
    ("feat_extractor.", mark("it is another network of docTR than crnn_vgg16_bn")),
    ("backbone.", _OURS),
    ("stem.", _OURS),
)
"""Layers of other networks that are likely to be tried, and what they are."""


def import_foreign(
    file: Path,
    *,
    charset: str | None = None,
    vocab: Path | None = None,
    config: Path | None = None,
    kind: str | None = None,
    keep_ratio: bool = False,
) -> Checkpoint:
    """Our checkpoint of a model of another project, or of a model file of this program.

    Args:
        file: Weights; side files of the source are looked for in its folder.
        charset: The characters in the order of the classes, without the blank.
        vocab: A file of them.
        config: The source's own file of settings.
        kind: One of ``KINDS``; ``None`` recognises it by the names of the layers.
        keep_ratio: Keep the ratio of lines where the source stretched words to one width.

    Raises:
        BadCheckpoint: If something does not fit: what, and what to do.
    """
    source = read_foreign(file, SideFacts(charset, vocab, config, keep_ratio))
    if METADATA_KEY in source.metadata:
        return load_checkpoint(file)
    convert = _SOURCES[kind or _recognised(source)].convert
    try:
        return convert(source)
    except (AttributeError, LookupError, TypeError, ValueError) as error:
        # What stands in other programs' settings can be of any shape.
        raise source.misfit(
            say(
                "what is said about it beside its weights makes no sense ({error})",
                error=f"{type(error).__name__}: {error}",
            ),
            say("Take the files that belong to the model."),
        ) from error


def _recognised(source: ForeignModel) -> str:
    _refuse(source, _NOT_CTC_CRNNS)
    for name, kind in _SOURCES.items():
        if kind.matches(source):
            return name
    _refuse(source, _NEIGHBOURS)
    first = ", ".join(list(source.state)[:3])
    raise source.misfit(
        say(
            "its layers ({layers} …) are those of none of the known kinds {kinds}",
            layers=first,
            kinds=", ".join(KINDS),
        ),
        say("If it is one of them, choose it under “Kind” (as a command: --kind) to see what is missing."),
    )


def _refuse(source: ForeignModel, networks: Sequence[tuple[str, str]]) -> None:
    for begin, what in networks:
        if any(name.startswith(begin) for name in source.state):
            raise source.misfit(say(what), say("Such a file is not supported."))
