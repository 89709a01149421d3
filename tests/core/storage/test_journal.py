"""Undo of one certain act."""

import pytest

from core.errors import KnownError
from core.storage.journal import last_step, undo
from core.storage.layout_edits import delete_lines
from core.storage.lines import list_entries


def test_undo_of_a_certain_act_takes_back_no_other_one(project, add_page):
    page = add_page()
    first, second, _ = (entry.line.id for entry in list_entries(project, page.id))
    delete_lines(project, [first])
    step = last_step(project)
    delete_lines(project, [second])
    with pytest.raises(KnownError, match="Something else was done since"):
        undo(project, step)
    undo(project)
    assert undo(project, step).lines >= {first}
    with pytest.raises(KnownError, match="Something else was done since"):
        undo(project, step)


def test_an_act_that_takes_the_number_of_an_undone_one_is_another_act(project, add_page):
    page = add_page()
    first, second, _ = (entry.line.id for entry in list_entries(project, page.id))
    delete_lines(project, [first])
    step = last_step(project)
    undo(project)
    delete_lines(project, [second])
    assert last_step(project)[0] == step[0]
    with pytest.raises(KnownError, match="Something else was done since"):
        undo(project, step)
