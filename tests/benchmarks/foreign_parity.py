"""Imported models against the originals' own modules: python -m tests.benchmarks.foreign_parity

Needs the other projects' packages, so it is run in an environment of its own (``make parity`` makes one).
Each original is built in full size with random weights and random BatchNorm statistics, written as its
project writes it, imported, and fed random images of several widths. The table tells the largest difference
of any logit; more than 1e-4 fails. Two projects are no packages: their source trees are looked for under
``--originals FOLDER`` as ``crnn.pytorch`` and ``deep-text-recognition-benchmark``. What cannot be had is told
as such; where nothing can be had, the run fails.
"""

import argparse
import importlib.util
import json
import sys
import tempfile
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from core.recognition.foreign.importing import import_foreign

WIDTHS = (64, 100, 257, 640, 1311)
LIMIT = 1e-4
CHARSET = "".join(map(chr, range(0x4E00, 0x4E00 + 500)))


@dataclass(frozen=True)
class Original:
    """A foreign network, how it reads, how its project writes it, and what the import must be told."""

    version: str
    network: nn.Module
    read: Callable[[Tensor], Tensor]
    write: Callable[[Path], Path]
    facts: dict[str, Any] = field(default_factory=dict)
    blank_last: bool = False


def main() -> int:
    """Print the table; 1 if a difference is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--originals", type=Path, default=Path("originals"))
    trees: Path = parser.parse_args().originals
    warnings.simplefilter("ignore")
    # torchvision's compiled operators fit one build of torch only; no network here uses them.
    sys.modules["torchvision._meta_registrations"] = types.ModuleType("torchvision._meta_registrations")
    torch.manual_seed(1)
    torch.set_num_threads(1)
    print(f"| source | version | widths px | largest logit | max difference |\n|{'---|' * 5}")
    differences: dict[str, float] = {}
    for name, original in ORIGINALS.items():
        try:
            made = original(trees)
        except (ImportError, FileNotFoundError) as error:
            print(f"| {name} | not here: {error} | | | |")
            continue
        largest, difference = compared(made)
        differences[name] = difference
        widths = ", ".join(map(str, WIDTHS))
        print(f"| {name} | {made.version} | {widths} | {largest:.2f} | {difference:.1e} |", flush=True)
    print(json.dumps(differences))
    return int(not holds(differences))


def holds(differences: dict[str, float]) -> bool:
    """Whether something was compared, and all of it is equal; what is no number is not."""
    return bool(differences) and all(difference <= LIMIT for difference in differences.values())


@torch.inference_mode()
def compared(original: Original) -> tuple[float, float]:
    """The largest logit and the largest difference of any, over images of all widths."""
    shake(original.network)
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = import_foreign(original.write(Path(folder)), **original.facts)
    network, facts = checkpoint.network(), checkpoint.card.network.input
    largest, gaps = 0.0, []
    for width in WIDTHS:
        images = torch.randn(1, facts.channels, facts.height, width)
        theirs, ours = original.read(images), network(images)
        if original.blank_last:
            theirs = theirs.roll(1, dims=2)
        assert theirs.shape == ours.shape, f"{theirs.shape} {ours.shape}"
        largest = max(largest, float(theirs.abs().max()))
        gaps.append((theirs - ours).abs().max())
    return largest, float(torch.stack(gaps).max())  # torch's maximum of a NaN is a NaN, Python's may be 0


def shake(network: nn.Module) -> None:
    """Fresh statistics of 0 and 1 would hide a mistake, and fresh weights let the image fade on its way."""
    for module in network.eval().modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            nn.init.kaiming_normal_(module.weight)
        if isinstance(module, nn.BatchNorm2d):
            assert module.running_mean is not None and module.running_var is not None
            nn.init.normal_(module.running_mean, std=0.1)
            nn.init.uniform_(module.running_var, 0.5, 1.5)
            nn.init.uniform_(module.weight, 0.5, 1.5)
            nn.init.normal_(module.bias, std=0.1)


def module_of(file: Path, name: str) -> types.ModuleType:
    """A module out of its file, without its package."""
    if not file.exists():
        raise FileNotFoundError(f"no {file}")
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def package_folder(name: str) -> Path:
    """Where a package lies; it is not imported."""
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ImportError(f"no package {name}")
    return Path(next(iter(spec.submodule_search_locations)))


def modelscope(_trees: Path) -> Original:
    folder = package_folder("modelscope") / "models/cv/ocr_recognition/modules/CRNN"
    network = module_of(folder / "main_model.py", "modelscope_crnn").CRNN()

    def write(target: Path) -> Path:
        torch.save(network.state_dict(), target / "pytorch_model.pt")
        lines = "".join(f"{chr(0x4E00 + number)}\n" for number in range(7643))
        (target / "vocab.txt").write_text(lines, encoding="utf-8")
        return target / "pytorch_model.pt"

    def read(grey: Tensor) -> Tensor:
        # The original makes grey of three channels itself, with factors whose sum is 0.9999.
        return network(grey.expand(-1, 3, -1, -1) / (0.2989 + 0.5870 + 0.1140))

    return Original(f"modelscope {version('modelscope')}", network, read, write)


def crnn_pytorch(trees: Path) -> Original:
    network = module_of(trees / "crnn.pytorch/models/crnn.py", "crnn_pytorch").CRNN(32, 1, 501, 256)

    def write(target: Path) -> Path:
        torch.save(network.state_dict(), target / "crnn.pth")
        return target / "crnn.pth"

    def read(images: Tensor) -> Tensor:
        return network(images).transpose(0, 1)  # (T, N, C) -> (N, T, C)

    return Original("source tree", network, read, write, {"charset": CHARSET})


def clovaai(trees: Path) -> Original:
    tree = trees / "deep-text-recognition-benchmark"
    if not tree.is_dir():
        raise FileNotFoundError(f"no {tree}")
    sys.path.insert(0, str(tree))  # its modules import one another by these names
    options = {
        "Transformation": "None",
        "FeatureExtraction": "VGG",
        "SequenceModeling": "BiLSTM",
        "Prediction": "CTC",
        "input_channel": 1,
        "output_channel": 512,
        "hidden_size": 256,
        "num_class": 501,
    }
    network = module_of(tree / "model.py", "clovaai_model").Model(types.SimpleNamespace(**options))
    sys.path.remove(str(tree))

    def write(target: Path) -> Path:
        torch.save(nn.DataParallel(network).state_dict(), target / "best_accuracy.pth")
        (target / "opt.txt").write_text(f"character: {CHARSET}\nimgH: 32\nimgW: 100\n", encoding="utf-8")
        return target / "best_accuracy.pth"

    return Original("source tree", network, lambda images: network(images, None), write)


def easyocr(_trees: Path) -> Original:
    module = importlib.import_module("easyocr.model.vgg_model")
    network = module.Model(input_channel=1, output_channel=256, hidden_size=256, num_class=501)

    def write(target: Path) -> Path:
        torch.save(nn.DataParallel(network).state_dict(), target / "own.pth")
        (target / "own.yaml").write_text(f"imgH: 64\ncharacter_list: {CHARSET}\n", encoding="utf-8")
        return target / "own.pth"

    return Original(f"easyocr {version('easyocr')}", network, lambda images: network(images, None), write)


def doctr(_trees: Path) -> Original:
    module = importlib.import_module("doctr.models.recognition.crnn.pytorch")
    network = module.crnn_vgg16_bn(pretrained=False, pretrained_backbone=False, vocab=CHARSET)

    def write(target: Path) -> Path:
        torch.save(network.state_dict(), target / "pytorch_model.bin")
        (target / "config.json").write_text(json.dumps(network.cfg), encoding="utf-8")
        return target / "pytorch_model.bin"

    def read(images: Tensor) -> Tensor:
        logits: Tensor = network(images, return_model_output=True)["out_map"]
        return logits

    installed = f"python-doctr {version('python-doctr')}"
    return Original(installed, network, read, write, blank_last=True)


def pylaia(_trees: Path) -> Original:
    # Its package imports Lightning and a compiled pooling on the way; the network needs neither.
    package = types.ModuleType("laia")
    package.__path__ = [str(package_folder("laia"))]
    sys.modules["laia"] = package
    pooling = types.ModuleType("nnutils_pytorch")
    pooling.__getattr__ = lambda _name: None  # type: ignore[method-assign]
    sys.modules.setdefault("nnutils_pytorch", pooling)
    arguments: dict[str, Any] = {
        "num_input_channels": 1,
        "num_output_labels": 501,
        "cnn_num_features": [12, 24, 48, 48],
        "cnn_kernel_size": [[3, 3]] * 4,
        "cnn_stride": [[1, 1]] * 4,
        "cnn_dilation": [[1, 1]] * 4,
        "cnn_activation": [nn.LeakyReLU] * 4,
        "cnn_poolsize": [[2, 2], [2, 2], [2, 2], [0, 0]],
        "cnn_dropout": [0.0, 0.2, 0.2, 0.2],
        "cnn_batchnorm": [True, True, True, False],
        "image_sequencer": "none-16",
        "rnn_units": 256,
        "rnn_layers": 3,
        "rnn_dropout": 0.5,
        "lin_dropout": 0.5,
        "rnn_type": nn.LSTM,
    }
    network = importlib.import_module("laia.models.htr").LaiaCRNN(**arguments)

    def write(target: Path) -> Path:
        state = {f"model.{name}": tensor for name, tensor in network.state_dict().items()}
        torch.save({"pytorch-lightning_version": "1.1.7", "state_dict": state}, target / "e.ckpt")
        described = {
            "module": "laia.models.htr.laia_crnn",
            "name": "LaiaCRNN",
            "args": (),
            "kwargs": arguments,
        }
        torch.save(described, target / "model")
        lines = "".join(f"{char} {number}\n" for number, char in enumerate(CHARSET, start=1))
        (target / "syms.txt").write_text(f"<ctc> 0\n{lines}", encoding="utf-8")
        return target / "e.ckpt"

    def read(images: Tensor) -> Tensor:
        logits: Tensor = network(images)
        return logits.transpose(0, 1)  # (T, N, C) -> (N, T, C)

    return Original(f"pylaia {version('pylaia')}", network, read, write)


KRAKEN_SPEC = (
    "[1,120,0,1 Cr3,13,32 Do0.1,2 Mp2,2 Cr3,13,32 Do0.1,2 Mp2,2 Cr3,9,64 Do0.1,2 Mp2,2 Cr3,9,64 Do0.1,2 "
    "S1(1x0)1,3 Lbx200 Do0.1,2 Lbx200 Do0.1,2 Lbx200 Do O1c501]"
)


def kraken(_trees: Path) -> Original:
    model = importlib.import_module("kraken.lib.vgsl").TorchVGSLModel
    codec = {char: [number] for number, char in enumerate(CHARSET, start=1)}
    network = model(vgsl=KRAKEN_SPEC, codec=codec, model_type=["recognition"])

    def write(target: Path) -> Path:
        importlib.import_module("kraken.models.writers").write_safetensors(
            [network], target / "m.safetensors"
        )
        return target / "m.safetensors"

    def read(images: Tensor) -> Tensor:
        logits, _ = network.nn(images, None)
        squeezed: Tensor = logits.squeeze(2).transpose(1, 2)  # (N, C, 1, T) -> (N, T, C)
        return squeezed

    return Original(f"kraken {version('kraken')}", network, read, write)


ORIGINALS: dict[str, Callable[[Path], Original]] = {
    "ModelScope cv_crnn": modelscope,
    "crnn.pytorch": crnn_pytorch,
    "clovaai None-VGG-BiLSTM-CTC": clovaai,
    "EasyOCR generation 2": easyocr,
    "docTR crnn_vgg16_bn": doctr,
    "PyLaia LaiaCRNN": pylaia,
    "kraken VGSL": kraken,
}

if __name__ == "__main__":
    sys.exit(main())
