"""Stage one: the LSTMs learn to do what the transformer blocks of ppocr-v6-small do with the same frames.

Both get the frames that the (frozen) convolutions made, taken from the disk and disturbed anew in every
step: the teacher answers for the disturbed frames, so nothing has to be true of them.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from core.recognition.architectures.crnn_v6 import CrnnV6
from core.recognition.architectures.ppocr_v6 import PpocrV6
from resources.base_models.crnn_v6.features import LineFeatures
from resources.base_models.crnn_v6.progress import Progress

LINES = 32
"""Lines of one step."""

RATE = 2e-3
INKED = 160
"""Frames of one step whose posteriors are compared; 18,710 classes each."""

POSTERIOR_WEIGHT = 0.3
NOISE = 0.35  # of a number's deviation
SPLICED = 0.3  # how often lines go on with the end of another one


def student_of(teacher: PpocrV6) -> CrnnV6:
    """The network with all that the teacher has in common with it."""
    student = CrnnV6(teacher.classes)
    shared = {name: value for name, value in teacher.state_dict().items() if ".mixing." not in name}
    missing, _ = student.load_state_dict(shared, strict=False)
    if any(".mixing." not in name for name in missing):
        raise ValueError(f"the teacher lacks {missing}")
    return student.eval()


def distil(
    student: CrnnV6,
    teacher: PpocrV6,
    lines: Sequence[LineFeatures],
    steps: int,
    state: Path,
    tell: Callable[[str], None],
) -> None:
    """Train the student's mixing for ``steps`` steps, going on from ``state`` if it is there."""
    student.requires_grad_(False)
    trained = [*student.neck.mixing.parameters(), *student.neck.norm.parameters()]
    for parameter in trained:
        parameter.requires_grad_(True)
    optimizer = torch.optim.AdamW(trained, lr=RATE, weight_decay=0.01)
    progress = Progress(student, optimizer, steps, state, tell)
    by_length = sorted(lines, key=lambda line: len(line.ink))
    deviation = _deviation(lines)
    for step in progress.steps():
        rng = np.random.default_rng([1, step])
        local, skipped, ink = _batch(by_length, rng)
        local = _disturbed(local, deviation, rng)
        loss = _loss(student, teacher, local, skipped, ink)
        progress.learn(loss)


def _batch(by_length: Sequence[LineFeatures], rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """Lines of about one length, cut to the shortest, so that no padding is learned: (N, T, ...)."""
    start = int(rng.integers(0, max(len(by_length) - 2 * LINES, 0) + 1))
    near = by_length[start : start + 2 * LINES]
    chosen = [near[place] for place in rng.permutation(len(near))[:LINES]]
    shortest = min(len(line.ink) for line in chosen)
    local, skipped, inked = [], [], []
    for line in chosen:
        first = int(rng.integers(0, len(line.ink) - shortest + 1))
        part = slice(first, first + shortest)
        local.append(line.local[part])
        skipped.append(line.skipped[part])
        inked.append(line.ink[part])
    turn = int(rng.integers(4, shortest - 4)) if rng.random() < SPLICED and shortest > 8 else shortest
    return (
        _spliced(torch.stack(local).float(), turn),
        _spliced(torch.stack(skipped).float(), turn),
        _spliced(torch.stack(inked), turn),
    )


def _spliced(values: Tensor, turn: int) -> Tensor:
    """From frame ``turn`` on each line (N, T, ...) goes on as another one."""
    return torch.cat((values[:, :turn], values.roll(1, 0)[:, turn:]), dim=1)


def _deviation(lines: Sequence[LineFeatures]) -> Tensor:
    return torch.cat([line.local for line in lines[:500]]).float().std(0)


def _disturbed(local: Tensor, deviation: Tensor, rng: np.random.Generator) -> Tensor:
    """Noise of another strength for each line."""
    generator = torch.Generator().manual_seed(int(rng.integers(0, 2**62)))
    strength = NOISE * torch.rand(len(local), 1, 1, generator=generator) ** 2
    return local + strength * deviation * torch.randn(local.shape, generator=generator)


def _loss(student: CrnnV6, teacher: PpocrV6, local: Tensor, skipped: Tensor, ink: Tensor) -> Tensor:
    """Squared error of the mixed numbers, in shares of their variance, and divergence where ink is."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        with torch.no_grad():
            wanted = teacher.neck.mix(local, skipped)
        given = student.neck.mix(local, skipped)
        near = functional.max_pool1d(ink.float(), 3, stride=1, padding=1) > 0
        places = near.flatten().nonzero().squeeze(1)
        places = places[torch.linspace(0, max(len(places) - 1, 0), min(INKED, len(places))).long()]
        with torch.no_grad():
            truth = student.head(wanted.flatten(0, 1)[places])
        guess = student.head(given.flatten(0, 1)[places])
    error = ((given - wanted).float() ** 2).mean() / (wanted - skipped).float().var()
    divergence = functional.kl_div(
        guess.float().log_softmax(1), truth.float().log_softmax(1), log_target=True, reduction="batchmean"
    )
    return error + POSTERIOR_WEIGHT * divergence
