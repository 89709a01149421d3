"""From line images of many widths to network input, under a budget of pixels."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from torch import Tensor

from core.imaging.normalize import Crop
from core.recognition.architectures import Architecture

WIDTH_STEP = 32
"""Lines are padded to a multiple of this many px, a multiple of every architecture's stride."""


def padded_width(width: int) -> int:
    """Width in px after padding. It depends on the line alone, so its neighbours never change a reading."""
    return -(-width // WIDTH_STEP) * WIDTH_STEP


def batches_by_width(widths: Sequence[int], budget: int, *, same_width: bool = True) -> Iterator[list[int]]:
    """Group the indices of ``widths`` (px) into batches of equal padded width.

    A batch's padded widths add up to at most ``budget`` px, unless it is a single longer line. Narrow ones
    come first. Without ``same_width`` narrower lines are padded to the widest of their batch: fewer batches,
    at the price that padding reaches into a reading.
    """
    order = sorted(range(len(widths)), key=lambda index: widths[index])
    batch: list[int] = []
    for index in order:
        width = padded_width(widths[index])
        other_width = same_width and batch and padded_width(widths[batch[0]]) != width
        if batch and (other_width or (len(batch) + 1) * width > budget):
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def to_input(images: Sequence[Crop], architecture: Architecture) -> Tensor:
    """Images (H, W_i, 3), already at model height, as input (N, 3, H, W), right-padded with 0.

    W is the padded width of the widest.
    """
    width = padded_width(max(image.shape[1] for image in images))
    batch = np.zeros((len(images), architecture.height, width, 3), dtype=np.float32)
    for row, image in zip(batch, images, strict=True):
        scaled = image.astype(np.float32) / 255
        row[:, : image.shape[1]] = (scaled - architecture.mean) / architecture.deviation
    # (N, H, W, 3) -> (N, 3, H, W), in memory still channels-last: convolutions are 1.3 times quicker so
    return torch.from_numpy(batch).permute(0, 3, 1, 2)
