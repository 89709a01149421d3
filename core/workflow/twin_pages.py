"""Pages that were scanned twice: a model has learned one, so the other is no test of it."""

from collections import Counter
from collections.abc import Iterable

LONG = 12
"""Characters from which on two lines hardly say the same by chance; headings and figures are shorter."""

MIN_LINES = 3
"""With fewer long lines, nothing is said of a page: forms and headings do repeat."""

MIN_SHARE = 0.5
"""Of a page's long lines that have to be known word for word."""


def twins_of(known: Iterable[str], lines: Iterable[tuple[int, str]]) -> frozenset[int]:
    """Pages that say the same as what is known.

    Pictures of single lines have too few lines to tell.

    Args:
        known: Texts of lines that were learned.
        lines: Page and text of each line in question.
    """
    texts = {text for text in known if len(text) >= LONG}
    long: Counter[int] = Counter()
    same: Counter[int] = Counter()
    for page, text in lines:
        if len(text) >= LONG:
            long[page] += 1
            same[page] += text in texts
    return frozenset(
        page for page, count in long.items() if count >= MIN_LINES and same[page] >= MIN_SHARE * count
    )
