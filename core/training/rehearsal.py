"""Rehearsing ordinary print beside new material, so that it is not forgotten (replay; Robins 1995)."""

from collections.abc import Sequence
from itertools import islice

import numpy as np

from core.recognition.architectures import Architecture
from core.recognition.codec import Codec
from core.training.config import FineTuneConfig
from core.training.dataset import EncodedSample, Sample, encode_samples
from core.training.ordinary_print import PrintedLine, replay_lines

POOL, WATCHED = 96, 16
"""Lines to rehearse, and lines that are only read at each validation."""

MARGIN = 0.005
"""Fall of the watched lines' CER (a fraction) that doubles the share."""

LARGEST_SHARE = 0.5


class Rehearsal:
    """Which lines of ordinary print are learned in a step; their share grows when reading them gets worse.

    Args:
        config: ``replay`` is the share to begin with; 0 is off.
        codec: Of the new model.
        architecture: Of the new model.
    """

    def __init__(self, config: FineTuneConfig, codec: Codec, architecture: Architecture) -> None:
        self.share = config.replay
        self._config = config
        lines = replay_lines(codec.charset, architecture.height, config.seed) if config.replay else iter(())
        encoded, _ = encode_samples(as_samples(list(islice(lines, WATCHED + POOL))), codec, architecture)
        self.watched, self._pool = encoded[:WATCHED], encoded[WATCHED:]
        self._first: float | None = None

    def lines(self, step: int) -> list[EncodedSample]:
        """The lines of one step; chance hangs on seed and step alone."""
        if not self._pool:
            return []
        chance = np.random.default_rng([self._config.seed, 2, step])
        wanted = self._config.batch_size * self.share / (1 - self.share)
        count = int(wanted + chance.random())  # on average as many as wanted
        return [self._pool[place] for place in chance.integers(len(self._pool), size=count)]

    def adapt(self, cer: float) -> None:
        """Note how the watched lines were read; the first reading is that of the model to start from."""
        if self._first is None:
            self._first = cer
        elif cer > self._first + MARGIN:
            self.share = min(2 * self.share, LARGEST_SHARE)

    @property
    def state(self) -> list[float | None]:
        """What a resumed training needs."""
        return [self.share, self._first]

    def take(self, state: list[float | None]) -> None:
        """Go on from the state of an earlier process."""
        share, self._first = state
        self.share = share or 0.0


def as_samples(lines: Sequence[PrintedLine]) -> list[Sample]:
    """Drawn lines as samples; their ids are below 0, where no line of a project is."""
    return [Sample(-number, line.crop, line.text) for number, line in enumerate(lines, start=1)]
