import errno
import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from core.errors import KnownError
from core.jobs import CancelToken, Progress, ProgressSink
from core.storage.changes import Change
from workbench.jobs import Job, JobCancelled, JobFailed, JobOutcome, JobProgress, JobRunner, JobSucceeded
from workbench.jobs.job import ChangeSink


@pytest.fixture
def runner(qapp: object) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.shut_down()


def outcome(qtbot: QtBot, runner: JobRunner, job: Job) -> JobOutcome:
    with qtbot.waitSignal(runner.finished) as waiting:
        runner.start(job)
    result: JobOutcome = waiting.args[0]
    return result


def test_a_job_gives_its_result_progress_and_changes_back_in_the_windows_thread(
    qtbot: QtBot, runner: JobRunner
) -> None:
    seen: list[tuple[str, object, bool]] = []
    main = threading.get_ident()
    runner.progressed.connect(lambda p: seen.append(("progress", p, threading.get_ident() == main)))
    runner.changed.connect(lambda c: seen.append(("change", c, threading.get_ident() == main)))
    threads: list[int] = []

    def work(_cancel: CancelToken, progress: ProgressSink, changed: ChangeSink) -> int:
        threads.append(threading.get_ident())
        changed(Change(pages=frozenset({1})))
        progress(Progress(4, 4, "p1"))
        return 42

    job = Job("Counting", work)
    assert outcome(qtbot, runner, job) == JobSucceeded(job, 42)
    assert [kind for kind, _, _ in seen] == ["change", "progress"]
    assert all(in_main for _, _, in_main in seen)
    assert threads != [main]


def test_time_left_is_what_the_work_says_where_it_says_so(qtbot: QtBot, runner: JobRunner) -> None:
    seen: list[JobProgress] = []
    runner.progressed.connect(seen.append)

    def work(_cancel: CancelToken, progress: ProgressSink, _changed: ChangeSink) -> None:
        progress(Progress(300, 300, seconds_left=90.0))

    outcome(qtbot, runner, Job("Fine-tuning", work))
    assert seen[0].seconds_left == 90.0


def test_cancelling_is_an_outcome_of_its_own(qtbot: QtBot, runner: JobRunner) -> None:
    begun = threading.Event()

    def work(cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> None:
        begun.set()
        while True:
            cancel.raise_if_cancelled()

    job = Job("Waiting", work)
    with qtbot.waitSignal(runner.finished) as waiting:
        runner.start(job)
        qtbot.waitUntil(begun.is_set)
        runner.cancel()
    assert waiting.args == [JobCancelled(job)]


def test_an_error_is_handed_to_the_window(qtbot: QtBot, runner: JobRunner) -> None:
    error = KnownError("The disk is full; make room and try again.")

    def work(_cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> None:
        raise error

    job = Job("Failing", work)
    assert outcome(qtbot, runner, job) == JobFailed(job, error)


def test_jobs_run_one_after_the_other(qtbot: QtBot, runner: JobRunner) -> None:
    order: list[str] = []

    def work(name: str) -> Job:
        def note(_cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> None:
            order.append(name)

        return Job(name, note)

    finished: list[object] = []
    runner.finished.connect(finished.append)
    for name in ("first", "second", "third"):
        runner.start(work(name))
    assert runner.waiting == 2
    qtbot.waitUntil(lambda: len(finished) == 3)
    assert order == ["first", "second", "third"]
    assert runner.current is None


def test_shutting_down_stops_the_running_job_and_drops_the_others(qtbot: QtBot, runner: JobRunner) -> None:
    begun = threading.Event()
    later: list[int] = []

    def endless(cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> None:
        begun.set()
        while True:
            cancel.raise_if_cancelled()

    runner.start(Job("Endless", endless))
    runner.start(Job("Later", lambda _c, _p, _s: later.append(1)))
    qtbot.waitUntil(begun.is_set)
    runner.shut_down()
    assert later == []


def test_a_full_disk_is_told_as_such_and_a_fault_stays_a_fault(qtbot: QtBot, runner: JobRunner) -> None:
    def fail(error: Exception) -> JobOutcome:
        def work(_cancel: CancelToken, _progress: ProgressSink, _changed: ChangeSink) -> None:
            raise error

        return outcome(qtbot, runner, Job("Failing", work))

    full = fail(OSError(errno.ENOSPC, "No space left on device", "/p/a.txt"))
    assert isinstance(full, JobFailed)
    assert isinstance(full.error, KnownError)
    assert "/p/a.txt could not be written or read (No space left" in str(full.error)
    fault = fail(FileNotFoundError(errno.ENOENT, "No such file", "/p/b.txt"))
    assert isinstance(fault, JobFailed)
    assert isinstance(fault.error, FileNotFoundError)


def test_nothing_starts_after_shutting_down(qtbot: QtBot, runner: JobRunner) -> None:
    ran: list[int] = []
    runner.shut_down()
    runner.start(Job("late", lambda *_: ran.append(1)))
    assert runner.current is None
    qtbot.wait(50)
    assert not ran


def test_time_left_follows_from_the_speed_so_far() -> None:
    progress = JobProgress(Job("Drafting", lambda *_: None), Progress(62, 100), 6.2, 3.8)
    assert progress.fraction == pytest.approx(0.62)
    assert JobProgress(progress.job, Progress(3, 0), 1.0, None).fraction is None
