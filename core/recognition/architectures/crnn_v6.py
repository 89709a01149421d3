"""A CRNN on the backbone of PP-OCRv6: convolutions, two bidirectional LSTM layers, linear CTC head.

CRNN: Shi, Bai, Yao 2015, arXiv:1507.05717. Backbone, neck and head are those of ``ppocr-v6-small``; the
LSTMs stand where it has transformer blocks, so whatever was learned before and behind them holds.
"""

from torch import Tensor, nn

from core.recognition.architectures.ppocr_v6 import NECK, V6Network

HIDDEN = 144
"""Units each way. The model file, in float16, stays below 12 MB with it."""


class Recurrence(nn.Module):
    """Two bidirectional LSTM layers over the frames (N, T, 120), added to what came in."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(NECK)
        self.lstm = nn.LSTM(NECK, HIDDEN, num_layers=2, bidirectional=True, batch_first=True)
        self.project = nn.Linear(2 * HIDDEN, NECK)

    def forward(self, x: Tensor) -> Tensor:
        """(N, T, 120), the same shape out."""
        context, _ = self.lstm(self.norm(x))
        y: Tensor = self.project(context)
        return x + y


class CrnnV6(V6Network):
    """Images (N, 3, 48, W) to logits (N, W/8, C). 5.9 M parameters at C = 18,710."""

    def __init__(self, classes: int) -> None:
        super().__init__(Recurrence(), classes)
