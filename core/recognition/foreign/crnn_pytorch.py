"""The CRNN of ``meijieru/crnn.pytorch`` (MIT) and of the many programs that took it over.

Facts from its ``models/crnn.py``, ``dataset.py`` and ``utils.py``. Nothing in the file says which characters
it reads, so they must be given; nor whether ReLUs are leaky: the plain ones of its default are taken.
"""

from core.imaging.normalize import Normalization
from core.recognition.architectures.crnn_spec import CrnnSpec, Pool
from core.recognition.checkpoint import Checkpoint
from core.recognition.foreign.assembly import Names, Plan, assemble, conv_like, lstm_like
from core.recognition.foreign.labels import wanted_labels
from core.recognition.foreign.source import ForeignModel
from core.recognition.line_input import WIDTH_STEP, LineInput, colour_of

PROJECT = "crnn.pytorch"
HEIGHT, WIDTH = 32, 100

_SQUARE = Pool((2, 2), (2, 2))
_SLIDING = Pool((2, 2), (2, 1), (0, 1))
_POOLS = (_SQUARE, _SQUARE, None, _SLIDING, None, _SLIDING, None)
_RECURRENT = (("rnn.0.rnn", "rnn.0.embedding"), ("rnn.1.rnn", None))
_HEAD = "rnn.1.embedding"


def matches(source: ForeignModel) -> bool:
    """Whether the layers are named as there."""
    return source.has("cnn.conv0.weight", "rnn.0.rnn.weight_hh_l0")


def convert(source: ForeignModel) -> Checkpoint:
    """Our checkpoint of the model.

    Raises:
        BadCheckpoint: If something does not fit.
    """
    labels = wanted_labels(source, None, None)
    convolutions = [(f"cnn.conv{number}", _norm(source, number)) for number in range(len(_POOLS))]
    blocks = [
        conv_like(source, conv, norm, pool=pool, padding=(1, 1) if number < 6 else (0, 0))
        for number, ((conv, norm), pool) in enumerate(zip(convolutions, _POOLS, strict=True))
    ]
    spec = CrnnSpec(
        tuple(blocks),
        recurrent=tuple(lstm_like(source, lstm, projection) for lstm, projection in _RECURRENT),
    )
    ratio = source.facts.keep_ratio
    colour = colour_of(source.shape("cnn.conv0.weight")[1])
    return assemble(
        source,
        Plan(
            PROJECT,
            spec,
            LineInput(HEIGHT, colour, fill="edge", step=WIDTH_STEP if ratio else 1),
            Names(convolutions, _RECURRENT, _HEAD),
            labels,
            normalization=Normalization(width=None if ratio else WIDTH),
        ),
    )


def _norm(source: ForeignModel, number: int) -> str | None:
    name = f"cnn.batchnorm{number}"
    return name if source.has(f"{name}.weight") else None
