"""The tables of a report."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.document import Split
from core.evaluation.comparison import Comparison, Outcome
from core.evaluation.confusion import confusions
from core.storage.models import get_model
from core.storage.project import Project
from core.wording import say
from core.workflow.judging import Judgement, chance_words, errors_by_class
from core.workflow.version_facts import version_facts

CONFUSIONS = 15


@dataclass(frozen=True, slots=True)
class Table:
    """The first column is text, the others numbers."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""


def report_tables(project: Project, judgement: Judgement) -> list[Table]:
    """Totals, errors by class, confusions."""
    return [_totals(judgement), _classes(project, judgement.comparison), _confusions(judgement)]


def percent(share: float) -> str:
    """A share (0-1) in words."""
    return f"{100 * share:.2f} %"


def _totals(judgement: Judgement) -> Table:
    comparison, interval = judgement.comparison, judgement.interval
    rows = [
        (name, percent(t.cer), percent(t.accuracy_lcs), percent(t.wer), f"{t.exact} / {t.lines}")
        for name, t in zip(comparison.models, comparison.totals, strict=True)
    ]
    counts = say(
        "{better} lines better, {worse} worse, {same} the same. {chance} (Sign test: p = {p:.2g}.)",
        better=comparison.count(Outcome.BETTER),
        worse=comparison.count(Outcome.WORSE),
        same=comparison.count(Outcome.SAME),
        chance=chance_words(judgement.chance),
        p=judgement.chance,
    )
    notes: list[str] = [counts]
    if interval is not None:
        units = (
            say("by how {count} pages differ", count=interval.units)
            if interval.by_page
            else say("by how lines of a single page differ")
        )
        notes.append(
            say(
                "CER changes by {difference:+.2f} percentage points (below 0 is better), 95 % interval "
                "{low:+.2f} to {high:+.2f} ({units}).",
                difference=100 * interval.difference,
                low=100 * interval.low,
                high=100 * interval.high,
                units=units,
            )
        )
    return Table(
        _split_title(judgement),
        ("", "CER", say("accuracy"), "WER", say("lines exact")),
        rows,
        " ".join(notes),
    )


def _split_title(judgement: Judgement) -> str:
    if judgement.split is Split.TEST:
        return say("On the test pages")
    if judgement.split is Split.TRAIN:
        return say("On the training pages")
    return say("On the validation pages")


def _classes(project: Project, comparison: Comparison) -> Table:
    rows = [
        (
            say(each.kind),
            str(each.characters),
            *(_share(each.edits[place], each.characters) for place in (0, 1)),
        )
        for each in errors_by_class(project, comparison)
    ]
    models = comparison.models
    return Table(
        say("Errors by class of character"),
        ("", say("characters"), models[0], models[-1]),
        rows,
        say("Lost, replaced and added characters; rare ones are counted in their class too."),
    )


def _confusions(judgement: Judgement) -> Table:
    lines = judgement.comparison.lines
    before, after = (
        {(c.truth, c.read): c.count for c in confusions(line.scores[place] for line in lines)}
        for place in (0, -1)
    )
    frequent = sorted(before | after, key=lambda pair: -max(before.get(pair, 0), after.get(pair, 0)))
    models = judgement.comparison.models
    return Table(
        say("Confusions"),
        (say("true → read"), models[0], models[-1]),
        [
            (
                f"{_shown(truth)} → {_shown(read)}",
                str(before.get((truth, read), 0)),
                str(after.get((truth, read), 0)),
            )
            for truth, read in frequent[:CONFUSIONS]
        ],
    )


def _shown(text: str) -> str:
    """A character so that it can be seen: nothing and spaces have signs."""
    return text.replace(" ", "␣") or "∅"


def model_tables(project: Project, judgement: Judgement) -> list[Table]:
    """The later version: what it learned from and how, and its licence."""
    version = get_model(project, judgement.comparison.models[-1])
    facts = [*version_facts(version), ("SHA-256", version.sha256)]
    settings = [(name, str(value)) for name, value in version.config.items()]
    return [
        Table(say("The version"), ("", ""), facts),
        *([Table(say("Settings"), ("", ""), settings)] if settings else []),
    ]


def _share(part: int, whole: int) -> str:
    return f"{part} ({percent(part / whole)})" if whole else str(part)
