"""A printable report of a comparison, or of the training that made a version: one file of HTML."""

import datetime as dt
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Template

from core.errors import KnownError
from core.storage.models import get_model
from core.storage.project import Project
from core.storage.runs import curve
from core.wording import say
from core.workflow.judging import Judgement
from core.workflow.report.figures import Figure, curves_figure, reliability_figure, scatter_figure
from core.workflow.report.samples import report_samples
from core.workflow.report.tables import model_tables, report_tables
from core.workflow.verdict import in_words
from core.workflow.version_facts import version_reliability
from resources import RESOURCES


def write_report(project: Project, judgement: Judgement, file: Path) -> None:
    """Write how the later version of a comparison reads; with curves if a training here made it.

    Raises:
        KnownError: If the file cannot be written.
    """
    page = _template().render(_contents(project, judgement))
    try:
        file.write_text(page, encoding="utf-8")
    except OSError as error:
        raise KnownError(
            say(
                "{file} cannot be written ({reason}). Choose another place.", file=file, reason=error.strerror
            )
        ) from error


def _template() -> Template:
    loader = FileSystemLoader(RESOURCES / "report")
    return Environment(loader=loader, autoescape=True, trim_blocks=True).get_template("report.html")


def _contents(project: Project, judgement: Judgement) -> dict[str, Any]:
    comparison = judgement.comparison
    verdict = in_words(judgement)
    return {
        "language": say("en"),
        "title": say("{after} beside {before}", after=comparison.models[-1], before=comparison.models[0]),
        "subtitle": say(
            "Project {project}, {date}",
            project=project.name,
            date=dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        ),
        "verdict": verdict.text,
        "reason": verdict.reason,
        "recommended": verdict.recommended,
        "tables": report_tables(project, judgement),
        "model_tables": model_tables(project, judgement),
        "plots_title": say("Plots"),
        "figures": _figures(project, judgement),
        "samples": report_samples(project, judgement),
    }


def _figures(project: Project, judgement: Judgement) -> list[Figure]:
    comparison = judgement.comparison
    version = get_model(project, comparison.models[-1])
    figures = [scatter_figure(comparison)]
    if "run" in version.data:
        figures += curves_figure(curve(project, version.data["run"]))
    if found := version_reliability(version):
        figures.append(reliability_figure(found))
    return figures
