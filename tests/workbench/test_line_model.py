from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from core.document import TranscriptionState
from core.storage.lines import get_entry, list_entries
from core.storage.pages import list_pages, page_progress
from core.storage.project import Project
from core.storage.transcriptions import save
from workbench.library.page_model import PageModel
from workbench.transcribe.line_look import LineLook
from workbench.transcribe.line_model import LineModel


def test_the_line_model_is_sound(qtmodeltester: ModelTester, project: Project) -> None:
    model = LineModel()
    model.set_entries(list_entries(project, list_pages(project)[0].id))
    qtmodeltester.check(model)
    assert model.rowCount() == 3


def test_the_page_model_is_sound(qtmodeltester: ModelTester, project: Project) -> None:
    model = PageModel()
    model.show_pages(list_pages(project), page_progress(project))
    qtmodeltester.check(model)
    assert model.rowCount() == 2


def test_one_line_changes_without_a_reset(qtbot: QtBot, project: Project) -> None:
    model = LineModel()
    entries = list_entries(project, list_pages(project)[0].id)
    model.set_entries(entries)
    line = entries[0].line.id
    assert model.rows[0].look is LineLook.DOUBTFUL
    save(project, line, "liure", state=TranscriptionState.CORRECTED, base_revision=0)
    with qtbot.waitSignal(model.dataChanged), qtbot.assertNotEmitted(model.modelReset):
        model.update_entry(get_entry(project, line))
    assert model.rows[0].look is LineLook.DONE
    assert model.rows[0].doubts == ()
