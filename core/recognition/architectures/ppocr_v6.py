"""PP-OCRv6 small recogniser: convolutional backbone, two mixing blocks, linear CTC head.

All but the mixing blocks is shared with ``crnn-v6``, which has LSTMs in their place. Written from the graph
of ``PP-OCRv6_rec_small.onnx`` (wheel rapidocr 3.10.0, Apache-2.0), in which the backbone's BatchNorms and
re-parametrised branches are already folded into its convolutions. Layers are declared in the order in which
the graph runs them; the converter relies on it.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from core.recognition.architectures.network import LineNetwork, SqueezeExcite, uncast

STEM, NECK = 48, 120
HEADS = 8


class Stem(nn.Module):
    """(N, 3, H, W) to (N, 96, H/4, W/4), with a pooled and a convolved branch half way."""

    def __init__(self) -> None:
        super().__init__()
        self.enter = nn.Conv2d(3, STEM, 3, stride=2, padding=1)
        self.narrow = nn.Conv2d(STEM, STEM // 2, 2)
        self.widen = nn.Conv2d(STEM // 2, STEM, 2)
        self.join = nn.Conv2d(2 * STEM, STEM, 3, stride=2, padding=1)
        self.leave = nn.Conv2d(STEM, 2 * STEM, 1)

    def forward(self, images: Tensor) -> Tensor:
        """(N, 3, H, W) to (N, 96, H/4, W/4)."""
        x = functional.relu(self.enter(images))
        pooled = functional.max_pool2d(_pad_same_upper(x), 2, stride=1)
        convolved = functional.relu(self.narrow(_pad_same_upper(x)))
        convolved = functional.relu(self.widen(_pad_same_upper(convolved)))
        x = functional.relu(self.join(torch.cat((pooled, convolved), dim=1)))
        return functional.relu(self.leave(x))


def _pad_same_upper(x: Tensor) -> Tensor:
    """Pad right and bottom by 1 px with 0: ONNX ``SAME_UPPER`` for a 2 x 2 kernel, stride 1."""
    return functional.pad(x, (0, 1, 0, 1))


class Block(nn.Module):
    """Depthwise 3 x 3, optional gate, then two 1 x 1 with a residual where shapes allow it."""

    def __init__(self, channels: int, out: int, *, gated: bool) -> None:
        super().__init__()
        down = out != channels
        stride = (2, 1) if down else (1, 1)  # (height, width): only the height shrinks
        self.residual = not down
        self.depthwise = nn.Conv2d(channels, channels, 3, stride=stride, padding=1, groups=channels)
        self.gate = SqueezeExcite(channels) if gated else nn.Identity()
        self.expand: nn.Module = nn.Conv2d(channels, 2 * channels, 1)
        self.activation: nn.Module = nn.GELU()
        self.project = nn.Conv2d(2 * channels, out, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, channels, H, W) to (N, out, H or H/2, W)."""
        x = self.gate(self.depthwise(x))
        y: Tensor = self.project(self.activation(self.expand(x)))
        return x + y if self.residual else y


class ConvNormSilu(nn.Module):
    """Convolution without bias, BatchNorm, SiLU."""

    def __init__(self, channels: int, out: int, kernel: tuple[int, int], groups: int = 1) -> None:
        super().__init__()
        padding = (kernel[0] // 2, kernel[1] // 2)
        self.conv = nn.Conv2d(channels, out, kernel, padding=padding, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(out)

    def forward(self, x: Tensor) -> Tensor:
        """(N, channels, H, W) to (N, out, H, W)."""
        return functional.silu(self.norm(self.conv(x)))


class Mixing(nn.Module):
    """Pre-norm transformer block over the frames (N, T, 120)."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(NECK)
        self.qkv = nn.Linear(NECK, 3 * NECK)
        self.out = nn.Linear(NECK, NECK)
        self.norm2 = nn.LayerNorm(NECK)
        self.up = nn.Linear(NECK, 2 * NECK)
        self.down = nn.Linear(2 * NECK, NECK)

    def forward(self, x: Tensor) -> Tensor:
        """(N, T, 120), the same shape out."""
        x = x + self.out(self._attend(self.norm1(x)))
        y: Tensor = self.down(functional.silu(self.up(self.norm2(x))))
        return x + y

    def _attend(self, x: Tensor) -> Tensor:
        n, t, _ = x.shape
        # (N, T, 3 * heads * D) -> (3, N, heads, T, D)
        q, k, v = self.qkv(x).view(n, t, 3, HEADS, NECK // HEADS).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v)
        return mixed.transpose(1, 2).reshape(n, t, NECK)  # (N, heads, T, D) -> (N, T, heads * D)


class Neck(nn.Module):
    """(N, 384, 1, T) to (N, T, 120); ``mixing`` carries the context along the line."""

    def __init__(self, channels: int, mixing: nn.Module) -> None:
        super().__init__()
        self.skip = ConvNormSilu(channels, NECK, (1, 1))
        self.reduce = ConvNormSilu(channels, NECK, (1, 1))
        self.local = ConvNormSilu(NECK, NECK, (1, 7), groups=NECK)
        self.mixing = mixing
        self.norm = nn.LayerNorm(NECK, eps=1e-6)

    def forward(self, x: Tensor) -> Tensor:
        """(N, channels, 1, T) to (N, T, 120)."""
        return uncast(self.mix, *self.frames(x))

    def frames(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """What is mixed and what is led past the mixing: (N, channels, 1, T) to twice (N, T, 120)."""
        reduced = self.reduce(x)
        return _frames(reduced + self.local(reduced)), _frames(self.skip(x))

    def mix(self, local: Tensor, skipped: Tensor) -> Tensor:
        """The second half of ``forward``: twice (N, T, 120) to (N, T, 120)."""
        mixed: Tensor = self.norm(self.mixing(local))
        return mixed + skipped


def _frames(x: Tensor) -> Tensor:
    """(N, F, 1, T) to (N, T, F)."""
    return x.squeeze(2).transpose(1, 2)


class V6Network(LineNetwork):
    """Images (N, 3, 48, W) to logits (N, W/8, C), with ``mixing`` (N, T, 120) in the neck.

    W must be a multiple of 8.
    """

    def __init__(self, mixing: nn.Module, classes: int) -> None:
        super().__init__()
        self.stem = Stem()
        self.blocks = nn.Sequential(
            *(Block(96, 96, gated=i == 0) for i in range(3)),
            Block(96, 192, gated=False),
            *(Block(192, 192, gated=i % 2 == 0) for i in range(6)),
            Block(192, 384, gated=False),
            *(Block(384, 384, gated=i == 0) for i in range(2)),
        )
        self.neck = Neck(384, mixing)
        self.head = nn.Linear(NECK, classes)

    def features(self, images: Tensor) -> Tensor:
        """Features (N, T, 120) of images (N, 3, 48, W)."""
        neck: Tensor = self.neck(self.columns(images))
        return neck

    def columns(self, images: Tensor) -> Tensor:
        """What the backbone sees: (N, 3, 48, W) to (N, 384, 1, W/8)."""
        x = self.blocks(self.stem(images))
        return functional.avg_pool2d(x, (3, 2))  # 48 / 16 = 3 rows, W / 4 columns


class PpocrV6(V6Network):
    """The original: two transformer blocks mix the frames. 5.3 M parameters at C = 18,710."""

    def __init__(self, classes: int) -> None:
        super().__init__(nn.Sequential(Mixing(), Mixing()), classes)
