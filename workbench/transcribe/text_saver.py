"""How the text in hand gets into the project: at a pause, when asked, and once more if that could not be."""

from PySide6.QtCore import QObject, QTimer, Signal

from core.document import LineEntry, TranscriptionState, normalize_text
from core.errors import KnownError, NotSaved, StaleEdit
from core.storage import transcriptions
from core.storage.project import Project
from workbench.transcribe.line_help import LineHelp
from workbench.transcribe.pending_text import PendingText
from workbench.unfinished import PAUSE_MS

RETRY_MS = 10_000
"""After so long a text is saved once more that the disk or another program kept from being saved."""


class TextSaver(QObject):
    """Holds what is typed for one line at a time; whoever asks it to save says which line that is.

    Signals:
        due(): what was typed has waited long enough.
        saved(LineEntry, Transcription): a line as it was before, and what is stored of it now.
        stale(StaleEdit): somebody else saved the line in between.
        failed(KnownError): it could not be saved.
    """

    due = Signal()
    saved = Signal(object, object)
    stale = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject, project: Project, line_help: LineHelp) -> None:
        super().__init__(parent)
        self._project, self._line_help = project, line_help
        self._pending = PendingText()
        self.clashed = False
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self.due)

    @property
    def text(self) -> str:
        """All of it."""
        return self._pending.text

    @property
    def touched(self) -> bool:
        """Whether the human changed it."""
        return self._pending.touched

    def take(self, entry: LineEntry | None) -> None:
        """Another line is in hand, or other values of it."""
        self._pause.stop()
        self._pending = PendingText.of(entry)

    def note_draft(self, entry: LineEntry | None) -> None:
        """The line in hand may have another draft now; the field goes on showing what it shows."""
        self._pending.draft = entry.draft.text if entry and entry.draft else ""

    def take_back(self, typed: PendingText) -> None:
        """The same line again, after all: what was typed for it goes on."""
        self._pending = typed
        self._pause.start(PAUSE_MS)

    @property
    def typed(self) -> PendingText:
        """For ``take_back``."""
        return self._pending

    def type(self, text: str) -> bool:
        """Take the field's text; whether it changed."""
        if not self._pending.type(text):
            return False
        self._pause.start(PAUSE_MS)
        return True

    def revert(self) -> bool:
        """Back to the draft, then to what stood there first; whether anything changed."""
        if not self._pending.revert():
            return False
        self._pause.start(PAUSE_MS)
        return True

    def is_unsaved(self, entry: LineEntry | None) -> bool:
        """Whether something was typed that is not in the project."""
        if entry is None or not self.touched or self._project.read_only:
            return False
        return normalize_text(self.text) != entry.text

    def commit(self, entry: LineEntry | None) -> bool:
        """Save typed but unconfirmed text as open; ``False`` if that could not be."""
        self._pause.stop()
        return not self.is_unsaved(entry) or self.overwrite(entry)

    def overwrite(self, entry: LineEntry | None) -> bool:
        """Save the text over what ``entry`` says."""
        return self._save(entry, self._pending.unconfirmed_state)

    def confirm(self, entry: LineEntry, wanted: TranscriptionState) -> bool:
        """Save the text as finished; ``False`` if that could not be."""
        return self._save(entry, self._pending.finished_state(entry, wanted))

    def _save(self, entry: LineEntry | None, state: TranscriptionState) -> bool:
        if entry is None:
            return True
        text, present = normalize_text(self.text), entry.transcription
        if present and present.text == text and present.state is state:
            return True
        try:
            saved = transcriptions.save(
                self._project,
                entry.line.id,
                text,
                state=state,
                base_revision=present.revision if present else 0,
                effort=self._line_help.finish(text, state),
            )
        except StaleEdit as error:
            self.clashed = True
            self.stale.emit(error)
            return False
        except KnownError as error:
            if isinstance(error, NotSaved):
                self._pause.start(RETRY_MS)
            self.failed.emit(error)
            return False
        self._pause.stop()
        self.clashed = False
        self.saved.emit(entry, saved)
        return True
