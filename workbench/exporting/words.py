"""What formats and choices of lines are called, and what an export says of itself."""

from collections.abc import Sequence

from core.document import TranscriptionState
from core.exchange.imported import Skipped
from core.wording import say, say_count
from core.workflow.exporting import ExportReport, TextFormat


def format_words() -> dict[TextFormat, tuple[str, str]]:
    """Name of each format, and what it is good for; the most asked for first."""
    return {
        TextFormat.PAGE: (
            "PAGE XML",
            say("Outlines and texts beside the scans: for Transkribus, eScriptorium and other editors."),
        ),
        TextFormat.ALTO: (
            "ALTO",
            say("Outlines and texts beside the scans: for viewers and catalogues of libraries."),
        ),
        TextFormat.TXT: (
            say("Plain text"),
            say("A file for each page, line by line: to read, to search, to edit further."),
        ),
        TextFormat.JSONL: (
            say("Line data set"),
            say("A picture of each line, and labels.txt: to train with, or to import again."),
        ),
    }


def state_words() -> dict[TranscriptionState | None, str]:
    """Which lines can be asked for; ``None`` are those that people have finished with."""
    return {
        None: say("Corrected and reviewed lines"),
        TranscriptionState.CORRECTED: say("Only corrected lines, not yet reviewed"),
        TranscriptionState.REVIEWED: say("Only reviewed lines"),
        TranscriptionState.OPEN: say("Only begun lines, not yet confirmed"),
        TranscriptionState.UNREADABLE: say("Only lines marked as unreadable"),
    }


def pages_in_words(count: int) -> str:
    """So many pages."""
    return say_count(count, "{count} page", "{count} pages")


def amount(report: ExportReport) -> str:
    """“123 lines of 16 pages”."""
    lines = say_count(report.lines, "{count} line", "{count} lines")
    return say("{lines} of {pages}", lines=lines, pages=pages_in_words(report.pages))


def without_scans(skipped: Sequence[Skipped]) -> str:
    """That scans could not be read, and why the first could not."""
    return say_count(
        len(skipped),
        "The scan of one page could not be read: {first}.",
        "The scans of {count} pages could not be read, first {first}.",
        first=skipped[0],
    )
