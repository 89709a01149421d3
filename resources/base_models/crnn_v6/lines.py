"""Rendered lines in shards on disk: each is made once, from its number alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.files import write_atomically
from core.imaging.normalize import Crop
from core.imaging.paper import HAND, OLD_PRINT, PRINT, Style, on_paper
from core.imaging.rendering import Face
from core.recognition.architectures import CRNN_V6
from resources.base_models.crnn_v6.texts import Texts

SHARD = 200
"""Lines of one file, some 15 MB."""

STYLES: dict[str, Style] = {
    "print": PRINT,
    "random": PRINT,
    "chinese": OLD_PRINT,
    "chinese-random": OLD_PRINT,
    "early": OLD_PRINT,
    "fraktur": OLD_PRINT,
    "hand": HAND,
    "chinese-hand": HAND,
}

SHARES = {
    "print": 0.17,
    "random": 0.06,
    "chinese": 0.13,
    "chinese-random": 0.10,
    "early": 0.14,
    "fraktur": 0.15,
    "hand": 0.18,
    "chinese-hand": 0.07,
}
"""How often each kind of line is rendered."""

KNOWN = frozenset({"print", "random", "chinese", "chinese-random"})
"""Kinds that ppocr-v6-small reads well; what it knows of them must not be lost."""

_FACES = {"random": "print", "chinese-random": "chinese"}


@dataclass(frozen=True, slots=True)
class RenderedLine:
    """A crop at model height, what it says, and of which kind it is."""

    crop: Crop
    text: str
    kind: str


def render_shard(folder: Path, number: int, faces: dict[str, list[Face]], texts: Texts) -> Path:
    """The file of shard ``number``; rendered if it is not there yet."""
    file = shard_file(folder, number)
    if not file.exists():
        rng = np.random.default_rng([6, number])
        lines = [_rendered(faces, texts, rng) for _ in range(SHARD)]
        write_atomically(file, lambda temporary: _write(temporary, lines))
    return file


def shard_file(folder: Path, number: int) -> Path:
    """Where shard ``number`` is or will be."""
    return folder / f"lines-{number:04}.npz"


def read_shard(file: Path) -> Iterator[RenderedLine]:
    """The lines of a shard."""
    with np.load(file) as arrays:
        crops = np.split(arrays["pixels"], np.cumsum(arrays["widths"])[:-1], axis=1)
        for crop, text, kind in zip(crops, arrays["texts"], arrays["kinds"], strict=True):
            yield RenderedLine(crop.copy(), str(text), str(kind))


def _rendered(faces: dict[str, list[Face]], texts: Texts, rng: np.random.Generator) -> RenderedLine:
    """A line that its face can write; where nothing is left of a text, another one."""
    kind = str(rng.choice(list(SHARES), p=list(SHARES.values())))
    of_kind = faces[_FACES.get(kind, kind)]
    while True:
        face = of_kind[int(rng.integers(0, len(of_kind)))]
        text, other = (face.covered(texts.line(kind, rng)).strip() for _ in range(2))
        try:
            ink, beside = face.ink(text), face.ink(other)
        except (ValueError, IndexError):  # nothing to draw
            continue
        return RenderedLine(on_paper(ink, STYLES[kind], beside, CRNN_V6.height, rng), text, kind)


def _write(file: Path, lines: Sequence[RenderedLine]) -> None:
    with file.open("wb") as stream:
        np.savez(
            stream,
            pixels=np.concatenate([line.crop for line in lines], axis=1),
            widths=np.array([line.crop.shape[1] for line in lines]),
            texts=np.array([line.text for line in lines]),
            kinds=np.array([line.kind for line in lines]),
        )
