"""Writing human text with its lines, and model versions, for other programs."""

import json
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import cv2

from core.document import BASE_MODELS, LineEntry, Page, TranscriptionState
from core.errors import KnownError, UnreadableFile
from core.exchange.alto import alto_xml
from core.exchange.imported import Skipped
from core.exchange.page_xml import page_xml
from core.files import legible, shortened
from core.imaging.crop import crop_line
from core.imaging.scan import lies_as_displayed, read_page, read_scan
from core.jobs import CancelToken, Progress, ProgressSink, no_progress
from core.recognition.card import read_card
from core.storage.lines import list_entries
from core.storage.models import get_model, model_source
from core.storage.pages import list_pages, page_progress, scan_path
from core.storage.project import Project
from core.storage.queue import line_places
from core.versions import ModelVersion
from core.wording import say
from core.worker.process import run_worker
from core.workflow.model_card import write_model_card

StateCounts = Mapping[int, Mapping[TranscriptionState, int]]
"""How many lines with human text are in which state, by page."""


class TextFormat(StrEnum):
    """What texts are written as.

    ``jsonl`` is the line data set that can be imported again (``images/`` and ``labels.txt``); ``page`` and
    ``alto`` lie beside copies of the scans; ``txt`` is one file per page.
    """

    JSONL = "jsonl"
    PAGE = "page"
    ALTO = "alto"
    TXT = "txt"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """How many pages and lines were written; ``skipped``: pages without their scan.

    In a line data set nothing is written of such a page, in other formats all but the scan.
    """

    pages: int
    lines: int
    skipped: tuple[Skipped, ...] = ()


def export_pages(
    project: Project,
    folder: Path,
    format_: str,
    *,
    state: TranscriptionState | None = None,
    page_ids: Collection[int] | None = None,
    cancel: CancelToken,
    progress: ProgressSink = no_progress,
) -> ExportReport:
    """Write the lines that people have finished with.

    Args:
        project: The open project.
        folder: New or empty.
        format_: A ``TextFormat``, or its value.
        state: Only lines in this state; else corrected and reviewed ones.
        page_ids: Only these pages; else all.
        cancel: Looked at between pages.
        progress: Told of pages.

    A scan that cannot be read keeps nothing else from being written.

    Raises:
        KnownError: If the folder is not empty or cannot be written.
        Cancelled: On request; pages written so far stay.
    """
    write = _WRITERS[TextFormat(format_)]
    pages = list_pages(project, page_ids)
    written = lines = 0
    skipped: list[Skipped] = []
    try:
        _refuse_used(folder)
        folder.mkdir(parents=True, exist_ok=True)
        for number, page in enumerate(pages, start=1):
            cancel.raise_if_cancelled()
            entries = [entry for entry in list_entries(project, page.id) if _wanted(entry, state)]
            try:
                if entries:
                    write(project, page, entries, folder)
            except UnreadableFile as error:
                skipped.append(Skipped(Path(page.name), error.clause))
                entries = [] if format_ == TextFormat.JSONL else entries
            written += bool(entries)
            lines += len(entries)
            progress(Progress(number, len(pages), page.name))
    except OSError as error:
        raise KnownError(_unwritable(folder, error)) from error
    return ExportReport(written, lines, tuple(skipped))


def count_by_state(project: Project, *, cancel: CancelToken) -> StateCounts:
    """The lines that can be exported, before one has said which.

    Raises:
        Cancelled: On request.
    """
    counts: dict[int, Counter[TranscriptionState]] = defaultdict(Counter)
    for page_id, progress in page_progress(project).items():
        counts[page_id][TranscriptionState.CORRECTED] = progress.corrected
        counts[page_id][TranscriptionState.REVIEWED] = progress.reviewed
        counts[page_id][TranscriptionState.UNREADABLE] = progress.unreadable
    for place in line_places(project):  # the counts of pages do not tell open lines with text from others
        cancel.raise_if_cancelled()
        if place.open and place.written:
            counts[place.page_id][TranscriptionState.OPEN] += 1
    return counts


def report_before(
    counts: StateCounts, state: TranscriptionState | None, page_ids: Collection[int] | None
) -> ExportReport:
    """What ``export_pages`` would write."""
    chosen = counts.keys() if page_ids is None else counts.keys() & set(page_ids)
    lines = [
        sum(count for each, count in counts[page_id].items() if _is_wanted(each, state)) for page_id in chosen
    ]
    return ExportReport(sum(1 for count in lines if count), sum(lines))


def names_in(target: Path) -> list[str]:
    """What an export would have to spare: the names in a folder, or the target itself if it is a file.

    Raises:
        OSError: If the folder cannot be read.
    """
    if target.is_dir():
        return sorted(each.name for each in target.iterdir())
    return [target.name] if target.exists() else []


def _unwritable(place: Path, error: OSError) -> str:
    return say(
        "{folder} cannot be written ({strerror}). Choose another place.",
        folder=place,
        strerror=error.strerror,
    )


def _refuse_used(folder: Path) -> None:
    if names_in(folder):
        raise KnownError(not_empty(folder))


def not_empty(folder: Path) -> str:
    """Why nothing is written into a folder, and what to do."""
    return say(
        "{folder} is not empty. Choose a new or empty folder, so that nothing is overwritten.", folder=folder
    )


def _wanted(entry: LineEntry, state: TranscriptionState | None) -> bool:
    return entry.transcription is not None and _is_wanted(entry.state, state)


