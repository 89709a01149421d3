"""Work ``measure-subset``: how well a training on some lines reads; what it learned is thrown away."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from core.document import Split
from core.jobs import CancelToken
from core.recognition.recognizer import TorchRecognizer
from core.training.events import to_json
from core.training.run_folder import read_request
from core.training.worker import Training


def run(
    request: dict[str, Any], emit: Callable[[dict[str, Any]], None], cancel: CancelToken
) -> dict[str, Any]:
    """Train, and read the test lines or, without those, the validation lines with the best state.

    Args:
        request: ``folder`` with a run's request and lines; ``threads``.
        emit: Gets training events as JSON, ``Evaluated`` the last of them.
        cancel: Stops within a step.

    Raises:
        Cancelled: On request.
        NotEnoughLines: If no line is left to train or validate on.
    """
    folder = Path(request["folder"])
    run_request = read_request(folder)
    threads = run_request.config.threads or request["threads"]
    torch.set_num_threads(threads)
    training = Training(run_request, folder, lambda event: emit(to_json(event)), cancel)
    training.learn(threads=threads)
    split = Split.TEST if any(line.split is Split.TEST for line in run_request.lines) else Split.VAL
    training.examination.evaluate(TorchRecognizer(training.best()), split, after=True)
    return {}
