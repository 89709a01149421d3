import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch

from tests.core.recognition.foreign import references
from tests.core.recognition.foreign.references import Chain

SIX = "abcdef"


@pytest.fixture(autouse=True, scope="package")
def one_thread() -> Iterator[None]:
    """Small networks gain nothing from a second core, and lose much where another process has it."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@dataclass(frozen=True)
class Sample:
    """A foreign model on disk, its reference, and what has to be told when it is imported."""

    kind: str
    file: Path
    reference: Chain
    facts: dict[str, Any] = field(default_factory=dict)
    blank_last: bool = False


def _modelscope(folder: Path) -> Sample:
    reference = references.modelscope(7)
    torch.save(reference.state(), folder / "pytorch_model.pt")
    (folder / "vocab.txt").write_text("".join(f"{char}\n" for char in SIX))
    settings = {"model": {"recognizer": "CRNN", "inference_kwargs": {"img_height": 32, "img_width": 300}}}
    (folder / "configuration.json").write_text(json.dumps(settings))
    return Sample("modelscope", folder / "pytorch_model.pt", reference)


def _crnn_pytorch(folder: Path) -> Sample:
    reference = references.crnn_pytorch(7)
    torch.save(reference.state("module."), folder / "crnn.pth", _use_new_zipfile_serialization=False)
    return Sample("crnn-pytorch", folder / "crnn.pth", reference, {"charset": SIX})


def _clovaai(folder: Path) -> Sample:
    reference = references.vgg_bilstm(7, 64)
    torch.save(reference.state("module."), folder / "best_accuracy.pth")
    (folder / "opt.txt").write_text(f"--- Options ---\ncharacter: {SIX}\nimgH: 32\nimgW: 100\nPAD: False\n")
    return Sample("deep-text-recognition", folder / "best_accuracy.pth", reference)


def _easyocr(folder: Path) -> Sample:
    reference = references.vgg_bilstm(7, 256)
    torch.save(reference.state("module."), folder / "old_print.pth")
    (folder / "old_print.yaml").write_text(f"imgH: 64\ncharacter_list: {SIX}\nlang_list: ['en']\n")
    return Sample("easyocr", folder / "old_print.pth", reference)


def _doctr(folder: Path) -> Sample:
    reference = references.doctr(7)
    torch.save(reference.state(), folder / "pytorch_model.bin")
    (folder / "config.json").write_text(json.dumps({"vocab": SIX, "input_shape": [3, 32, 128]}))
    return Sample("doctr", folder / "pytorch_model.bin", reference, blank_last=True)


def _pylaia(folder: Path) -> Sample:
    reference = references.pylaia(7)
    torch.save(
        {"state_dict": reference.state("model."), "pytorch-lightning_version": "1.1.7"}, folder / "e3.ckpt"
    )
    arguments = {"module": "laia.models.htr.laia_crnn", "name": "LaiaCRNN", "args": ()}
    torch.save({**arguments, "kwargs": references.PYLAIA}, folder / "model")
    (folder / "syms.txt").write_text(
        "<ctc> 0\n" + "".join(f"{char} {n}\n" for n, char in enumerate(SIX, start=1))
    )
    return Sample("pylaia", folder / "e3.ckpt", reference)


def _kraken(folder: Path) -> Sample:
    prefix = "0f2d5e1c-7a51-4d07-9a5c-3f1b8c2f9d10"
    reference = references.kraken(prefix)
    facts = {
        "_model": "TorchVGSLModel",
        "_tasks": ["recognition"],
        "vgsl": references.KRAKEN,
        "codec": json.dumps({char: [number] for number, char in enumerate(SIX, start=1)}),
    }
    file = folder / "model.safetensors"
    safetensors.torch.save_file(reference.state(), file, {"kraken_meta": json.dumps({prefix: facts})})
    return Sample("kraken", file, reference)


MAKERS: dict[str, Callable[[Path], Sample]] = {
    "modelscope": _modelscope,
    "crnn-pytorch": _crnn_pytorch,
    "deep-text-recognition": _clovaai,
    "easyocr": _easyocr,
    "doctr": _doctr,
    "pylaia": _pylaia,
    "kraken": _kraken,
}


@pytest.fixture
def make(tmp_path: Path) -> Callable[[str], Sample]:
    def make(kind: str) -> Sample:
        torch.manual_seed(7)
        return MAKERS[kind](tmp_path)

    return make


@pytest.fixture(params=MAKERS)
def sample(request: pytest.FixtureRequest, make: Callable[[str], Sample]) -> Sample:
    return make(request.param)
