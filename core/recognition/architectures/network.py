"""What all line networks have in common."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional


class LineNetwork(nn.Module):
    """Turns line images (N, channels, H, W) into logits (N, T, C); class 0 is the CTC blank.

    ``features`` gives (N, T, F); ``head`` is the only layer that knows the charset, so it can be
    replaced when the charset changes.
    """

    head: nn.Linear

    def features(self, images: Tensor) -> Tensor:
        """Features (N, T, F) of images (N, channels, H, W), before the head."""
        raise NotImplementedError

    def forward(self, images: Tensor) -> Tensor:
        """Logits (N, T, C) of images (N, channels, H, W); no softmax."""
        return uncast(self.head, self.features(images))

    @property
    def classes(self) -> int:
        """Number of output classes C, blank included."""
        return self.head.out_features


class SqueezeExcite(nn.Module):
    """Scales channels by a gate computed from their means (Hu et al. 2018)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.squeeze = nn.Conv2d(channels, channels // 4, 1)
        self.excite = nn.Conv2d(channels // 4, channels, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, channels, H, W), the same shape out."""
        gate = functional.relu(self.squeeze(x.mean((2, 3), keepdim=True)))
        return x * functional.hardsigmoid(self.excite(gate))


def uncast(layers: Callable[..., Tensor], *inputs: Tensor) -> Tensor:
    """``layers`` of ``inputs`` in float32 even where autocast computes what is around them in bfloat16.

    Small matrices with as many rows as a batch has frames gain nothing by bfloat16, and oneDNN writes code
    anew for each number of rows: 41 ms for a product that then takes one.
    """
    device = inputs[0].device.type
    if not torch.is_autocast_enabled(device):
        return layers(*inputs)
    with torch.autocast(device, enabled=False):
        return layers(*(each.float() for each in inputs))
