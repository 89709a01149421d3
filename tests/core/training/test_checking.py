import json
from dataclasses import replace
from pathlib import Path

import pytest

from core.document import LineImage, LineShape, Split
from core.imaging.scan import read_scan
from core.jobs import Cancelled, CancelToken
from core.training.config import preset, with_settings
from core.training.events import Evaluated, Started, Validated
from core.training.run_folder import RunRequest, SnapshotLine
from core.training.worker import Training

LINES = Path("tests/data/lines")
BASE = "crnn-ppocr-v2"


@pytest.fixture
def lines():
    """Two lines to learn from and two to check on, the last of which has more text than fits its length."""
    entries = [json.loads(row) for row in (LINES / "labels.jsonl").read_text("utf-8").splitlines()][:4]
    made = []
    for number, entry in enumerate(entries):
        scan = LINES / entry["filename"]
        height, width = read_scan(scan).shape[:2]
        shape = LineShape(((0, 0), (width, 0), (width, height), (0, height)))
        split = Split.VAL if number > 1 else Split.TRAIN
        made.append(SnapshotLine(LineImage(number + 1, scan, 0, shape), split, entry["text"]))
    return (*made[:-1], replace(made[-1], text=20 * made[-1].text))


def test_the_curve_begins_where_the_base_stands_though_a_line_cannot_be_learned(lines, tmp_path):
    """Such a line has no loss, but whoever reads it makes errors; without it the curve would flatter."""
    few = {"min_steps": 1, "epochs": 1, "validations": 1, "replay": 0, "precision": "float32"}
    config = with_settings(preset("default"), {**few, "charset": "union"})
    told, cancel = [], CancelToken()

    def tell(event):
        told.append(event)
        if isinstance(event, Validated):
            cancel.cancel()

    with pytest.raises(Cancelled):
        Training(RunRequest(BASE, BASE, config, lines), tmp_path, tell, cancel).run(finish=False, threads=1)
    (started,) = [event for event in told if isinstance(event, Started)]
    (base,) = [event for event in told if isinstance(event, Evaluated)]
    (first,) = [event for event in told if isinstance(event, Validated)]
    assert started.rejected == ()  # it is read, and counts
    assert first.val_cer == pytest.approx(base.cer)
    assert first.val_loss < 20
