"""Where a training computes."""

from typing import Literal

import torch

from core.errors import BadConfig
from core.wording import say

DeviceName = Literal["auto", "cpu", "cuda", "mps"]


def choose_device(name: DeviceName, place: int = 0) -> torch.device:
    """The device of a name; ``auto`` takes a graphics processor if there is one.

    Args:
        name: See above.
        place: Which of several graphics processors, for trainings in several processes.

    Raises:
        BadConfig: If there is no such device here.
    """
    there = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    if name == "auto":
        name = "cuda" if there["cuda"] else "mps" if there["mps"] else "cpu"
    if not there[name]:
        raise BadConfig(
            say("This machine has no “{device}” device that torch can use; choose cpu or auto.", device=name)
        )
    return torch.device(name, place) if name == "cuda" else torch.device(name)
