import datetime as dt
import math
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from core.document import Split
from core.errors import ModelInUse, UnknownModel
from core.storage.drafts import list_drafts, save_drafts
from core.storage.evaluations import NewEvaluation, latest_evaluation, line_scores, save_evaluation
from core.storage.layout_edits import delete_lines, reshape_line
from core.storage.lines import get_entry, images_of, list_entries
from core.storage.models import (
    NewModel,
    add_model,
    delete_model,
    free_model_name,
    get_model,
    list_models,
    promote_model,
    promoted_model,
    roll_back,
)
from core.storage.pages import delete_pages, list_pages, rotate_page
from core.storage.project import open_project
from core.storage.runs import (
    add_points,
    curve,
    finish_run,
    get_run,
    hand_over_run,
    resumable_run,
    resume_run,
    start_run,
)
from core.storage.schema import DraftRow
from core.versions import CurvePoint, LineScore, RunState
from tests.core.storage.conftest import box, reading

BASE = "ppocr-v6-small"


@pytest.fixture
def tuned(project):
    (project.models / "utopie-1.safetensors").write_bytes(b"weights")
    return add_model(
        project,
        NewModel("utopie-1", BASE, BASE, "models/utopie-1.safetensors", "f" * 64, 80, {}, {"lines": 9}, {}),
    )


def test_promoting_and_rolling_back_changes_who_drafts(project, tuned):
    assert promoted_model(project).name == BASE
    promote_model(project, tuned.name)
    assert promoted_model(project).name == tuned.name
    roll_back(project)
    assert promoted_model(project).name == BASE
    with pytest.raises(ModelInUse, match="Nothing to roll back"):
        roll_back(project)


def test_base_promoted_and_parent_models_cannot_be_deleted(project, tuned):
    add_model(project, NewModel("child", tuned.name, BASE, "models/c.safetensors", "0" * 64, 80, {}, {}, {}))
    for name, reason in ((BASE, "base model"), (tuned.name, "parent of child")):
        with pytest.raises(ModelInUse, match=reason):
            delete_model(project, name)
    promote_model(project, "child")
    with pytest.raises(ModelInUse, match="makes the drafts"):
        delete_model(project, "child")


def test_what_a_training_starts_from_cannot_be_deleted_before_its_end(project, tuned):
    run = start_run(project, tuned.name, {})
    with pytest.raises(ModelInUse, match=f"Training {run.id} starts from utopie-1 and is running"):
        delete_model(project, tuned.name)
    finish_run(project, run.id, RunState.CANCELLED)
    state = project.folder / run.folder / "resume.pt"
    state.write_bytes(b"state")
    with pytest.raises(ModelInUse, match="resume it to its end or start another one"):
        delete_model(project, tuned.name)
    assert (project.models / "utopie-1.safetensors").exists()
    state.unlink()
    delete_model(project, tuned.name)


def test_what_a_prepared_training_starts_from_cannot_be_deleted_before_its_end(project, tuned):
    run = start_run(project, tuned.name, {})
    hand_over_run(project, run.id, message="prepared")
    with pytest.raises(ModelInUse, match=f"Training {run.id} was prepared and starts from utopie-1"):
        delete_model(project, tuned.name)
    resume_run(project, run.id)
    finish_run(project, run.id, RunState.FAILED)
    delete_model(project, tuned.name)


def test_a_prepared_training_that_a_newer_one_took_the_place_of_keeps_no_model(project, tuned):
    hand_over_run(project, start_run(project, tuned.name, {}).id, message="prepared")
    finish_run(project, start_run(project, BASE, {}).id, RunState.FAILED)
    delete_model(project, tuned.name)


def test_a_run_that_a_newer_one_took_the_place_of_keeps_no_model(project, tuned):
    older = finish_run(project, start_run(project, tuned.name, {}).id, RunState.CANCELLED)
    (project.folder / older.folder / "resume.pt").write_bytes(b"state")
    finish_run(project, start_run(project, BASE, {}).id, RunState.FAILED)
    delete_model(project, tuned.name)


