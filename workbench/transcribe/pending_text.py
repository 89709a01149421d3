"""The text in the editor's field, and what it can go back to."""

from core.document import LineEntry, TranscriptionState, normalize_text


class PendingText:
    """What a human has in hand for one line.

    ``touched`` tells whether the human changed the text; untouched text is never saved by itself.
    ``draft`` is the newest one, which may have come only after the line was taken in hand.
    """

    def __init__(
        self, text: str = "", draft: str = "", state: TranscriptionState = TranscriptionState.OPEN
    ) -> None:
        self.text = text
        self.touched = False
        self._first_text = text
        self._first_state = state
        self.draft = draft

    @classmethod
    def of(cls, entry: LineEntry | None) -> "PendingText":
        """The text that a line shows when it is taken in hand."""
        if entry is None:
            return cls()
        return cls(entry.text, entry.draft.text if entry.draft else "", entry.state)

    @property
    def unconfirmed_state(self) -> TranscriptionState:
        """State in which to save without being asked: open, unless the text is back at what it was."""
        if normalize_text(self.text) == normalize_text(self._first_text):
            return self._first_state
        return TranscriptionState.OPEN

    def finished_state(self, entry: LineEntry, wanted: TranscriptionState) -> TranscriptionState:
        """State in which to save when asked: a reviewed line that was not changed keeps its state."""
        unchanged = normalize_text(self.text) == entry.text
        reviewed = entry.state is TranscriptionState.REVIEWED and wanted is TranscriptionState.CORRECTED
        return TranscriptionState.REVIEWED if unchanged and reviewed else wanted

    def type(self, text: str) -> bool:
        """Take the field's text; whether it changed."""
        if text == self.text:
            return False
        self.text = text
        self.touched = True
        return True

    def revert(self) -> bool:
        """Back to the draft; if it shows already, back to the first text. Whether anything changed."""
        if self.draft and self.text != self.draft:
            return self.type(self.draft)
        return self.type(self._first_text)
