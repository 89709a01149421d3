import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.document import Direction, LineImage, LineShape, Split
from core.errors import BadConfig
from core.imaging.scan import read_scan
from core.jobs import CancelToken
from core.recognition.checkpoint import load_checkpoint
from core.training.config import preset, with_settings
from core.training.device import choose_device
from core.training.run_folder import BEST, RESUME, RunRequest, SnapshotLine, write_request
from core.training.worker import Training

LINES = Path("tests/data/lines")
BASE = "crnn-ppocr-v2"


@pytest.fixture
def folders(tmp_path):
    """Two run folders with the same few lines and settings."""
    entries = [json.loads(row) for row in (LINES / "labels.jsonl").read_text("utf-8").splitlines()]
    lines = []
    for number, entry in enumerate(entries[:8]):
        scan = (LINES / entry["filename"]).resolve()
        height, width = read_scan(scan).shape[:2]
        shape = LineShape(((0, 0), (width, 0), (width, height), (0, height)), Direction.LTR)
        split = Split.VAL if number > 5 else Split.TRAIN
        lines.append(SnapshotLine(LineImage(number, scan, 0, shape), split, entry["text"]))
    config = with_settings(
        preset("default"),
        {
            "min_steps": 2, "epochs": 1, "batch_size": 5, "threads": 1, "validations": 1, "replay": 0,
            "precision": "float32", "device": "cpu", "pixel_budget": 320,
        },
    )  # fmt: skip
    for name in ("alone", "together"):
        (tmp_path / name).mkdir()
        write_request(tmp_path / name, RunRequest(BASE, BASE, config, tuple(lines)))
    return tmp_path / "alone", tmp_path / "together"


def test_two_processes_learn_what_one_does_also_where_a_step_has_a_single_line(folders):
    alone, together = folders
    from core.training.run_folder import read_request

    Training(read_request(alone), alone, lambda _event: None, CancelToken()).learn(threads=1)
    command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node", "2", "--standalone"]
    result = subprocess.run(
        [*command, "-m", "core.training.distributed", str(together)],
        env={**os.environ, "OMP_NUM_THREADS": "1", "GLOO_SOCKET_IFNAME": "lo"},
        capture_output=True,
        text=True,
        check=False,
        timeout=200,
    )
    assert result.returncode == 0, result.stderr[-2000:]
    events = [json.loads(row)["event"] for row in result.stdout.splitlines() if row.startswith("{")]
    assert events.count("step") == 2  # told once, not by each process
    assert (together / RESUME).exists()
    ours, theirs = load_checkpoint(alone / BEST).weights, load_checkpoint(together / BEST).weights
    for name, weight in ours.items():
        assert float((weight.float() - theirs[name].float()).abs().max()) < 1e-4, name


def test_a_device_that_is_not_there_is_refused_in_words():
    assert choose_device("cpu").type == "cpu"
    with pytest.raises(BadConfig, match="no “mps” device"):
        choose_device("mps")
