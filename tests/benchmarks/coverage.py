"""How often a version that is no better seems proven better, by the number of test pages.

``python -m tests.benchmarks.coverage [--worlds N]``: worlds are made in which two models are equally good
over all pages there could be, and some pages are drawn. Of an interval of 95 % a share of 2.5 % may lie
below zero. Given are the share with which that of the program does (``core.evaluation.significance``), and
beside it percentiles of a bootstrap over pages. In the last kind of world the second model is as much better
as that of the demo, and as many as possible should be proven.

Prints a table and, as its last line, one JSON object.
"""

import argparse
import json
from collections.abc import Callable, Hashable, Iterator

import numpy as np
from numpy.typing import NDArray

from core.evaluation.comparison import ComparedLine
from core.evaluation.significance import Interval, difference_interval
from core.versions import LineScore

PAGES = (1, 2, 3, 4, 5, 6, 10, 20)
CHARACTERS = 40
"""Characters of each line."""

ERRORS = 0.05
"""CER of either model where they are equally good."""

DRAWS = 500
"""Draws of a bootstrap, which is there for comparison only."""

Chance = np.random.Generator
Edits = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Wrong characters of both models in the lines of a page, (L,) each."""

World = Callable[[Chance, int], list[Edits]]
"""Draws so many pages."""


def pages_differ(chance: Chance, pages: int) -> list[Edits]:
    """Thirty lines a page; the models differ by about a hundredth on each page, by nothing over all pages."""
    return [_page(chance, 30, ERRORS, shift) for shift in chance.normal(0, 0.01, pages)]


def pages_of_unequal_length(chance: Chance, pages: int) -> list[Edits]:
    """Like ``pages_differ``, with 5 to 59 lines a page."""
    return [_page(chance, int(chance.integers(5, 60)), ERRORS, chance.normal(0, 0.01)) for _ in range(pages)]


def rare_bad_pages(chance: Chance, pages: int) -> list[Edits]:
    """The second model is a little better on most pages and much worse on a few."""
    return [_page(chance, 30, ERRORS, shift) for shift in chance.exponential(0.01, pages) - 0.01]


def only_lines_differ(chance: Chance, pages: int) -> list[Edits]:
    """All pages alike."""
    return [_page(chance, 30, ERRORS, 0.0) for _ in range(pages)]


def hardly_any_errors(chance: Chance, pages: int) -> list[Edits]:
    """Eight lines a page, one wrong character in 250: pages often agree by chance."""
    return [_page(chance, 8, 0.004, 0.0) for _ in range(pages)]


def much_better(chance: Chance, pages: int) -> list[Edits]:
    """From 7.5 to 1.6 % as in the demo, by two hundredths more or less on each page."""
    gains = chance.normal(0.059, 0.02, pages)
    return [_page(chance, 30, 0.0455, -gain) for gain in gains]


WORLDS: dict[str, World] = {
    "pages differ": pages_differ,
    "pages of unequal length": pages_of_unequal_length,
    "rare bad pages": rare_bad_pages,
    "only lines differ": only_lines_differ,
    "hardly any errors": hardly_any_errors,
    "much better": much_better,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--worlds", type=int, default=1000, help="of each kind and number of pages")
    options = parser.parse_args()
    print(f"| world | interval | {' | '.join(map(str, PAGES))} |\n|---|---|{'---|' * len(PAGES)}")
    rows = []
    for name, world in WORLDS.items():
        for way, interval in (("t", proven_by_t), ("bootstrap", proven_by_bootstrap)):
            shares = [_share(world, interval, pages, options.worlds) for pages in PAGES]
            rows.append({"world": name, "interval": way, "proven": dict(zip(PAGES, shares, strict=True))})
            print(f"| {name} | {way} | {' | '.join(f'{each:.1%}' for each in shares)} |", flush=True)
    print(json.dumps({"rows": rows}))


def worlds(world: World, pages: int, count: int, seed: int = 0) -> Iterator[Interval]:
    """The program's intervals in so many worlds of a kind."""
    chance = np.random.default_rng(seed)
    for _ in range(count):
        yield _interval(world(chance, pages))


def proven_by_t(_chance: Chance, drawn: list[Edits]) -> bool:
    """Whether the program's interval speaks for the second model; a single page never does."""
    found = _interval(drawn)
    return found.by_page and found.excludes_worse


def proven_by_bootstrap(chance: Chance, drawn: list[Edits]) -> bool:
    """Whether percentiles over pages (with one page, over its lines) speak for the second model."""
    if len(drawn) == 1:
        (before, after) = drawn[0]
        changes, lines = after - before, np.ones(len(before))
    else:
        changes = np.array([(after - before).sum() for before, after in drawn])
        lines = np.array([len(before) for before, _ in drawn])
    counts = chance.multinomial(len(changes), np.full(len(changes), 1 / len(changes)), size=DRAWS)
    return bool(np.quantile(counts @ changes / (counts @ lines), 0.975) < 0)


def _share(world: World, proven: Callable[..., bool], pages: int, count: int) -> float:
    chance = np.random.default_rng(pages)
    return sum(proven(chance, world(chance, pages)) for _ in range(count)) / count


def _page(chance: Chance, lines: int, errors: float, shift: float) -> Edits:
    """Wrong characters by line of a model with CER errors - shift / 2 and one with errors + shift / 2."""
    rates = (max(errors - shift / 2, 0.0), max(errors + shift / 2, 0.0))
    before, after = (chance.binomial(CHARACTERS, rate, lines) for rate in rates)
    return before, after


def _interval(drawn: list[Edits]) -> Interval:
    lines: list[ComparedLine] = []
    pages: dict[int, Hashable] = {}
    for page, counts in enumerate(drawn):
        for edits in np.stack(counts, axis=1):
            number = len(lines)
            scores = tuple(LineScore(number, "", "", int(each), CHARACTERS, None) for each in edits)
            lines.append(ComparedLine(number, "", scores))
            pages[number] = page
    found = difference_interval(lines, pages)
    assert found is not None
    return found


if __name__ == "__main__":
    main()
