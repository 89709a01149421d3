"""Taking a model of another project, or of another project folder, into this one."""

import re
from pathlib import Path
from typing import Any

from core.errors import KnownError
from core.files import shortened
from core.jobs import CancelToken
from core.recognition.foreign import KINDS
from core.storage.models import NAME_ROOM, NewModel, add_model, list_models
from core.storage.project import Project
from core.versions import ModelVersion
from core.wording import say
from core.worker.process import run_worker

_NAME = re.compile(r"\w[\w.-]*")


def import_model(
    project: Project,
    file: Path,
    *,
    name: str | None = None,
    charset: str | None = None,
    vocab: Path | None = None,
    config: Path | None = None,
    kind: str | None = None,
    keep_ratio: bool = False,
    cancel: CancelToken | None = None,
) -> ModelVersion:
    """Convert a model in a worker process and register it as a version without a parent.

    Args:
        project: The open project.
        file: Weights of another project, or a ``.safetensors`` file that Linewright exported.
        name: Of the new version; else it is made of the file's.
        charset: The characters in the order of the classes, without the blank.
        vocab: A file of them.
        config: The other project's own file of settings.
        kind: One of ``core.recognition.foreign.KINDS``; else it is recognised.
        keep_ratio: Keep the ratio of lines where the source stretched words to one width.
        cancel: Stops the conversion.

    Raises:
        ReadOnlyProject: If the project was opened read-only.
        KnownError: If the name is taken or unfit, the kind unknown, or something in the file does not fit.
        Cancelled: On request.
    """
    project.check_writable()
    _check_kind(kind)
    name = checked_name(project, name) if name else free_name(project, file)
    target = project.models / f"{name}.safetensors"
    request = {
        "kind": "import-model",
        "file": str(file.absolute()),
        "target": str(target),
        "charset": charset,
        "vocab": str(vocab.absolute()) if vocab else None,
        "config": str(config.absolute()) if config else None,
        "source": kind,
        "keep_ratio": keep_ratio,
    }
    try:
        *_, made = run_worker(request, cancel or CancelToken(), background=False)
        return add_model(project, _new_model(name, target, made))
    except BaseException:
        target.unlink(missing_ok=True)  # a file without its row would only block the name
        raise


def _check_kind(kind: str | None) -> None:
    if kind is not None and kind not in KINDS:
        raise KnownError(
            say("There is no kind of model “{kind}”; there are {names}.", kind=kind, names=", ".join(KINDS))
        )


def _new_model(name: str, file: Path, made: dict[str, Any]) -> NewModel:
    return NewModel(
        name=name,
        parent=None,
        architecture=made["architecture"],
        file=f"models/{file.name}",
        sha256=made["sha256"],
        charset_size=made["charset_size"],
        config={},
        data={"imported": made["source"], "dropped": made["dropped"]},
        scores={},
    )


def _is_version(project: Project, name: str) -> bool:
    return name in {version.name for version in list_models(project)}


def _file_exists(project: Project, name: str) -> bool:
    return (project.models / f"{name}.safetensors").exists()


def checked_name(project: Project, name: str) -> str:
    """The name, if a new version may be called so.

    Raises:
        KnownError: If it holds characters that it may not, or is taken.
    """
    if not _NAME.fullmatch(name):
        raise KnownError(
            say("“{name}” cannot name a model: use letters, digits, “.”, “-” and “_”.", name=name)
        )
    if shortened(name, NAME_ROOM) != name:
        raise KnownError(say("“{name}” is too long for the name of a file. Choose a shorter one.", name=name))
    if _is_version(project, name):
        raise KnownError(
            say("There is a model “{name}” in this project already. Choose another name.", name=name)
        )
    if _file_exists(project, name):  # left by a killed process, or of a version that a copy does not know
        raise KnownError(
            say(
                "{folder} holds a file {name}.safetensors that belongs to no version here. Choose another "
                "name, or move that file away.",
                folder=project.models,
                name=name,
            )
        )
    return name


def free_name(project: Project, file: Path) -> str:
    """What a version is called if nobody says; made of the file's name."""
    stem = shortened(re.sub(r"[^\w.-]+", "-", file.stem).strip("-._").lower(), NAME_ROOM) or "imported"
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 10_000))
    return next(name for name in names if not _is_version(project, name) and not _file_exists(project, name))
