"""The command line as a shell sees it: exit codes, one JSON object, sentences on stderr."""

import json
import shutil

import pytest

from core.document import Direction
from core.geometry import rectangle
from core.storage.comments import add_comment
from core.storage.layout_edits import draw_line, tag_lines
from core.storage.lines import list_entries
from core.storage.pages import list_pages
from core.storage.project import open_project
from tests.book import CORRECTIONS, SCANS
from tests.cli.command_line import answer, in_a_shell, linewright
from tests.core.storage.conftest import box


@pytest.fixture(scope="module")
def cli_book(book, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli") / "book"
    shutil.copytree(book, folder)
    return folder


def test_a_prepared_training_that_nobody_has_trained_yet_says_how_to(short_book, tmp_path):
    folder = tmp_path / "Utopie 1550"
    shutil.copytree(short_book, folder)
    assert "has no training to resume" in linewright("train", folder, "--resume").stderr
    command = answer("train", folder, "--prepare")["command"]
    refused = linewright("train", folder, "--resume")
    assert refused.returncode == 1
    assert f"Train it with “{command}” and come back" in refused.stderr
    (folder / "runs" / "0001" / "prepared").unlink()  # as if it had been killed at once
    refused = linewright("train", folder, "--resume").stderr
    assert "ended before it learned anything" in refused and "torchrun" not in refused


def test_lines_that_could_not_be_read_are_told_of_once_and_counted(short_book, tmp_path):
    folder = tmp_path / "Utopie 1550"
    shutil.copytree(short_book, folder)
    (folder / "scans" / "utopie_p26.jpg").unlink()
    with open_project(folder, read_only=True) as project:
        (page,) = (page for page in list_pages(project) if page.name == "utopie_p26.jpg")
        count = len(list_entries(project, page.id))
    told = linewright("draft", folder, "--page", "utopie_p26.jpg").stdout.splitlines()
    assert told[1:] == [
        "Skipped utopie_p26.jpg: the file does not exist.",
        f"Lines that could not be read: {count}.",
    ]
    found = answer("lines", folder, "--page", "utopie_p26.jpg")
    assert [skipped["reason"] for skipped in found["skipped"]] == ["the file does not exist"]


def test_known_error_is_one_sentence_and_exit_code_1(tmp_path):
    done = in_a_shell("draft", tmp_path / "nowhere", "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "not a Linewright project" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_command_in_a_process_of_its_own_answers_one_object(tmp_path):
    done = in_a_shell("new", tmp_path / "Überſetzung", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"project": str(tmp_path / "Überſetzung")}


def test_a_window_without_a_screen_is_refused_in_a_sentence(monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    refused = linewright("open")
    assert refused.returncode == 1
    assert "There is no screen for the window" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["receive", "missing.lwpages", "new"], "missing.lwpages: there is no such file."),
        (["train", "p", "--config", "missing.yaml"], "missing.yaml cannot be opened (No such"),
        (["train", "p", "--resume", "--minutes", "5"], "goes on with the settings it was started with"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    refused = linewright(*arguments)
    assert refused.returncode == 1
    assert said in refused.stderr


@pytest.mark.parametrize("arguments", [["bogus"], ["draft"], ["evaluate", "p", "--split", "everything"]])
def test_wrong_usage_is_exit_code_2(arguments):
    assert linewright(*arguments).returncode == 2


def test_import_answers_counts_and_what_was_skipped(tmp_path):
    project = tmp_path / "p"
    assert answer("new", project) == {"project": str(project)}
    for file in (SCANS / "utopie_p15.jpg", CORRECTIONS / "utopie_p15.xml"):
        shutil.copy(file, tmp_path)
    (tmp_path / "broken.png").write_bytes(b"")
    values = answer(
        "import", project, tmp_path / "utopie_p15.jpg", tmp_path / "broken.png", "--split", "test"
    )
    assert (values["pages"], values["lines"], values["transcriptions"]) == (1, 28, 28)
    assert [entry["file"] for entry in values["skipped"]] == [str(tmp_path / "broken.png")]


@pytest.fixture
def empty_project(tmp_path):
    answer("new", tmp_path / "p")
    return tmp_path / "p"


def test_an_import_of_nothing_is_exit_code_1_with_the_reason(empty_project, tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.png").write_bytes(b"")
    for path, reason in (
        (tmp_path / "gone", "gone: there is no such file or folder"),
        (tmp_path / "broken.png", "broken.png: "),
        (tmp_path / "empty", "no scan and no line data set"),
    ):
        done = linewright("import", empty_project, path)
        assert done.returncode == 1
        assert done.stderr.startswith("Nothing was imported: ")
        assert reason in done.stderr


def test_importing_what_is_there_already_is_no_error(empty_project):
    scan = SCANS / "utopie_p15.jpg"
    answer("import", empty_project, scan)
    assert answer("import", empty_project, scan)["pages"] == 0


def test_what_a_list_could_not_give_is_told_with_its_line(empty_project, tmp_path):
    (tmp_path / "set").mkdir()
    shutil.copy(SCANS / "utopie_p15.jpg", tmp_path / "set" / "a.jpg")
    (tmp_path / "set" / "labels.txt").write_text('{"filename": "a.jpg", "text": "x"}\n{broken\n')
    (skipped,) = answer("import", empty_project, tmp_path / "set")["skipped"]
    assert (skipped["file"], skipped["line"]) == (str(tmp_path / "set" / "labels.txt"), 2)


def test_an_export_of_nothing_is_exit_code_1_and_says_what_to_do(empty_project, tmp_path):
    done = linewright("export", empty_project, "--format", "txt", tmp_path / "out")
    assert done.returncode == 1
    assert "Import scans" in done.stderr
    answer("import", empty_project, SCANS / "utopie_p15.jpg")
    with open_project(empty_project) as opened:
        draw_line(opened, 1, rectangle(10, 10, 500, 60, Direction.LTR))
    done = linewright("export", empty_project, "--format", "page", tmp_path / "out")
    assert done.returncode == 1
    assert "Draft the lines" in done.stderr


def test_comparing_a_version_with_itself_is_refused(empty_project):
    done = linewright("compare", empty_project, "crnn-v6", "crnn-v6")
    assert done.returncode == 1
    assert done.stderr.strip() == "Choose two different versions; crnn-v6 was named twice."


def test_lines_and_draft_answer_what_they_did(tmp_path):
    project = tmp_path / "p"
    answer("new", project)
    answer("import", project, SCANS / "utopie_p10.jpg", "--text-as", "none")
    found = answer("lines", project)
    assert found["pages"] == 1
    assert found["lines"] >= 14
    drafted = answer("draft", project, "--only", "open")
    refused = linewright("export", project, "--format", "txt", tmp_path / "out")
    assert refused.returncode == 1
    assert f"{found['lines']} lines have only drafts. Accept or correct them." in refused.stderr
    assert set(drafted) == {"model", "lines", "seconds", "lines_per_second", "skipped"}
    assert drafted["lines"] == found["lines"]


def test_training_evaluating_comparing_and_models(few_lines, tmp_path):
    cli_book = few_lines.folder
    few_lines.close()
    config = tmp_path / "config.yaml"
    config.write_text("epochs: 1\nmin_steps: 2\nbatch_size: 2\nvalidations: 1\nreplay: 0\n")
    trained = answer("train", cli_book, "--config", config, "--max-lines", "4", "--seed", "5")
    assert set(trained) == {
        "model",
        "base",
        "lines",
        "steps",
        "train_seconds",
        "cpu_seconds",
        "peak_rss_mib",
        "val_cer_before",
        "val_cer_after",
        "test_cer_before",
        "test_cer_after",
    }
    assert (trained["base"], trained["lines"]) == ("ppocr-v6-small", 4)
    model = trained["model"]

    scored = answer("evaluate", cli_book, "--model", model)
    assert set(scored) == {
        "model",
        "split",
        "lines",
        "characters",
        "cer",
        "accuracy_lcs",
        "wer",
        "exact",
        "lines_per_second",
        "skipped",
    }
    assert scored["cer"] == pytest.approx(trained["test_cer_after"])

    compared = answer("compare", cli_book, "ppocr-v6-small", model, "--csv", tmp_path / "c.csv")
    assert {"lines", "cer_a", "cer_b", "interval", "sign_test", "classes", "legacy", "reason"} < set(compared)
    assert compared["better"] + compared["worse"] + compared["same"] == compared["lines"]
    assert len((tmp_path / "c.csv").read_text(encoding="utf-8-sig").splitlines()) == compared["lines"] + 1
    told = linewright("compare", cli_book, "ppocr-v6-small", model).stdout
    assert "Chance alone would do that in" in told
    assert f"(Sign test: p = {compared['sign_test']:.2g}.)" in told

    code = linewright("models", cli_book, "promote", model).returncode
    assert code == (0 if compared["recommended"] else 1)  # what is not proven better needs a second step
    assert answer("models", cli_book, "promote", model, "--anyway") == {"promoted": model}
    listed = answer("models", cli_book, "list")["models"]
    assert [m["name"] for m in listed if m["promoted"]] == [model]
    assert answer("models", cli_book, "rollback") == {"promoted": "ppocr-v6-small"}
    answer("models", cli_book, "export", model, tmp_path / "m.safetensors")
    assert (tmp_path / "m.safetensors").stat().st_size > 1_000_000
    assert linewright("models", cli_book, "delete", "ppocr-v6-small").returncode == 1
    assert answer("models", cli_book, "delete", model) == {"deleted": model}


def test_export_refuses_a_folder_that_is_in_use(cli_book, tmp_path):
    values = answer("export", cli_book, "--format", "txt", tmp_path / "out")
    assert values["lines"] > 80
    one = answer("export", cli_book, "--format", "txt", tmp_path / "one", "--page", "1")
    assert (one["pages"], len(list((tmp_path / "one").iterdir()))) == (1, 1)
    again = linewright("export", cli_book, "--format", "txt", tmp_path / "out")
    assert again.returncode == 1
    assert "not empty" in again.stderr


def test_misspelt_setting_is_refused(cli_book, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("learning_rat: 0.1\n")
    done = linewright("train", cli_book, "--config", config)
    assert done.returncode == 1
    assert "learning_rat" in done.stderr


def test_importing_a_model_of_another_program(tmp_path):
    import torch

    from tests.core.recognition.foreign import references

    torch.save(references.crnn_pytorch(4).state(), tmp_path / "crnn.pth")
    (tmp_path / "chars.txt").write_text("a\nb\nc\n")
    project = tmp_path / "p"
    answer("new", project)
    values = answer(
        "models",
        project,
        "import",
        tmp_path / "crnn.pth",
        "--vocab",
        tmp_path / "chars.txt",
        "--name",
        "mine",
    )
    assert (values["name"], values["parent"], values["charset_size"]) == ("mine", None, 3)
    answer("models", project, "export", "mine", tmp_path / "mine.onnx")
    refused = linewright("models", project, "import", tmp_path / "crnn.pth")
    assert refused.returncode == 1
    assert "--charset or --vocab" in refused.stderr
    assert answer("models", project, "delete", "mine") == {"deleted": "mine"}


def test_pages_are_listed_split_turned_and_turned_back(cli_book):
    names = [page["name"] for page in answer("pages", cli_book)["pages"]]
    assert names == ["utopie_p15.jpg", "utopie_p19.jpg", "utopie_p26.jpg"]
    answer("split", cli_book, "none", "--page", "2")
    assert answer("pages", cli_book, "--page", "2")["pages"][0]["split"] is None
    answer("split", cli_book, "val", "--page", "utopie_p19")
    assert answer("pages", cli_book, "--page", "2")["pages"][0]["split"] == "val"
    for degrees, rotation in (("90", 90), ("270", 0)):
        assert answer("rotate", cli_book, degrees, "--page", "1")["pages"] == 1
        assert answer("pages", cli_book, "--page", "1")["pages"][0]["rotation"] == rotation
    assert linewright("rotate", cli_book, "45").returncode == 1


def test_readiness_tells_grade_lines_and_minutes(cli_book):
    values = answer("readiness", cli_book)
    assert values["grade"] == "Worth a try"
    assert values["lines"]["train"] > 20
    assert values["minutes"] > 0
    assert answer("readiness", cli_book, "--no-measure")["minutes"] is None


def test_nothing_to_undo_is_said(tmp_path):
    answer("new", tmp_path / "p")
    done = linewright("undo", tmp_path / "p")
    assert (done.returncode, done.stderr.strip()) == (1, "Nothing in p can be undone.")


def test_a_remark_is_kept_with_a_model(cli_book):
    answer("models", cli_book, "note", "crnn-ppocr-v2", "quick")
    assert answer("models", cli_book, "show", "crnn-ppocr-v2")["note"] == "quick"


def test_drafting_can_switch_the_steps_of_normalisation(cli_book):
    drafted = answer(
        "draft", cli_book, "--page", "1", "--normalize", "grey", "--normalize", "contrast_stretch"
    )
    assert drafted["lines"] > 20


def test_queue_and_accept_answer_lines_and_figures(tmp_path):
    project = tmp_path / "p"
    answer("new", project)
    answer("import", project, SCANS / "utopie_p15.jpg", "--text-as", "none")
    answer("lines", project)
    assert "nan" not in linewright("queue", project).stdout
    answer("draft", project)
    queued = answer("queue", project, "--count", "3")
    assert queued["open"] >= 14
    expected = [line["expected"] for line in queued["lines"]]
    assert len(expected) == 3
    assert expected == sorted(expected, reverse=True)
    refused = linewright("accept", project, "--below", "0", "--budget", "1")
    assert refused.returncode == 1
    assert "No open line is sure enough" in refused.stderr
    accepted = answer("accept", project, "--below", "0.05", "--budget", "3")
    assert accepted["lines"] >= 1
    assert accepted["expected_errors"] <= 3
    assert len(accepted["to_audit"]) >= 1
    assert answer("queue", project)["open"] == queued["open"] - accepted["lines"]


def test_pages_go_to_a_second_reader_and_come_back(cli_book, tmp_path):
    out = answer("handout", cli_book, tmp_path / "lin.lwpages", "--pages", "1-2", "--to", "Lin")
    assert (out["pages"], out["to"]) == (2, "Lin")
    answer("receive", tmp_path / "lin.lwpages", tmp_path / "lin")
    assert answer("handout", tmp_path / "lin", tmp_path / "back.lwpages")["lines"] == out["lines"]
    assert ", from Lin for book." in linewright("handout", tmp_path / "lin", tmp_path / "b.lwpages").stdout
    merged = answer("merge", cli_book, tmp_path / "back.lwpages")
    assert (merged["taken"], merged["conflicts"], merged["agreement"]["cer"]) == (0, 0, None)
    with open_project(tmp_path / "lin") as lin:
        first, second, *_ = list_entries(lin, list_pages(lin)[0].id)
        tag_lines(lin, [first.line.id, second.line.id], "heading")
        add_comment(lin, first.line.id, "a remark")
        draw_line(lin, first.line.page_id, box(1, 1, 9, 5))
    with open_project(cli_book) as home:
        tag_lines(home, [list_entries(home, list_pages(home)[0].id)[0].line.id], "date")
    answer("handout", tmp_path / "lin", tmp_path / "back.lwpages")
    merged = answer("merge", cli_book, tmp_path / "back.lwpages")
    kept = [{"page": 1, "line": 1, "tag": "heading"}]
    assert (merged["tags"], merged["comments"], merged["blank"], merged["outlines"]) == (1, 1, 1, 0)
    assert (merged["tags_kept"], merged["outlines_kept"], merged["deletions_kept"]) == (kept, [], [])
    told = linewright("merge", cli_book, tmp_path / "back.lwpages").stdout
    assert "1 tag was changed on both sides, and ours stays: page 1, line " in told
