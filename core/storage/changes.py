"""What an act changed, so that everybody who shows it can refresh just that."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """``pages``: whose list of lines or properties changed; ``lines``: whose text or draft changed.

    ``comments``: whether there are other remarks on lines, or settled ones.
    ``focus_line`` is where the change happened, for undo to jump to; ``focus_page`` if no line is left there.
    ``renumbered`` counts lines of which only the place in the reading order changed, because of others.
    ``set_aside`` counts the drafts that are shown no more because their lines' pictures are other ones now.
    """

    pages: frozenset[int] = frozenset()
    lines: frozenset[int] = frozenset()
    models: bool = False
    runs: bool = False
    comments: bool = False
    focus_line: int | None = None
    focus_page: int | None = None
    renumbered: int = 0
    set_aside: int = 0

    @property
    def touched(self) -> int:
        """How many lines have another text, draft or outline, or came, went or were moved themselves."""
        return len(self.lines) - self.renumbered

    def __or__(self, other: "Change") -> "Change":
        """Both changes together; the later focus wins."""
        return Change(
            pages=self.pages | other.pages,
            lines=self.lines | other.lines,
            models=self.models or other.models,
            runs=self.runs or other.runs,
            comments=self.comments or other.comments,
            focus_line=other.focus_line if other.focus_line is not None else self.focus_line,
            focus_page=other.focus_page if other.focus_page is not None else self.focus_page,
            renumbered=self.renumbered + other.renumbered,
            set_aside=self.set_aside + other.set_aside,
        )
