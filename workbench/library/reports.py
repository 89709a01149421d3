"""What a finished job of the library says, and what it could not take."""

from core.wording import say, say_count
from core.workflow.drafting import DraftReport
from core.workflow.importing import ImportReport
from core.workflow.line_finding import LineFindingReport
from core.workflow.receiving import ReceivedReport
from workbench.library.deleting import DeletionReport


def words_of(result: object) -> tuple[str, list[str]] | None:
    """A sentence, and what was skipped; ``None`` if the result is not one of the library's."""
    if isinstance(result, ImportReport):
        text = say(
            "Imported: {pages} pages, {lines} lines, {texts} transcriptions.",
            pages=result.pages,
            lines=result.lines,
            texts=result.transcriptions,
        )
    elif isinstance(result, LineFindingReport):
        text = say("{lines} lines found on {pages} pages.", lines=result.lines, pages=result.pages)
    elif isinstance(result, DraftReport):
        text = say(
            "{lines} lines drafted by {model}, {speed:.0f} lines/s.",
            lines=result.lines,
            model=result.model,
            speed=result.lines_per_second,
        )
    elif isinstance(result, ReceivedReport):
        pages = say_count(
            result.pages,
            "One page of “{home}” is here.",
            "{count} pages of “{home}” are here.",
            home=result.home,
        )
        way_back = say("Correct them in Transcribe, then send them back: Review, Second reader, Hand out.")
        return f"{pages} {way_back}", []
    elif isinstance(result, DeletionReport):
        return str(result), []
    else:
        return None
    return text, [str(each) for each in result.skipped]
