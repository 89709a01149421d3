"""The learning rate as a function of how far the training is."""

import math

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