def test_deleting_a_model_shows_the_older_draft_again(project, tuned, add_page):
    line = list_entries(project, add_page().id)[0].line.id
    save_drafts(project, BASE, {line: reading("base")})
    save_drafts(project, tuned.name, {line: reading("tuned")})
    assert get_entry(project, line).draft.text == "tuned"
    delete_model(project, tuned.name)
    assert get_entry(project, line).draft.text == "base"
    assert not (project.models / "utopie-1.safetensors").exists()
    with pytest.raises(UnknownModel, match="crnn-ppocr-v2"):
        get_model(project, tuned.name)


def test_a_draft_that_was_read_before_its_page_was_turned_stays_set_aside(project, tuned, add_page):
    page = add_page()
    line, other, *_ = [entry.line.id for entry in list_entries(project, page.id)]
    save_drafts(project, BASE, {line: reading("upside down")})
    rotate_page(project, page.id, 180)
    save_drafts(project, BASE, {other: reading("upright")})
    save_drafts(project, tuned.name, {line: reading("tuned"), other: reading("tuned")})
    delete_model(project, tuned.name)
    assert get_entry(project, line).draft is None
    assert get_entry(project, other).draft.text == "upright"


def test_a_draft_comes_back_with_its_picture_when_its_page_is_turned_back(project, add_page):
    page = add_page()
    line = list_entries(project, page.id)[0].line.id
    outline = get_entry(project, line).line.shape
    reshape_line(project, line, replace(outline, baseline=((100.0, 130.0), (900.0, 130.0))))
    save_drafts(project, BASE, {line: reading("upright")})
    assert rotate_page(project, page.id, 90).set_aside == 1
    assert get_entry(project, line).draft is None
    assert rotate_page(project, page.id, 270).set_aside == 0
    assert get_entry(project, line).draft.text == "upright"


def test_a_draft_from_before_places_were_noted_comes_back_when_a_newer_model_goes(project, tuned, add_page):
    line = list_entries(project, add_page().id)[0].line.id
    save_drafts(project, BASE, {line: reading("base")})
    with project.writing() as session:
        session.execute(update(DraftRow).values(read_shape=None))
    save_drafts(project, tuned.name, {line: reading("tuned")})
    delete_model(project, tuned.name)
    assert get_entry(project, line).draft.text == "base"


@pytest.mark.parametrize(
    "act",
    [
        lambda project, page, line: reshape_line(project, line, box(100, 600, 900, 640)),
        lambda project, page, line: rotate_page(project, page, 180),
        lambda project, page, line: delete_lines(project, [line]),
    ],
    ids=["moved", "turned", "deleted"],
)
def test_what_was_read_from_a_line_that_changed_meanwhile_is_passed_over(project, tuned, add_page, act):
    page = add_page()
    line = list_entries(project, page.id)[0].line.id
    pictures = {image.line_id: image for image in images_of(project, [line])}
    act(project, page.id, line)
    change = save_drafts(project, BASE, {line: reading("stale")}, pictures=pictures)
    assert (change.lines, change.pages) == (frozenset(), frozenset())
    assert list_drafts(project, line) == []


def test_what_was_read_from_a_nudged_line_is_stored_with_where_it_was_read(project, add_page):
    line = list_entries(project, add_page().id)[0].line.id
    pictures = {image.line_id: image for image in images_of(project, [line])}
    reshape_line(project, line, box(100, 101, 900, 141))
    save_drafts(project, BASE, {line: reading("nudged")}, pictures=pictures)
    assert get_entry(project, line).draft.text == "nudged"
    reshape_line(project, line, box(100, 102, 900, 142))
    assert get_entry(project, line).draft is None, "two px off what was read"


def test_what_was_read_on_a_page_that_is_gone_is_no_draft_of_another_page(project, add_page):
    gone = add_page("gone.png")
    [line, *_] = [entry.line.id for entry in list_entries(project, gone.id)]
    pictures = {image.line_id: image for image in images_of(project, [line])}
    delete_pages(project, [gone.id])
    other = add_page("other.png")
    assert list_entries(project, other.id)[0].line.id == line, "its id came again"
    save_drafts(project, BASE, {line: reading("of the page that is gone")}, pictures=pictures)
    assert list_drafts(project, line) == []


