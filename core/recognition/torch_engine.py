"""A network run by torch, as it is or in bfloat16."""

import copy
from collections.abc import Callable
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from core.recognition.architectures.ppocr_v6 import Block, V6Network


def torch_engine(network: nn.Module) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """Images (N, channels, H, W) to logits (N, T, C), spread over torch's threads."""

    def logits(images: NDArray[np.float32]) -> NDArray[np.float32]:
        with torch.inference_mode():
            output: NDArray[np.float32] = network(torch.from_numpy(images)).numpy()
        return output

    return logits


def multiplies_bfloat16() -> bool:
    """Whether this processor multiplies bfloat16 itself; others take longer for it than for float32."""
    return bool(torch.cpu._is_avx512_bf16_supported())


def bfloat16_engine(network: V6Network) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """As ``torch_engine``, computed in bfloat16: half the time, with equal CER (docs/MEASUREMENTS.md).

    May be called from several threads at once.
    """
    halved = copy.deepcopy(network)
    # Without channels-last each convolution turns its input around: twice the time.
    halved.to(torch.bfloat16, memory_format=torch.channels_last)  # type: ignore[call-overload]
    for block in halved.blocks:
        assert isinstance(block, Block)
        block.expand, block.activation = _ConvGelu(cast(nn.Conv2d, block.expand)), nn.Identity()

    def logits(images: NDArray[np.float32]) -> NDArray[np.float32]:
        with torch.inference_mode():
            output = halved(torch.from_numpy(images).bfloat16()).float().numpy()
        return cast(NDArray[np.float32], output)

    return logits


class _ConvGelu(nn.Module):
    """A convolution and GELU in one pass of oneDNN, as torch's own compiler joins them: saves an eighth."""

    def __init__(self, conv: nn.Conv2d) -> None:
        super().__init__()
        self.conv = conv

    def forward(self, x: Tensor) -> Tensor:
        """(N, channels, H, W) to (N, conv.out_channels, H, W)."""
        conv = self.conv
        y: Tensor = torch.ops.mkldnn._convolution_pointwise(
            *(x, conv.weight, conv.bias, conv.padding, conv.stride, conv.dilation, conv.groups),
            *("gelu", [], "none"),
        )
        return y
