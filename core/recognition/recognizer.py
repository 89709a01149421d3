"""Reading lines: the protocol that the rest of the program knows, and how a network fulfils it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from core.document import BASE_MODELS, Recognition
from core.imaging.normalize import Crop, Normalization
from core.jobs import CancelToken
from core.recognition.architectures.ppocr_v6 import V6Network
from core.recognition.batching import batches_by_width, to_input
from core.recognition.card import ModelCard
from core.recognition.checkpoint import Checkpoint, load_checkpoint
from core.recognition.output import LineOutput
from core.recognition.pretrained.base_models import load_base
from core.recognition.torch_engine import bfloat16_engine, multiplies_bfloat16, torch_engine

PIXEL_BUDGET = 4 * 960
"""Columns of px at model height in one pass: some 4 book lines; more is not quicker on two cores."""

WINDOW = 256
"""Lines sorted by width together; bounds both memory and the wait for the first reading."""

Logits = NDArray[np.float32]

Engine = Callable[[NDArray[np.float32]], Logits]
"""Runs a network: images (N, channels, H, W) to logits (N, T, C)."""

_Batch = list[tuple[int, Crop]]
"""Images at model height with the indices of their crops."""


class LineRecognizer:
    """Reads with a network on the CPU, whatever runs it.

    A crop's reading does not depend on the crops around it. Not to be shared between threads.
    """

    def __init__(
        self, card: ModelCard, engine: Engine, *, lanes: int = 1, budget: int = PIXEL_BUDGET
    ) -> None:
        """``engine`` computes as many batches side by side as there are ``lanes``, of ``budget`` px each."""
        self._card, self._engine, self._lanes, self._budget = card, engine, lanes, budget
        self._architecture = card.network

    @property
    def card(self) -> ModelCard:
        """What the model says about itself."""
        return self._card

    def recognize(
        self, crops: Iterable[Crop], cancel: CancelToken | None = None
    ) -> Iterator[tuple[int, Recognition]]:
        """Readings with the index of their crop, in the order in which they are done.

        Raises:
            Cancelled: As soon as ``cancel`` asks for it.
        """
        for index, output in self.outputs(crops, cancel):
            yield index, output.decode()

    def outputs(
        self, crops: Iterable[Crop], cancel: CancelToken | None = None
    ) -> Iterator[tuple[int, LineOutput]]:
        """What the network says of each crop, with the crop's index, in the order in which it is done.

        ``crops`` is consumed window by window, so it may load images as it goes; each crop is shrunk to model
        height on arrival.

        Raises:
            Cancelled: As soon as ``cancel`` asks for it.
        """
        compute = self._one_by_one if self._lanes == 1 else self._side_by_side
        for batch, logits in compute(self._batches(crops, cancel)):
            yield from zip((index for index, _ in batch), self._outputs(batch, logits), strict=True)

    def _batches(self, crops: Iterable[Crop], cancel: CancelToken | None) -> Iterator[_Batch]:
        height, normalization = self._architecture.height, self._card.normalization
        indexed = ((index, normalization.apply(crop, height)) for index, crop in enumerate(crops))
        while window := list(islice(indexed, WINDOW)):
            widths = [image.shape[1] for _, image in window]
            for places in batches_by_width(widths, self._budget, canvas=self._architecture.input.canvas):
                if cancel:
                    cancel.raise_if_cancelled()
                yield [window[place] for place in places]

    def _one_by_one(self, batches: Iterable[_Batch]) -> Iterator[tuple[_Batch, Logits]]:
        return ((batch, self._logits(batch)) for batch in batches)

    def _side_by_side(self, batches: Iterable[_Batch]) -> Iterator[tuple[_Batch, Logits]]:
        """One batch more than there are lanes is under way, so none waits while another is decoded."""
        with ThreadPoolExecutor(self._lanes) as lanes:
            under_way: deque[tuple[_Batch, Future[Logits]]] = deque()
            for batch in batches:
                under_way.append((batch, lanes.submit(self._logits, batch)))
                if len(under_way) > self._lanes:
                    done, logits = under_way.popleft()
                    yield done, logits.result()
            for batch, logits in under_way:
                yield batch, logits.result()

    def _logits(self, batch: _Batch) -> Logits:
        return self._engine(to_input([image for _, image in batch], self._architecture).numpy())

    def _outputs(self, batch: _Batch, logits: Logits) -> list[LineOutput]:
        stride, margin = self._architecture.stride, self._architecture.input.margin
        return [
            LineOutput(
                logits[row, : self._architecture.frames(image.shape[1])],
                self._card.charset,
                length=image.shape[1] / stride,
                origin=margin / stride,
                temperature=self._card.temperature,
            )
            for row, (_, image) in enumerate(batch)
        ]


class TorchRecognizer(LineRecognizer):
    """Reads with one of our networks in torch, which spreads each batch over its threads."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        super().__init__(checkpoint.card, torch_engine(checkpoint.reader()))

    def logits(self, crops: Iterable[Crop]) -> Iterator[Logits]:
        """Logits (T, C) of each crop, without padding, in the order of ``crops``, one at a time."""
        for index, crop in enumerate(crops):
            image = self._card.normalization.apply(crop, self._architecture.height)
            yield self._logits([(index, image)])[0, : self._architecture.frames(image.shape[1])]


