"""Reading lines: the protocol that the rest of the program knows, and its torch implementation."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from core.document import BASE_MODELS, Recognition
from core.imaging.normalize import Crop, Normalization
from core.jobs import CancelToken
from core.recognition.batching import batches_by_width, to_input
from core.recognition.card import ModelCard
from core.recognition.checkpoint import Checkpoint, load_checkpoint
from core.recognition.output import LineOutput
from core.recognition.pretrained.base_models import load_base

PIXEL_BUDGET = 4 * 960
"""Columns of px at model height in one pass: some 4 book lines; more is not quicker on two cores."""

WINDOW = 256
"""Lines sorted by width together; bounds both memory and the wait for the first reading."""


class Recognizer(Protocol):
    """Reads line crops, whatever network is behind it."""

    @property
    def card(self) -> ModelCard:
        """What the model says about itself."""
        ...

    def recognize(
        self, crops: Iterable[Crop], cancel: CancelToken | None = None
    ) -> Iterator[tuple[int, Recognition]]:
        """Readings with the index of their crop in ``crops``, in the order in which they are done.

        Raises:
            Cancelled: As soon as ``cancel`` asks for it.
        """
        ...


class TorchRecognizer:
    """Reads with one of our networks on the CPU.

    A crop's reading does not depend on the crops around it. Not to be shared between threads.
    """

    def __init__(self, checkpoint: Checkpoint) -> None:
        self._card = checkpoint.card
        self._architecture = checkpoint.card.network
        self._network = checkpoint.reader()

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
        height, normalization = self._architecture.height, self._card.normalization
        indexed = ((index, normalization.apply(crop, height)) for index, crop in enumerate(crops))
        while window := list(islice(indexed, WINDOW)):
            widths = [image.shape[1] for _, image in window]
            for batch in batches_by_width(widths, PIXEL_BUDGET, canvas=self._architecture.input.canvas):
                if cancel:
                    cancel.raise_if_cancelled()
                outputs = self._outputs([window[place][1] for place in batch])
                yield from zip((window[place][0] for place in batch), outputs, strict=True)

    def logits(self, crops: Iterable[Crop]) -> Iterator[NDArray[np.float32]]:
        """Logits (T, C) of each crop, without padding, in the order of ``crops``, one at a time."""
        for crop in crops:
            image = self._card.normalization.apply(crop, self._architecture.height)
            logits = self._logits(to_input([image], self._architecture)).numpy()
            yield logits[0, : self._architecture.frames(image.shape[1])]

    def _outputs(self, images: list[Crop]) -> list[LineOutput]:
        logits = self._logits(to_input(images, self._architecture)).numpy()  # (N, T, C)
        stride, margin = self._architecture.stride, self._architecture.input.margin
        return [
            LineOutput(
                logits[row, : self._architecture.frames(image.shape[1])],
                self._card.charset,
                length=image.shape[1] / stride,
                origin=margin / stride,
                temperature=self._card.temperature,
            )
            for row, image in enumerate(images)
        ]

    def _logits(self, images: Tensor) -> Tensor:
        with torch.inference_mode():
            logits: Tensor = self._network(images)
        return logits


def load_recognizer(
    model: str | Path, threads: int | None = None, normalization: Normalization | None = None
) -> TorchRecognizer:
    """A recognizer for a base model's name or a model file.

    Args:
        model: One of ``BASE_MODELS``, or the path of a ``.safetensors`` file.
        threads: Cores to use, for the whole process; ``None`` leaves torch's choice.
        normalization: Steps before the network; ``None``: those that the model was trained with.

    Raises:
        BadCheckpoint: If the file is missing, damaged or of an unknown kind.
    """
    if threads is not None:
        torch.set_num_threads(threads)
    checkpoint = load_model(model)
    if normalization:
        steps = checkpoint.card.normalization.with_steps(normalization.steps)
        card = replace(checkpoint.card, normalization=steps)
        checkpoint = Checkpoint(card, checkpoint.weights)
    return TorchRecognizer(checkpoint)


def load_model(model: str | Path) -> Checkpoint:
    """The checkpoint behind a base model's name or a model file.

    Raises:
        BadCheckpoint: If the file is missing, damaged or of an unknown kind.
    """
    return load_base(str(model)) if str(model) in BASE_MODELS else load_checkpoint(Path(model))
