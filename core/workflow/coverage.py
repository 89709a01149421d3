"""What a model can learn from drafted lines: how much doubt they hold about characters that were seldom seen.

A submodular coverage of features (Wei, Iyer and Bilmes, ICML 2015): the sum over characters of the root of
how often each was corrected, so that a rare one weighs most, and every further one less.
"""

import numpy as np
from numpy.typing import NDArray

from core.storage.queue import DraftDoubt

SURE = 0.01
"""Doubt (0-1) that counts for a character at the least: rare ones teach even if they were read surely."""

Masses = tuple[NDArray[np.intp], NDArray[np.float64]]
"""Distinct code points with their summed doubts."""

NOTHING: Masses = (np.empty(0, dtype=np.intp), np.empty(0))


def counts_of(text: str) -> NDArray[np.float64]:
    """How often each code point stands in a text."""
    return spread(tally(text))


def tally(text: str) -> Masses:
    """The distinct code points of a text with how often each stands in it."""
    counts = np.bincount(_codes(text))
    present = np.flatnonzero(counts)
    return present, counts[present].astype(np.float64)


def spread(masses: Masses) -> NDArray[np.float64]:
    """Masses by code point: an array of 9 MB, most of it never touched."""
    present, mass = masses
    counts = np.zeros(0x110000)
    counts[present] = mass
    return counts


def masses_of(doubt: DraftDoubt) -> Masses:
    """The distinct characters of a draft with their summed doubts."""
    codes = _codes(doubt.text)
    if len(codes) != len(doubt.doubts):  # a mark that has no composed form
        return NOTHING
    return _summed(codes, np.maximum(doubt.doubts, SURE))


def together(parts: list[Masses]) -> Masses:
    """The masses of several drafts as of one."""
    if not parts:
        return NOTHING
    return _summed(np.concatenate([codes for codes, _ in parts]), np.concatenate([mass for _, mass in parts]))


def gain(masses: Masses, known: NDArray[np.float64]) -> float:
    """By how much the coverage grows if drafts with these masses are corrected."""
    present, mass = masses
    before = known[present]
    return float((np.sqrt(before + mass) - np.sqrt(before)).sum())


def _codes(text: str) -> NDArray[np.intp]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.intp)


def _summed(codes: NDArray[np.intp], mass: NDArray[np.floating]) -> Masses:
    present, places = np.unique(codes, return_inverse=True)
    return present, np.bincount(places, weights=mass, minlength=len(present)).astype(np.float64)
