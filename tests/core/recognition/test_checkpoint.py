"""Writing model files where there is no room for them."""

from pathlib import Path

import pytest
import torch

from core.recognition.checkpoint import write_torch


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
def test_a_full_disk_is_told_as_one():
    with pytest.raises(OSError, match="No space left"):
        write_torch(Path("/dev/full"), {"weight": torch.zeros(10_000)})


def test_what_is_written_is_what_torch_reads(tmp_path):
    write_torch(tmp_path / "state.pt", {"step": 3, "weight": torch.ones(2)})
    read = torch.load(tmp_path / "state.pt", weights_only=True)
    assert (read["step"], read["weight"].tolist()) == (3, [1.0, 1.0])
