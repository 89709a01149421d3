"""What is left when a process dies without a word."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from core.document import TranscriptionState
from core.storage.lines import get_entry, list_entries
from core.storage.project import open_project
from core.storage.runs import list_runs
from core.training.config import preset, with_settings
from core.training.events import CheckpointSaved
from core.versions import RunState
from tests.book import copy_of, shorten
from tests.e2e.conftest import LONG_MS
from tests.e2e.typing_window import CONFIRMED, HALF
from workbench.training.place import TrainingPlace
from workbench.transcribe.place import TranscribePlace


def test_a_window_killed_while_typing_loses_at_most_the_line_in_hand(book, tmp_path):
    project = copy_of(book, tmp_path / "utopie")
    before = {entry.line.id: entry.text for entry in list_entries(project, 1)}
    project.close()
    command = [sys.executable, "-m", "tests.e2e.typing_window", str(project.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as window:
        said = [window.stdout.readline().split() for _ in range(CONFIRMED + 1)]
        window.send_signal(signal.SIGKILL)
    assert [words[0] for words in said] == ["confirmed"] * CONFIRMED + ["typing"]
    with open_project(project.folder) as left:
        assert not left.read_only, "the dead window still holds the project"
        for count, (_, line) in enumerate(said[:-1]):
            entry = get_entry(left, int(line))
            assert (entry.text, entry.state) == (f"typed line {count}", TranscriptionState.CORRECTED)
        in_hand = get_entry(left, int(said[-1][1]))
        assert in_hand.text in (HALF, before[in_hand.line.id])


@pytest.fixture
def training(desk):
    shorten(desk.workspace.project)  # the training is killed: what it learns does not matter
    number, place = next((n, p) for n, p in enumerate(desk.window.places) if isinstance(p, TrainingPlace))
    desk.window.show_place(number)
    return place


def test_a_killed_training_leaves_the_window_alive_and_resumes(desk, training, qtbot):
    jobs = desk.workspace.jobs
    qtbot.waitUntil(
        lambda: jobs.current is None and bool(training._paces), timeout=LONG_MS
    )  # the pace is measured

    def kill_after_writing_the_state(event):
        if isinstance(event, CheckpointSaved):
            for child in psutil.Process().children():
                os.kill(child.pid, signal.SIGKILL)

    settings = {"epochs": 1, "min_steps": 40, "batch_size": 2, "validations": 4, "replay": 0}
    tell = training.controller._told
    tell.connect(kill_after_writing_the_state)
    with qtbot.waitSignal(training.controller.ended, timeout=LONG_MS) as ended:
        training.controller.start(with_settings(preset("default"), settings), "crnn-ppocr-v2")
    tell.disconnect(kill_after_writing_the_state)
    report, text = ended.args
    assert report is None
    assert "was killed" in text
    message = desk.window.strip.message
    assert (message.text, message.action) == (text, "Resume")
    assert list_runs(desk.workspace.project)[0].state is RunState.INTERRUPTED

    desk.window.show_place(1)
    transcribe = desk.window.place
    assert isinstance(transcribe, TranscribePlace)
    transcribe.controller.step_line(1)

    with qtbot.waitSignal(training.controller.ended, timeout=LONG_MS) as ended:
        message.act()
    report, text = ended.args
    assert report is not None, text
    steps = [point.step for point in training.controller.points]
    assert steps == list(range(1, report.outcome.steps + 1))
