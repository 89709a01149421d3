"""Command ``forecast``."""

from dataclasses import asdict
from typing import Annotated

import typer

from core.document import Split
from core.storage.project import open_project
from core.training.config import preset, with_settings
from core.workflow.forecasting import Forecast, forecast, origin
from core.workflow.measuring_subsets import MINUTES, measure_subsets
from workbench.cli.console import JsonOption, answer, long_work, percent
from workbench.cli.project import ProjectArgument


def forecast_(
    project: ProjectArgument,
    base: Annotated[str | None, typer.Option(help="Model version to start from; default: promoted.")] = None,
    measure: Annotated[
        bool, typer.Option("--measure", help="First train shortly on a quarter and a half of the lines.")
    ] = False,
    minutes: Annotated[
        float, typer.Option(min=0.01, max=MINUTES, help="So long may each short training take.")
    ] = MINUTES,
    as_json: JsonOption = False,
) -> None:
    """What more corrected lines are likely to bring, and which pages to correct next."""
    with open_project(project, read_only=not measure) as opened, long_work("Measuring") as (cancel, progress):
        if measure:
            config = with_settings(preset("default"), {"max_minutes": minutes})
            start = origin(opened, base)
            measure_subsets(opened, start, config, cancel=cancel, progress=progress, background=False)
        found = forecast(opened, base, cancel=cancel)
    answer(as_json, asdict(found), *_sentences(found))


def _sentences(found: Forecast) -> list[str]:
    told = []
    if found.ahead:
        now, *more = found.ahead
        told.append(
            f"Now, with {now.lines} lines to learn from: CER {percent(now.cer)} "
            f"({percent(now.low)} to {percent(now.high)}) on {found.split} pages, "
            f"from {len(found.points)} trainings of {found.root}."
        )
        if found.split is not Split.TEST:
            told.append("There is no test page: on the pages that it was chosen by, a model looks too good.")
        told += [
            f"{each.lines - now.lines} more lines: about {percent(each.cer)} "
            f"({percent(each.low)} to {percent(each.high)}, with 80 % probability)."
            for each in more
        ]
    else:
        told.append("Not yet: a forecast needs one training that is not cut short, or “--measure”.")
    if found.pages:
        names = "; ".join(
            f"page {page.number}, {page.name} ({page.lines} open lines)" for page in found.pages
        )
        told.append(f"Correct next: {names}.")
    return told
