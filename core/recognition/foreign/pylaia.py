"""PyLaia's ``LaiaCRNN`` (MIT): a checkpoint with the files ``model`` and ``syms.txt`` of its training.

Facts from ``laia/models/htr``, ``laia/nn/image_pooling_sequencer.py``, ``laia/data/transforms/vision`` and
``laia/common``. ``model`` is a pickle of the arguments of a class; they are read, the class is never called.
"""

from pathlib import Path
from typing import Any

from torch import nn

from core.errors import BadCheckpoint
from core.recognition.architectures.crnn_spec import Activation, ConvBlock, CrnnSpec, Pool
from core.recognition.checkpoint import Checkpoint
from core.recognition.foreign.assembly import Names, Plan, assemble, conv_like, lstm_like
from core.recognition.foreign.labels import given_labels
from core.recognition.foreign.source import ForeignModel, load_pickle
from core.recognition.line_input import LineInput, colour_of
from core.wording import say

PROJECT = "PyLaia"
SPACE = "<space>"

_ACTIVATIONS: dict[Any, Activation] = {
    nn.ReLU: "relu",
    nn.LeakyReLU: "leaky_relu",
    nn.Tanh: "tanh",
    None: "linear",
}
_NAMED_IN_PICKLES = (
    *(nn.ReLU, nn.LeakyReLU, nn.Tanh, nn.Sigmoid, nn.PReLU, nn.LSTM, nn.GRU, nn.RNN),
    # its command line gives numbers of these types, which only check their range
    *((int, f"jsonargparse.typing.{name}") for name in ("PositiveInt", "NonNegativeInt")),
    (float, "jsonargparse.typing.ClosedUnitInterval"),
)


def matches(source: ForeignModel) -> bool:
    """Whether the layers are named as there."""
    return source.has("conv.0.conv.weight", "rnn.weight_hh_l0", "linear.weight")


def convert(source: ForeignModel) -> Checkpoint:
    """Our checkpoint of the model.

    Raises:
        BadCheckpoint: If something does not fit.
    """
    arguments = _arguments(source)
    names = [
        (f"conv.{n}.conv", f"conv.{n}.batchnorm" if norm else None)
        for n, norm in enumerate(arguments["cnn_batchnorm"])
    ]
    blocks = tuple(_block(source, arguments, number, *name) for number, name in enumerate(names))
    spec = CrnnSpec(blocks, "columns", (lstm_like(source, "rnn"),))
    line_input = LineInput(
        _height(source, spec, arguments["image_sequencer"]),
        colour_of(arguments["num_input_channels"]),
        inverted=True,
        mean=(0.0,),
        deviation=(1.0,),
        fill="white",
        step=spec.stride,  # there, a line alone is not padded at all
    )
    return assemble(
        source, Plan(PROJECT, spec, line_input, Names(names, [("rnn", None)], "linear"), _labels(source))
    )


def _arguments(source: ForeignModel) -> dict[str, Any]:
    file = source.facts.config or source.beside("model")
    if file is None:
        raise source.misfit(
            say("its file “model” is not beside it, which says how the network is built"),
            say(
                "Put it there as the training left it, or give it under “Settings of its program” "
                "(as a command: --config)."
            ),
        )
    content = load_pickle(file, _NAMED_IN_PICKLES)
    if not isinstance(content, dict) or content.get("name") != "LaiaCRNN" or "kwargs" not in content:
        raise source.misfit(
            say("{file} describes no LaiaCRNN", file=file.name),
            say("Only that network of PyLaia is supported."),
        )
    arguments: dict[str, Any] = content["kwargs"]
    if arguments.get("vertical_text"):
        raise source.misfit(
            say("it reads vertical text"), say("Only networks for horizontal lines are supported.")
        )
    if arguments.get("rnn_type", nn.LSTM) is not nn.LSTM:
        raise source.misfit(say("its recurrent layers are no LSTMs"), say("Only LSTMs are supported."))
    return arguments


def _block(
    source: ForeignModel, arguments: dict[str, Any], number: int, conv: str, norm: str | None
) -> ConvBlock:
    activation = arguments["cnn_activation"][number]
    if activation not in _ACTIVATIONS:
        name = getattr(activation, "__name__", activation)
        raise source.misfit(say("its activation {name} is not supported", name=name))
    kernel, dilation = (_pair(arguments[name][number]) for name in ("cnn_kernel_size", "cnn_dilation"))
    pool = _pair(arguments["cnn_poolsize"][number])
    return conv_like(
        source,
        conv,
        norm,
        stride=_pair(arguments["cnn_stride"][number]),
        dilation=dilation,
        padding=((kernel[0] - 1) // 2 * dilation[0], (kernel[1] - 1) // 2 * dilation[1]),
        activation=_ACTIVATIONS[activation],
        pool=Pool(pool, pool) if pool[0] * pool[1] >= 2 else None,
    )


def _pair(value: Any) -> tuple[int, int]:
    return (value[0], value[1]) if isinstance(value, (list, tuple)) else (value, value)


def _height(source: ForeignModel, spec: CrnnSpec, sequencer: str) -> int:
    """The height at which as many rows are left as the sequencer makes, so that it has nothing to do.

    Its adaptive poolings let such a network read images of any height; ours always come at one height.
    """
    rows = int(sequencer.rpartition("-")[2])
    height = next((height for height in range(1, 1025) if spec.rows(height) == rows), None)
    if height is None:
        raise source.misfit(
            say(
                "no height up to 1024 px leaves the {rows} rows that its “{sequencer}” wants",
                rows=rows,
                sequencer=sequencer,
            )
        )
    return height


def _labels(source: ForeignModel) -> list[str]:
    given = given_labels(source) if source.facts.vocab is None else read_symbols(source.facts.vocab)
    if given is not None:
        return given
    file = source.beside("syms.txt")
    if file is None:
        raise source.misfit(
            say("its symbols are not known: there is no syms.txt beside it"),
            say("Give it under “Characters, one a line” (as a command: --vocab)."),
        )
    return read_symbols(file)


def read_symbols(file: Path) -> list[str]:
    """The symbols of a ``syms.txt`` in the order of their numbers, without number 0, the blank.

    Raises:
        BadCheckpoint: If it is no such table.
    """
    try:
        pairs = [line.split() for line in file.read_text(encoding="utf-8").split("\n") if line.split()]
        table = {int(number): symbol for symbol, number in pairs}
        symbols = [table[number] for number in range(1, len(pairs))]
    except (OSError, UnicodeDecodeError, ValueError, KeyError) as error:
        raise BadCheckpoint(
            say(
                "{file} is no table of PyLaia's symbols, numbered from 0 ({error}). Give the "
                "syms.txt of the training.",
                file=file,
                error=error,
            )
        ) from error
    return [" " if symbol == SPACE else symbol for symbol in symbols]
