"""Recognition models of kraken 7 in safetensors (Apache-2.0), as far as their spec is a plain CRNN.

Facts from ``kraken/lib/vgsl`` (``model.py``, ``layers.py``, ``rpred.py``), ``kraken/models/writers.py`` and
``kraken/lib/dataset/utils.py``. The spec, in VGSL, and the codec stand in the file's metadata. Covered: ``C``
(activations r, lr, l, t), ``Mp``, ``Do``, ``S1(1x0)1,3``, ``Lbx``, ``O1c``; heights are fixed.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from torch import Tensor

from core.errors import BadCheckpoint
from core.imaging.normalize import Normalization
from core.recognition.architectures.crnn_spec import Activation, ConvBlock, CrnnSpec, Neck, Pool, Recurrent
from core.recognition.checkpoint import Checkpoint
from core.recognition.foreign.assembly import Names, Plan, assemble, conv_like, lstm_like
from core.recognition.foreign.labels import given_labels
from core.recognition.foreign.source import ForeignModel
from core.recognition.line_input import LineInput, colour_of
from core.wording import say, say_count

PROJECT = "kraken"
METADATA = "kraken_meta"
MARGIN = 16
"""px of white at both ends of a line: kraken's default when it reads."""

_ACTIVATIONS: dict[str, Activation] = {"r": "relu", "lr": "leaky_relu", "l": "linear", "t": "tanh"}
_NAME = r"(?:\{(?P<name>\w+)\})?"
_CONV = re.compile(rf"C(lr|r|l|t){_NAME}\d+,\d+,\d+(?:,(\d+),(\d+))?(?:,(\d+),(\d+))?$")
_POOL = re.compile(rf"Mp{_NAME}(\d+),(\d+)(?:,(\d+),(\d+))?$")
_DROPOUT = re.compile(rf"Do{_NAME}[\d.]*(?:,\d+)?$")
_RESHAPE = re.compile(rf"S{_NAME}1\(1x0\)1,3$")
_LSTM = re.compile(rf"Lbx{_NAME}\d+$")
_OUTPUT = re.compile(rf"O{_NAME}1c\d+$")
_INPUT = re.compile(r"\d+,(\d+),(\d+),([13])$")


@dataclass(slots=True)
class _Layers:
    """What has been read of a spec."""

    blocks: list[ConvBlock] = field(default_factory=list)
    convolutions: list[tuple[str, str | None]] = field(default_factory=list)
    recurrent: list[Recurrent] = field(default_factory=list)
    lstms: list[tuple[str, str | None]] = field(default_factory=list)
    neck: Neck = "squeeze"
    head: str = ""

    @property
    def open(self) -> bool:
        """Whether convolutions may still come."""
        return self.neck == "squeeze" and not self.recurrent


def matches(source: ForeignModel) -> bool:
    """Whether the file carries kraken's metadata."""
    return METADATA in source.metadata


def convert(source: ForeignModel) -> Checkpoint:
    """Our checkpoint of the recognition model in the file.

    Raises:
        BadCheckpoint: If there is none, or it has a layer that is not covered.
    """
    prefix, facts = _recogniser(source)
    begin = f"{prefix}.nn."
    own = {
        name.removeprefix(begin): tensor for name, tensor in source.state.items() if name.startswith(begin)
    }
    source = replace(source, state=own)
    first, *words = str(facts["vgsl"]).strip().strip("[]").split(" ")
    layers = _Layers()
    for number, word in enumerate(words):
        _read(source, layers, word, number)
    spec = CrnnSpec(tuple(layers.blocks), layers.neck, tuple(layers.recurrent))
    line_input, width = _input(source, first, spec)
    if spec.neck == "columns" and layers.lstms:
        source = _channel_by_channel(source, layers.lstms[0][0], spec, line_input.height)
    names = Names(layers.convolutions, layers.lstms, layers.head)
    plan = Plan(PROJECT, spec, line_input, names, _labels(source, facts, layers.head))
    return assemble(source, replace(plan, normalization=Normalization(width=width)))


def _recogniser(source: ForeignModel) -> tuple[str, dict[str, Any]]:
    models: Mapping[str, dict[str, Any]] = json.loads(source.metadata[METADATA])
    found = [
        (prefix, facts)
        for prefix, facts in models.items()
        if facts.get("_model") == "TorchVGSLModel" and "recognition" in (facts.get("_tasks") or ())
    ]
    if len(found) != 1:
        raise source.misfit(
            say("it holds {count} recognition models of kraken, not one", count=len(found)),
            say("Choose a file of one recognition model."),
        )
    return found[0]


