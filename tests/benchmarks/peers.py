"""Other programs on the same split of the same crops, each in its own best form that needs no network.

*tesseract* reads with the packaged model that fits the set, *rapidocr* as it comes; *kraken* has no packaged
model, so ``ketos train`` begins from nothing, with augmentation, and stops by itself or when its time is up.
"""

import resource
import shutil
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import cv2

from core.document import Direction, LineImage, Split
from core.errors import KnownError
from core.imaging.line_crops import line_crops
from core.imaging.normalize import Crop
from core.training.run_folder import SnapshotLine

TESSERACT_MODELS = {
    "utopie": "fra",
    "fraktur19": "Fraktur",
    "wills": "fra",
    "one-hand": "fra",
    "siku": "chi_tra_vert",
}
"""Packaged model by set of the harness, or by what its name begins with."""

SINGLE_LINE, UPRIGHT_BLOCK = "7", "5"
"""Tesseract's page segmentation modes for a line, and for vertical writing."""

KRAKEN_EPOCHS = 100
"""Before so many, kraken does not stop early: from nothing its accuracy is 0 for longer than it waits."""

TRAINS = frozenset({"kraken"})
"""Those that learn from the training lines; of the others one reading says all."""


@dataclass(frozen=True, slots=True)
class PeerReading:
    """What a peer read in the test lines, by line id, and what it took."""

    texts: Mapping[int, str]
    minutes: float
    cpu_seconds: float


def installed(ketos: Path | None) -> list[str]:
    """Names of the peers that can run here; ``ketos`` is kraken's training program in its own environment."""
    found = {
        "tesseract": shutil.which("tesseract") is not None,
        "rapidocr": find_spec("rapidocr") is not None,
        "kraken": ketos is not None and ketos.exists(),
    }
    return [name for name, is_there in found.items() if is_there]


def read_with(
    peer: str, set_name: str, lines: Sequence[SnapshotLine], folder: Path, ketos: Path | None, minutes: float
) -> PeerReading:
    """Let a peer learn, if it can, and read the test lines.

    Args:
        peer: One of ``installed``.
        set_name: Decides on tesseract's model.
        lines: All lines of the split.
        folder: Empty; for crops and what the peer writes.
        ketos: kraken's training program.
        minutes: When kraken has to stop at the latest; its best model so far counts.
    """
    crops = {split: folder / split.value for split in (Split.TRAIN, Split.VAL, Split.TEST)}
    for split, target in crops.items():
        write_crops((line for line in lines if line.split is split), target)
    readers: dict[str, Callable[[], dict[int, str]]] = {
        "tesseract": lambda: _tesseract(crops[Split.TEST], _tesseract_model(set_name)),
        "rapidocr": lambda: _rapidocr(crops[Split.TEST]),
        "kraken": lambda: _kraken(crops, folder, ketos or Path("ketos"), minutes),
    }
    started, before = time.monotonic(), _cpu_seconds()
    texts = readers[peer]()
    return PeerReading(texts, (time.monotonic() - started) / 60, _cpu_seconds() - before)


