"""Commands ``draft``, ``evaluate`` and ``compare``."""

from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from core.document import Split
from core.errors import KnownError
from core.evaluation.classes import ClassErrors
from core.evaluation.comparison import Outcome
from core.evaluation.table import write_csv
from core.imaging.normalize import Normalization
from core.storage.pages import find_pages
from core.storage.project import open_project
from core.wording import say
from core.workflow.drafting import draft_lines
from core.workflow.evaluating import compare_models, evaluate_model
from core.workflow.judging import chance_words, errors_by_class, judge
from core.workflow.report import write_report
from workbench.cli.console import JsonOption, answer, long_work, percent, skip_notes, skip_values, table
from workbench.cli.pages import PageOption
from workbench.cli.project import ProjectArgument

SplitOption = Annotated[Split, typer.Option(help="Which pages: train, val or test.")]


class NormalizeStep(StrEnum):
    """Steps of normalisation that one can switch on."""

    GREY = "grey"
    CONTRAST_STRETCH = "contrast_stretch"
    SIZE = "size"


class Only(StrEnum):
    """Which lines to draft."""

    OPEN = "open"
    ALL = "all"


def draft(
    project: ProjectArgument,
    model: Annotated[str | None, typer.Option(help="Model version; default: the promoted one.")] = None,
    only: Annotated[Only, typer.Option(help="Only lines that no human has finished, or all.")] = Only.ALL,
    page: PageOption = None,
    normalize: Annotated[
        list[NormalizeStep] | None,
        typer.Option(help="Step from crop to network, beside size; repeat for more. Default: the model's."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Let a model read the lines. Human text is never touched."""
    with open_project(project) as opened, long_work("Drafting") as (cancel, progress):
        report = draft_lines(
            opened,
            [p.id for p in find_pages(opened, page or [])],
            model=model,
            only_open=only is Only.OPEN,
            normalization=Normalization.of([step.value for step in normalize]) if normalize else None,
            cancel=cancel,
            progress=progress,
            background=False,
        )
    answer(
        as_json,
        {
            "model": report.model,
            "lines": report.lines,
            "seconds": report.seconds,
            "lines_per_second": report.lines_per_second,
            "skipped": skip_values(report.skipped),
        },
        f"{report.model} drafted {report.lines} lines in {report.seconds:.1f} s "
        f"({report.lines_per_second:.1f} lines/s).",
        *skip_notes(report.skipped, what="Lines"),
    )


def evaluate(
    project: ProjectArgument,
    model: Annotated[str, typer.Option(help="Model version.")],
    split: SplitOption = Split.TEST,
    as_json: JsonOption = False,
) -> None:
    """Score a model version on corrected lines."""
    with open_project(project) as opened, long_work("Evaluating") as (cancel, progress):
        report = evaluate_model(opened, model, split, cancel=cancel, progress=progress, background=False)
    scored = report.evaluation
    answer(
        as_json,
        {
            "model": scored.model,
            "split": scored.split,
            "lines": scored.lines,
            "characters": scored.characters,
            "cer": scored.cer,
            "accuracy_lcs": scored.accuracy_lcs,
            "wer": scored.wer,
            "exact": scored.exact,
            "lines_per_second": scored.lines_per_second,
            "skipped": skip_values(report.skipped),
        },
        f"{scored.model} on {scored.lines} {scored.split} lines: CER {percent(scored.cer)}, "
        f"accuracy {percent(scored.accuracy_lcs)}, WER {percent(scored.wer)}, "
        f"{scored.exact} lines exact, {scored.lines_per_second:.1f} lines/s.",
        *skip_notes(report.skipped, what="Lines"),
    )


def compare(
    project: ProjectArgument,
    a: Annotated[str, typer.Argument(metavar="A", help="Model version, usually the older.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Model version, usually the newer.")],
    split: SplitOption = Split.TEST,
    csv: Annotated[Path | None, typer.Option(help="Write one row per line to this file.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a printable report (HTML) to this file.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Compare two model versions on the very same lines."""
    if a == b:
        raise KnownError(say("Choose two different versions; {model} was named twice.", model=a))
    with open_project(project) as opened, long_work("Comparing") as (cancel, progress):
        comparison = compare_models(opened, [a, b], split, cancel=cancel, progress=progress, background=False)
        judgement = judge(opened, comparison, split)
        if report is not None:
            write_report(opened, judgement, report)
        if judgement.comparison.lines:  # the lines that count
            comparison = judgement.comparison
        classes = errors_by_class(opened, comparison)
    if csv is not None:
        write_csv(comparison, csv)
    counts = {outcome.value: comparison.count(outcome) for outcome in Outcome}
    total_a, total_b = comparison.totals
    rows = [
        (name, percent(t.cer), percent(t.accuracy_lcs), percent(t.wer), f"{t.exact} of {t.lines}")
        for name, t in zip(comparison.models, comparison.totals, strict=True)
    ]
    answer(
        as_json,
        {
            "lines": len(comparison.lines),
            "left_out": judgement.left_out,
            "cer_a": total_a.cer,
            "cer_b": total_b.cer,
            **counts,
            "interval": asdict(judgement.interval) if judgement.interval else None,
            "sign_test": judgement.chance,
            "classes": [asdict(each) for each in classes],
            "legacy": asdict(judgement.legacy) if judgement.legacy else None,
            "recommended": judgement.decision.recommended,
            "reason": judgement.decision.reason,
        },
        table(("model", "CER", "accuracy", "WER", "lines exact"), rows),
        f"{b} is better on {counts['better']} lines, worse on {counts['worse']}, same on {counts['same']}. "
        f"{chance_words(judgement.chance)} (Sign test: p = {judgement.chance:.2g}.)",
        *_classes(classes, comparison.models),
        judgement.decision.reason,
    )


def _classes(classes: Sequence[ClassErrors], models: Sequence[str]) -> list[str]:
    """Errors by class of character, a line each."""
    rows = [
        (
            str(each.kind),
            str(each.characters),
            *(each.told(place) for place in (0, 1)),
        )
        for each in classes
    ]
    return [table(("class", "characters", *models[:2]), rows)]
