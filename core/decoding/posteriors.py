"""The CTC output of one line, kept small enough to lie beside its draft.

Of every frame the blank and the most probable characters remain. A line of fifty characters takes about a
kilobyte instead of the 12 MB of its logits (T = 160, C = 18,710), and it can be read without the model: it
brings the characters of its own classes along.
"""

import struct
import unicodedata
import zlib
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.document import Recognition
from core.recognition import ctc
from core.recognition.charset import BLANK, Charset

KEPT = 12
"""At most so many characters of a frame are kept beside the blank."""

FLOOR = 5e-4
"""A character less probable than this in a frame is not kept, unless it is the frame's best."""

SPAN = 12.0
"""Log-probabilities from -SPAN to 0 fit into a byte; what is below is stored as -SPAN."""

UNSEEN = -9.0
"""Log-probability given to what was not kept: some e times less probable than the floor."""

VERSION = 1
_HEADER = struct.Struct("<BIIIdd")
"""Version, frames T, kept characters in all frames, bytes of the characters' UTF-8, length, origin."""


@dataclass(frozen=True, eq=False)
class Posteriors:
    """What a model saw in one line.

    ``charset`` holds only the characters that occur here; its classes number the columns of
    ``log_probabilities`` (T, S), column 0 the blank. What was not kept is ``-inf``. The greatest entry of a
    frame is unique and the model's own best class. ``length`` is the crop's length in frames, ``origin`` the
    frames of margin before it begins.
    """

    charset: Charset
    log_probabilities: NDArray[np.float32]
    length: float
    origin: float = 0.0

    @property
    def frames(self) -> int:
        """T."""
        return len(self.log_probabilities)

    @cached_property
    def probabilities(self) -> NDArray[np.float32]:
        """(T, S); a frame sums to 1 less what was not kept."""
        rows: NDArray[np.float32] = np.exp(self.log_probabilities)
        return rows

    @cached_property
    def bounded(self) -> NDArray[np.float32]:
        """(T, S + 1) log-probabilities less those of each frame's best, at least ``UNSEEN``.

        The last column stands for any character that is not in ``charset``.
        """
        rows = self.log_probabilities - self.log_probabilities.max(axis=1, keepdims=True, initial=-np.inf)
        return np.pad(np.maximum(rows, np.float32(UNSEEN)), ((0, 0), (0, 1)), constant_values=UNSEEN)

    @cached_property
    def column_of(self) -> dict[str, int]:
        """Column of each character as it is written (NFC); of two written alike the more probable."""
        columns: dict[str, int] = {}
        peaks = self.bounded.max(axis=0, initial=-np.inf)
        for column, char in enumerate(self.charset.characters, start=1):
            written = unicodedata.normalize("NFC", char)
            if written not in columns or peaks[column] > peaks[columns[written]]:
                columns[written] = column
        return columns

    def name(self, column: int) -> str:
        """Character of a column of ``bounded``; nothing for the blank and for what was not seen."""
        return self.charset.characters[column - 1] if 0 < column <= len(self.charset) else ""

    @cached_property
    def runs(self) -> list[ctc.Run]:
        """Runs of the greedy reading; their numbers are columns."""
        return ctc.best_path(self.log_probabilities)

    def recognition(self) -> Recognition:
        """The greedy reading: the text that ``ctc.decode`` reads in the full logits.

        Confidences are shares of what was kept, so a little too high where a model is at a loss.
        """
        return ctc.decode(self.log_probabilities, self.charset, length=self.length, origin=self.origin)

    def from_right(self) -> "Posteriors":
        """The same with its frames in the other order."""
        return replace(
            self,
            log_probabilities=np.ascontiguousarray(self.log_probabilities[::-1]),
            origin=self.frames - self.length - self.origin,
        )

    def pack(self) -> bytes:
        """As compressed bytes."""
        kept = np.isfinite(self.log_probabilities)
        kept[:, BLANK] = False
        frames, columns = np.nonzero(kept)
        width = np.uint8 if len(self.charset) < 256 else np.uint16
        arrays = (
            kept.sum(axis=1).astype(np.uint8),
            _to_bytes(self.log_probabilities[:, BLANK]),
            columns.astype(width),
            _to_bytes(self.log_probabilities[frames, columns]),
        )
        text = "".join(self.charset.characters).encode()
        header = _HEADER.pack(VERSION, self.frames, len(columns), len(text), self.length, self.origin)
        body = text + b"".join(array.astype(array.dtype.newbyteorder("<")).tobytes() for array in arrays)
        return header + zlib.compress(body, 9)

    @classmethod
    def unpack(cls, packed: bytes) -> "Posteriors":
        """The inverse of ``pack``.

        Raises:
            ValueError: If the bytes are damaged or from a later version.
        """
        try:
            version, frames, kept, size, length, origin = _HEADER.unpack_from(packed)
            body = zlib.decompress(packed[_HEADER.size :]) if version == VERSION else b""
        except (struct.error, zlib.error) as error:
            raise ValueError("kept CTC output is damaged") from error
        if version != VERSION:
            raise ValueError(f"kept CTC output of version {version}; this program reads {VERSION}")
        return replace(_from_body(body, frames, kept, size, length), origin=origin)


