"""Commands ``queue`` and ``accept``."""

import dataclasses
import math
from typing import Annotated

import typer

from core.storage.project import Project, open_project
from core.workflow.accepting import accept, audits
from core.workflow.queueing import DoubtIndex, Order
from core.workflow.sureness import evidence
from workbench.cli.console import JsonOption, answer, long_work, percent, table
from workbench.cli.project import ProjectArgument


def queue(
    project: ProjectArgument,
    order: Annotated[
        Order, typer.Option(help="Most expected errors, page by page, or what a model learns most from.")
    ] = Order.ERRORS,
    count: Annotated[int, typer.Option(min=1, help="Lines to list.")] = 20,
    as_json: JsonOption = False,
) -> None:
    """List the open lines of the whole project that want a human most."""
    with open_project(project, read_only=True) as opened:
        index = _index(opened)
        lines = index.lines(order, count=count)
    rows = [
        (str(line.line_id), str(line.page_number), str(line.order + 1), _expected(line.expected), line.text)
        for line in lines
    ]
    answer(
        as_json,
        {"open": len(index), "order": order, "lines": [dataclasses.asdict(line) for line in lines]},
        table(("line", "page", "no.", "expected errors", "draft"), rows),
        f"{len(index)} lines are open.",
    )


def accept_(
    project: ProjectArgument,
    budget: Annotated[float, typer.Option(min=0.0, help="Wrong characters expected in all of them.")],
    below: Annotated[float, typer.Option(min=0.0, max=1.0, help="Expected CER of a line, 0-1.")] = 0.005,
    as_json: JsonOption = False,
) -> None:
    """Accept sure drafts as they are; a part of them, chosen at random, is to be audited in the window."""
    with open_project(project) as opened:
        index = _index(opened)
        selection = index.acceptable(below, budget)
        acceptance, _ = accept(opened, selection, budget)
        audit = next(audit for audit in audits(opened) if audit.acceptance.id == acceptance.id)
    answer(
        as_json,
        {
            "acceptance": acceptance.id,
            "lines": len(acceptance.lines),
            "characters": selection.characters,
            "expected_errors": acceptance.expected,
            "to_audit": list(audit.pending),
        },
        f"{len(acceptance.lines)} lines are accepted; {acceptance.expected:.1f} wrong characters "
        f"are expected among {selection.characters} ({percent(audit.figures.promised)}).",
        evidence(index.usual_law),
        f"{len(audit.pending)} of them wait for their audit under Review in the window.",
    )


def _expected(errors: float) -> str:
    """Wrong characters to expect; of a line without a draft nothing is known."""
    return "–" if math.isnan(errors) else f"{errors:.2f}"


def _index(project: Project) -> DoubtIndex:
    with long_work("Reading drafts") as (cancel, progress):
        return DoubtIndex.build(project, cancel=cancel, progress=progress)
