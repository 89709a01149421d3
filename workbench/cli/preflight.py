"""Command ``preflight``."""

from dataclasses import asdict
from typing import Annotated, Any

import typer

from core.characters.naming import code_of, name_of, shown_alone, titled
from core.errors import KnownError
from core.storage.project import Project, open_project
from core.storage.second_opinions import Label
from core.workflow.preflight import (
    EXAMPLES,
    NearPair,
    Normalisation,
    Preflight,
    UnknownCharacter,
    normalise,
    preflight,
    rewrites_of,
)
from workbench.cli.console import JsonOption, answer, long_work, table
from workbench.cli.project import ProjectArgument

ARROW = "=>"


def preflight_(
    project: ProjectArgument,
    base: Annotated[str | None, typer.Option(help="Model version to start from; default: promoted.")] = None,
    rule: Annotated[
        str | None,
        typer.Option(
            "--normalize",
            metavar="RULE",
            help="Rewrite the corrected lines: the number of a pair in the list, or “’=>'”.",
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be rewritten.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Characters that the base does not know, and those that are probably meant as another one."""
    read_only = rule is None or dry_run
    with open_project(project, read_only=read_only) as opened, long_work("Looking") as (cancel, _progress):
        if rule is not None:
            _normalise(opened, base, rule, dry_run, as_json)
            return
        found = preflight(opened, base, cancel=cancel)
    answer(as_json, _as_values(found), *_sentences(found))


def _normalise(project: Project, base: str | None, text: str, dry_run: bool, as_json: bool) -> None:
    rule = _rule(project, base, text)
    rewrites = rewrites_of(project, rule)
    report = None if dry_run else normalise(project, rule)
    changed, left_out = (report.lines, report.left_out) if report else ((), ())
    done = f"{len(changed)} lines were changed; “undo” takes it back." if report else "This was a dry run."
    answer(
        as_json,
        {
            "rule": asdict(rule),
            "found": len(rewrites),
            "changed": len(changed),
            "left_out": list(left_out),
            "lines": [
                {"line": each.line_id, "before": each.before, "after": each.after} for each in rewrites
            ],
        },
        *(f"{each.before}\n    → {each.after}" for each in rewrites),
        f"{titled(rule.wrong)} → {_named(rule.right)} in {len(rewrites)} lines. {done}",
    )


def _rule(project: Project, base: str | None, text: str) -> Normalisation:
    """A rule that was written out, or the number of one in the list."""
    wrong, arrow, right = text.partition(ARROW)
    if arrow and wrong:
        return Normalisation(wrong, right)
    pairs = preflight(project, base).pairs
    if text.isdecimal() and 1 <= int(text) <= len(pairs):
        return pairs[int(text) - 1].rule
    raise KnownError(
        f"“{text}” is no normalisation: write “wrong{ARROW}right”, or a number of the list that "
        f"“linewright preflight {project.folder}” shows ({len(pairs)} pairs now)."
    )


def _named(text: str) -> str:
    return " ".join(map(titled, text)) or "nothing"


def _as_values(found: Preflight) -> dict[str, Any]:
    return {
        "base": found.base,
        "lines": found.lines,
        "unknown": None if found.unknown is None else [_unknown_values(each) for each in found.unknown],
        "near_duplicates": [_pair_values(each) for each in found.pairs],
        "left_out": {"keep": len(found.left_out), "project": 0, "union": 0},
    }


def _unknown_values(each: UnknownCharacter) -> dict[str, Any]:
    return {
        "character": each.char,
        "code": code_of(each.char),
        "name": name_of(each.char),
        "count": each.count,
        "learned": each.learned,
        "lines": [line.line_id for line in each.examples],
    }


def _pair_values(pair: NearPair) -> dict[str, Any]:
    return {
        "why": str(pair.why),
        "wrong": pair.rule.wrong,
        "right": pair.rule.right,
        "count": pair.count,
        "usual_count": pair.usual_count,
        "changes": len(pair.lines),
        "lines": [line.line_id for line in pair.lines[:EXAMPLES]],
    }


def _sentences(found: Preflight) -> list[str]:
    return [*_unknown_sentences(found), "", *_pair_sentences(found)]


def _unknown_sentences(found: Preflight) -> list[str]:
    if found.unknown is None:
        return [f"What {found.base} knows can be told after its first use; draft a page with it."]
    if not found.unknown:
        return [f"{found.base} knows every character of the {found.lines} corrected lines."]
    rows = [
        (
            f"{shown_alone(each.char)}  {code_of(each.char)}  {name_of(each.char)}",
            str(each.count),
            str(each.learned),
            _places(each.examples),
        )
        for each in found.unknown
    ]
    return [
        f"{found.base} does not know {len(rows)} characters of the {found.lines} corrected lines:",
        table(("character", "count", "to learn from", "page:line"), rows),
        f"Charset policy keep would leave {len(found.left_out)} lines out; project and union learn them.",
    ]


def _pair_sentences(found: Preflight) -> list[str]:
    if not found.pairs:
        return ["No two characters are probably meant as one."]
    rows = [
        (
            f"{number}  {_named(pair.rule.wrong)} → {_named(pair.rule.right)}",
            str(pair.why),
            f"{pair.count} : {pair.usual_count}",
            str(len(pair.lines)),
            _places(pair.lines[:EXAMPLES]),
        )
        for number, pair in enumerate(found.pairs, start=1)
    ]
    return [
        "Probably meant as one (rewrite with --normalize NUMBER):",
        table(("characters", "why", "count", "lines", "page:line"), rows),
    ]


def _places(lines: tuple[Label, ...]) -> str:
    return " ".join(f"{line.page_number}:{line.order + 1}" for line in lines)
