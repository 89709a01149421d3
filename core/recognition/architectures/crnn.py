"""The CRNN family: one module for every network that a ``CrnnSpec`` describes."""

from torch import Tensor, nn

from core.recognition.architectures.crnn_spec import ConvBlock, CrnnSpec, Neck, Pool, Recurrent
from core.recognition.architectures.network import LineNetwork, uncast


class ConvLayer(nn.Module):
    """Convolution, BatchNorm, activation, pooling; what the spec leaves out does nothing."""

    def __init__(self, channels: int, spec: ConvBlock) -> None:
        super().__init__()
        self.conv = nn.Conv2d(
            channels,
            spec.channels,
            spec.kernel,
            stride=spec.stride,
            padding=spec.padding,
            dilation=spec.dilation,
            bias=spec.bias,
        )
        self.norm = nn.BatchNorm2d(spec.channels) if spec.norm else nn.Identity()
        self.activation = _activation(spec)
        self.pool = _pool(spec.pool)

    def forward(self, x: Tensor) -> Tensor:
        """(N, channels, H, W) to (N, spec.channels, H', W')."""
        y: Tensor = self.pool(self.activation(self.norm(self.conv(x))))
        return y


def _activation(spec: ConvBlock) -> nn.Module:
    if spec.activation == "relu":
        return nn.ReLU()
    if spec.activation == "leaky_relu":
        return nn.LeakyReLU(spec.slope)
    return nn.Tanh() if spec.activation == "tanh" else nn.Identity()


def _pool(spec: Pool | None) -> nn.Module:
    return nn.MaxPool2d(spec.kernel, spec.stride, spec.padding) if spec else nn.Identity()


class RecurrentLayer(nn.Module):
    """Bidirectional LSTM over the frames, then a linear layer if the spec has one."""

    def __init__(self, features: int, spec: Recurrent) -> None:
        super().__init__()
        self.lstm = nn.LSTM(features, spec.hidden, spec.layers, bidirectional=True, batch_first=True)
        self.project = nn.Linear(2 * spec.hidden, spec.projection) if spec.projection else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        """(N, T, features) to (N, T, spec.features)."""
        y, _ = self.lstm(x)
        projected: Tensor = self.project(y)
        return projected


class Crnn(LineNetwork):
    """Images (N, channels, height, W) to logits (N, T, C); T is ``spec.frames(W)``.

    Raises:
        ValueError: If the convolutions do not leave the rows that the neck wants.
    """

    def __init__(self, spec: CrnnSpec, channels: int, height: int, classes: int) -> None:
        super().__init__()
        self.neck: Neck = spec.neck
        ins = [channels, *(block.channels for block in spec.blocks)]
        self.blocks = nn.Sequential(*map(ConvLayer, ins, spec.blocks))
        widths = [spec.features(height), *(layer.features for layer in spec.recurrent)]
        self.recurrent = nn.Sequential(*map(RecurrentLayer, widths, spec.recurrent))
        self.head = nn.Linear(widths[-1], classes, bias=spec.head_bias)

    def features(self, images: Tensor) -> Tensor:
        """Features (N, T, F) of images (N, channels, height, W)."""
        return uncast(self.recurrent, self._frames(self.blocks(images)))

    def _frames(self, x: Tensor) -> Tensor:
        """(N, channels, rows, T) to (N, T, F)."""
        if self.neck == "average":
            x = x.mean(2)
        elif self.neck == "squeeze":
            x = x.squeeze(2)
        else:
            x = x.flatten(1, 2)  # (N, channels, rows, T) -> (N, channels * rows, T)
        return x.transpose(1, 2)  # (N, F, T) -> (N, T, F)
