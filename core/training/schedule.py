"""The optimiser, and its learning rates as a function of how far the training is."""

import math

import torch

from core.recognition.architectures.network import LineNetwork
from core.training.config import FineTuneConfig


def rate_factor(config: FineTuneConfig, progress: float, epoch: float) -> float:
    """Factor (0-1) of the peak rates.

    ``one_cycle``: linear rise over the share ``warmup``, then half a cosine down to 0 (Smith and Topin 2019).
    ``step``: times ``gamma`` every ``step_size`` epochs, as torch's StepLR. ``constant``: 1.

    Args:
        config: The run's settings.
        progress: Share (0-1) of the training that is done.
        epoch: Epochs that are done, with fraction.
    """
    if config.scheduler == "constant":
        return 1.0
    if config.scheduler == "step":
        return float(config.gamma ** (int(epoch) // config.step_size))
    if progress < config.warmup:
        return max(progress / config.warmup, 0.01)
    return 0.5 * (1 + math.cos(math.pi * (progress - config.warmup) / (1 - config.warmup)))


def make_optimizer(network: LineNetwork, config: FineTuneConfig) -> torch.optim.Optimizer:
    """Two groups of parameters, the head's with rates of its own; ``peak`` is what ``rate_factor`` is of."""
    head = list(network.head.parameters())
    in_head = {id(parameter) for parameter in head}
    rest = [parameter for parameter in network.parameters() if id(parameter) not in in_head]
    groups = [
        {"params": rest, "lr": config.learning_rate, "peak": config.learning_rate},
        {"params": head, "lr": config.head_learning_rate, "peak": config.head_learning_rate},
    ]
    if config.optimizer == "adamw":
        return torch.optim.AdamW(groups, weight_decay=config.weight_decay)
    if config.optimizer == "adam":
        return torch.optim.Adam(groups, weight_decay=config.weight_decay)
    return torch.optim.SGD(groups, momentum=0.9, weight_decay=config.weight_decay)
