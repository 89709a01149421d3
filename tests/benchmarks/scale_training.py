"""A real fine-tuning of the demo book in the background, for as long as something else is measured.

``python -m tests.benchmarks.scale_training PROJECT``: trains until killed, and says when it has begun.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from core.jobs import CancelToken
from core.storage.project import open_project
from core.training.config import preset, with_settings
from core.training.events import Step, TrainingEvent
from core.workflow.finetuning import fine_tune

BEGUN = "learning\n"


@contextmanager
def training(folder: Path) -> Iterator[None]:
    """From the first step on; the project in ``folder`` is changed."""
    command = [sys.executable, "-m", "tests.benchmarks.scale_training", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            if process.stdout.readline() != BEGUN:
                raise RuntimeError("the training did not begin")
            yield
            if process.poll() is not None:
                raise RuntimeError("the training ended before the measuring did")
        finally:
            # The worker would end by itself, at the end of its standard input, but not at once.
            workers = psutil.Process(process.pid).children(recursive=True)
            process.kill()
            for worker in workers:
                worker.kill()
            psutil.wait_procs(workers)


def main() -> None:
    told = False

    def tell(event: TrainingEvent) -> None:
        nonlocal told
        if isinstance(event, Step) and not told:
            told = True
            print(BEGUN, end="", flush=True)

    with open_project(Path(sys.argv[1])) as project:
        endless = with_settings(preset("default"), {"epochs": 500, "validations": 1})
        fine_tune(project, endless, cancel=CancelToken(), events=tell)


if __name__ == "__main__":
    main()
