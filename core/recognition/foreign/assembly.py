"""Putting foreign tensors into our CRNN: what all sources have in common."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from core.errors import BadCheckpoint
from core.files import legible
from core.imaging.normalize import Normalization
from core.recognition.architectures import CRNN, Architecture, crnn
from core.recognition.architectures.crnn_spec import ConvBlock, CrnnSpec, Recurrent
from core.recognition.card import ModelCard
from core.recognition.checkpoint import Checkpoint
from core.recognition.foreign.labels import Classes, classes_of
from core.recognition.foreign.source import ForeignModel
from core.recognition.line_input import LineInput
from core.wording import say


@dataclass(frozen=True, slots=True)
class Names:
    """What a source calls the layers, in the order in which they run.

    Args:
        blocks: Of each block the convolution and, if it has one, its BatchNorm.
        recurrent: Of each recurrent layer the LSTM and, if it has one, the linear layer after it.
        head: The last linear layer.
    """

    blocks: Sequence[tuple[str, str | None]]
    recurrent: Sequence[tuple[str, str | None]]
    head: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A recognised network: how ours is built, fed and named in the file; ``project`` is where it comes from.

    ``blocks`` of the spec take channels, kernel and bias from the tensors (see ``conv_like``).
    """

    project: str
    spec: CrnnSpec
    line_input: LineInput
    names: Names
    labels: Sequence[str]
    blank: int = 0
    normalization: Normalization = Normalization()  # noqa: RUF009 - frozen


def conv_like(source: ForeignModel, name: str, norm: str | None = None, **facts: Any) -> ConvBlock:
    """A block whose sizes are those of the tensors; what tensors do not show is in ``facts``.

    Raises:
        BadCheckpoint: If the convolution is missing or none.
    """
    shape = source.shape(f"{name}.weight")
    if len(shape) != 4:
        raise source.misfit(say("“{layer}” is no convolution of images", layer=name))
    kernel = (shape[2], shape[3])
    bias, has_norm = source.has(f"{name}.bias"), norm is not None
    return replace(ConvBlock(shape[0], kernel, bias=bias, norm=has_norm), **facts)


def lstm_like(source: ForeignModel, name: str, projection: str | None = None) -> Recurrent:
    """A recurrent layer whose sizes are those of the tensors.

    Raises:
        BadCheckpoint: If it is missing, of another kind, or reads in one direction only.
    """
    gates, hidden = source.shape(f"{name}.weight_hh_l0")
    if gates != 4 * hidden:
        raise source.misfit(
            say("“{layer}” is no LSTM (a GRU or a plain RNN)", layer=name), say("Only LSTMs are supported.")
        )
    if not source.has(f"{name}.weight_hh_l0_reverse"):
        raise source.misfit(
            say("“{layer}” reads in one direction only", layer=name),
            say("Only bidirectional LSTMs are supported."),
        )
    layers = sum(source.has(f"{name}.weight_hh_l{number}") for number in range(64))
    projected = source.shape(f"{projection}.weight")[0] if projection else None
    return Recurrent(hidden, layers, projected)


def assemble(source: ForeignModel, plan: Plan) -> Checkpoint:
    """The checkpoint of a plan; every tensor of the file must have found its place.

    Raises:
        BadCheckpoint: If something does not fit.
    """
    try:
        described = crnn(plan.spec, plan.line_input)
    except ValueError as error:
        raise source.misfit(say("its layers do not fit one another ({error})", error=error)) from error
    weights = _Transfer(source).run(plan)
    classes = classes_of(source, plan.labels, weights["head.weight"].shape[0], blank=plan.blank)
    rows = torch.tensor(classes.rows)
    for name in ("head.weight", "head.bias"):
        if name in weights:
            weights[name] = weights[name][rows].clone()
    checkpoint = Checkpoint(_card(source, plan, described, classes), weights)
    try:
        checkpoint.network()
    except BadCheckpoint as error:  # here rather than at the first reading
        raise source.misfit(say("its layers are of sizes that do not fit one another")) from error
    return checkpoint


def _card(source: ForeignModel, plan: Plan, described: Architecture, classes: Classes) -> ModelCard:
    file = legible(source.file.name)
    facts = {"file": file, "project": plan.project, "dropped": list(classes.dropped)}
    return ModelCard(
        CRNN,
        classes.charset,
        plan.normalization,
        source=f"{file}, made with {plan.project}{_without(classes)}",
        config={"imported": facts},
        described=described,
    )


def _without(classes: Classes) -> str:
    count = len(classes.dropped)
    if not count:
        return ""
    return f"; {count} {'class' if count == 1 else 'classes'} that write no single character left out"


class _Transfer:
    """Moves tensors from their names to ours and sees that none is missing or left over."""

    def __init__(self, source: ForeignModel) -> None:
        self._source = source
        self._left = dict(source.state)
        self._weights: dict[str, Tensor] = {}

    def run(self, plan: Plan) -> dict[str, Tensor]:
        for number, (conv, norm) in enumerate(plan.names.blocks):
            self._linear(f"blocks.{number}.conv", conv, bias=plan.spec.blocks[number].bias)
            if norm:
                self._batch_norm(f"blocks.{number}.norm", norm)
        for number, (lstm, projection) in enumerate(plan.names.recurrent):
            self._lstm(f"recurrent.{number}.lstm", lstm, plan.spec.recurrent[number].layers)
            if projection:
                self._linear(f"recurrent.{number}.project", projection)
        self._linear("head", plan.names.head, bias=plan.spec.head_bias)
        if self._left:
            names = ", ".join(sorted(self._left)[:3])
            raise self._source.misfit(
                say(
                    "it has layers that {project}'s CRNN does not have ({names} …)",
                    project=plan.project,
                    names=names,
                ),
                say(
                    "Networks with other parts (attention, rectification, another backbone) are "
                    "not supported."
                ),
            )
        return self._weights

    def _linear(self, ours: str, theirs: str, *, bias: bool = True) -> None:
        for part in ("weight", "bias") if bias else ("weight",):
            self._move(f"{ours}.{part}", f"{theirs}.{part}")

    def _batch_norm(self, ours: str, theirs: str) -> None:
        for part in ("weight", "bias", "running_mean", "running_var"):
            self._move(f"{ours}.{part}", f"{theirs}.{part}")
        # Not in the files of torch before 0.4; nothing reads it while the statistics stay frozen.
        self._left.pop(f"{theirs}.num_batches_tracked", None)
        self._weights[f"{ours}.num_batches_tracked"] = torch.tensor(0)

    def _lstm(self, ours: str, theirs: str, layers: int) -> None:
        for layer in range(layers):
            for direction in ("", "_reverse"):
                for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
                    name = f"{part}_l{layer}{direction}"
                    self._move(f"{ours}.{name}", f"{theirs}.{name}")

    def _move(self, ours: str, theirs: str) -> None:
        if theirs not in self._left:
            raise self._source.misfit(say("the layer “{layer}” is missing", layer=theirs))
        tensor = self._left.pop(theirs)
        if not _is_plain(tensor):
            raise self._source.misfit(
                say("the layer “{layer}” is quantised, sparse or of whole numbers", layer=theirs),
                say("Import the model as it was before it was made smaller."),
            )
        weights = tensor.detach().float()
        if not weights.isfinite().all():
            raise self._source.misfit(
                say("the layer “{layer}” holds values that are no numbers (NaN or infinite)", layer=theirs),
                say("Take a checkpoint from before the training went astray."),
            )
        self._weights[ours] = weights.contiguous().clone()


def _is_plain(tensor: Tensor) -> bool:
    return tensor.is_floating_point() and tensor.layout is torch.strided
