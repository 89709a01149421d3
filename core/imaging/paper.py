"""Ink on paper: what becomes of a drawn line until it is a crop of a scan."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from core.imaging.normalize import Crop
from core.imaging.rendering import EM, Ink

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Style:
    """How far a line may be disturbed; amounts are upper limits, chances are 0-1.

    Args:
        slant: px to the right per px of height, from and to.
        wander: px (of an em of 64) by which the baseline rises and falls.
        wobble: px by which single strokes are bent.
        weight: px by which strokes grow or shrink.
        fading: How much of the ink may be missing in places.
        paper: Strength of shades and fibres of the paper.
        bleed: Chance that the other side of the sheet shines through.
        ruling: Chance of ruled lines.
        neighbours: Chance that parts of the lines above and below are in the crop.
        coarse: Chance that the scan is coarse: 18 to 36 px high.
    """

    slant: tuple[float, float] = (-0.04, 0.04)
    wander: float = 1.0
    wobble: float = 0.5
    weight: float = 1.0
    fading: float = 0.2
    paper: float = 0.5
    bleed: float = 0.15
    ruling: float = 0.02
    neighbours: float = 0.3
    coarse: float = 0.2


PRINT = Style()
OLD_PRINT = Style(wobble=1.0, weight=1.5, fading=0.5, paper=1.0, bleed=0.4, neighbours=0.5, coarse=0.5)
HAND = Style(
    slant=(-0.1, 0.5),
    wander=5.0,
    wobble=2.0,
    weight=1.5,
    fading=0.5,
    paper=1.0,
    bleed=0.3,
    ruling=0.3,
    neighbours=0.5,
    coarse=0.3,
)


def on_paper(ink: Ink, style: Style, other: Ink, height: int, rng: np.random.Generator) -> Crop:
    """A crop (height, W, 3) of a scan that shows ``ink``.

    Args:
        ink: The line.
        style: How much it may be disturbed.
        other: Another line: its parts stand for the neighbours and for what shines through.
        height: Px of the crop.
        rng: Where chance comes from.
    """
    above, below = rng.integers(2, 12, 2)
    left, right = rng.integers(2, EM // 2, 2)
    room = int(style.wander + 1)
    drawn = _coverage(np.pad(ink, ((above + room, below + room), (left + room, right + room))))
    drawn = _bent(_slanted(_weighted(drawn, style, rng), style, rng), style, rng)
    if rng.random() < style.neighbours:
        drawn = np.maximum(drawn, _neighbours(drawn.shape, other, rng))
    drawn *= 1 - np.float32(style.fading * rng.random()) * _clouds(drawn.shape, EM // 2, rng)
    if rng.random() < style.bleed:
        through = cv2.GaussianBlur(_fitted(other[:, ::-1], drawn.shape, rng), (5, 5), 0)
        drawn = np.maximum(drawn, np.float32(rng.uniform(0.05, 0.35)) * through)
    if rng.random() < style.ruling:
        drawn = np.maximum(drawn, _ruling(drawn.shape, rng))
    return _scanned(drawn, style, height, rng)


def _weighted(drawn: Floats, style: Style, rng: np.random.Generator) -> Floats:
    """Broader or thinner strokes."""
    amount = rng.uniform(-style.weight, style.weight)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    changed = (cv2.dilate if amount > 0 else cv2.erode)(drawn, kernel)
    share = min(abs(amount), 1.0) * (1.0 if amount > 0 else 0.5)  # thin strokes must not vanish
    return np.asarray((1 - share) * drawn + share * changed, dtype=np.float32)


def _slanted(drawn: Floats, style: Style, rng: np.random.Generator) -> Floats:
    height, width = drawn.shape
    shear = rng.uniform(*style.slant)
    wider = int(abs(shear) * height)
    shift = max(shear, 0.0) * height
    matrix = np.array([[1.0, -shear, shift], [0.0, 1.0, 0.0]])
    return np.asarray(cv2.warpAffine(drawn, matrix, (width + wider, height)), dtype=np.float32)


def _bent(drawn: Floats, style: Style, rng: np.random.Generator) -> Floats:
    """Elastic: the baseline wanders slowly, strokes wobble quickly, spaces stretch."""
    height, width = drawn.shape
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    wander = style.wander * rng.random() * (2 * _clouds((1, width), 4 * EM, rng) - 1)
    wobble = style.wobble * rng.random() * (2 * _clouds((height, width), EM // 3, rng) - 1)
    stretch = 2 * style.wander * rng.random() * (2 * _clouds((1, width), 2 * EM, rng) - 1)
    moved = cv2.remap(drawn, columns + stretch + wobble, rows + wander + wobble[::-1], cv2.INTER_LINEAR)
    return np.asarray(moved, dtype=np.float32)


def _neighbours(shape: tuple[int, ...], other: Ink, rng: np.random.Generator) -> Floats:
    """Feet of the line above, heads of the line below."""
    found = np.zeros(shape, np.float32)
    for above in (True, False):
        rows = min(int(rng.integers(0, 9)), other.shape[0])
        if rows:
            part = _fitted(other[-rows:] if above else other[:rows], (rows, shape[1]), rng)
            found[: len(part)] = part if above else found[: len(part)]
            if not above:
                found[-len(part) :] = np.maximum(found[-len(part) :], part)
    return found


def _fitted(ink: Ink, shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """``ink`` repeated along the line and cut to ``shape``, beginning anywhere."""
    height, width = shape
    repeated = np.tile(ink, (1, 2 + width // ink.shape[1]))
    start = int(rng.integers(0, ink.shape[1]))
    part = repeated[:height, start : start + width]
    return _coverage(np.pad(part, ((0, height - len(part)), (0, 0))))


def _ruling(shape: tuple[int, ...], rng: np.random.Generator) -> Floats:
    """Lines of a school book: along, sometimes also down."""
    found = np.zeros(shape, np.float32)
    strength, thick = rng.uniform(0.15, 0.6), int(rng.integers(1, 3))
    row = int(shape[0] * rng.uniform(0.55, 0.95))
    found[row : row + thick] = strength
    if rng.random() < 0.3:
        found[:, int(rng.integers(0, EM)) :: EM] = strength
    return found


def _scanned(drawn: Floats, style: Style, height: int, rng: np.random.Generator) -> Crop:
    """Grey levels of paper and ink, the scanner's resolution, and a tint."""
    paper = rng.uniform(170, 255)
    ink = rng.uniform(0, 0.45) * paper
    shades = 1 - 0.15 * style.paper * rng.random() * _clouds(drawn.shape, 3 * EM, rng)
    fibres = rng.normal(0, 6 * style.paper * rng.random(), drawn.shape).astype(np.float32)
    scan = (paper * shades - (paper * shades - ink) * drawn + fibres).astype(np.float32)
    rows = int(rng.integers(18, 37)) if rng.random() < style.coarse else height
    size = (max(round(drawn.shape[1] * rows / len(drawn)), 1), rows)
    grey = cv2.resize(scan, size, interpolation=cv2.INTER_AREA)
    if rows != height:
        width = max(round(drawn.shape[1] * height / len(drawn)), 1)
        grey = cv2.resize(grey, (width, height), interpolation=cv2.INTER_LINEAR)
    tint = rng.uniform(1 - 0.15 * style.paper, 1, 3) if rng.random() < 0.5 else np.ones(3)
    return np.clip(grey[:, :, None] * np.sort(tint), 0, 255).astype(np.uint8)  # BGR: paper yellows


def _coverage(ink: Ink) -> Floats:
    """Bytes as 0-1."""
    return ink.astype(np.float32) / np.float32(255)


def _clouds(shape: tuple[int, ...], size: int, rng: np.random.Generator) -> Floats:
    """Smooth noise, 0-1, with blots of about ``size`` px."""
    height, width = shape
    coarse = rng.random((max(height // size, 1) + 1, max(width // size, 1) + 1), dtype=np.float32)
    return np.asarray(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)
