from dataclasses import replace

import numpy as np
import pytest

from core.document import LineImage, LineShape, Split
from core.imaging.normalize import Normalization
from core.jobs import Cancelled, CancelToken
from core.recognition.architectures import PPOCR_V6
from core.recognition.charset import Charset
from core.recognition.codec import Codec
from core.training import dataset
from core.training.dataset import Sample, encode_samples, load_samples
from core.training.run_folder import SnapshotLine

SHAPE = LineShape(((0, 0), (500, 0), (500, 48), (0, 48)))


@pytest.fixture
def snapshot(data):
    return SnapshotLine(LineImage(1, data / "lines" / "utopie_1.png", 0, SHAPE), Split.TRAIN, "egalle")


def load(*lines):
    return load_samples(lines, Normalization(), PPOCR_V6.height, CancelToken())


def test_crops_beyond_the_bound_are_packed_without_loss(snapshot, monkeypatch):
    (plain,), _ = load(snapshot)
    monkeypatch.setattr(dataset, "CROPS_IN_MEMORY", 0)
    (packed,), _ = load(snapshot)
    assert isinstance(packed.image, bytes)
    assert len(packed.image) < plain.crop.nbytes / 3
    assert (packed.crop == plain.crop).all()


def test_line_of_a_scan_that_is_gone_is_rejected_with_the_reason(snapshot, tmp_path):
    gone = replace(snapshot, image=LineImage(2, tmp_path / "gone.png", 0, SHAPE))
    samples, (rejected,) = load(gone, snapshot)
    assert [sample.line_id for sample in samples] == [1]
    assert rejected.line_id == 2
    assert "gone.png" in rejected.reason


def test_line_without_text_is_rejected():
    empty = Sample(3, np.zeros((48, 200, 3), np.uint8), "")
    kept, (rejected,) = encode_samples([empty], Codec(Charset(("a",))), PPOCR_V6)
    assert not kept
    assert rejected.reason == "it has no text"


def test_cropping_stops_on_request(snapshot):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        load_samples([snapshot], Normalization(), PPOCR_V6.height, cancel)
