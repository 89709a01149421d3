"""Command ``replace``."""

from typing import Annotated

import typer

from core.document import TranscriptionState
from core.storage.project import open_project
from core.storage.replacing import Replacement, find_all, replace_all
from core.storage.text_search import Search
from workbench.cli.console import JsonOption, answer
from workbench.cli.project import ProjectArgument


def replace(
    project: ProjectArgument,
    find: Annotated[str, typer.Argument(metavar="FIND", help="What is looked for.")],
    replacement: Annotated[str, typer.Argument(metavar="WITH", help="What goes in its place.")],
    regex: Annotated[bool, typer.Option("--regex", help="FIND is a regular expression.")] = False,
    ignore_case: Annotated[bool, typer.Option("--ignore-case", help="Capital or small letters.")] = False,
    whole_words: Annotated[bool, typer.Option("--whole-words", help="No pieces of words.")] = False,
    state: Annotated[
        list[TranscriptionState] | None,
        typer.Option(help="Only lines in this state; repeat for more. Default: all."),
    ] = None,
    only_texts: Annotated[bool, typer.Option("--only-texts", help="Leave drafts alone.")] = False,
    only_drafts: Annotated[bool, typer.Option("--only-drafts", help="Leave human text alone.")] = False,
    below: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only drafts with less confidence (0-1).")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be replaced.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Replace text in the whole project, as one step that “undo” takes back."""
    search = Search(
        find,
        replacement,
        match_case=not ignore_case,
        whole_words=whole_words,
        regular=regex,
        in_texts=not only_drafts,
        in_drafts=not only_texts,
        states=frozenset(state or TranscriptionState),
        below=below,
    )
    with open_project(project, read_only=dry_run) as opened:
        found = [each for each in find_all(opened, search) if each.after != each.before]
        report = None if dry_run else replace_all(opened, found)
    replaced = len(report.lines) if report else 0
    left_out = list(report.left_out) if report else []
    places = sum(len(each.spans) for each in found)
    done = f"{replaced} lines were changed." if report else "Nothing was changed; this was a dry run."
    answer(
        as_json,
        {
            "found": len(found),
            "places": places,
            "replaced": replaced,
            "left_out": left_out,
            "lines": [_as_json(each) for each in found],
        },
        *(_sentence(each) for each in found),
        f"{places} places in {len(found)} lines. {done}",
    )


def _as_json(found: Replacement) -> dict[str, object]:
    return {
        "line": found.line_id,
        "page": found.page_number,
        "number": found.order + 1,
        "state": str(found.state),
        "draft": found.is_draft,
        "before": found.before,
        "after": found.after,
    }


def _sentence(found: Replacement) -> str:
    return f"page {found.page_number}, line {found.order + 1}: {found.before}\n    → {found.after}"
