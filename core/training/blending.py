"""Weights between the model to start from and what was learned (WiSE-FT; Wortsman et al. 2022).

A training pulls towards the characters that it shows, away from those of the base that it does not. On the
straight line between both sets of weights lie models that keep most of either.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

import torch
from torch import Tensor

from core.recognition.checkpoint import Checkpoint

SHARES = (1.0, 0.9, 0.8, 0.6)
"""Shares of what was learned that are tried. Below, a book that is new to the base is read much worse
(docs/MEASUREMENTS.md)."""


def best_blend(
    start: Mapping[str, Tensor], learned: Checkpoint, errors: Callable[[Checkpoint], int]
) -> Checkpoint:
    """The blend with the fewest errors; among equals the one with more of what was learned.

    Args:
        start: Tensors of the model that the training began with, by the names of ``learned``.
        learned: What came out. If it is a blend already, it is given back as it is.
        errors: Wrong characters of a model on lines that it did not learn.
    """
    if learned.card.learned_share < 1:
        return learned
    return min((_blend(start, learned, share) for share in SHARES), key=errors)


def _blend(start: Mapping[str, Tensor], learned: Checkpoint, share: float) -> Checkpoint:
    """``share`` of the way from the start to what was learned; counters of steps are not mixed."""
    weights = {
        name: torch.lerp(start[name], tensor, share) if tensor.is_floating_point() else tensor
        for name, tensor in learned.weights.items()
    }
    return Checkpoint(replace(learned.card, learned_share=share), weights)
