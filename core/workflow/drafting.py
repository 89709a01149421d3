"""Drafting lines with a model version."""

import base64
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.document import LineImage, Recognition
from core.exchange.imported import Skipped
from core.imaging.normalize import Normalization
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.storage.changes import Change
from core.storage.drafts import save_drafts
from core.storage.lines import line_images
from core.storage.models import get_model, promoted_model
from core.storage.pages import list_pages
from core.storage.project import Project
from core.versions import ModelVersion
from core.wording import say
from core.workflow.line_finding import ChangeSink, ignore_change
from core.workflow.reading import read_lines

_TRANSACTION = 32
"""Drafts stored at a time: few enough to see them arrive, enough to keep the disk quiet."""


@dataclass(frozen=True, slots=True)
class DraftReport:
    """``lines``: how many have a draft now; those that were changed while they were read have none.

    ``seconds`` and ``lines_per_second``: cropping, reading and decoding, without loading the model.
    """

    model: str
    lines: int
    seconds: float
    lines_per_second: float
    skipped: tuple[Skipped, ...]
    change: Change


def draft_lines(
    project: Project,
    page_ids: Collection[int] | None = None,
    *,
    model: str | None = None,
    only_open: bool = True,
    normalization: Normalization | None = None,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    changed: ChangeSink = ignore_change,
    background: bool = True,
) -> DraftReport:
    """Read lines with ``model`` (the promoted one by default) and store the drafts as they come.

    Human text is never touched; a corrected line merely gains a newer draft beside it. ``normalization``
    takes the place of the steps that the model was trained with (for faint or glaring scans).

    Raises:
        UnknownModel: If there is no such model version.
        Cancelled: On request; drafts that were made are kept.
    """
    version = get_model(project, model) if model else promoted_model(project)
    pages = [page.id for page in list_pages(project)] if page_ids is None else page_ids
    return draft_images(
        project,
        version,
        line_images(project, pages, only_open=only_open),
        normalization=normalization,
        cancel=cancel,
        progress=progress,
        changed=changed,
        background=background,
    )


def draft_images(
    project: Project,
    version: ModelVersion,
    lines: Sequence[LineImage],
    *,
    normalization: Normalization | None = None,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
    changed: ChangeSink = ignore_change,
    background: bool = True,
) -> DraftReport:
    """``draft_lines``, of these lines.

    Raises:
        ReadOnlyProject: If the project was opened read-only.
        Cancelled: On request; drafts that were made are kept.
    """
    pictures = {line.line_id: line for line in lines}
    project.check_writable()
    drafts = _DraftWriter(project, version, pictures, changed)
    skipped = []
    seconds = rate = 0.0
    try:
        for event in read_lines(
            project,
            version,
            lines,
            cancel,
            background=background,
            exact=False,
            normalization=normalization,
            keep=True,
        ):
            if event["event"] == "read":
                recognition = Recognition.from_json(event["recognition"])
                drafts.add(event["line_id"], recognition, base64.b64decode(event.get("posteriors", "")))
                progress(Progress(drafts.read, len(lines), say("lines")))
            elif event["event"] == "unreadable":
                skipped.append(Skipped(pictures[event["line_id"]].scan, event["reason"]))
            elif event["event"] == "succeeded":
                seconds, rate = event["seconds"], event["lines_per_second"]
    finally:
        drafts.flush()
    return DraftReport(version.name, drafts.stored, seconds, rate, tuple(skipped), drafts.change)


class _DraftWriter:
    """Stores drafts in batches of one transaction."""

    def __init__(
        self, project: Project, model: ModelVersion, pictures: Mapping[int, LineImage], changed: ChangeSink
    ) -> None:
        self._project, self._model, self._pictures, self._changed = project, model, pictures, changed
        self._waiting: dict[int, Recognition] = {}
        self._posteriors: dict[int, bytes] = {}
        self.read = self.stored = 0
        self.change = Change()

    def add(self, line_id: int, recognition: Recognition, posteriors: bytes) -> None:
        """Take a reading with its packed CTC output, empty if that is of no use."""
        self._waiting[line_id] = recognition
        if posteriors:
            self._posteriors[line_id] = posteriors
        self.read += 1
        if len(self._waiting) >= _TRANSACTION:
            self.flush()

    def flush(self) -> None:
        """Store what waits."""
        if self._waiting:
            step = save_drafts(
                self._project, self._model.name, self._waiting, self._posteriors, self._pictures
            )
            self.stored += len(step.lines)
            self._waiting, self._posteriors = {}, {}
            self.change |= step
            self._changed(step)
