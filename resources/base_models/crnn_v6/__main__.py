"""Makes ``crnn-v6.safetensors`` from scratch: ``make base``, or ``python -m resources.base_models.crnn_v6``.

Fonts and texts, rendered lines, cached features, stage one, stage two, model file with card. Whatever a
stage has finished stays in the folder and is not done again; an interrupted training goes on.
"""

import argparse
import hashlib
import os
import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from pathlib import Path

import torch

from core.files import write_atomically
from core.recognition.architectures import CRNN_PPOCR_V2, CRNN_V6, PPOCR_V6
from core.recognition.architectures.crnn_v6 import CrnnV6
from core.recognition.architectures.ppocr_v6 import PpocrV6
from core.recognition.pretrained.base_models import load_base
from core.recognition.recognizer import TorchRecognizer
from resources.base_models.crnn_v6.ctc import blended, train_ctc
from resources.base_models.crnn_v6.distilling import distil, student_of
from resources.base_models.crnn_v6.features import cache_features, read_features
from resources.base_models.crnn_v6.figures import figures, real_lines, rendered_lines
from resources.base_models.crnn_v6.fonts import faces
from resources.base_models.crnn_v6.lines import read_shard, render_shard, shard_file
from resources.base_models.crnn_v6.model_file import write_card, write_model
from resources.base_models.crnn_v6.recipe import FULL, SMALL, Recipe
from resources.base_models.crnn_v6.texts import Texts

TARGET = Path(__file__).parents[1] / "crnn-v6.safetensors"
OTHERS = (PPOCR_V6.name, CRNN_PPOCR_V2.name)


class Making:
    """All stages, in one folder.

    Args:
        folder: For all that is made on the way.
        recipe: How much of everything.
    """

    def __init__(self, folder: Path, recipe: Recipe) -> None:
        self._folder, self._recipe = folder, recipe
        base = load_base(PPOCR_V6.name)
        self._charset = base.card.charset
        self._teacher = PpocrV6(self._charset.classes)
        self._teacher.load_state_dict(dict(base.weights))
        self._teacher.requires_grad_(False).eval()

    def render(self) -> None:
        """Lines to learn from, then lines that are kept for the figures."""
        missing = [number for number in range(self._shards) if not self._shard(number).exists()]
        if missing:
            packages = self._folder / "packages"
            found, texts = faces(packages), Texts(packages, self._charset)
            for number in missing:
                render_shard(self._folder / "lines", number, found, texts)
                say(f"lines: shard {number + 1} of {self._shards}")

    def cache(self) -> None:
        """Features of the lines to learn from."""
        for number in range(self._recipe.shards):
            cache_features(self._shard(number), self._teacher)
            say(f"features: shard {number + 1} of {self._recipe.shards}")

    def distil(self) -> CrnnV6:
        """Stage one."""

        def train(student: CrnnV6) -> None:
            files = (self._shard(number) for number in range(self._recipe.shards))
            lines = [line for file in files for line in read_features(cache_features(file, self._teacher))]
            state = self._folder / "distil-state.pt"
            distil(student, self._teacher, lines, self._recipe.distil_steps, state, say)

        return self._stage("distilled.pt", student_of(self._teacher), train)

    def ctc(self, distilled: CrnnV6) -> CrnnV6:
        """Stage two, blended with stage one."""

        def train(student: CrnnV6) -> None:
            files = (self._shard(number) for number in range(self._recipe.shards))
            lines = [line for file in files for line in read_shard(file)]
            state = self._folder / "ctc-state.pt"
            train_ctc(student, self._teacher, self._charset, lines, self._recipe.ctc_steps, state, say)

        learned = self._stage("read.pt", deepcopy(distilled), train)
        return blended(distilled, learned, self._recipe.blend)

    def _stage(self, name: str, network: CrnnV6, train: Callable[[CrnnV6], None]) -> CrnnV6:
        """The network as a stage left it; trained if it has not been yet."""
        file = self._folder / name
        if not file.exists():
            train(network)
            write_atomically(file, lambda temporary: torch.save(network.state_dict(), temporary))
        network.load_state_dict(torch.load(file, weights_only=True))
        return network.requires_grad_(False).eval()

    def finish(self, network: CrnnV6, target: Path, sets: Sequence[Path]) -> None:
        """The model file with its card, with figures of all base models on what none of them learned from."""
        ours = write_model(target, network, self._charset)
        held_out = map(self._shard, range(self._recipe.shards, self._shards))
        lines = [*rendered_lines(held_out), *(line for folder in sets for line in real_lines(folder))]
        readers = {CRNN_V6.name: ours} | {name: load_base(name) for name in OTHERS}
        measured = {}
        for name, checkpoint in readers.items():
            measured[name] = figures(TorchRecognizer(checkpoint), lines)
            say(f"{name}: {measured[name]}")
        sha256 = hashlib.sha256(target.read_bytes()).hexdigest()
        write_card(target, ours.card, sha256, self._recipe, measured)

    @property
    def _shards(self) -> int:
        return self._recipe.shards + self._recipe.held_out

    def _shard(self, number: int) -> Path:
        return shard_file(self._folder / "lines", number)


def say(text: str) -> None:
    """A line for whoever waits."""
    print(f"{time.strftime('%H:%M:%S')} {text}", flush=True)


def main() -> None:
    """Do what is left to do."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="for all that is made on the way, some 3 GB")
    parser.add_argument("--target", type=Path, default=TARGET, help="the model file")
    parser.add_argument("--sets", type=Path, nargs="*", default=[], help="folders of real lines to read")
    parser.add_argument("--small", action="store_true", help="a path through all stages in minutes")
    options = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", os.cpu_count() or 1)))
    making = Making(options.folder, SMALL if options.small else FULL)
    making.render()
    making.cache()
    distilled = making.distil()
    making.finish(making.ctc(distilled), options.target, options.sets)


if __name__ == "__main__":
    main()
