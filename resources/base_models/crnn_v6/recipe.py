"""How much of everything: the full recipe, and a small one that runs through all stages in minutes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """Shards of lines (200 each) to learn from and to keep for the figures, and steps of both stages."""

    shards: int
    held_out: int
    distil_steps: int
    ctc_steps: int


FULL = Recipe(shards=30, held_out=2, distil_steps=3000, ctc_steps=350)
SMALL = Recipe(shards=2, held_out=1, distil_steps=40, ctc_steps=4)
