"""The child's side: read the request, do the work, report."""

import importlib
import json
import os
import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any, TextIO

import psutil

from core.errors import KnownError, of_disk
from core.jobs import Cancelled, CancelToken
from core.wording import Sentence, packed

Emit = Callable[[dict[str, Any]], None]

_WORK = {
    "find-lines": "core.worker.finding",
    "learn-help": "core.worker.helping",
    "read-lines": "core.worker.reading",
    "train": "core.training.worker",
    "measure-pace": "core.training.pace",
    "measure-subset": "core.training.subset",
    "export-model": "core.worker.exporting",
    "import-model": "core.worker.importing",
}
"""Module of each kind of work; it has ``run(request, emit, cancel)``. Imported only when asked for."""


def main() -> None:
    """Serve one request; exit code 0 if its terminal event could be told."""
    events = _take_over_stdout()
    lock = threading.Lock()

    def emit(event: dict[str, Any]) -> None:
        with lock:
            events.write(json.dumps(event) + "\n")  # in ASCII: it may tell of a file whose name is no UTF-8
            events.flush()

    cancel = CancelToken()
    request = json.loads(sys.stdin.readline())
    watcher = threading.Thread(target=_watch_stdin, args=(cancel,), daemon=True)
    watcher.start()
    if request["background"]:
        _lower_priority()
    emit(_serve(request, emit, cancel))
    events.close()
    # Ending here spares seconds of tearing down the libraries' threads, and the watcher blocks on stdin.
    sys.stderr.flush()
    os._exit(0)


def _serve(request: dict[str, Any], emit: Emit, cancel: CancelToken) -> dict[str, Any]:
    """Do the work and give back the terminal event."""
    try:
        work = importlib.import_module(_WORK[request["kind"]])
        result: dict[str, Any] = work.run(request, emit, cancel)
        return {**result, "event": "succeeded"}
    except Cancelled:
        return {"event": "cancelled"}
    except KnownError as error:
        return _failed(error)
    except BaseException as error:
        if known := of_disk(error):
            return _failed(known)
        traceback.print_exc()
        return {"event": "failed", "known": False, "message": f"{type(error).__name__}: {error}"}


def _failed(error: KnownError) -> dict[str, Any]:
    return {"event": "failed", "known": True, "message": packed(Sentence.of(error))}


def _take_over_stdout() -> TextIO:
    """Keep standard output for events; whatever libraries print goes to standard error."""
    events = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return events


def _watch_stdin(cancel: CancelToken) -> None:
    for line in sys.stdin:
        if line.strip() == "stop":
            break
    cancel.cancel()


def _lower_priority() -> None:
    if sys.platform == "win32":
        psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(10)
