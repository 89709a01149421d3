"""From line images of many widths to network input, under a budget of pixels."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from core.imaging.normalize import Crop
from core.recognition.architectures import Architecture
from core.recognition.line_input import WIDTH_STEP


def padded_width(width: int) -> int:
    """Width in px after padding. It depends on the line alone, so its neighbours never change a reading."""
    return -(-width // WIDTH_STEP) * WIDTH_STEP


def batches_by_width(
    widths: Sequence[int],
    budget: int,
    *,
    least_share: float = 1.0,
    canvas: Callable[[int], int] = padded_width,
) -> Iterator[list[int]]:
    """Group the indices of ``widths`` (px) into batches of similar width, narrow ones first.

    A batch's padded widths add up to at most ``budget`` px, unless it is a single longer line. ``canvas``
    gives the padded width of a width; each is at least ``least_share`` of the widest in its batch. Below 1
    narrower lines are padded further: fewer batches, at the price that padding reaches into a reading.
    """
    order = sorted(range(len(widths)), key=lambda index: widths[index])
    batch: list[int] = []
    for index in order:
        width = canvas(widths[index])
        if batch and (canvas(widths[batch[0]]) < least_share * width or (len(batch) + 1) * width > budget):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def to_input(images: Sequence[Crop], architecture: Architecture) -> Tensor:
    """Images (H, W_i, 3), already at model height, as input (N, channels, H, W).

    W is the padded width of the widest.
    """
    facts = architecture.input
    width = facts.canvas(max(image.shape[1] for image in images))
    batch = np.zeros((len(images), facts.height, width, facts.channels), dtype=np.float32)
    for row, image in zip(batch, images, strict=True):
        facts.draw(image, row)
    # (N, H, W, C) -> (N, C, H, W), in memory still channels-last: convolutions are 1.3 times quicker so
    return torch.from_numpy(batch).permute(0, 3, 1, 2)
