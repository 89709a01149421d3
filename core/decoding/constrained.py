"""Reading the rest of a line again, given what a human has fixed.

The fixed beginning is a hard constraint. It is aligned to the frames together with the text that stands
after the cursor: that text tells an inserted letter from a replaced one, which the frames alone cannot.
From the frame where the beginning ends the line is searched again, and the new reading takes the place of
the standing text only if it is clearly more probable; so text that was right does not flicker.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.decoding.alignment import WILDCARD, Label, align, labels_of, log_probability
from core.decoding.beam import WIDTH, Found, search
from core.decoding.fusion import Fusion
from core.decoding.posteriors import Posteriors
from core.decoding.reading import Reading, placed
from core.recognition import ctc

MARGIN = 1.0
"""A new reading must be e^MARGIN times as probable as the text that stands there."""


@dataclass(frozen=True, slots=True)
class _Window:
    """Frames ``start .. end - 1`` are to be read; the run of ``before`` may go on at ``start``.

    ``runs`` are those of the whole text as it stands, if it was aligned.
    """

    start: int
    end: int
    before: Label | None
    runs: Sequence[ctc.Run] | None


def redecode(
    posteriors: Posteriors,
    prefix: str,
    *,
    rest: str | None = None,
    suffix: str = "",
    deleted: str = "",
    fusion: Fusion | None = None,
    width: int = WIDTH,
) -> Reading:
    """Read a line again from where a human's text ends.

    Args:
        posteriors: What the model saw.
        prefix: Text up to the cursor, as the human wants it.
        rest: Text that now stands between ``prefix`` and ``suffix`` and that nobody vouches for. It stays
            unless another reading is clearly better, and what the model read between ``prefix`` and ``rest``
            counts as deleted. ``None`` reads as if nothing stood there; what the model read at the last
            character of ``prefix`` then counts as replaced.
        suffix: Text at the line's end that the human has vouched for.
        deleted: What the human has just deleted at the cursor. It does not come back, and nothing else is
            read between ``prefix`` and ``rest``.
        fusion: Language model with its weight.
        width: Hypotheses of the beam search.

    Returns:
        A reading whose text begins with ``prefix`` and ends with ``suffix`` (both NFC). If there are too few
        frames for the text, ``rest`` stays.
    """
    prefix, suffix = unicodedata.normalize("NFC", prefix), unicodedata.normalize("NFC", suffix)
    standing = None if rest is None else unicodedata.normalize("NFC", rest)
    window = _window(posteriors, prefix, standing, suffix, closed=bool(deleted))
    if window is None:
        return placed(posteriors, (prefix, standing or "", suffix))
    found = _search(posteriors, window, fusion, prefix, width)
    read = _fitting(prefix, found.text, suffix)
    old = _greedy(posteriors, window, prefix, suffix) if standing is None else standing
    better = (
        read != old
        and not (deleted and read.startswith(unicodedata.normalize("NFC", deleted)))
        and _gain(posteriors, window, prefix, (old, read), fusion) > MARGIN
    )
    reading = placed(posteriors, (prefix, read if better else old, suffix), None if better else window.runs)
    beginnings = tuple((unicodedata.normalize("NFC", text), share) for text, share in found.beginnings)
    return replace(reading, beginnings=beginnings, changed=better)


def _window(
    posteriors: Posteriors, prefix: str, rest: str | None, suffix: str, *, closed: bool
) -> _Window | None:
    """The frames that are free, or ``None`` if there are too few for the text.

    If ``closed``, those between ``prefix`` and ``rest`` are not.
    """
    head, tail = labels_of(posteriors, prefix), labels_of(posteriors, suffix)
    middle = [WILDCARD] if rest is None else labels_of(posteriors, rest)
    runs = align(posteriors, [*head, *middle, *tail], None if rest is None else len(head))
    if not posteriors.frames or runs is None:
        return None
    end = runs[len(head) + len(middle)].first if tail else posteriors.frames
    start = runs[len(head) - 1].last + 1 if head else 0
    standing = runs[len(head)].first if middle else end
    judged = standing if closed else _judged(posteriors, start, standing, rest is None)
    known = runs if rest is not None else None
    if head and judged == start and runs[len(head) - 1].first < start:
        return _Window(start, end, head[-1], known)
    return _Window(min(judged, end), end, None, known)


def _judged(posteriors: Posteriors, start: int, standing: int, ignored: bool) -> int:
    """The frame up to which the human has judged what the model read.

    What it read between the fixed beginning and the text that stands from frame ``standing`` on was deleted.
    If that text is ignored, what it read under the last fixed character was replaced.
    """
    judged = start
    for run in posteriors.runs:
        if run.first < start <= run.last if ignored else start <= run.last < standing:
            judged = run.last + 1
    return judged


def _search(posteriors: Posteriors, window: _Window, fusion: Fusion | None, prefix: str, width: int) -> Found:
    return search(
        posteriors,
        window.start,
        window.end,
        before=posteriors.name(window.before.column) if window.before else "",
        factor=fusion.factor_after(prefix) if fusion else None,
        width=width,
    )


def _greedy(posteriors: Posteriors, window: _Window, prefix: str, suffix: str) -> str:
    runs = ctc.best_path(posteriors.log_probabilities[window.start : window.end])
    if runs and window.before and runs[0].first == 0 and runs[0].number == window.before.column:
        runs = runs[1:]
    return _fitting(prefix, "".join(posteriors.name(run.number) for run in runs), suffix)


def _fitting(prefix: str, tail: str, suffix: str) -> str:
    """``tail`` (NFC) as it can stand there.

    A line has no white space at its ends, and a mark that would change a fixed character is dropped.
    """
    tail = unicodedata.normalize("NFC", tail)
    if not prefix:
        tail = tail.lstrip()
    if not suffix:
        tail = tail.rstrip()
    while tail and unicodedata.normalize("NFC", prefix + tail) != prefix + tail:
        tail = tail[1:]
    while tail and unicodedata.normalize("NFC", tail + suffix) != tail + suffix:
        tail = tail[:-1]
    return tail


def _gain(
    posteriors: Posteriors, window: _Window, prefix: str, texts: tuple[str, str], fusion: Fusion | None
) -> float:
    """By how much (natural logarithm) the second text is more probable than the first."""
    old, new = (
        log_probability(posteriors, window.before, labels_of(posteriors, text), window.start, window.end)
        + (fusion.score(prefix, text) if fusion else 0.0)
        for text in texts
    )
    return new - old if new > -float("inf") else new
