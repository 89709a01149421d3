"""Commands under ``models PROJECT``."""

from pathlib import Path
from typing import Annotated, Any

import typer

from core.errors import NotRecommended
from core.files import legible
from core.recognition.foreign import KINDS
from core.storage.models import (
    delete_model,
    get_model,
    list_models,
    promote_model,
    promoted_model,
    roll_back,
    set_note,
)
from core.storage.project import open_project
from core.versions import ModelVersion
from core.workflow.exporting import export_model
from core.workflow.importing_models import import_model
from core.workflow.promoting import doubt_about
from workbench.cli.console import JsonOption, answer, percent, table
from workbench.cli.project import ProjectArgument

app = typer.Typer(help="List, show, promote, roll back, delete, annotate, export and import model versions.")
ModelArgument = Annotated[str, typer.Argument(metavar="MODEL")]


@app.callback()
def choose_project(context: typer.Context, project: ProjectArgument) -> None:
    """The project whose model versions are meant."""
    context.obj = project


def _as_json(model: ModelVersion) -> dict[str, Any]:
    return {
        "name": model.name,
        "parent": model.parent,
        "architecture": model.architecture,
        "promoted": model.promoted,
        "base": model.is_base,
        "charset_size": model.charset_size,
        "created_at": model.created_at.isoformat(),
        "sha256": model.sha256,
        "data": model.data,
        "scores": model.scores,
        "note": model.note,
    }


def _score(model: ModelVersion, name: str) -> str:
    return percent(model.scores[name]) if name in model.scores else "–"


@app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """All model versions, the base models first."""
    with open_project(context.obj, read_only=True) as project:
        versions = list_models(project)
    rows = [
        (
            ("* " if m.promoted else "  ") + m.name,
            m.parent or "",
            str(m.data.get("lines", "")),
            _score(m, "val_cer"),
            _score(m, "test_cer"),
            m.created_at.astimezone().strftime("%Y-%m-%d %H:%M"),
        )
        for m in versions
    ]
    answer(
        as_json,
        {"models": [_as_json(version) for version in versions]},
        table(("  model", "parent", "lines", "val CER", "test CER", "made"), rows),
    )


@app.command()
def show(context: typer.Context, model: ModelArgument, as_json: JsonOption = False) -> None:
    """All that is known of one version."""
    with open_project(context.obj, read_only=True) as project:
        values = _as_json(get_model(project, model))
    answer(as_json, values, *(f"{key}: {value}" for key, value in values.items()))


@app.command()
def promote(
    context: typer.Context,
    model: ModelArgument,
    anyway: Annotated[bool, typer.Option("--anyway", help="Even if it is not recommended.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Draft with this version from now on; one that is not proven better needs --anyway."""
    with open_project(context.obj) as project:
        if not anyway and (doubt := doubt_about(project, model)):
            raise NotRecommended(f"{doubt} To use {model} all the same, add --anyway.")
        promote_model(project, model)
    answer(as_json, {"promoted": model}, f"{model} makes the drafts from now on.")


@app.command()
def rollback(context: typer.Context, as_json: JsonOption = False) -> None:
    """Draft with the version that was promoted before."""
    with open_project(context.obj) as project:
        roll_back(project)
        now = promoted_model(project).name
    answer(as_json, {"promoted": now}, f"{now} makes the drafts again.")


@app.command()
def delete(context: typer.Context, model: ModelArgument, as_json: JsonOption = False) -> None:
    """Delete an unused version."""
    with open_project(context.obj) as project:
        delete_model(project, model)
    answer(as_json, {"deleted": model}, f"{model} is deleted.")


@app.command()
def note(
    context: typer.Context,
    model: ModelArgument,
    text: Annotated[str, typer.Argument(help="A remark; empty to take it away.")],
    as_json: JsonOption = False,
) -> None:
    """Keep a remark with a version."""
    with open_project(context.obj) as project:
        set_note(project, model, text)
    answer(as_json, {"model": model, "note": text}, f"Noted with {model}.")


@app.command()
def export(
    context: typer.Context,
    model: ModelArgument,
    file: Annotated[Path, typer.Argument(help="Ends in .safetensors (whole), .pth (state dict) or .onnx.")],
    as_json: JsonOption = False,
) -> None:
    """Write a version to a file of its own."""
    with open_project(context.obj, read_only=True) as project:
        export_model(project, model, file)
    answer(as_json, {"model": model, "file": legible(file)}, f"{model} is written to {legible(file)}.")


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Weights of another program, or an exported .safetensors.")],
    vocab: Annotated[Path | None, typer.Option(help="Its characters, one a line.")] = None,
    charset: Annotated[str | None, typer.Option(help="Its characters in one string.")] = None,
    config: Annotated[Path | None, typer.Option(help="Its own file of settings.")] = None,
    name: Annotated[str | None, typer.Option(help="Name of the new version.")] = None,
    kind: Annotated[str | None, typer.Option(help=f"One of {', '.join(KINDS)}; else recognised.")] = None,
    keep_ratio: Annotated[bool, typer.Option(help="Never stretch lines to one width.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Take in a model of another program (docs/MODELS.md says which)."""
    with open_project(context.obj) as project:
        model = import_model(
            project,
            file,
            name=name,
            charset=charset,
            vocab=vocab,
            config=config,
            kind=kind,
            keep_ratio=keep_ratio,
        )
    answer(
        as_json,
        _as_json(model),
        f"{model.name} is here: {model.data['imported']}; {model.charset_size} characters.",
    )