def _read(source: ForeignModel, layers: _Layers, word: str, number: int) -> None:
    """Take up one layer of the spec; ``number`` makes its name where the spec names none."""
    if layers.head:
        raise _unsupported(source, word)
    if layers.open and (match := _CONV.match(word)):
        name = f"{match['name'] or f'C_{number}'}.co"
        stride, dilation = _numbers(match[3], match[4]), _numbers(match[5], match[6])
        layers.blocks.append(_conv(source, name, _ACTIVATIONS[match[1]], stride, dilation))
        layers.convolutions.append((name, None))
    elif layers.open and (match := _POOL.match(word)) and layers.blocks and not layers.blocks[-1].pool:
        kernel = (int(match[2]), int(match[3]))
        pool = Pool(kernel, (int(match[4]), int(match[5])) if match[4] else kernel)
        layers.blocks[-1] = replace(layers.blocks[-1], pool=pool)
    elif layers.open and _RESHAPE.match(word):
        layers.neck = "columns"
    elif match := _LSTM.match(word):
        name = f"{match['name'] or f'L_{number}'}.layer"
        layers.recurrent.append(lstm_like(source, name))
        layers.lstms.append((name, None))
    elif match := _OUTPUT.match(word):
        layers.head = f"{match['name'] or f'O_{number}'}.lin"
    elif not _DROPOUT.match(word):  # ours has no dropout, see CrnnSpec
        raise _unsupported(source, word)


def _unsupported(source: ForeignModel, word: str) -> BadCheckpoint:
    return source.misfit(
        say("its spec has the layer “{layer}” at a place where it is not supported", layer=word),
        say("Supported are C (r, lr, l, t) with Mp, then S1(1x0)1,3, then Lbx, then O1c; and Do anywhere."),
    )


def _numbers(rows: str | None, columns: str | None) -> tuple[int, int]:
    return (int(rows), int(columns)) if rows and columns else (1, 1)


def _conv(
    source: ForeignModel,
    name: str,
    activation: Activation,
    stride: tuple[int, int],
    dilation: tuple[int, int],
) -> ConvBlock:
    block = conv_like(source, name, activation=activation, stride=stride, dilation=dilation)
    rows, columns = (dilation[axis] * (block.kernel[axis] - 1) // 2 for axis in (0, 1))
    return replace(block, padding=(rows, columns))


def _input(source: ForeignModel, first: str, spec: CrnnSpec) -> tuple[LineInput, int | None]:
    match = _INPUT.match(first)
    if match is None or int(match[1]) < 2:
        raise source.misfit(
            say("its input “{shape}” is not supported", shape=first),
            say("Supported are lines of a fixed height, in grey or colour."),
        )
    width = int(match[2]) or None
    facts = LineInput(
        int(match[1]),
        colour_of(int(match[3])),
        inverted=True,
        mean=(0.0,),
        deviation=(1.0,),
        margin=0 if width else MARGIN,
        fill="white",
        step=1 if width else spec.stride,  # there, a line alone is not padded beyond its margins
    )
    return (
        (replace(facts, margin=MARGIN, step=spec.stride), None) if source.facts.keep_ratio else (facts, width)
    )


def _channel_by_channel(source: ForeignModel, lstm: str, spec: CrnnSpec, height: int) -> ForeignModel:
    """Reorder what enters the first LSTM: kraken joins row by row, we join channel by channel."""
    rows, channels = spec.rows(height), spec.blocks[-1].channels
    state = dict(source.state)
    for direction in ("", "_reverse"):
        name = f"{lstm}.weight_ih_l0{direction}"
        if state[name].shape[1] != rows * channels:
            raise source.misfit(
                say(
                    "“{layer}” does not fit {rows} rows of {channels} channels",
                    layer=name,
                    rows=rows,
                    channels=channels,
                )
            )
        state[name] = _swapped(state[name], rows, channels)
    return replace(source, state=state)


def _swapped(weight: Tensor, rows: int, channels: int) -> Tensor:
    # (gates, rows * channels) -> (gates, rows, channels) -> (gates, channels, rows), flat again
    return weight.view(-1, rows, channels).transpose(1, 2).reshape(-1, channels * rows)


def _labels(source: ForeignModel, facts: dict[str, Any], head: str) -> list[str]:
    """What each class writes. Classes that the codec leaves out write nothing."""
    if (given := given_labels(source)) is not None:
        return given
    stored = facts.get("codec")
    codec: dict[str, list[int]] = json.loads(stored) if isinstance(stored, str) else stored or {}
    if not codec:
        raise source.misfit(
            say("it has no codec"), say("Train it with kraken first, or choose another file.")
        )
    long = [text for text, numbers in codec.items() if len(numbers) != 1]
    if long:
        raise source.misfit(
            say_count(
                len(long),
                "its codec writes {count} character with several classes ({first})",
                "its codec writes {count} characters with several classes each ({first} …)",
                first=long[0],
            ),
            say("Only codecs of one class a character are supported."),
        )
    written = {numbers[0]: text for text, numbers in codec.items()}
    return [written.get(number, "") for number in range(1, source.shape(f"{head}.weight")[0])]
