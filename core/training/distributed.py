"""A training over several processes, graphics processors or machines.

``torchrun --nproc-per-node 2 -m core.training.distributed RUN_FOLDER``, with the folder of a run that the
program began (``linewright train PROJECT --prepare`` writes one and prints this command). Events come as JSON
lines from the first process. The model in the folder is taken in by ``linewright train PROJECT --resume``.
"""

import json
import os
import sys
from pathlib import Path

import torch

from core.errors import KnownError
from core.jobs import CancelToken
from core.training.device import choose_device
from core.training.events import TrainingEvent, to_json
from core.training.run_folder import read_request
from core.training.team import Together
from core.training.worker import Training


def main(folder: Path) -> int:
    """Train this process's part; gives the exit code."""
    request = read_request(folder)
    place = int(os.environ.get("LOCAL_RANK", "0"))
    device = choose_device(request.config.device, place)
    if device.type == "cuda":
        torch.cuda.set_device(device)  # where nccl exchanges objects
    torch.distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    team = Together()

    def tell(event: TrainingEvent) -> None:
        if team.rank == 0:
            print(json.dumps(to_json(event), ensure_ascii=False), flush=True)

    threads = request.config.threads or max(1, (os.cpu_count() or 1) // team.size)
    torch.set_num_threads(threads)
    try:
        training = Training(request, folder, tell, CancelToken(), team=team, device=device)
        training.learn(threads=threads)
        return 0
    except KnownError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        torch.distributed.destroy_process_group()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