def _is_wanted(state: TranscriptionState, only: TranscriptionState | None) -> bool:
    return state is only if only else state.is_truth


def _file_stem(page: Page) -> str:
    """Unique and in order, whatever the scans were called; the end of a very long name is left out."""
    return shortened(f"{page.number:04d}_{Path(page.name).stem}", room=len("__l00000.png"))


def _write_text(_project: Project, page: Page, entries: Sequence[LineEntry], folder: Path) -> None:
    text = "".join(f"{entry.text}\n" for entry in entries)
    (folder / f"{_file_stem(page)}.txt").write_text(text, encoding="utf-8", newline="\n")


def _write_page_xml(project: Project, page: Page, entries: Sequence[LineEntry], folder: Path) -> None:
    scan = _scan_beside(project, page, folder)
    (folder / f"{_file_stem(page)}.xml").write_bytes(page_xml(page, entries, scan.name))
    _copy_scan(project, page, scan)


def _write_alto(project: Project, page: Page, entries: Sequence[LineEntry], folder: Path) -> None:
    scan = _scan_beside(project, page, folder)
    (folder / f"{_file_stem(page)}.xml").write_bytes(alto_xml(page, entries, scan.name))
    _copy_scan(project, page, scan)


def _write_line_images(project: Project, page: Page, entries: Sequence[LineEntry], folder: Path) -> None:
    image = read_page(scan_path(project, page), page.rotation, (page.width, page.height))
    (folder / "images").mkdir(exist_ok=True)
    with (folder / "labels.txt").open("a", encoding="utf-8", newline="\n") as labels:
        for entry in entries:
            name = f"{_file_stem(page)}__l{entry.line.order + 1:03d}.png"
            _write_png(folder / "images" / name, crop_line(image, entry.line.shape))
            label = {
                "filename": name,
                "text": entry.text,
                "group": page.group,
                "split": page.split,
                "direction": entry.line.shape.direction,
            }
            labels.write(json.dumps(label, ensure_ascii=False) + "\n")


def _scan_beside(project: Project, page: Page, folder: Path) -> Path:
    """Where the scan goes; its text is written first, for the scan may be gone."""
    source = scan_path(project, page)
    try:
        as_it_is = page.rotation == 0 and lies_as_displayed(source)
    except UnreadableFile:
        as_it_is = True
    return folder / f"{_file_stem(page)}{source.suffix if as_it_is else '.png'}"


def _copy_scan(project: Project, page: Page, target: Path) -> None:
    """The scan as the lines lie on it: turned ones are written anew, be it by the page or by their file."""
    source = scan_path(project, page)
    if lies_as_displayed(source) and page.rotation == 0:
        shutil.copyfile(source, target)
    else:
        _write_png(target, read_scan(source, page.rotation))


def _write_png(file: Path, image: cv2.typing.MatLike) -> None:
    # imwrite cannot open every path on Windows; encoding and writing apart can
    _, data = cv2.imencode(".png", image)
    file.write_bytes(data.tobytes())


_WRITERS: dict[TextFormat, Callable[[Project, Page, Sequence[LineEntry], Path], None]] = {
    TextFormat.JSONL: _write_line_images,
    TextFormat.PAGE: _write_page_xml,
    TextFormat.ALTO: _write_alto,
    TextFormat.TXT: _write_text,
}


def export_model(project: Project, model: str, file: Path) -> None:
    """Write a model version to a file: ``.safetensors`` whole, ``.pth`` a state dict, ``.onnx`` a graph.

    Beside it goes its card, ``NAME.card.md``.

    Raises:
        UnknownModel: If there is no such version.
        KnownError: If it is a base model, the ending is another one, what would lie beside the file belongs
            to something else, or the files cannot be written there.
    """
    version = get_model(project, model)
    if model in BASE_MODELS:
        raise KnownError(
            say(
                "{model} comes with the program and need not be exported; choose a tuned version.",
                model=model,
            )
        )
    if file.absolute().parent.resolve() == project.models.resolve():
        raise KnownError(
            say(
                "{folder} is where the project keeps its own versions. Choose another folder, so that none "
                "of them is overwritten.",
                folder=project.models,
            )
        )
    source = model_source(project, version)
    _refuse_to_replace(file, version, Path(source))
    request = {"kind": "export-model", "model": source, "file": str(file.absolute())}
    for _event in run_worker(request, CancelToken(), background=False):
        pass
    try:
        write_model_card(version, Path(source), file)
    except OSError as error:
        raise KnownError(_unwritable(file, error)) from error


def _refuse_to_replace(file: Path, version: ModelVersion, source: Path) -> None:
    """Nobody is asked about what lies beside an export: it must be of an earlier one, or not be there.

    Raises:
        KnownError: If it belongs to something else.
    """
    if file.exists():  # whoever replaces a model means its card and characters, too
        return
    own = {file.with_suffix(".card.md"): version.sha256}
    if file.suffix != ".safetensors":
        own[file.with_suffix(".vocab.txt")] = read_card(source).charset.vocabulary
    for beside, content in own.items():
        if beside.exists() and not (beside.is_file() and content.encode() in beside.read_bytes()):
            raise KnownError(
                say(
                    "{file} is there already and belongs to something else; exporting would replace it. "
                    "Choose another name, or another folder.",
                    file=legible(beside),
                )
            )
