"""When the window learns what betters drafts without being asked."""

from pytestqt.qtbot import QtBot

from core.storage.drafts import save_drafts
from core.storage.models import NewModel, add_model
from core.storage.project import Project
from core.workflow import reading_help
from tests.workbench.conftest import MODEL, read_as
from workbench.project_changes import ProjectChanges
from workbench.transcribe.controller import Controller


def test_a_version_that_was_just_made_is_learned_for_at_the_first_pause(
    controller: Controller, project: Project, changes: ProjectChanges
) -> None:
    assert not controller.help._pause.isActive()
    add_model(project, NewModel("tuned", MODEL, MODEL, "models/tuned.safetensors", "0" * 64, 80, {}, {}, {}))
    line = controller.entries[1].line.id
    changes.announce(save_drafts(project, "tuned", {line: read_as("mas Linacer")}))
    assert controller.help._pause.isActive()


def test_one_for_which_that_was_done_is_not(
    controller: Controller, project: Project, changes: ProjectChanges
) -> None:
    reading_help.help_folder(project, "tuned").mkdir(parents=True)
    add_model(project, NewModel("tuned", MODEL, MODEL, "models/tuned.safetensors", "0" * 64, 80, {}, {}, {}))
    line = controller.entries[1].line.id
    changes.announce(save_drafts(project, "tuned", {line: read_as("mas Linacer")}))
    assert not controller.help._pause.isActive()


def test_what_was_read_to_learn_from_is_told_to_the_window(
    controller: Controller, project: Project, changes: ProjectChanges, qtbot: QtBot
) -> None:
    line = controller.entries[1].line.id
    change = save_drafts(project, MODEL, {line: read_as("mas Linacer")})
    with qtbot.waitSignal(changes.changed) as told:
        controller.help._runner.changed.emit(change)
    assert told.args == [change]
