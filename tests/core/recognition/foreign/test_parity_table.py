"""The comparison with the originals can fail."""

import pytest
import torch

from tests.benchmarks.foreign_parity import LIMIT, Original, compared, holds
from tests.core.recognition.foreign import references


def original(change=lambda logits: logits):
    chain = references.crnn_pytorch(7)
    layers = torch.nn.ModuleDict({name.replace(".", "_"): layer for name, layer in chain.named})

    def write(folder):
        torch.save(chain.state(), folder / "m.pth")
        return folder / "m.pth"

    return Original("1", layers, lambda images: change(chain(images)), write, {"charset": "abcdef"})


def test_equal_networks_hold():
    torch.manual_seed(2)
    largest, difference = compared(original())
    assert largest > 0.01
    assert holds({"crnn.pytorch": difference})


@pytest.mark.parametrize("spoil", [lambda x: x + 2 * LIMIT, lambda x: x * torch.nan])
def test_other_logits_and_no_numbers_do_not_hold(spoil):
    torch.manual_seed(2)
    _, difference = compared(original(spoil))
    assert not holds({"crnn.pytorch": difference})


def test_nothing_compared_does_not_hold():
    assert not holds({})
