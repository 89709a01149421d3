"""What a finished job of the library says, and what it could not take."""

from core.workflow.drafting import DraftReport
from core.workflow.importing import ImportReport
from core.workflow.line_finding import LineFindingReport
from workbench.library.deleting import DeletionReport


def words_of(result: object) -> tuple[str, list[str]] | None:
    """A sentence, and what was skipped; ``None`` if the result is not one of the library's."""
    if isinstance(result, ImportReport):
        text = f"{result.pages} pages, {result.lines} lines, {result.transcriptions} transcriptions imported."
    elif isinstance(result, LineFindingReport):
        text = f"{result.lines} lines found on {result.pages} pages."
    elif isinstance(result, DraftReport):
        text = f"{result.lines} lines drafted by {result.model}, {result.lines_per_second:.0f} lines/s."
    elif isinstance(result, DeletionReport):
        return str(result), []
    else:
        return None
    return text, [str(each) for each in result.skipped]
