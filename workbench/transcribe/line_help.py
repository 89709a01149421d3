"""What helps with the line in hand, and what the line costs nevertheless."""

from core.document import LineEntry, TranscriptionState
from core.storage.efforts import Effort
from workbench.transcribe.doubts import Doubt
from workbench.transcribe.draft_help import DraftHelp
from workbench.transcribe.effort_meter import EffortMeter
from workbench.transcribe.reading_again import ReadingAgain

READ_AGAIN, ALTERNATIVE, NEXT_DOUBT = "read again", "alternative", "next doubt"
"""Names of the helps whose use is counted."""


class LineHelp:
    """One line at a time; ``reads_again`` says whether the rest is read again after a correction."""

    def __init__(self, drafts: DraftHelp) -> None:
        self._drafts = drafts
        self._again: ReadingAgain | None = None
        self.meter = EffortMeter()
        self.reads_again = False

    def take(self, entry: LineEntry | None, text: str) -> None:
        """Another line is in hand, and this text is offered for it."""
        self._again = self._drafts.again(entry, text) if entry else None
        self.meter.start(text)

    def after_correction(self, before: str, text: str) -> str | None:
        """The whole text with its rest read again; ``None`` if it stays as it is."""
        read = self._again.after_edit(before, text) if self._again else None
        if read is None or not self.reads_again:
            return None
        self.meter.helped(READ_AGAIN)
        return read

    def alternatives(self, text: str, position: int) -> Doubt | None:
        """What else may stand at a place of the line."""
        return self._again.alternatives(text, position) if self._again else None

    def finish(self, text: str, state: TranscriptionState) -> Effort | None:
        """What the line cost, if it is finished with this text."""
        return self.meter.finish(text) if state.is_truth else None
