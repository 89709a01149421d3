"""Holding the project's lines against its field rules, and mending drafts by them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from core.errors import BadRule
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.rules.rule import FieldRule, check_text, repair_text
from core.rules.violation import Violation
from core.storage.changes import Change
from core.storage.field_rules import RuledLine, enabled_rules, ruled_lines
from core.storage.layout_edits import line_count
from core.storage.project import Project
from core.storage.rewriting import Rewrite, rewrite_lines
from core.wording import say

REPORT_EVERY = 500


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line that breaks rules."""

    line: RuledLine
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True)
class RepairReport:
    """Lines whose draft was mended, by rule; ``left_out`` were changed by somebody meanwhile."""

    lines: tuple[int, ...]
    by_rule: dict[str, int]
    left_out: tuple[int, ...]
    change: Change


def check_project(
    project: Project,
    *,
    cancel: CancelToken | None = None,
    progress: ProgressSink = no_progress,
) -> Iterator[BrokenLine]:
    """All lines that break a rule, in reading order, as they are found."""
    rules = enabled_rules(project)
    for line in _looked_at(project, rules, cancel or CancelToken(), progress):
        if violations := check_text(rules, line.place, line.text):
            yield BrokenLine(line, violations)


def repair_drafts(
    project: Project,
    names: Collection[str] = (),
    *,
    cancel: CancelToken | None = None,
    progress: ProgressSink = no_progress,
) -> RepairReport:
    """Mend drafts that no human has touched, by the rules in force; one undo step.

    A mended draft becomes an open text with the rules in its history, so that a human sees what was done;
    the draft itself stays as it was read.

    Args:
        project: The open project.
        names: Only these rules; all by default.
        cancel: Stops the work; nothing has been written then.
        progress: Is told how far the work is.

    Raises:
        BadRule: If there is no such rule in force.
    """
    rules = enabled_rules(project)
    if unknown := set(names) - {rule.name for rule in rules}:
        raise BadRule(
            say(
                "No rule in force is called “{value}”; list the rules to see their names.", value=min(unknown)
            )
        )
    rules = [rule for rule in rules if not names or rule.name in names]
    rewrites, makers = [], {}
    for line in _looked_at(project, rules, cancel or CancelToken(), progress):
        if line.state is None:
            text, by = repair_text(rules, line.place, line.text)
            if by and text != line.text:
                rewrites.append(Rewrite(line.line_id, line.text, text, f"rule: {', '.join(by)}"))
                makers[line.line_id] = by
    report = rewrite_lines(project, rewrites, only_drafts=True) if rewrites else None
    if report is None:
        return RepairReport((), {}, (), Change())
    by_rule = {
        rule.name: count
        for rule in rules
        if (count := sum(rule.name in makers[line_id] for line_id in report.lines))
    }
    return RepairReport(report.lines, by_rule, report.left_out, report.change)


def _looked_at(
    project: Project, rules: list[FieldRule], cancel: CancelToken, progress: ProgressSink
) -> Iterator[RuledLine]:
    if not rules:
        return
    total = line_count(project)
    outlines = any(rule.scope.region for rule in rules)
    for number, line in enumerate(ruled_lines(project, outlines=outlines)):
        if number % REPORT_EVERY == 0:
            cancel.raise_if_cancelled()
            progress(Progress(number, total, say("page {page}", page=line.place.page)))
        yield line
