"""The forecast from a shell."""

import pytest

from core.storage.project import open_project
from core.storage.project_settings import note_setting
from core.workflow.measuring_subsets import KEY
from tests.book import copy_of
from tests.cli.test_cli import answer, linewright


@pytest.fixture
def folder(book, tmp_path):
    copy_of(book, tmp_path / "book").close()
    return tmp_path / "book"


def test_without_a_training_it_says_not_yet(folder):
    values = answer("forecast", folder)
    assert (values["ahead"], values["points"], values["lines"]) == ([], [], 28)
    assert "Not yet" in linewright("forecast", folder).stdout


def test_what_was_measured_makes_a_forecast_in_sentences(folder):
    with open_project(folder) as project:
        note_setting(project, KEY, {"ppocr-v6-small": [["test", 7, 90, 1200], ["test", 14, 60, 1200]]})
    values = answer("forecast", folder)
    assert [point["lines"] for point in values["points"]] == [7, 14]
    assert [each["lines"] for each in values["ahead"]] == [28, 78, 128]
    told = linewright("forecast", folder).stdout
    assert "50 more lines: about" in told
    assert "80 % probability" in told
    assert "looks too good" not in told


def test_a_forecast_from_validation_pages_says_that_they_flatter(folder):
    with open_project(folder) as project:
        note_setting(project, KEY, {"ppocr-v6-small": [["val", 7, 90, 1200], ["val", 14, 60, 1200]]})
    assert (
        "on the pages that it was chosen by, a model looks too good" in linewright("forecast", folder).stdout
    )


def test_measuring_without_lines_is_one_sentence(tmp_path):
    answer("new", tmp_path / "empty")
    done = linewright("forecast", tmp_path / "empty", "--measure")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Correct lines on at least two pages" in done.stderr
