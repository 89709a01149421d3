"""How a CRNN is put together, readable without torch.

Convolution blocks, a neck that turns rows and channels into features, bidirectional LSTMs, a linear head:
Shi, Bai, Yao 2015, arXiv:1507.05717, and the many networks written after it. Sizes are (height, width).
"""

from dataclasses import asdict, dataclass, field
from math import prod
from typing import Any, Literal, get_args

Size = tuple[int, int]
Activation = Literal["relu", "leaky_relu", "tanh", "linear"]
Neck = Literal["squeeze", "average", "columns"]

HEIGHT, WIDTH = 0, 1


@dataclass(frozen=True, slots=True)
class Pool:
    """Maximum over windows."""

    kernel: Size
    stride: Size
    padding: Size = (0, 0)


@dataclass(frozen=True, slots=True)
class ConvBlock:
    """Convolution, optional BatchNorm, activation, optional pooling; ``slope`` is the leaky ReLU's."""

    channels: int
    kernel: Size = (3, 3)
    stride: Size = (1, 1)
    padding: Size = (1, 1)
    dilation: Size = (1, 1)
    bias: bool = True
    norm: bool = False
    activation: Activation = "relu"
    slope: float = 0.01
    pool: Pool | None = None

    def __post_init__(self) -> None:
        if self.activation not in get_args(Activation):
            raise ValueError(f"unknown activation “{self.activation}”")

    def size_after(self, size: int, axis: int) -> int:
        """Rows (axis 0) or columns (axis 1) that are left of ``size``; 0 if the kernel does not fit in."""
        reach = self.dilation[axis] * (self.kernel[axis] - 1) + 1
        size = (size + 2 * self.padding[axis] - reach) // self.stride[axis] + 1
        if self.pool:
            size = (size + 2 * self.pool.padding[axis] - self.pool.kernel[axis]) // self.pool.stride[axis] + 1
        return max(size, 0)


@dataclass(frozen=True, slots=True)
class Recurrent:
    """Bidirectional LSTM of ``hidden`` units each way, then perhaps a linear layer to ``projection``."""

    hidden: int
    layers: int = 1
    projection: int | None = None

    @property
    def features(self) -> int:
        """Numbers per frame that come out."""
        return self.projection or 2 * self.hidden


@dataclass(frozen=True, slots=True)
class CrnnSpec:
    """A whole network but for its classes.

    ``neck``: ``squeeze`` takes the only row that is left, ``average`` the mean of the rows, ``columns`` puts
    all rows of a column into one frame, channel by channel. There is no dropout: a training that is taken up
    again must go on as if it had never stopped, and its state holds no generator of random numbers.

    Raises:
        ValueError: If there is no convolution, or a value is unknown.
    """

    blocks: tuple[ConvBlock, ...]
    neck: Neck = "squeeze"
    recurrent: tuple[Recurrent, ...] = field(default=())
    head_bias: bool = True

    def __post_init__(self) -> None:
        if not self.blocks or self.neck not in get_args(Neck):
            raise ValueError(f"a CRNN of {len(self.blocks)} convolutions with the neck “{self.neck}”")

    @property
    def stride(self) -> int:
        """Width of one frame in px."""
        return prod(
            block.stride[WIDTH] * (block.pool.stride[WIDTH] if block.pool else 1) for block in self.blocks
        )

    def rows(self, height: int) -> int:
        """Rows that the convolutions leave of ``height`` px."""
        return self._after(height, HEIGHT)

    def frames(self, width: int) -> int:
        """Output frames T for an input ``width`` px wide."""
        return self._after(width, WIDTH)

    def _after(self, size: int, axis: int) -> int:
        for block in self.blocks:
            size = block.size_after(size, axis)
        return size

    def features(self, height: int) -> int:
        """Numbers per frame that enter the first LSTM.

        Raises:
            ValueError: If the convolutions do not leave the rows that the neck wants.
        """
        rows, channels = self.rows(height), self.blocks[-1].channels
        if rows < 1 or (self.neck == "squeeze" and rows != 1):
            raise ValueError(f"the convolutions leave {rows} rows of {height} px")
        return channels * rows if self.neck == "columns" else channels

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> "CrnnSpec":
        """The inverse of ``to_json``.

        Raises:
            TypeError: If a field is missing or unknown.
            ValueError: If a value is unknown.
        """
        return cls(
            blocks=tuple(_block(block) for block in values["blocks"]),
            neck=values["neck"],
            recurrent=tuple(Recurrent(**layer) for layer in values["recurrent"]),
            head_bias=values["head_bias"],
        )


def _block(values: dict[str, Any]) -> ConvBlock:
    fields = _with_sizes(values)
    pool = fields.pop("pool")
    return ConvBlock(**fields, pool=Pool(**_with_sizes(pool)) if pool else None)


def _with_sizes(values: dict[str, Any]) -> dict[str, Any]:
    """JSON knows lists only."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
