"""Rules and replacing from a shell."""

import json
import re

import pytest

from core.document import TranscriptionState
from core.storage.drafts import save_drafts
from core.storage.lines import list_entries
from core.storage.pages import list_pages
from core.storage.project import open_project
from core.storage.transcriptions import save
from tests.book import copy_of
from tests.cli.command_line import answer, linewright
from tests.core.storage.conftest import reading


@pytest.fixture
def folder(book, tmp_path):
    """The book; its first two lines say something that rules know, the first of them only as a draft."""
    with copy_of(book, tmp_path / "desk") as project:
        first, second = list_entries(project, list_pages(project)[0].id)[:2]
        with project.writing() as session:
            session.connection().exec_driver_sql(
                "DELETE FROM transcriptions WHERE line_id = ?", (first.line.id,)
            )
        save_drafts(project, "ppocr-v6-small", {first.line.id: reading("0.25gx24 2O24-03-01")})
        save(
            project,
            second.line.id,
            "2024-02-30 tems",
            state=TranscriptionState.CORRECTED,
            base_revision=second.transcription.revision,
        )
    return tmp_path / "desk"


def test_a_word_list_of_windows_is_read_and_one_in_another_encoding_refused(folder, tmp_path):
    words = tmp_path / "words.txt"
    words.write_bytes("\ufeffcafé\r\nthé\r\n".encode())
    assert answer("rules", folder, "add", "drinks", "--words", words)["rule"]["words"] == ["café", "thé"]
    words.write_bytes("café\n".encode("latin-1"))
    refused = linewright("rules", folder, "add", "others", "--words", words)
    assert (refused.returncode, refused.stderr) == (1, f"{words} is not UTF-8 text; save it as UTF-8.\n")


def test_rules_are_added_listed_checked_and_mend_drafts(folder, tmp_path):
    assert answer("rules", folder, "add", "dates", "--field", "date", "--pages", "1")["enabled"]
    rule = tmp_path / "rule.json"
    rule.write_text(json.dumps({"rule": {"kind": "field", "what": "dosage"}}))
    answer("rules", folder, "add", "doses", "--from", rule)
    assert [each["name"] for each in answer("rules", folder, "list")["rules"]] == ["dates", "doses"]
    broken = answer("rules", folder, "check")["lines"]
    assert [[v["rule"] for v in line["violations"]] for line in broken] == [["doses", "dates"], ["dates"]]
    mended = answer("rules", folder, "repair")
    assert mended == {"lines": 1, "by_rule": {"dates": 1, "doses": 1}, "left_out": []}
    with open_project(folder, read_only=True) as project:
        texts = [entry.text for entry in list_entries(project, list_pages(project)[0].id)[:2]]
    assert texts == ["0.25g×24 2024-03-01", "2024-02-30 tems"]
    assert answer("undo", folder)["text"] == "0.25gx24 2O24-03-01"


def test_a_bad_rule_is_one_sentence(folder):
    done = linewright("rules", folder, "add", "bad", "--pattern", "(", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "has an error" in done.stderr
    assert linewright("rules", folder, "add", "nothing").returncode == 1


def test_text_is_replaced_everywhere_after_a_dry_run(folder):
    dry = answer("replace", folder, "tems", "temps", "--dry-run")
    assert dry["found"] >= 1
    assert dry["replaced"] == 0
    done = answer("replace", folder, r"(te)ms\b", r"\1mps", "--regex", "--state", "corrected")
    assert done["replaced"] == done["found"] >= 1
    assert answer("replace", folder, "2024-02-30 tems", "x", "--dry-run")["found"] == 0
    assert answer("undo", folder)["lines"] == done["replaced"]
    assert answer("replace", folder, "2024-02-30 tems", "x", "--dry-run")["found"] == 1
    assert answer("replace", folder, "e", "é", "--state", "corrected")["replaced"] > 1
    assert re.match(r"Undone in \d+ lines\. Line \d+ is “", linewright("undo", folder).stdout)
