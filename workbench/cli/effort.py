"""Command ``effort``."""

from core.storage.efforts import effort_by_model
from core.storage.project import open_project
from workbench.cli.console import JsonOption, answer, percent, table
from workbench.cli.project import ProjectArgument


def effort(project: ProjectArgument, as_json: JsonOption = False) -> None:
    """What correcting cost, by the model version whose drafts were offered."""
    with open_project(project, read_only=True) as opened:
        summaries = effort_by_model(opened)
    rows = [
        (
            s.model or "no draft",
            str(s.lines),
            str(s.keystrokes),
            str(s.typing),
            percent(s.saved),
            f"{s.seconds / max(s.lines, 1):.1f}",
            str(s.edits),
        )
        for s in summaries
    ]
    values = [
        {
            "model": s.model,
            "lines": s.lines,
            "keystrokes": s.keystrokes,
            "typing": s.typing,
            "saved": s.saved,
            "seconds": s.seconds,
            "edits": s.edits,
        }
        for s in summaries
    ]
    header = ("drafts by", "lines", "keys", "typing", "saved", "s/line", "edits")
    answer(as_json, {"efforts": values}, table(header, rows))