def keep(
    logits: ctc.Logits, charset: Charset, *, length: float, origin: float = 0.0, temperature: float = 1.0
) -> Posteriors:
    """The part of a line's logits that is worth keeping.

    Args:
        logits: (T, C), the frames of the crop and no padding.
        charset: Characters of the classes.
        length: Length of the crop in frames, a fraction allowed.
        origin: Frames of margin before the crop begins, a fraction allowed.
        temperature: Divides the logits before probabilities are taken (Guo et al. 2017).
    """
    if not len(logits):
        return Posteriors(Charset(()), np.zeros((0, 1), dtype=np.float32), length, origin)
    best = logits.argmax(axis=1)
    # In most frames nothing but the blank is worth keeping: the softmax of 18,710 classes is spared there.
    near = np.flatnonzero(ctc.lead_of_blank(logits) < -np.log(FLOOR) * temperature)
    rows = logits[near] / np.float32(temperature)
    rows -= _log_sum_exp(rows)
    kept, classes = _worth_keeping(rows, best[near])
    table, columns = np.unique(classes, return_inverse=True)
    places = np.where(best == BLANK, BLANK, np.searchsorted(table, best) + 1)
    dense = np.full((len(logits), len(table) + 1), -np.inf, dtype=np.float32)
    dense[:, BLANK] = 0.0
    dense[near, BLANK] = _from_bytes(_to_bytes(rows[:, BLANK]))
    dense[near[kept], columns + 1] = _from_bytes(_to_bytes(rows[kept, classes]))
    characters = tuple(charset.characters[number - 1] for number in table)
    return Posteriors(Charset(characters), _with_unique_best(dense, places), length, origin)


def _log_sum_exp(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    top = rows.max(axis=1, keepdims=True)
    total: NDArray[np.float32] = np.log(np.exp(rows - top).sum(axis=1, keepdims=True)) + top
    return total


def _worth_keeping(
    rows: NDArray[np.float32], best: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Frames and classes of the kept characters, from log-probabilities (T, C)."""
    floor = np.float32(np.log(FLOOR))
    # Few of 18,710 classes are worth it in any frame.
    few = np.union1d(np.flatnonzero((rows > floor).any(axis=0)), best)
    few = few[few != BLANK]
    worth = rows[:, few] > floor
    worth |= few == best[:, None]
    frames, columns = np.nonzero(worth)
    classes = few[columns]
    # A frame's best class comes first even if another is as probable.
    order = np.lexsort((classes != best[frames], -rows[frames, classes], frames))
    frames, classes = frames[order], classes[order]
    rank = np.arange(len(frames)) - np.searchsorted(frames, frames)
    return frames[rank < KEPT], classes[rank < KEPT]


def _with_unique_best(dense: NDArray[np.float32], places: NDArray[np.intp]) -> NDArray[np.float32]:
    """Rounding may make two classes of a frame equal; the model's best stays ahead by one step."""
    steps = np.where(np.isfinite(dense), _to_bytes(dense), 255).astype(np.int16)
    frames = np.arange(len(dense))
    top = np.minimum(steps[frames, places], 254)
    steps = np.maximum(steps, top[:, None] + 1)
    steps[frames, places] = top
    return np.where(np.isfinite(dense), _from_bytes(steps), -np.inf).astype(np.float32)


def _to_bytes(log_probabilities: NDArray[np.float32]) -> NDArray[np.uint8]:
    """On a square-root scale: steps of 0.0002 near certainty, of 0.1 at the floor."""
    share = np.clip(-log_probabilities / np.float32(SPAN), 0, 1)
    steps: NDArray[np.uint8] = np.rint(np.sqrt(share) * 255).astype(np.uint8)
    return steps


def _from_bytes(steps: NDArray[np.integer]) -> NDArray[np.float32]:
    return -np.float32(SPAN) * np.square(steps.astype(np.float32) / 255)


def _from_body(body: bytes, frames: int, kept: int, size: int, length: float) -> Posteriors:
    rest = len(body) - size - 2 * frames - kept
    if rest not in (kept, 2 * kept):
        raise ValueError("kept CTC output is damaged")
    try:
        charset = Charset(tuple(body[:size].decode()))
    except UnicodeDecodeError as error:
        raise ValueError("kept CTC output is damaged") from error
    width = np.dtype("u1" if len(charset) < 256 else "<u2")
    counts, blanks = np.frombuffer(body, "u1", 2 * frames, size).reshape(2, frames)
    columns = np.frombuffer(body, width, kept, size + 2 * frames)
    values = np.frombuffer(body, "u1", kept, len(body) - kept)
    if counts.sum() != kept or (kept and columns.max() > len(charset)):
        raise ValueError("kept CTC output is damaged")
    dense = np.full((frames, len(charset) + 1), -np.inf, dtype=np.float32)
    dense[:, BLANK] = _from_bytes(blanks)
    dense[np.repeat(np.arange(frames), counts), columns] = _from_bytes(values)
    return Posteriors(charset, dense, length)
