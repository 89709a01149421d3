"""The parent's side: start a worker process, read its events, stop it."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from core.errors import KnownError, WorkerFailed
from core.jobs import Cancelled, CancelToken
from core.wording import say, unpacked

GRACE_SECONDS = 20.0
"""How long a worker may take to stop (a step, and writing a checkpoint) before it is killed."""

KEPT_OPERATIONS = {"read-lines": 8192}
"""Compiled operations that oneDNN keeps, by kind of work; one that it has forgotten is compiled anew.

A book's lines have some fifty shapes, of seventy operations each: with its usual 1,024 reading takes a third
longer.
"""

FEWER_OPERATIONS = 384
"""In all other work: the batches of a training have so many shapes that few operations are met again in time.
A sixth of the memory less, for no time that could be measured (docs/MEASUREMENTS.md)."""


def available_cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def worker_command() -> list[str]:
    """How to start a worker: this same program with ``--worker``."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "core.worker"]
    executable = Path(sys.executable)
    # A windowed program on Windows has no standard streams; its console twin lies beside it.
    twin = executable.with_name("linewright-worker.exe")
    return [str(twin if twin.exists() else executable), "--worker"]


def run_worker(request: dict[str, Any], cancel: CancelToken, *, background: bool) -> Iterator[dict[str, Any]]:
    """Run one request in a worker process and yield its events up to the terminal one, which is yielded last.

    Args:
        request: JSON values; ``kind`` names the work.
        cancel: Asks the worker to stop; it is killed if it does not within ``GRACE_SECONDS``.
        background: Let the window's threads, and everybody else's, go first.

    Raises:
        Cancelled: If the worker stopped on request.
        KnownError: If the worker failed for a reason the user can mend.
        WorkerFailed: If the worker process died or ran into a bug.
    """
    threads = available_cores()
    request = {**request, "background": background, "threads": threads}
    with tempfile.TemporaryFile() as errors:
        process = _start(request, threads, errors)
        stopper = _Stopper(process)
        cancel.when_cancelled(stopper.stop)
        try:
            terminal = yield from _events(process)
        finally:
            stopper.end()
        _judge(terminal, process, errors, cancel)


def _start(request: dict[str, Any], threads: int, errors: IO[bytes]) -> subprocess.Popen[str]:
    environment = {
        **os.environ,
        "OMP_NUM_THREADS": str(threads),
        # Waiting threads sleep instead of spinning: the window keeps its processor.
        "OMP_WAIT_POLICY": "PASSIVE",
        "ONEDNN_PRIMITIVE_CACHE_CAPACITY": str(KEPT_OPERATIONS.get(request["kind"], FEWER_OPERATIONS)),
        "PYTHONUTF8": "1",
    }
    process = subprocess.Popen(
        worker_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment,
        text=True,
        encoding="utf-8",
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert process.stdin is not None
    with suppress(OSError):  # a child that died at once is reported by its exit code
        process.stdin.write(json.dumps(request) + "\n")  # in ASCII: file names may be no UTF-8
        process.stdin.flush()
    return process


def _events(
    process: subprocess.Popen[str],
) -> Generator[dict[str, Any], None, dict[str, Any] | None]:
    """Yield all events; the generator's value is the terminal one, or ``None`` if there was none."""
    assert process.stdout is not None
    for line in process.stdout:
        if not line.endswith("\n"):
            return None  # cut off by the death of the child
        event: dict[str, Any] = json.loads(line, object_hook=unpacked)
        if event["event"] in ("cancelled", "failed"):
            return event
        yield event
        if event["event"] == "succeeded":
            return event
    return None


def _judge(
    terminal: dict[str, Any] | None, process: subprocess.Popen[str], errors: IO[bytes], cancel: CancelToken
) -> None:
    if terminal is not None and terminal["event"] == "succeeded":
        return
    if terminal is not None and terminal["event"] == "failed" and terminal["known"]:
        raise KnownError(terminal["message"])
    if cancel.cancelled or (terminal is not None and terminal["event"] == "cancelled"):
        raise Cancelled
    errors.seek(0)
    last_words = errors.read()[-2000:].decode("utf-8", "replace").strip()
    detail = terminal["message"] if terminal else last_words.rpartition("\n")[2]
    raise WorkerFailed(
        say(
            "The worker process {value}{value2}. Nothing that was saved is lost; start it "
            "again, or resume the training.",
            value=_death(process.returncode),
            value2=": " + detail if detail else "",
        )
    )


def _death(code: int) -> str:
    if code == -9:
        return say("was killed (by someone, or by the system because memory ran out)")
    return say("ended unexpectedly (exit code {code})", code=code)


class _Stopper:
    """Asks a process to stop, and kills it if it does not; ends it in any case."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._killer: threading.Timer | None = None

    def stop(self) -> None:
        """Say ``stop``; called from the cancelling thread."""
        if self._process.poll() is not None or self._killer is not None:
            return
        self._killer = threading.Timer(GRACE_SECONDS, self._process.kill)
        self._killer.daemon = True
        self._killer.start()
        self._say_stop()

    def _say_stop(self) -> None:
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            self._process.stdin.write("stop\n")
            self._process.stdin.flush()

    def end(self) -> None:
        """Close the pipes and wait until the process is gone."""
        if self._process.poll() is None:
            self.stop()
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(OSError):
            self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()
        if self._killer is not None:
            self._killer.cancel()
            self._killer.join()
