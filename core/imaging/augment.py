"""Random disturbances of line images, so that a few hundred lines stand for many.

Noise, contrast, brightness and blur are those of the article Linewright grew from; the others stand for
slant, ink and occlusion. All work on (H, W, 3) bytes, keep the size, and draw from the generator they are
given, so the same generator state gives the same image.
"""

from collections.abc import Sequence
from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from core.imaging.normalize import Crop

AugmentStep = Literal["affine", "elastic", "stroke", "contrast", "blur", "noise", "strips"]
AUGMENT_STEPS: tuple[AugmentStep, ...] = get_args(AugmentStep)

_CHANCE: dict[AugmentStep, float] = {
    "affine": 0.6,
    "elastic": 0.5,
    "stroke": 0.2,
    "contrast": 0.7,
    "blur": 0.3,
    "noise": 0.5,
    "strips": 0.15,
}
"""How often each step is taken; blur's is the article's."""

NOISE_SIGMA = 5.0  # grey levels
CONTRAST = (0.8, 1.2)
BRIGHTNESS = 20.0  # grey levels, up or down
BLUR_KERNELS = (3, 5)  # px
SHEAR = 0.15  # px sideways per px of height, about 9 degrees of slant
ROTATION = 1.0  # px up or down per 100 px of length
SCALE = (0.9, 1.05)  # of height and length; mostly smaller, so that nothing is cut off
STRIP = 0.12  # of the line's height
ELASTIC = (0.12, 0.05)  # sideways and up or down, of the line's height
ELASTIC_STEP = 0.75  # between two points that move by chance, of the line's height


def augment(
    crop: Crop,
    rng: np.random.Generator,
    steps: Sequence[AugmentStep] = AUGMENT_STEPS,
    strength: float = 1.0,
) -> Crop:
    """A disturbed copy of a line at model height.

    Args:
        crop: (H, W, 3), BGR.
        rng: Where chance comes from.
        steps: Which disturbances may happen; they happen in the order of ``AUGMENT_STEPS``.
        strength: Factor of all amounts; 0 changes nothing, 1 is as documented.
    """
    for step in AUGMENT_STEPS:
        if step in steps and strength > 0 and rng.random() < _CHANCE[step]:
            crop = _STEPS[step](crop, rng, strength)
    return crop


def _affine(crop: Crop, rng: np.random.Generator, strength: float) -> Crop:
    """Slant, slight turn and scale about the centre; what comes in from outside is the border's colour."""
    height, width = crop.shape[:2]
    shear = rng.uniform(-SHEAR, SHEAR) * strength
    turn = rng.uniform(-ROTATION, ROTATION) * strength / 100
    scale_x, scale_y = (1 + (rng.uniform(*SCALE) - 1) * strength for _ in range(2))
    matrix = np.array([[scale_x, shear, 0.0], [turn, scale_y, 0.0]])
    centre = np.array([(width - 1) / 2, (height - 1) / 2])
    matrix[:, 2] = centre - matrix[:, :2] @ centre
    return _bytes(cv2.warpAffine(crop, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE))


def _elastic(crop: Crop, rng: np.random.Generator, strength: float) -> Crop:
    """Letters grow wider and narrower along the line, and the line waves: a smooth random displacement.

    After Simard et al. 2003, with a coarse grid along the line in place of their smoothed noise.
    """
    height, width = crop.shape[:2]
    points = max(round(width / (ELASTIC_STEP * height)), 2)
    size = (width, height)
    shifts = [
        cv2.resize(rng.uniform(-1, 1, (2, points)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
        * np.float32(amount * height * strength)
        for amount in ELASTIC
    ]
    columns, rows = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    return _bytes(
        cv2.remap(
            crop, columns + shifts[0], rows + shifts[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
    )


def _stroke(crop: Crop, rng: np.random.Generator, _strength: float) -> Crop:
    """Thicker or thinner ink by one pixel, blended half with the original."""
    kernel = np.ones((2, 2), np.uint8)
    changed = cv2.erode(crop, kernel) if rng.random() < 0.5 else cv2.dilate(crop, kernel)
    return _bytes(cv2.addWeighted(crop, 0.5, changed, 0.5, 0))


def _contrast(crop: Crop, rng: np.random.Generator, strength: float) -> Crop:
    """Contrast times 0.8-1.2, brightness -20 to 20."""
    factor = 1 + (rng.uniform(*CONTRAST) - 1) * strength
    shift = rng.uniform(-BRIGHTNESS, BRIGHTNESS) * strength
    return _bytes(np.clip(crop * np.float32(factor) + np.float32(shift), 0, 255))


def _blur(crop: Crop, rng: np.random.Generator, strength: float) -> Crop:
    """Gaussian blur with a kernel of 3 or 5 px, blended in by strength."""
    kernel = int(rng.choice(BLUR_KERNELS))
    share = min(strength, 1.0)
    blurred = cv2.GaussianBlur(crop, (kernel, kernel), 0)
    return _bytes(cv2.addWeighted(crop, 1 - share, blurred, share, 0))


def _noise(crop: Crop, rng: np.random.Generator, strength: float) -> Crop:
    """Gaussian noise, the same in all channels as on a grey scan."""
    noise = rng.standard_normal(crop.shape[:2], dtype=np.float32) * np.float32(NOISE_SIGMA * strength)
    return _bytes(np.clip(crop + noise[:, :, None], 0, 255))


def _strips(crop: Crop, rng: np.random.Generator, strength: float) -> Crop:
    """One thin strip across or down, of a random grey: a ruled line, a fold, a glare."""
    height, width = crop.shape[:2]
    thick = max(1, round(rng.uniform(0.02, STRIP) * height * strength))
    value = int(rng.integers(0, 256))
    covered = crop.copy()
    if rng.random() < 0.5:
        top = int(rng.integers(0, height))
        covered[top : top + max(1, thick // 2)] = value  # along the whole line: thinner, it hits all letters
    else:
        left = int(rng.integers(0, width))
        covered[:, left : left + thick] = value
    return covered


def _bytes(image: NDArray[np.float32] | cv2.typing.MatLike) -> Crop:
    return np.asarray(image).astype(np.uint8)


_STEPS = {
    "affine": _affine,
    "elastic": _elastic,
    "stroke": _stroke,
    "contrast": _contrast,
    "blur": _blur,
    "noise": _noise,
    "strips": _strips,
}
