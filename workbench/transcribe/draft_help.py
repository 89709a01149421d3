"""Better drafts by what the project's corrections taught: read in idle moments, learned behind the window."""

from collections import OrderedDict, deque
from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from core.decoding.help import ReadingHelp
from core.decoding.picture_order import PictureOrder
from core.decoding.posteriors import Posteriors
from core.document import BASE_MODELS, Draft, LineEntry
from core.storage.drafts import draft_posteriors
from core.storage.models import promoted_model
from core.storage.project import Project
from core.workflow.reading_help import learn_reading_help, load_help, was_learned
from workbench.jobs import Job, JobOutcome, JobRunner, JobSucceeded
from workbench.transcribe.reading_again import ReadingAgain

KEPT = 1000
"""Improved drafts in memory."""

FIRST_LESSON, NEXT_LESSON, LAST_LESSON = 12, 25, 400
"""Confirmed lines after which it is worth learning for the first time, and again; the wait doubles up to the
last figure as long as nothing is found that helps."""

AHEAD_MS = 60
"""So long after a line is taken in hand the output of the one that follows is looked for."""

PAUSE_MS = 1500
"""Learning begins this long after a confirmed line: it would delay those that follow at once."""


class DraftHelp(QObject):
    """Gives entries with better drafts. A line that a human has written in is never changed.

    Signals:
        improved(LineEntry): a line's draft was read again, in an idle moment.
        learned(): there is another help now.
        changed(Change): drafts that were made to learn from.
    """

    improved = Signal(object)
    learned = Signal()
    changed = Signal(object)

    def __init__(self, project: Project, *, enabled: bool) -> None:
        super().__init__()
        self._project = project
        self._enabled = enabled
        self._helps: dict[str, ReadingHelp | None] = {}
        self._drafts: OrderedDict[int, Draft] = OrderedDict()
        self._waiting: deque[LineEntry] = deque()
        self._following: LineEntry | None = None
        self._output: tuple[object, Posteriors | None] = (None, None)
        self._soon = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._soon.timeout.connect(self._look_ahead)
        self._confirmed = self._lessons_in_vain = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._learn)
        self._runner = JobRunner(self)
        self._runner.finished.connect(self._note_lesson)
        self._runner.changed.connect(self.changed)
        self._idle = QTimer(self, singleShot=True, interval=0)
        self._idle.timeout.connect(self._improve_next)

    @property
    def enabled(self) -> bool:
        """Whether drafts are improved."""
        return self._enabled

    def switch(self, enabled: bool) -> None:
        """Improve drafts, or show them as the model read them."""
        self._enabled = enabled
        self._waiting.clear()
        self.learned.emit()

    def known(self, entry: LineEntry) -> LineEntry:
        """The entry with its better draft, if that was read already."""
        better = self._read_before(entry)
        return entry if better is None or better == entry.draft else replace(entry, draft=better)

    def at_once(self, entry: LineEntry) -> LineEntry:
        """The entry with its better draft, read now if need be (some 7 ms)."""
        help_ = self._help_for(entry)
        if help_ is None or entry.draft is None or self._read_before(entry) is not None:
            return self.known(entry)
        draft, posteriors = entry.draft, self._posteriors(entry.draft)
        # A draft whose output was not kept is its own best reading: it is not looked for again.
        if posteriors is not None:
            order = PictureOrder(draft.text)
            draft = replace(draft, recognition=order.recognition_of(help_.read(order.seen(posteriors))))
        self._drafts[draft.id] = draft
        while len(self._drafts) > KEPT:
            self._drafts.popitem(last=False)
        return replace(entry, draft=draft)

    def plan(self, entries: Iterable[LineEntry]) -> None:
        """Improve these in idle moments, in this order."""
        self._waiting = deque(e for e in entries if self._help_for(e) and self._read_before(e) is None)
        if self._waiting:
            self._idle.start()

    def again(self, entry: LineEntry, text: str) -> ReadingAgain | None:
        """What reads the rest of a line again while it is corrected; ``None`` if its output was not kept."""
        if entry.draft is None or entry.state.is_truth:
            return None
        posteriors = self._posteriors(entry.draft)
        if posteriors is None or not posteriors.frames:
            return None
        help_ = self._help(entry.draft.model) if self._enabled else None
        if help_ is None:
            return ReadingAgain(posteriors, None, text)
        return ReadingAgain(help_.seen(posteriors), help_.fusion, text)

    def foresee(self, entry: LineEntry | None) -> None:
        """This line will probably be taken in hand next: have its output ready by then."""
        self._following = entry
        self._soon.start()

    def note_confirmed(self) -> None:
        """A human vouched for another line: after some of them there is something to learn."""
        self._confirmed += 1
        if self._enabled and self._confirmed >= self.lines_to_lesson:
            self._pause.start()

    @property
    def lines_to_lesson(self) -> int:
        """Confirmed lines from one lesson to the next."""
        if self._lessons_in_vain:
            return min(NEXT_LESSON << (self._lessons_in_vain - 1), LAST_LESSON)
        return NEXT_LESSON if any(self._helps.values()) else FIRST_LESSON

    @Slot()
    def _learn(self) -> None:
        if self._enabled and self._runner.current is None and not self._project.read_only:
            self._confirmed = 0
            self._runner.start(self._lesson(promoted_model(self._project).name))

    def shut_down(self) -> None:
        """End learning."""
        for timer in (self._idle, self._pause, self._soon):
            timer.stop()
        self._runner.shut_down()

    def _lesson(self, model: str) -> Job:
        project = self._project
        return Job(
            model,
            lambda cancel, _progress, changed: learn_reading_help(
                project, model, cancel=cancel, changed=changed
            ),
        )

    def _help_for(self, entry: LineEntry) -> ReadingHelp | None:
        """What may better an entry's draft; ``None`` where there is nothing to learn from or to better."""
        if not self._enabled or entry.draft is None or entry.transcription is not None:
            return None
        return self._help(entry.draft.model)

    def _read_before(self, entry: LineEntry) -> Draft | None:
        """An entry's draft as it was read with the present help."""
        if entry.draft is None or self._help_for(entry) is None:
            return None
        better = self._drafts.get(entry.draft.id)
        return better if better and better.created_at == entry.draft.created_at else None

    def _help(self, model: str) -> ReadingHelp | None:
        if model not in self._helps:
            self._helps[model] = load_help(self._project, model)
            if model not in BASE_MODELS and not was_learned(self._project, model):
                self._pause.start()
        return self._helps[model]

    def _posteriors(self, draft: Draft) -> Posteriors | None:
        if self._output[0] == _reading_of(draft):
            return self._output[1]
        packed = draft_posteriors(self._project, [draft.id]).get(draft.id)
        return Posteriors.unpack(packed) if packed else None

    @Slot()
    def _look_ahead(self) -> None:
        draft = self._following.draft if self._following else None
        self._output = (_reading_of(draft), self._posteriors(draft)) if draft else (None, None)

    @Slot()
    def _improve_next(self) -> None:
        """One line and no more: a key that is pressed meanwhile waits for it."""
        if not self._waiting:
            return
        entry = self._waiting.popleft()
        if (better := self.at_once(entry)) != entry:
            self.improved.emit(better)
        if self._waiting:
            self._idle.start()

    @Slot(object)
    def _note_lesson(self, outcome: JobOutcome) -> None:
        if isinstance(outcome, JobSucceeded):
            self._lessons_in_vain = self._lessons_in_vain + 1 if outcome.result is None else 0
            self._helps[outcome.job.name] = outcome.result
            self._drafts.clear()
            self.learned.emit()


def _reading_of(draft: Draft) -> object:
    """What tells one run of the network over a line from all others; helps read the same run differently."""
    return draft.id, draft.created_at
