"""Command ``demo``."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from core.evaluation.comparison import Outcome
from core.workflow.demo import DemoReport, free_demo_folder, run_demo
from workbench.cli.console import JsonOption, answer, long_work, percent, table
from workbench.cli.project import has_screen


def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="A new folder; default: linewright-demo here.")
    ] = None,
    window: Annotated[bool, typer.Option("--window", help="Open the window on it afterwards.")] = False,
    as_json: JsonOption = False,
) -> None:
    """The whole job on sixteen bundled pages: import, draft, correct, fine-tune, compare."""
    target = folder or free_demo_folder(Path.cwd())
    with long_work("Demo") as (cancel, progress):
        report = run_demo(
            target,
            cancel=cancel,
            progress=progress,
            say=lambda step: print(f"{step} …", file=sys.stderr),
        )
    answer(as_json, _values(report), *_sentences(report))
    if window and has_screen():
        from workbench.app import run

        raise typer.Exit(run(target))


def _values(report: DemoReport) -> dict[str, object]:
    base, tuned = report.comparison.totals
    outcome = report.training.outcome
    return {
        "base": {"cer": base.cer},
        "tuned": {"cer": tuned.cer},
        "test_lines": tuned.lines,
        "lines_per_second": report.drafts.lines_per_second,
        "train_seconds": outcome.train_seconds,
        "cpu_seconds": outcome.cpu_seconds,
        "peak_rss_mib": outcome.peak_rss_mib,
        "project": str(report.project),
    }


def _sentences(report: DemoReport) -> list[str]:
    outcome, comparison = report.training.outcome, report.comparison
    rows = [
        (name, percent(totals.cer), percent(totals.accuracy_lcs), percent(totals.wer), str(totals.exact))
        for name, totals in zip(comparison.models, comparison.totals, strict=True)
    ]
    counts = {outcome.value: comparison.count(outcome) for outcome in Outcome}
    return [
        "",
        f"{len(comparison.lines)} lines on pages that no training saw:",
        table(("model", "CER", "accuracy", "WER", "exact"), rows),
        f"{counts['better']} lines better, {counts['worse']} worse, {counts['same']} the same.",
        f"Drafting {report.drafts.lines_per_second:.1f} lines/s; training {outcome.train_lines} lines in "
        f"{outcome.train_seconds / 60:.1f} minutes, at most {outcome.peak_rss_mib:.0f} MiB.",
        f"The project is in {report.project}.",
    ]
