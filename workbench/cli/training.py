"""Command ``train``."""

from pathlib import Path
from typing import Annotated

import typer

from core.storage.project import open_project
from core.training.config import PRESETS, load_config, preset
from core.workflow.finetuning import fine_tune
from workbench.cli.console import JsonOption, answer, long_work, percent
from workbench.cli.project import ProjectArgument


def train(
    project: ProjectArgument,
    base: Annotated[
        str | None, typer.Option(help="Model version to start from; default: the promoted one.")
    ] = None,
    config: Annotated[Path | None, typer.Option(help="YAML file with settings.")] = None,
    preset_name: Annotated[str, typer.Option("--preset", help=f"One of: {', '.join(PRESETS)}.")] = "default",
    minutes: Annotated[float | None, typer.Option(min=0.01, help="Train no longer than this.")] = None,
    max_lines: Annotated[int | None, typer.Option(min=1, help="Learn from at most so many lines.")] = None,
    seed: Annotated[int | None, typer.Option(help="For the same result again.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Fine-tune a model version on the corrected lines, and evaluate it before and after."""
