"""A look at the characters of the corrected lines before a model learns from them.

Which ones the base does not know, which are probably meant as another one, and what becomes of the lines.
Human text changes only when somebody takes a ``Normalisation``: one act, one undo step.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from core.characters.look_alikes import foreign_letters
from core.characters.near_duplicates import NearDuplicate, Nearness, near_duplicates
from core.document import Split, normalize_text
from core.errors import KnownError
from core.jobs import CancelToken
from core.storage.models import get_model, promoted_model
from core.storage.pages import list_pages
from core.storage.project import Project
from core.storage.rewriting import Rewrite, RewriteReport, rewrite_lines
from core.storage.second_opinions import Label, labels
from core.wording import say
from core.workflow.characters import model_charset

EXAMPLES = 5
"""Lines shown for a character."""

CAUSE = "normalise"
"""What the history of a line says of it."""


@dataclass(frozen=True, slots=True)
class Normalisation:
    """Write ``right`` for ``wrong``; ``within_words``: only where the word is in the script of ``right``."""

    wrong: str
    right: str
    within_words: bool = False

    def places(self, text: str) -> list[int]:
        """Where ``wrong`` stands and is to go."""
        if self.within_words:
            return [
                at for at, likely in foreign_letters(text) if (text[at], likely) == (self.wrong, self.right)
            ]
        found, at = [], text.find(self.wrong)
        while at >= 0:
            found.append(at)
            at = text.find(self.wrong, at + len(self.wrong))
        return found

    def apply(self, text: str) -> str:
        """The text as it is to be."""
        for at in reversed(self.places(text)):
            text = text[:at] + self.right + text[at + len(self.wrong) :]
        return normalize_text(text)


@dataclass(frozen=True, slots=True)
class UnknownCharacter:
    """A character that the base does not know; ``learned``: how many of them it may learn from."""

    char: str
    count: int
    learned: int
    examples: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class NearPair:
    """A character that is probably meant as another one, and the lines that would change."""

    why: Nearness
    rule: Normalisation
    count: int
    usual_count: int
    lines: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class Preflight:
    """The characters of the corrected lines beside those of a base.

    ``unknown`` is ``None`` as long as the base's file is not there (before its first use). ``left_out``:
    lines that could not be learned if the model kept the base's characters (policy *keep*).
    """

    base: str
    lines: int
    unknown: tuple[UnknownCharacter, ...] | None
    pairs: tuple[NearPair, ...]
    left_out: tuple[Label, ...]


def preflight(project: Project, base: str | None = None, *, cancel: CancelToken | None = None) -> Preflight:
    """Look at all corrected lines.

    Args:
        project: The open project.
        base: Model version that a training would start from; the promoted one by default.
        cancel: Stops the work.

    Raises:
        UnknownModel: If there is no such base.
        Cancelled: On request.
    """
    version = get_model(project, base) if base else promoted_model(project)
    charset = model_charset(project, version)
    known = frozenset(charset.characters) if charset else frozenset()
    lines = labels(project)
    test = {page.id for page in list_pages(project) if page.split is Split.TEST}
    unknown = _unknown(lines, known, test) if charset else None
    strange = {each.char for each in unknown or ()}
    return Preflight(
        base=version.name,
        lines=len(lines),
        unknown=unknown,
        pairs=tuple(_pairs(lines, known, cancel or CancelToken())),
        left_out=tuple(
            line for line in lines if line.page_id not in test and not strange.isdisjoint(line.text)
        ),
    )


def _unknown(
    lines: Sequence[Label], known: Collection[str], test: Collection[int]
) -> tuple[UnknownCharacter, ...]:
    """The commonest first."""
    counts: Counter[str] = Counter()
    learned: Counter[str] = Counter()
    for line in lines:
        counts.update(line.text)
        if line.page_id not in test:
            learned.update(line.text)
    return tuple(
        UnknownCharacter(char, count, learned[char], tuple(islice(_having(char, lines), EXAMPLES)))
        for char, count in counts.most_common()
        if char not in known and not char.isspace()
    )


def _having(char: str, lines: Sequence[Label]) -> Iterator[Label]:
    return (line for line in lines if char in line.text)


def _pairs(lines: Sequence[Label], known: Collection[str], cancel: CancelToken) -> Iterator[NearPair]:
    for pair in near_duplicates(((line.line_id, line.text) for line in lines), known):
        cancel.raise_if_cancelled()
        rule = rule_of(pair)
        changed = tuple(line for line in _having(rule.wrong, lines) if rule.places(line.text))
        if changed:
            count = sum(len(rule.places(line.text)) for line in changed)
            yield NearPair(pair.why, rule, count, pair.usual_count, changed)


def rule_of(pair: NearDuplicate) -> Normalisation:
    """What puts a pair right. A letter of a quotation in its own script is no mistake, and stays."""
    return Normalisation(pair.rare, pair.usual, within_words=pair.why is Nearness.LOOK_ALIKE)


def rewrites_of(project: Project, rule: Normalisation) -> list[Rewrite]:
    """The corrected lines that a normalisation changes, before and after: its preview."""
    return [
        Rewrite(line.line_id, line.text, after, CAUSE)
        for line in _having(rule.wrong, labels(project))
        if (after := rule.apply(line.text)) != line.text
    ]


def normalise(project: Project, rule: Normalisation) -> RewriteReport:
    """Carry a normalisation out in all corrected lines, which keep their state; one undo step.

    Raises:
        KnownError: If there is nothing to look for, or nothing would change.
    """
    if not rule.wrong or rule.wrong == rule.right:
        raise KnownError(say("A normalisation puts something else in the place of a character."))
    return rewrite_lines(project, rewrites_of(project, rule))
