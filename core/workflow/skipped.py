"""What an act had to pass over, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Skipped:
    """``file`` was passed over because of ``reason``; the rest went on."""

    file: str
    reason: str
