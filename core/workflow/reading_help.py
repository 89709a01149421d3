"""The reading help of a project: learned in a worker from what people corrected, kept beside the models."""

import base64
from collections.abc import Sequence
from pathlib import Path

from core.decoding.help import ReadingHelp
from core.decoding.learning import CHECKED, FEWEST
from core.document import Split
from core.jobs import CancelToken
from core.storage.drafts import DraftedTruth, drafted_truth, truth_without_output
from core.storage.lines import images_of, truth_text
from core.storage.models import get_model
from core.storage.project import Project
from core.worker.process import run_worker
from core.workflow.drafting import draft_images
from core.workflow.line_finding import ChangeSink, ignore_change

MOST = 1500
"""Newest corrected lines that mistakes are learned from: more teach nothing new."""

LOOKED_AT = 100
"""So many corrected lines are read for a model that has drafted fewer of them, as one that was just made."""

_TAUGHT, _CHECKED_ON = (Split.TRAIN, None), (Split.VAL,)


def help_folder(project: Project, model: str) -> Path:
    """Where the help for a model version's drafts lies."""
    return project.folder / "reading-help" / model


def load_help(project: Project, model: str) -> ReadingHelp | None:
    """The help for a model version's drafts, if one was learned and is of use."""
    found = ReadingHelp.load(help_folder(project, model))
    return found if found and found.useful else None


def learn_reading_help(
    project: Project,
    model: str,
    *,
    cancel: CancelToken,
    changed: ChangeSink = ignore_change,
    background: bool = True,
) -> ReadingHelp | None:
    """Learn from corrected lines as ``model`` reads them. Test pages stay out of it.

    Lines that it has not drafted are read first, if there are few that it has: a version that was just made
    would have to wait for a help until people had corrected its own drafts, on validation pages too.

    Returns:
        The help, or ``None`` if there are too few lines or nothing helps.

    Raises:
        Cancelled: On request.
        WorkerFailed: If the worker process died.
    """
    _look_at_some(project, model, cancel, changed, background)
    learn = drafted_truth(project, model, _TAUGHT, newest=MOST)
    if len(learn) < FEWEST:
        return None
    texts = [text for text in truth_text(project, _TAUGHT, between="\n").split("\n") if text]
    request = {
        "kind": "learn-help",
        "folder": str(help_folder(project, model)),
        "learn": _pairs(learn),
        "check": _pairs(drafted_truth(project, model, _CHECKED_ON, newest=CHECKED)),
        "texts": texts,
    }
    for _ in run_worker(request, cancel, background=background):
        pass
    return load_help(project, model)


def was_learned(project: Project, model: str) -> bool:
    """Whether a help for a model version's drafts was looked for, and enough lines were there."""
    return help_folder(project, model).exists()


def _look_at_some(
    project: Project, model: str, cancel: CancelToken, changed: ChangeSink, background: bool
) -> None:
    unseen: list[int] = []
    for splits, wanted in ((_TAUGHT, LOOKED_AT), (_CHECKED_ON, CHECKED)):
        missing = wanted - len(drafted_truth(project, model, splits, newest=wanted))
        unseen += truth_without_output(project, model, splits, newest=missing) if missing else []
    if unseen:
        lines = images_of(project, unseen)
        draft_images(
            project, get_model(project, model), lines, cancel=cancel, changed=changed, background=background
        )


def _pairs(lines: Sequence[DraftedTruth]) -> list[tuple[str, str]]:
    return [(base64.b64encode(line.posteriors).decode("ascii"), line.text) for line in lines]