def load_recognizer(
    model: str | Path, threads: int | None = None, normalization: Normalization | None = None
) -> TorchRecognizer:
    """A recognizer for a base model's name or a model file, in torch.

    Args:
        model: One of ``BASE_MODELS``, or the path of a ``.safetensors`` file.
        threads: Cores to use, for the whole process; ``None`` leaves torch's choice.
        normalization: Steps before the network; ``None``: those that the model was trained with.

    Raises:
        BadCheckpoint: If the file is missing, damaged or of an unknown kind.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    return TorchRecognizer(_load(model, normalization))


def load_exact(model: str | Path, threads: int, normalization: Normalization | None = None) -> LineRecognizer:
    """The quickest recognizer that reads the texts of ``load_recognizer``, on every computer; see there.

    That is onnxruntime, one batch a thread, for the base models and their children, else torch.
    """
    torch.set_num_threads(threads)
    return _exact(_load(model, normalization), threads)


def load_quickest(
    model: str | Path, threads: int, normalization: Normalization | None = None
) -> LineRecognizer:
    """The quickest recognizer of equal CER, for drafts; see ``load_recognizer``.

    Where the processor multiplies bfloat16 itself that is torch in bfloat16, one batch a thread; one text in
    six or fewer then differs from that of ``load_exact``, for better as often as for worse.
    """
    checkpoint = _load(model, normalization)
    # Measured for the v6 backbone alone; the small CRNN gains a sixth, for one text in two that differs.
    if multiplies_bfloat16() and isinstance(network := checkpoint.reader(), V6Network):
        torch.set_num_threads(1)  # each lane has a batch of its own
        return LineRecognizer(checkpoint.card, bfloat16_engine(network), lanes=threads)
    torch.set_num_threads(threads)
    return _exact(checkpoint, threads)


def _exact(checkpoint: Checkpoint, threads: int) -> LineRecognizer:
    from core.recognition.onnx_engine import (  # trainings need no second engine
        exported,
        fits_onnx,
        onnx_engine,
    )

    if fits_onnx(checkpoint):
        return LineRecognizer(checkpoint.card, onnx_engine(exported(checkpoint)), lanes=threads)
    return TorchRecognizer(checkpoint)


def _load(model: str | Path, normalization: Normalization | None) -> Checkpoint:
    checkpoint = load_model(model)
    if normalization is None:
        return checkpoint
    steps = checkpoint.card.normalization.with_steps(normalization.steps)
    return Checkpoint(replace(checkpoint.card, normalization=steps), checkpoint.weights)


def load_model(model: str | Path) -> Checkpoint:
    """The checkpoint behind a base model's name or a model file.

    Raises:
        BadCheckpoint: If the file is missing, damaged or of an unknown kind.
    """
    return load_base(str(model)) if str(model) in BASE_MODELS else load_checkpoint(Path(model))
