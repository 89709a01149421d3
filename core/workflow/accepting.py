"""Accepting sure drafts unseen under a budget, and auditing a random part of them blind."""

from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from core.document import normalize_text
from core.errors import KnownError
from core.evaluation.bounds import bound_over_lines
from core.storage.acceptances import (
    Acceptance,
    AcceptedLine,
    accept_drafts,
    list_acceptances,
    read_since,
    reopen,
    save_audit,
    standing_lines,
)
from core.storage.changes import Change
from core.storage.project import Project
from core.wording import say
from core.workflow.queueing import Selection

BAD = 2.0
"""An audit is bad if the seen error rate is this many times what the drafts had promised."""


@dataclass(frozen=True, slots=True)
class AuditFigures:
    """What the audit of an acceptance says; rates are fractions (``nan``: nothing was audited yet).

    ``upper``: bound of the true character error rate, 95 % (``evaluation.bounds``). ``promised``: expected
    errors / characters of all accepted lines.
    """

    lines: int
    audited: int
    characters: int
    edits: int
    rate: float
    upper: float
    promised: float

    @property
    def bad(self) -> bool:
        """Whether the sample speaks against the acceptance."""
        return self.rate > BAD * self.promised  # nan is not, nor is 0 as long as errors are expected

    @property
    def good(self) -> bool:
        """Whether the sample is large enough to rule out that the acceptance is bad."""
        return self.upper <= BAD * self.promised


@dataclass(frozen=True, slots=True)
class Audit:
    """An acceptance with its figures; ``pending`` are the lines that an auditor is still to read."""

    acceptance: Acceptance
    figures: AuditFigures
    pending: tuple[int, ...]
    standing: int


def accept(project: Project, selection: Selection, budget: float) -> tuple[Acceptance, Change]:
    """Accept the drafts of a selection (``DoubtIndex.acceptable``).

    Raises:
        KnownError: If nothing fits.
    """
    if not selection.line_ids:
        raise KnownError(
            say(
                "No open line is sure enough for that. Allow a higher expected CER or a larger "
                "budget, or draft the lines with a better model."
            )
        )
    return accept_drafts(project, selection.line_ids, budget=budget, expected=selection.expected)


def audits(project: Project) -> list[Audit]:
    """All acceptances with what their audits found, newest first."""
    return [_audit(project, acceptance) for acceptance in list_acceptances(project)]


def _audit(project: Project, acceptance: Acceptance) -> Audit:
    acceptance = _with_read_lines(project, acceptance)
    standing = set(standing_lines(project, acceptance))
    pending = [
        line.line_id
        for line in acceptance.lines
        if line.audited and line.edits is None and line.line_id in standing
    ]
    return Audit(acceptance, figures(acceptance), tuple(pending), len(standing))


def _with_read_lines(project: Project, acceptance: Acceptance) -> Acceptance:
    """Lines of the sample that were corrected or reviewed in passing count as audited by what stands there.

    Without them the audit would be blind to just those lines that somebody found wrong.
    """
    found = read_since(project, acceptance)
    return replace(
        acceptance,
        lines=tuple(
            replace(line, edits=Levenshtein.distance(line.text, found[line.line_id]))
            if line.line_id in found
            else line
            for line in acceptance.lines
        ),
    )


def figures(acceptance: Acceptance) -> AuditFigures:
    """Sum up the lines that were audited."""
    seen = [line for line in acceptance.lines if line.edits is not None]
    wrong, sizes = [line.edits or 0 for line in seen], [len(line.text) for line in seen]
    edits, characters = sum(wrong), sum(sizes)
    promised = acceptance.expected / max(sum(len(line.text) for line in acceptance.lines), 1)
    return AuditFigures(
        lines=len(acceptance.lines),
        audited=len(seen),
        characters=characters,
        edits=edits,
        rate=edits / characters if characters else float("nan"),
        upper=bound_over_lines(wrong, sizes) if characters else float("nan"),
        promised=promised,
    )


def note_audit(project: Project, acceptance: Acceptance, line_id: int, text: str) -> Change:
    """Take what an auditor read in a line; the accepted text is compared with it.

    Raises:
        KnownError: If the line is none that is to be audited, or the text is empty.
    """
    line = _audited_line(acceptance, line_id)
    text = normalize_text(text)
    if not text:
        raise KnownError(say("An audited line needs its text; if nobody can read it, mark it in Transcribe."))
    return save_audit(project, acceptance.id, line_id, text, Levenshtein.distance(line.text, text))


def _audited_line(acceptance: Acceptance, line_id: int) -> AcceptedLine:
    for line in acceptance.lines:
        if line.line_id == line_id and line.audited:
            return line
    raise KnownError(
        say(
            "Line {line_id} is not among those of acceptance {acceptance} that are audited.",
            line_id=line_id,
            acceptance=acceptance.id,
        )
    )


def reopen_acceptance(project: Project, acceptance: Acceptance) -> Change:
    """Give all lines that still bear the accepted text back to the annotators; those read again stay."""
    seen = {line.line_id for line in acceptance.lines if line.edits is not None}
    standing = set(standing_lines(project, acceptance)) - seen
    return reopen(
        project,
        {line.line_id: line.text for line in acceptance.lines if line.line_id in standing},
    )
