"""Commands under ``rules PROJECT``."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from core.errors import BadRule
from core.rules.checks import Check, FieldCheck, PatternCheck, WordsCheck
from core.rules.fields import FieldKind
from core.rules.rule import FieldRule
from core.rules.scope import Scope, parse_pages, parse_region
from core.storage.field_rules import StoredRule, add_rule, list_rules
from core.storage.project import open_project
from core.workflow.ruling import BrokenLine, check_project, repair_drafts
from workbench.cli.console import JsonOption, answer, long_work, table
from workbench.cli.project import ProjectArgument

app = typer.Typer(help="List and add rules for fields, check lines by them, mend drafts by them.")


@app.callback()
def choose_project(context: typer.Context, project: ProjectArgument) -> None:
    """The project whose rules are meant."""
    context.obj = project


@app.command("list")
def list_(context: typer.Context, as_json: JsonOption = False) -> None:
    """All rules of the project."""
    with open_project(context.obj, read_only=True) as project:
        rules = list_rules(project)
    rows = [
        (
            each.rule.name,
            demand(each.rule.check),
            each.rule.scope.tag,
            each.rule.scope.page_words,
            _word(each),
        )
        for each in rules
    ]
    answer(
        as_json,
        {"rules": [_as_json(each) for each in rules]},
        table(("rule", "demands", "tag", "pages", ""), rows),
    )


@app.command()
def add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="What the rule is called.")],
    pattern: Annotated[str | None, typer.Option(help="Regular expression for the whole line.")] = None,
    words: Annotated[
        Path | None, typer.Option(help="A text file with one word a line.", exists=True, dir_okay=False)
    ] = None,
    each: Annotated[bool, typer.Option("--each", help="Look up each word of the line.")] = False,
    what: Annotated[FieldKind | None, typer.Option("--field", help="What must be valid.")] = None,
    required: Annotated[bool, typer.Option("--required", help="The line must hold such a field.")] = False,
    file: Annotated[
        Path | None, typer.Option("--from", help="A rule as JSON.", exists=True, dir_okay=False)
    ] = None,
    tag: Annotated[str, typer.Option(help="Only lines with this tag.")] = "",
    pages: Annotated[str, typer.Option(help="Only these pages: 1, 3-5.")] = "",
    region: Annotated[str, typer.Option(help="Only this part of the page: left top right bottom, 0-1.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Add a rule, in force at once."""
    scope = Scope(tag, parse_pages(pages), parse_region(region))
    checks: list[Check] = []
    if pattern is not None:
        checks.append(PatternCheck(pattern))
    if words is not None:
        entries = _text(words).splitlines()
        checks.append(WordsCheck(tuple(word.strip() for word in entries if word.strip()), each))
    if what is not None:
        checks.append(FieldCheck(what, required))
    rules = [FieldRule(name, check, scope) for check in checks]
    if file is not None:
        rules.append(_read(file, name))
    if len(rules) != 1:
        raise BadRule("Say what the rule demands with one of --pattern, --words, --field and --from.")
    with open_project(context.obj) as project:
        stored = add_rule(project, rules[0])
    answer(as_json, _as_json(stored), f"The rule “{name}” is in force.")


@app.command()
def check(context: typer.Context, as_json: JsonOption = False) -> None:
    """All lines that break a rule."""
    with open_project(context.obj, read_only=True) as project, long_work("Checking") as (cancel, progress):
        broken = list(check_project(project, cancel=cancel, progress=progress))
    answer(
        as_json,
        {"lines": [_broken(each) for each in broken]},
        *(_sentence(each) for each in broken),
        f"{len(broken)} lines break a rule.",
    )


@app.command()
def repair(
    context: typer.Context,
    names: Annotated[list[str] | None, typer.Argument(metavar="[RULE]...", help="Default: all.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Mend drafts that nobody has touched, where the rules know how; “undo” takes it back."""
    with open_project(context.obj) as project, long_work("Mending") as (cancel, progress):
        report = repair_drafts(project, names or (), cancel=cancel, progress=progress)
    answer(
        as_json,
        {"lines": len(report.lines), "by_rule": report.by_rule, "left_out": list(report.left_out)},
        *(f"{rule}: {count} lines" for rule, count in report.by_rule.items()),
        f"{len(report.lines)} drafts were mended and wait as open lines.",
    )


def demand(check: Check) -> str:
    """What a rule demands, in a word or two."""
    match check:
        case PatternCheck(pattern):
            return pattern
        case WordsCheck(words, each):
            return f"{'each word' if each else 'the line'} one of {len(words)} words"
        case FieldCheck(what, required):
            return f"{'needs ' if required else ''}{what}"


def _text(file: Path) -> str:
    """A text file; Windows puts a byte-order mark before it, which is no part of the first word."""
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRule(f"{file} is not UTF-8 text; save it as UTF-8.") from error


def _read(file: Path, name: str) -> FieldRule:
    try:
        values = json.loads(_text(file))
    except ValueError as error:
        raise BadRule(f"{file} holds no JSON: {error}.") from error
    return FieldRule.from_json({**values, "name": name} if isinstance(values, dict) else values)


def _word(stored: StoredRule) -> str:
    return "" if stored.enabled else "off"


def _as_json(stored: StoredRule) -> dict[str, Any]:
    return {"id": stored.id, "enabled": stored.enabled, **stored.rule.to_json()}


def _broken(broken: BrokenLine) -> dict[str, Any]:
    line = broken.line
    return {
        "line": line.line_id,
        "page": line.place.page,
        "number": line.order + 1,
        "text": line.text,
        "violations": [each.to_json() for each in broken.violations],
    }


def _sentence(broken: BrokenLine) -> str:
    line = broken.line
    faults = " ".join(
        f"{each.rule}: {each.sentence}" + (f" → {each.repair}" if each.repair else "")
        for each in broken.violations
    )
    return f"page {line.place.page}, line {line.order + 1}: {line.text}\n    {faults}"