def test_draft_keeps_confidence_position_and_alternatives(project, add_page):
    line = list_entries(project, add_page().id)[0].line.id
    first = reading("ſerõt", 0.5)
    save_drafts(project, BASE, {line: first})
    save_drafts(project, BASE, {line: first, 999: first})
    (draft,) = list_drafts(project, line)
    assert draft.text == "ſerõt"
    assert [c.alternatives for c in draft.recognition.characters] == [(("x", 0.05),)] * 5
    assert draft.recognition.characters[1].start == pytest.approx(0.2)
    assert all(c.doubtful for c in draft.recognition.characters)


def test_names_of_new_models_count_up(project, tuned):
    (project.models / f"{free_model_name(project)}.safetensors").write_bytes(b"left over")
    assert free_model_name(project).endswith("-2")


def test_run_keeps_its_curve_and_ends_once(project):
    run = start_run(project, BASE, {"seed": 1})
    assert (project.folder / run.folder).is_dir()
    points = [CurvePoint(step, step * 0.5, 1e-3, 2.0 / (step + 1), None, None) for step in range(3)]
    add_points(project, run.id, points)
    add_points(project, run.id, [CurvePoint(2, 1.0, 1e-3, 0.5, 0.4, 0.1)])
    assert [(p.step, p.val_cer) for p in curve(project, run.id)] == [(0, None), (1, None), (2, 0.1)]
    ended = finish_run(project, run.id, RunState.CANCELLED)
    assert ended.ended_at - ended.started_at < dt.timedelta(minutes=1)


def test_a_loss_that_overflowed_is_kept_as_infinite(project):
    """SQLite would make a null of NaN, which no curve may hold: hours of training would end in a fault."""
    run = start_run(project, BASE, {})
    add_points(project, run.id, [CurvePoint(1, 0.5, 1e-3, math.nan, math.nan, 1.0)])
    assert [(p.train_loss, p.val_loss) for p in curve(project, run.id)] == [(math.inf, None)]


def test_run_whose_program_died_is_interrupted_and_resumable(project):
    run = start_run(project, BASE, {})
    (project.folder / run.folder / "resume.pt").write_bytes(b"state")
    project.close()
    with open_project(project.folder) as reopened:
        assert get_run(reopened, run.id).state is RunState.INTERRUPTED
        assert resumable_run(reopened).id == run.id
        assert resume_run(reopened, run.id).state is RunState.RUNNING


def test_newest_evaluation_of_a_split_counts(project, add_page):
    line = list_entries(project, add_page().id)[0].line.id
    for text, edits in (("ad", 1), ("ab", 0)):
        scores = [LineScore(line, "ab", text, edits, 2)]
        save_evaluation(
            project,
            NewEvaluation(BASE, Split.TEST, 2, edits / 2, 1 - edits / 2, 0.0, 1 - edits, 10.0, scores),
        )
    newest = latest_evaluation(project, BASE, Split.TEST)
    assert (newest.cer, newest.exact) == (0.0, 1)
    assert line_scores(project, newest.id) == [LineScore(line, "ab", "ab", 0, 2)]
    assert latest_evaluation(project, BASE, Split.VAL) is None


def test_a_file_that_is_in_use_keeps_no_version_and_no_page(project, add_page, monkeypatch):
    (project.models / "mine.safetensors").write_bytes(b"weights")
    new = NewModel("mine", None, "crnn", "models/mine.safetensors", "0" * 64, 26, {}, {"imported": "x"}, {})
    add_model(project, new)
    page = add_page()

    def in_use(file, **_):
        raise PermissionError(13, "used by another process", str(file))

    monkeypatch.setattr(Path, "unlink", in_use)
    delete_model(project, "mine")
    assert delete_pages(project, [page.id]).pages == {page.id}
    monkeypatch.undo()
    assert "mine" not in [model.name for model in list_models(project)]
    assert list_pages(project) == []
