"""Work ``measure-pace``: how long a line takes to learn and to read on this machine."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from core.document import Split
from core.jobs import CancelToken
from core.training.events import Step, Validated
from core.training.run_folder import read_request
from core.training.worker import Training


def run(
    request: dict[str, Any], _emit: Callable[[dict[str, Any]], None], cancel: CancelToken
) -> dict[str, Any]:
    """Take the first steps of a training and time them; what they learned is thrown away.

    Args:
        request: ``folder`` with a run's request and lines; ``threads``.
        cancel: Looked at between batches.

    Returns:
        ``learn`` and ``read``: seconds per line.

    Raises:
        Cancelled: On request.
        NotEnoughLines: If none of the lines can be learned.
    """
    run_request = read_request(Path(request["folder"]))
    torch.set_num_threads(run_request.config.threads or request["threads"])
    training = Training(run_request, Path(request["folder"]), lambda _event: None, cancel)
    training.load_lines()
    trainer, _ = training.make_trainer()
    read = 0.0
    marks = [time.perf_counter()]
    for event in trainer.fit(cancel):
        if isinstance(event, Validated):
            val_lines = sum(line.split is Split.VAL for line in run_request.lines)
            read = (time.perf_counter() - marks[0]) / val_lines
        elif isinstance(event, Step):
            marks.append(time.perf_counter())
            if event.step == trainer.planned:
                break
    # The first step also warms the libraries up; the training pays that once.
    learn = (marks[-1] - marks[1]) / max(len(marks) - 2, 1) / run_request.config.batch_size
    return {"learn": learn, "read": read}
