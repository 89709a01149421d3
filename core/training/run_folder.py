"""The files by which a training run's parent and child talk: what to learn from, what came out.

The folder outlives both processes, so a run can be resumed after a crash.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core.document import BASE_MODELS, LineImage, LineReading, Split
from core.errors import BadCheckpoint
from core.evaluation.metrics import score_line
from core.files import forget_half_written, remove, write_text
from core.training.config import FineTuneConfig
from core.versions import LineScore
from core.wording import say

REQUEST, SNAPSHOT = "request.json", "snapshot.jsonl"
BEST, RESUME = "best.safetensors", "resume.pt"


@dataclass(frozen=True, slots=True)
class SnapshotLine:
    """A line as it stood when the run began; later edits do not reach into a run.

    ``group`` is that of its page; runs begun by earlier versions do not know it.
    """

    image: LineImage
    split: Split
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """``base`` is a base model's name or the path of a model file; ``base_name`` is what it is called."""

    base: str
    base_name: str
    config: FineTuneConfig
    lines: tuple[SnapshotLine, ...]


def write_request(folder: Path, request: RunRequest) -> None:
    """Write what a run needs to know."""
    snapshot = (
        {"split": line.split, "text": line.text, "group": line.group, **line.image.to_json()}
        for line in request.lines
    )
    _write_json_lines(folder / SNAPSHOT, snapshot)
    values = {
        "base": request.base,
        "base_name": request.base_name,
        "config": request.config.model_dump(mode="json"),
    }
    write_text(folder / REQUEST, json.dumps(values, indent=1))


def read_request(folder: Path) -> RunRequest:
    """The inverse of ``write_request``.

    Raises:
        BadCheckpoint: If the run's files are missing or damaged.
    """
    try:
        values = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
        lines = tuple(
            SnapshotLine(LineImage.from_json(line), Split(line["split"]), line["text"], line.get("group", ""))
            for line in _read_json_lines(folder / SNAPSHOT)
        )
        config = FineTuneConfig.model_validate(values["config"])
        return RunRequest(values["base"], values["base_name"], config, lines)
    except ValidationError as error:
        raise BadCheckpoint(
            say(
                "The run in {folder} was begun by another version of Linewright, with settings that this "
                "one does not have. Start a new training; no text and no model version is lost.",
                folder=folder,
            )
        ) from error
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(folder) from error


def forget_state(folder: Path) -> None:
    """Remove what only a run that can go on needs: its weights and its state, some 90 MB for each training.

    What was learned from and what was read stays.
    """
    forget_half_written(folder)
    for file in (folder / RESUME, *folder.glob("*.safetensors")):
        remove(file)


def moved_to(project: Path, request: RunRequest) -> RunRequest:
    """A request with its scans and its base where they lie in a project folder that was moved since.

    In every project a scan is ``scans/NAME``, a model file ``models/NAME``.
    """

    def here(file: Path) -> Path:
        return project / file.parent.name / file.name

    lines = tuple(
        replace(line, image=replace(line.image, scan=here(line.image.scan))) for line in request.lines
    )
    base = request.base if request.base in BASE_MODELS else str(here(Path(request.base)))
    return replace(request, base=base, lines=lines)


def _damaged(folder: Path) -> BadCheckpoint:
    return BadCheckpoint(
        say("The files of the run in {folder} are damaged. Start a new training.", folder=folder)
    )


def lines_used(folder: Path, splits: Collection[Split]) -> list[int]:
    """Ids of the lines that served for something in a run.

    Raises:
        BadCheckpoint: If the run's files are missing or damaged.
    """
    try:
        return [line["line_id"] for line in _read_json_lines(folder / SNAPSHOT) if line["split"] in splits]
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(folder) from error


def evaluation_file(split: Split, *, after: bool) -> str:
    """Name of the file with the readings of a split, before or after the training."""
    return f"evaluation-{split}-{'after' if after else 'before'}.jsonl"


def write_readings(file: Path, readings: Mapping[int, LineReading]) -> None:
    """Write what was read, by line id."""
    _write_json_lines(file, ({"line_id": line_id, **asdict(each)} for line_id, each in readings.items()))


def read_readings(file: Path) -> dict[int, LineReading]:
    """The inverse of ``write_readings``; empty if the file is missing or damaged: lines can be read anew."""
    try:
        return {line.pop("line_id"): LineReading(**line) for line in _read_json_lines(file)}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def scores_of(lines: Iterable[SnapshotLine], readings: Mapping[int, LineReading]) -> list[LineScore]:
    """Scores of the lines that were read; a line whose scan cannot be opened is no model's fault."""
    return [
        score_line(line.image.line_id, line.text, each.text, each.promised)
        for line in lines
        if (each := readings.get(line.image.line_id))
    ]


def _write_json_lines(file: Path, lines: Iterable[dict[str, Any]]) -> None:
    # In ASCII: the names of folders may be no UTF-8.
    write_text(file, "".join(json.dumps(line) + "\n" for line in lines))


def _read_json_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]
