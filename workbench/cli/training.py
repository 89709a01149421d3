"""Commands ``readiness`` and ``train``."""

import shlex
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from core.document import Split
from core.errors import KnownError
from core.storage.project import Project, open_project
from core.storage.runs import list_runs, resumable_run
from core.storage.unfinished_runs import prepared_file
from core.training.config import PRESETS, ConfigFile, FineTuneConfig, preset, read_config_file, with_settings
from core.versions import RunState, TrainingRun
from core.workflow.finetuning import FineTuneReport, fine_tune, prepare_fine_tuning, resume_fine_tuning
from core.workflow.pace import measure_pace
from core.workflow.readiness import readiness
from workbench.cli.console import JsonOption, answer, long_work, percent
from workbench.cli.project import ProjectArgument


def train(
    project: ProjectArgument,
    base: Annotated[str | None, typer.Option(help="Model version to start from; default: promoted.")] = None,
    config: Annotated[Path | None, typer.Option(help="YAML file with settings.")] = None,
    preset_name: Annotated[
        str | None, typer.Option("--preset", help=f"One of: {', '.join(PRESETS)}.")
    ] = None,
    minutes: Annotated[float | None, typer.Option(min=0.01, help="Train no longer than this.")] = None,
    max_lines: Annotated[int | None, typer.Option(min=1, help="Learn from at most so many lines.")] = None,
    folds: Annotated[
        int | None, typer.Option(help="3 or 5: so many networks, each without a part of the lines, vote.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="For the same result again.")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the last run that was stopped.")
    ] = False,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Only write what torchrun needs; then --resume.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Fine-tune a model version on the corrected lines, and score it beside its base."""
    options = {"max_minutes": minutes, "max_lines": max_lines, "folds": folds, "seed": seed}
    given = (base, config, preset_name, prepare or None, *options.values())
    if resume and any(each is not None for each in given):
        raise KnownError(
            "A training that is resumed goes on with the settings it was started with. Leave the other "
            "options out, or start a new training without --resume."
        )
    settings, config_base, notes = _settings(config, preset_name, options)
    for note in notes:
        print(note, file=sys.stderr)
    if prepare:
        _prepare(project, settings, base or config_base, as_json)
        return
    with open_project(project) as opened:
        report = _resumed(opened) if resume else _trained(opened, settings, base or config_base)
    answer(as_json, as_values(report), *_sentences(report))


def _trained(project: Project, settings: FineTuneConfig, base: str | None) -> FineTuneReport:
    with long_work("Training") as (cancel, progress):
        return fine_tune(project, settings, base=base, cancel=cancel, progress=progress, background=False)


def _resumed(project: Project) -> FineTuneReport:
    run = resumable_run(project)
    if run is None:
        raise KnownError(_nothing_to_resume(project))
    with long_work("Training") as (cancel, progress):
        return resume_fine_tuning(project, run.id, cancel=cancel, progress=progress, background=False)


def _nothing_to_resume(project: Project) -> str:
    newest = next(iter(list_runs(project)), None)
    if newest is None or newest.state is not RunState.INTERRUPTED:
        return f"{project.name} has no training to resume; start one without --resume."
    if prepared_file(project.folder, newest.folder).exists():
        return (
            f"Run {newest.id} of {project.name} was prepared and has not learned anything yet. Train it with "
            f"“{_torchrun(project, newest)}” and come back."
        )
    return (
        f"Run {newest.id} of {project.name} ended before it learned anything that one could go on from; "
        "start a new training without --resume."
    )


def _torchrun(project: Project, run: TrainingRun) -> str:
    folder = shlex.quote(str(project.folder / run.folder))
    return f"torchrun --nproc-per-node 2 -m core.training.distributed {folder}"


def _prepare(folder: Path, settings: FineTuneConfig, base: str | None, as_json: bool) -> None:
    """Write what torchrun needs, and say how to go on."""
    with open_project(folder) as project:
        run = prepare_fine_tuning(project, settings, base=base)
        command = _torchrun(project, run)
    take_in = f"linewright train {shlex.quote(str(folder))} --resume"
    answer(
        as_json,
        {"folder": str(project.folder / run.folder), "command": command},
        f"Prepared. Train with “{command}”, then take it in with “{take_in}”.",
    )


def readiness_(
    project: ProjectArgument,
    base: Annotated[str | None, typer.Option(help="Model version to start from; default: promoted.")] = None,
    measure: Annotated[bool, typer.Option(help="Measure how long it would take here.")] = True,
    as_json: JsonOption = False,
) -> None:
    """What a training would learn from, whether that is enough, and how long it would take."""
    config = preset("default")
    with open_project(project, read_only=True) as opened, long_work("Measuring") as (cancel, _progress):
        pace = measure_pace(opened, config, base=base, cancel=cancel, background=False) if measure else None
        ready = readiness(opened, config, base, pace)
    lines = {str(split): sum(page.lines for page in ready.of_split(split)) for split in Split}
    undecided = sum(page.lines for page in ready.of_split(None))
    new = " ".join(ready.new or ()) or "none"
    answer(
        as_json,
        {
            "grade": ready.word,
            "reason": ready.reason,
            "lines": {**lines, "undecided": undecided},
            "characters": ready.characters,
            "new_characters": ready.new,
            "thin": dict(ready.thin),
            "minutes": ready.minutes,
        },
        f"{ready.word}: {ready.reason}",
        f"{lines['train']} lines to learn from, {lines['val']} to check on, {lines['test']} to test on, "
        f"{undecided} undecided; {ready.characters} different characters, new to the base: {new}.",
        *([f"About {ready.minutes:.1f} minutes on this machine."] if ready.minutes is not None else []),
    )


def _settings(
    file: Path | None, name: str | None, options: Mapping[str, float | None]
) -> tuple[FineTuneConfig, str | None, tuple[str, ...]]:
    """The file's settings, or the preset's, with the options on top; the file's base and remarks."""
    if file is not None and name is not None:
        raise KnownError("Give either --config or --preset; a config file can name its preset itself.")
    read = read_config_file(file) if file is not None else ConfigFile(preset(name or "default"))
    given = {key: value for key, value in options.items() if value is not None}
    return with_settings(read.config, given), read.base, read.notes


def as_values(report: FineTuneReport) -> dict[str, Any]:
    """What ``--json`` tells of a training."""
    outcome = report.outcome
    return {
        "model": report.model.name,
        "base": report.base,
        "lines": outcome.train_lines,
        "steps": outcome.steps,
        "train_seconds": outcome.train_seconds,
        "cpu_seconds": outcome.cpu_seconds,
        "peak_rss_mib": outcome.peak_rss_mib,
        "val_cer_before": outcome.val_cer_before,
        "val_cer_after": outcome.val_cer_after,
        "test_cer_before": outcome.test_cer_before,
        "test_cer_after": outcome.test_cer_after,
    }


def _sentences(report: FineTuneReport) -> list[str]:
    outcome = report.outcome
    pairs = {
        "Validation": (outcome.val_cer_before, outcome.val_cer_after),
        "Test": (outcome.test_cer_before, outcome.test_cer_after),
    }
    return [
        f"{report.model.name} learned from {outcome.train_lines} lines "
        f"in {outcome.train_seconds / 60:.1f} min.",
        *(
            f"{name}: CER {percent(before)} before, {percent(after)} after."
            for name, (before, after) in pairs.items()
            if before is not None and after is not None
        ),
    ]
