"""How much of everything: for the shipped weights, and for a path through all stages in minutes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Shards of lines (200 each) to learn from and to keep for the figures, steps of both stages, the blend.

    ``blend`` is the share (0-1) of stage two in the weights: rendered lines are no scans, and stage two alone
    reads scans worse than stage one does (docs/BASE_MODEL.md).
    """

    shards: int
    held_out: int
    distil_steps: int
    ctc_steps: int
    blend: float


FULL = Recipe(shards=30, held_out=2, distil_steps=3000, ctc_steps=240, blend=0.4)
SMALL = Recipe(shards=2, held_out=1, distil_steps=40, ctc_steps=4, blend=0.4)