def _cpu_seconds() -> float:
    """Of this process and those that it has waited for."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def write_crops(lines: Iterable[SnapshotLine], target: Path) -> None:
    """Crops as ``ID.png`` beside their truth as ``ID.gt.txt``."""
    target.mkdir()
    texts = {line.image.line_id: (line.image, line.text) for line in lines}
    for image, crop in line_crops((image for image, _ in texts.values()), _stop):
        cv2.imwrite(str(target / f"{image.line_id}.png"), _upright(image, crop))
        (target / f"{image.line_id}.gt.txt").write_text(texts[image.line_id][1], encoding="utf-8")


def _upright(image: LineImage, crop: Crop) -> Crop:
    """A column as it stands on the page, not turned for our networks."""
    if image.shape.direction is not Direction.TTB:
        return crop
    return cv2.rotate(crop, cv2.ROTATE_90_CLOCKWISE)  # type: ignore[return-value]


def _stop(line: LineImage, error: KnownError) -> None:
    raise AssertionError(f"{line.scan}: {error}")


def _pictures(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.png"), key=lambda file: int(file.stem))


def _tesseract_model(set_name: str) -> str:
    return next(model for name, model in TESSERACT_MODELS.items() if set_name.startswith(name))


def _tesseract(folder: Path, model: str) -> dict[int, str]:
    known = subprocess.run(["tesseract", "--list-langs"], check=True, capture_output=True, text=True).stdout
    if model not in known.split():
        raise SystemExit(f"tesseract has no model “{model}” here; install its package and try again.")
    pictures = _pictures(folder)
    listed = folder / "pictures.txt"
    listed.write_text("\n".join(map(str, pictures)), encoding="utf-8")
    mode = UPRIGHT_BLOCK if model.endswith("_vert") else SINGLE_LINE
    command = ["tesseract", str(listed), "stdout", "-l", model, "--psm", mode]
    run = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    # A form feed ends each picture's text.
    texts = (" ".join(part.split()) for part in run.stdout.split("\f"))
    if mode == UPRIGHT_BLOCK:
        texts = (text.replace(" ", "") for text in texts)
    return {int(picture.stem): text for picture, text in zip(pictures, texts, strict=False)}


def _rapidocr(folder: Path) -> dict[int, str]:
    from rapidocr import RapidOCR

    engine = RapidOCR(params={"Global.log_level": "error"})
    readings = {}
    for picture in _pictures(folder):
        crop = cv2.imread(str(picture))
        assert crop is not None
        if crop.shape[0] > crop.shape[1]:  # it reads lines only; a column is turned for it
            crop = cv2.rotate(crop, cv2.ROTATE_90_COUNTERCLOCKWISE)
        result = engine(crop, use_det=False, use_cls=False, use_rec=True)
        readings[int(picture.stem)] = (result.txts or ("",))[0]
    return readings


def _kraken(crops: Mapping[Split, Path], folder: Path, ketos: Path, minutes: float) -> dict[int, str]:
    for split in (Split.TRAIN, Split.VAL):
        names = "\n".join(map(str, _pictures(crops[split])))
        (folder / f"{split.value}.txt").write_text(names, encoding="utf-8")
    models = folder / "models"
    learn = [str(ketos), "--threads", "1", "--workers", "0", "train", "--format-type", "path", "--augment"]
    learn += ["--output", str(models), "--training-data", str(folder / f"{Split.TRAIN.value}.txt")]
    learn += ["--evaluation-data", str(folder / f"{Split.VAL.value}.txt"), "--batch-size", "8"]
    learn += ["--min-epochs", str(KRAKEN_EPOCHS)]
    with (folder / "ketos.log").open("wb") as log:
        process = subprocess.Popen(learn, stdout=log, stderr=log)
        try:
            process.wait(minutes * 60)
        except subprocess.TimeoutExpired:
            process.terminate()
            process.wait()
    checkpoints = sorted(models.glob("checkpoint_[0-9]*-*.ckpt"), key=_kraken_accuracy)
    if not checkpoints:
        raise AssertionError((folder / "ketos.log").read_text("utf-8", errors="replace")[-2000:])
    model = folder / "best.safetensors"
    convert = [str(ketos), "convert", "--output", str(model), str(checkpoints[-1])]
    subprocess.run(convert, check=True, capture_output=True)
    test = crops[Split.TEST]
    read = [str(ketos.with_name("kraken")), "--batch-input", str(test / "*.png"), "--suffix", ".txt"]
    subprocess.run([*read, "ocr", "--no-segmentation", "-m", str(model)], check=True, capture_output=True)
    return {int(file.stem): file.with_suffix(".txt").read_text("utf-8").strip() for file in _pictures(test)}


def _kraken_accuracy(checkpoint: Path) -> tuple[float, int]:
    """What kraken measured on the validation lines, and after how many epochs: the file is called by both."""
    epoch, accuracy = checkpoint.stem.removeprefix("checkpoint_").split("-")
    return float(accuracy), int(epoch)
