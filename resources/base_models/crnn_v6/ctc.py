"""Stage two: the whole network but its head learns to read rendered lines, and keeps what it knew.

The head stays as it is: most of its 18,710 classes are in no rendered line, and would fade. Of kinds of line
that ppocr-v6-small reads well, its numbers before the head are asked for as well.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from core.imaging.augment import augment
from core.recognition.architectures import CRNN_V6
from core.recognition.architectures.crnn_v6 import CrnnV6
from core.recognition.architectures.ppocr_v6 import PpocrV6
from core.recognition.batching import to_input
from core.recognition.charset import BLANK, Charset
from core.recognition.codec import Codec
from core.recognition.ctc import min_frames
from core.training.config import USUAL_STEPS
from resources.base_models.crnn_v6.lines import KNOWN, RenderedLine
from resources.base_models.crnn_v6.progress import Progress

PIXELS = 7680
"""Length of the lines of one step together."""

NEAR = 48
"""Lines shorter and longer than the one that a step is drawn around."""

BACKBONE_RATE, NECK_RATE = 2e-4, 5e-4
MEMORY_WEIGHT = 1.0
"""Of the squared error to the teacher's numbers, beside the CTC loss per character."""


def train_ctc(
    student: CrnnV6,
    teacher: PpocrV6,
    charset: Charset,
    lines: Sequence[RenderedLine],
    steps: int,
    state: Path,
    tell: Callable[[str], None],
) -> None:
    """Train for ``steps`` steps, going on from ``state`` if it is there."""
    codec = Codec(charset)
    lines = [line for line in lines if _learnable(line, codec)]
    student.requires_grad_(True)
    student.head.requires_grad_(False)
    neck = list(student.neck.parameters())
    backbone = [*student.stem.parameters(), *student.blocks.parameters()]
    optimizer = torch.optim.AdamW(
        [{"params": backbone, "lr": BACKBONE_RATE}, {"params": neck, "lr": NECK_RATE}], weight_decay=0.01
    )
    progress = Progress(student, optimizer, steps, state, tell)
    student.train()
    for module in student.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eval()  # the statistics of a few lines would be worse than those of millions
    order = sorted(range(len(lines)), key=lambda place: lines[place].crop.shape[1])
    for step in progress.steps():
        rng = np.random.default_rng([2, step])
        progress.learn(_loss(student, teacher, codec, _drawn(lines, order, rng), rng))
    student.eval()


def blended(before: CrnnV6, after: CrnnV6, share: float) -> CrnnV6:
    """Weights between two states of one training (Wortsman et al. 2022, arXiv:2109.01903).

    Args:
        before: The network as it was.
        after: The same, trained further.
        share: Of ``after``, 0-1.
    """
    network = deepcopy(before)
    with torch.no_grad():
        for ours, other in zip(network.parameters(), after.parameters(), strict=True):
            ours.lerp_(other, share)
    return network


def _learnable(line: RenderedLine, codec: Codec) -> bool:
    classes = codec.encode(line.text).classes
    return bool(classes) and min_frames(classes) <= CRNN_V6.frames(line.crop.shape[1])


def _drawn(
    lines: Sequence[RenderedLine], order: Sequence[int], rng: np.random.Generator
) -> list[RenderedLine]:
    """Lines of about one length, from anywhere among the lengths, as many as ``PIXELS`` allow."""
    place = int(rng.integers(0, len(order)))
    near = order[max(place - NEAR, 0) : place + NEAR]
    width = lines[near[-1]].crop.shape[1]
    count = int(np.clip(PIXELS // width, 1, len(near)))
    return [lines[number] for number in rng.choice(near, count, replace=False)]


def _loss(
    student: CrnnV6,
    teacher: PpocrV6,
    codec: Codec,
    lines: Sequence[RenderedLine],
    rng: np.random.Generator,
) -> Tensor:
    crops = [augment(line.crop, rng, USUAL_STEPS) for line in lines]
    images = to_input(crops, CRNN_V6)
    known = torch.tensor([line.kind in KNOWN for line in lines])
    with torch.autocast("cpu", dtype=torch.bfloat16):
        features = student.features(images)
        logits = student.head(features)
        memory = features.new_zeros(())
        if known.any():
            with torch.no_grad():
                wanted = teacher.features(images[known])
            memory = ((features[known] - wanted).float() ** 2).mean() / wanted.float().var()
    targets = [codec.encode(line.text).classes for line in lines]
    loss = functional.ctc_loss(
        logits.float().log_softmax(2).transpose(0, 1),  # (N, T, C) -> (T, N, C)
        torch.tensor([number for each in targets for number in each]),
        torch.tensor([CRNN_V6.frames(crop.shape[1]) for crop in crops]),
        torch.tensor([len(each) for each in targets]),
        BLANK,
        reduction="sum",
    )
    return loss / sum(map(len, targets)) + MEMORY_WEIGHT * memory
