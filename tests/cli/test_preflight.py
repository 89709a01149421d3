"""The characters of a project from a shell."""

import pytest

from core.document import TranscriptionState
from core.storage.lines import list_entries
from core.storage.pages import list_pages
from core.storage.project import open_project
from core.storage.transcriptions import save
from tests.book import copy_of
from tests.cli.test_cli import answer, linewright


@pytest.fixture
def folder(book, tmp_path):
    """The book; its first three lines hold a stranger and a character of another width."""
    with copy_of(book, tmp_path / "flight") as project:
        entries = list_entries(project, list_pages(project)[0].id)
        for entry, text in zip(entries, ("ꝑ☞ꝑ", "１ 1 1", "☞"), strict=False):
            revision = entry.transcription.revision if entry.transcription else 0
            save(project, entry.line.id, text, state=TranscriptionState.CORRECTED, base_revision=revision)
    return tmp_path / "flight"


def texts(folder):
    with open_project(folder, read_only=True) as project:
        return [entry.text for entry in list_entries(project, list_pages(project)[0].id)[:3]]


def test_unknown_characters_and_near_duplicates_are_listed(folder):
    values = answer("preflight", folder)
    unknown = {each["character"]: each for each in values["unknown"]}
    assert (unknown["ꝑ"]["count"], unknown["ꝑ"]["code"]) == (2, "U+A751")
    assert {"wrong": "１", "right": "1", "why": "width", "changes": 1}.items() <= next(
        each for each in values["near_duplicates"] if each["wrong"] == "１"
    ).items()
    assert values["left_out"]["keep"] >= 1
    told = linewright("preflight", folder).stdout
    assert "U+A751" in told
    assert "１ (U+FF11) → 1 (U+0031)" in told


def test_a_rule_that_is_written_out_is_carried_out_and_undone(folder):
    before = texts(folder)
    dry = answer("preflight", folder, "--normalize", "☞=>’", "--dry-run")
    assert (dry["found"], dry["changed"]) == (2, 0)
    assert texts(folder) == before
    assert answer("preflight", folder, "--normalize", "☞=>’")["changed"] == 2
    assert texts(folder) == ["ꝑ’ꝑ", "１ 1 1", "’"]
    answer("undo", folder)
    assert texts(folder) == before


def test_a_pair_of_the_list_is_normalised_by_its_number(folder):
    pairs = answer("preflight", folder)["near_duplicates"]
    number = next(n for n, each in enumerate(pairs, start=1) if each["wrong"] == "１")
    assert answer("preflight", folder, "--normalize", number)["changed"] == 1
    assert texts(folder)[1] == "1 1 1"


@pytest.mark.parametrize("rule", ["999", "nothing", "=>x", "x=>x"])
def test_a_rule_that_is_none_is_one_sentence(folder, rule):
    done = linewright("preflight", folder, "--normalize", rule)
    assert (done.returncode, done.stdout) == (1, "")
    assert "normalisation" in done.stderr
    assert "Traceback" not in done.stderr
