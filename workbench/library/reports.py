"""What a finished job of the library says, and what it could not take."""

from collections.abc import Sequence

from core.document import Page, Split
from core.wording import say, say_count
from core.workflow.drafting import DraftReport
from core.workflow.importing import ImportReport
from core.workflow.line_finding import LineFindingReport
from core.workflow.receiving import ReceivedReport
from workbench.library.deleting import DeletionReport


def pages_in_words(count: int) -> str:
    """So many pages."""
    return say_count(count, "{count} page", "{count} pages")


def lines_in_words(count: int) -> str:
    """So many lines."""
    return say_count(count, "{count} line", "{count} lines")


def split_words(pages: int, split: Split | None) -> str:
    """What pages serve for from now on."""
    count = pages_in_words(pages)
    sentences = {
        None: say("Undecided now what they serve for: {pages}.", pages=count),
        Split.TRAIN: say("For training now: {pages}.", pages=count),
        Split.VAL: say("For validation now: {pages}.", pages=count),
        Split.TEST: say("For testing now: {pages}.", pages=count),
    }
    return sentences[split]


def turned_words(pages: Sequence[Page]) -> str:
    """Which pages lie another way now."""
    number = pages[0].number if pages else 0
    return say_count(len(pages), "Page {number} was turned.", "{count} pages were turned.", number=number)


def left_out_words(result: object, count: int) -> str:
    """How much of what a job was about it had to leave out: lines, pages or files."""
    if isinstance(result, DraftReport):
        return say_count(count, "{count} line could not be read.", "{count} lines could not be read.")
    if isinstance(result, LineFindingReport):
        return say_count(count, "{count} page was left out.", "{count} pages were left out.")
    return say_count(count, "{count} file could not be taken.", "{count} files could not be taken.")


def words_of(result: object) -> tuple[str, list[str]] | None:
    """What was done and left out, and why; ``None`` if the result is not one of the library's."""
    if isinstance(result, ImportReport):
        text = say(
            "Imported: {pages}, {lines}, {texts}.",
            pages=pages_in_words(result.pages),
            lines=lines_in_words(result.lines),
            texts=say_count(result.transcriptions, "{count} transcription", "{count} transcriptions"),
        )
    elif isinstance(result, LineFindingReport):
        lines, pages = lines_in_words(result.lines), pages_in_words(result.pages)
        text = say("{lines} found on {pages}.", lines=lines, pages=pages)
    elif isinstance(result, DraftReport) and not result.lines and not result.skipped:
        text = say("Nothing to draft: no line there is open. On pages without lines, find the lines first.")
    elif isinstance(result, DraftReport):
        text = say(
            "{lines} drafted by {model}, {speed:.0f} lines/s.",
            lines=lines_in_words(result.lines),
            model=result.model,
            speed=result.lines_per_second,
        )
    elif isinstance(result, ReceivedReport):
        here = say_count(
            result.pages,
            "One page of “{home}” is here.",
            "{count} pages of “{home}” are here.",
            home=result.home,
        )
        way_back = say("Correct them in Transcribe, then send them back: Review, Second reader, Hand out.")
        return f"{here} {way_back}", []
    elif isinstance(result, DeletionReport):
        return str(result), []
    else:
        return None
    if not result.skipped:
        return text, []
    # Many lines may be left out for one scan.
    reasons = list(dict.fromkeys(str(each) for each in result.skipped))
    return f"{text} {left_out_words(result, len(result.skipped))}", reasons
