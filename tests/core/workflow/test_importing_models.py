"""A foreign model in a project: through a worker process into the list of versions, and out again."""

import os
from pathlib import Path

import pytest
import torch

from core.document import BASE_MODELS
from core.errors import KnownError, ModelInUse
from core.files import write_text
from core.jobs import CancelToken
from core.storage.lines import list_entries
from core.storage.models import (
    NewModel,
    add_model,
    delete_model,
    free_model_name,
    get_model,
    list_models,
    model_source,
    promote_model,
    promoted_model,
)
from core.training.config import preset, with_settings
from core.workflow.drafting import draft_lines
from core.workflow.exporting import export_model
from core.workflow.finetuning import fine_tune
from core.workflow.importing_models import checked_name, free_name, import_model
from tests.core.recognition.foreign import references

LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def foreign(tmp_path):
    torch.manual_seed(4)
    torch.save(references.crnn_pytorch(27).state(), tmp_path / "My CRNN.pth")
    return tmp_path / "My CRNN.pth"


def test_imported_model_is_a_version_that_drafts_and_goes_again(utopie, foreign):
    model = import_model(utopie, foreign, charset=LETTERS, keep_ratio=True)
    assert (model.name, model.parent, model.architecture) == ("my-crnn", None, "crnn")
    assert (model.is_base, model.charset_size, model.promoted) == (False, 26, False)
    assert "My CRNN.pth, made with crnn.pytorch" in model.data["imported"]
    assert (utopie.folder / model.file).is_file()

    line = list_entries(utopie, 1)[0].line.id
    draft_lines(utopie, [1], model=model.name, only_open=False, cancel=CancelToken(), background=False)
    assert list_entries(utopie, 1)[0].draft.model == model.name, line

    promote_model(utopie, model.name)
    assert promoted_model(utopie).name == model.name
    with pytest.raises(ModelInUse, match="makes the drafts"):
        delete_model(utopie, model.name)
    promote_model(utopie, "ppocr-v6-small")
    delete_model(utopie, model.name)
    assert not (utopie.folder / model.file).exists()
    assert model.name not in [version.name for version in list_models(utopie)]


def test_imported_model_is_a_base_to_train_from(few_lines, foreign):
    model = import_model(few_lines, foreign, charset=LETTERS, keep_ratio=True)
    steps = {
        "epochs": 1,
        "min_steps": 2,
        "batch_size": 2,
        "validations": 1,
        "replay": 0,
        "precision": "float32",
    }
    config = with_settings(preset("default"), steps)
    report = fine_tune(few_lines, config, base=model.name, cancel=CancelToken(), background=False)
    tuned = get_model(few_lines, report.model.name)
    assert (tuned.parent, tuned.architecture) == (model.name, "crnn")
    with pytest.raises(ModelInUse, match="parent of"):
        delete_model(few_lines, model.name)


def test_exported_model_comes_back_into_another_project(project, foreign, tmp_path):
    first = import_model(project, foreign, charset=LETTERS, name="first")
    export_model(project, "first", tmp_path / "out.safetensors")
    second = import_model(project, tmp_path / "out.safetensors")
    assert (second.name, second.sha256) == ("out", first.sha256)
    export_model(project, "first", tmp_path / "out.onnx")
    assert (tmp_path / "out.onnx").stat().st_size > 10_000
    card = (tmp_path / "out.card.md").read_text("utf-8")
    assert card.startswith("# first\n")
    assert "- a value x from 0 to 255 goes in as (x / 255 - 0.5) / 0.5\n" in card
    assert f"- output: logits of {len(LETTERS) + 1} classes for every" in card
    assert f"```\n{LETTERS}\n```" in card
    assert "- Licence: not stated" in card
    assert model_source(project, second).endswith("out.safetensors")


@pytest.mark.parametrize(
    ("ending", "beside"), [("onnx", "vocab.txt"), ("pth", "card.md"), ("pth", "vocab.txt")]
)
def test_what_lies_beside_an_export_and_is_of_something_else_stays(
    project, foreign, tmp_path, ending, beside
):
    import_model(project, foreign, charset=LETTERS, name="first")
    other, file = tmp_path / f"out.{beside}", tmp_path / f"out.{ending}"
    other.write_text("mine")
    with pytest.raises(KnownError, match=rf"out\.{beside} is there already and belongs to something else"):
        export_model(project, "first", file)
    assert other.read_text() == "mine"
    assert not file.exists()
    export_model(project, "first", tmp_path / "out2.safetensors")
    for name in ("out2.onnx", "out2.pth", "out2.pth"):  # beside them lie their own
        export_model(project, "first", tmp_path / name)


def test_names_are_free_or_refused(project, foreign):
    assert import_model(project, foreign, charset=LETTERS).name == "my-crnn"
    assert import_model(project, foreign, charset=LETTERS).name == "my-crnn-2"
    with pytest.raises(KnownError, match="is a model “my-crnn”"):
        import_model(project, foreign, charset=LETTERS, name="my-crnn")
    with pytest.raises(KnownError, match="cannot name"):
        import_model(project, foreign, charset=LETTERS, name="../up")
    with pytest.raises(KnownError, match="too long for the name of a file"):
        import_model(project, foreign, charset=LETTERS, name="x" * 300)


def test_a_file_of_no_version_is_not_called_one(project):
    (project.models / "left.safetensors").write_bytes(b"half")
    with pytest.raises(KnownError, match=r"left\.safetensors that belongs to no version here"):
        checked_name(project, "left")
    assert free_name(project, Path("left.pth")) == "left-2"


def test_names_are_cut_to_what_a_file_may_be_called(project):
    name = free_name(project, Path("漢" * 80 + ".pth"))
    write_text(project.models / f"{name}.safetensors", "")
    assert free_name(project, Path("漢" * 80 + ".pth")) == f"{name}-2"
    project.folder = Path("/" + "A" * 250)
    assert len(f"{free_model_name(project)}.safetensors".encode()) < 255


def test_files_whose_names_are_no_utf8_come_in_and_go_out(project, foreign, tmp_path):
    odd = tmp_path / os.fsdecode(b"caf\xe9.pth")
    foreign.rename(odd)
    model = import_model(project, odd, charset=LETTERS)
    assert model.data["imported"].startswith("caf\ufffd.pth")
    export_model(project, model.name, odd.with_suffix(".onnx"))
    assert odd.with_suffix(".onnx").is_file()


def test_a_version_is_never_written_over_another_one(project):
    (project.models / "other.safetensors").write_bytes(b"other")
    model = NewModel("mine", None, "crnn", "models/mine.safetensors", "0" * 64, 26, {}, {"imported": "x"}, {})
    add_model(project, model)
    with pytest.raises(KnownError, match="keeps its own versions"):
        export_model(project, "mine", project.models / "other.safetensors")


def test_misfit_is_told_and_leaves_nothing(project, foreign):
    with pytest.raises(KnownError, match="27 classes"):
        import_model(project, foreign, charset="abc")
    with pytest.raises(KnownError, match="no kind of model “trocr”; there are modelscope"):
        import_model(project, foreign, kind="trocr")
    assert {model.name for model in list_models(project)} == set(BASE_MODELS)
    assert not list(project.models.iterdir())


def test_only_imported_models_descend_from_nothing(project):
    orphan = NewModel("orphan", None, "crnn", "models/o.safetensors", "0" * 64, 26, {}, {}, {})
    with pytest.raises(ValueError, match="was not imported"):
        add_model(project, orphan)
