"""Keystrokes per 1,000 characters: typing everything, fixing plain drafts, fixing drafts with all helps.

``python -m tests.benchmarks.effort [--data DIR] [--sets NAME ...] [--lines N] [--base-only]``. A simulated
annotator (see ``annotator.py``) corrects pages or works that no training saw, in the real editor of the real
window, from drafts of the base model and of a model tuned on the other pages. Without ``--data`` the bundled
book is used. Accepting sure lines leaves errors, which are told beside the keys. Prints a table and, as its
last line, one JSON object.
"""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from rapidfuzz.distance import Levenshtein

from core.document import Split
from core.exchange.layout_xml import read_layout_xml
from core.jobs import CancelToken
from core.storage.efforts import effort_by_model
from core.storage.lines import get_entry, list_entries
from core.storage.models import promote_model
from core.storage.pages import list_pages
from core.storage.project import Project, create_project, open_project
from core.training.config import preset
from core.workflow.demo import import_demo, take_bundled_corrections
from core.workflow.drafting import draft_lines
from core.workflow.finetuning import fine_tune
from core.workflow.importing import import_paths
from core.workflow.line_finding import find_lines
from core.workflow.reading_help import learn_reading_help
from resources import RESOURCES
from tests.benchmarks.annotator import Annotator, accept_sure_lines, show
from workbench.app import Desk
from workbench.collecting import Collector
from workbench.settings import Settings
from workbench.transcribe.place import TranscribePlace

BASE = "ppocr-v6-small"
CANCEL = CancelToken()


@dataclass(frozen=True, slots=True)
class Material:
    """A prepared project with drafts on untouched test lines, and what stands in those lines."""

    name: str
    folder: Path
    truth: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Condition:
    """Which helps the annotator has."""

    name: str
    drafts: bool = False
    again: bool = False
    keys: bool = False
    accepts: bool = False


LEFT = "left"
"""Wrong characters per 1,000 that are left where sure lines were accepted."""

CONDITIONS = (
    Condition("plain"),
    Condition("+ better drafts", drafts=True),
    Condition("+ reading again", drafts=True, again=True),
    Condition("+ F2, Alt+1..9", drafts=True, again=True, keys=True),
    Condition("helped", drafts=True, keys=True, accepts=True),
    Condition("keys alone", keys=True),
)


def main() -> None:
    """Measure and print."""
    arguments = _arguments()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    collector = Collector()
    results: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for name, make in _sets(arguments.data, arguments.lines).items():
            if arguments.sets and name not in arguments.sets:
                continue
            material = make(Path(scratch))
            for model in ("base",) if arguments.base_only else ("base", "tuned"):
                if model == "tuned":
                    _tune(material)
                keys = results[f"{material.name}, {model}"] = _measure(material, Path(scratch))
                print(f"{material.name}, {model}: {keys}", flush=True)
    collector.deleteLater()
    _print(results)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder with fraktur19_lines and chinese_siku_lines")
    parser.add_argument("--sets", nargs="*", help="names of sets; default: all that there are")
    parser.add_argument("--lines", type=int, default=100, help="test lines of each set")
    parser.add_argument("--base-only", action="store_true", help="no fine-tuning, some minutes a set")
    return parser.parse_args()


def _sets(data: Path | None, lines: int) -> dict[str, Callable[[Path], Material]]:
    found: dict[str, Callable[[Path], Material]] = {
        "utopie": lambda scratch: _book(scratch / "utopie", lines)
    }
    for name, group in (("fraktur19_lines", "__"), ("chinese_siku_lines", "_c")):
        if data is not None and (data / name).is_dir():
            source = data / name

            def make(scratch: Path, source: Path = source, group: str = group) -> Material:
                return _lines(scratch / source.name, source, group, lines)

            found[name] = make
    return found


def _book(folder: Path, limit: int) -> Material:
    """The bundled book: its test pages are drafted and otherwise untouched."""
    with create_project(folder) as project:
        import_demo(project, cancel=CANCEL)
        pages = list_pages(project)
        find_lines(
            project, [p.id for p in pages if p.split is not Split.TEST], cancel=CANCEL, background=False
        )
        draft_lines(project, cancel=CANCEL, background=False)
        take_bundled_corrections(project)
    # The test pages take lines as they were outlined by hand, but none of their text.
    with open_project(folder) as project:
        truth = _outlined_by_hand(project, limit)
        draft_lines(project, only_open=True, cancel=CANCEL, background=False)
        learn_reading_help(project, BASE, cancel=CANCEL, background=False)
    return Material("utopie", folder, truth)


def _outlined_by_hand(project: Project, limit: int) -> dict[int, str]:
    from core.storage.layout_edits import delete_lines, draw_line

    truth: dict[int, str] = {}
    for page in list_pages(project):
        if page.split is not Split.TEST:
            continue
        present = [entry.line.id for entry in list_entries(project, page.id)]
        if present:
            delete_lines(project, present)
        corrections = RESOURCES / "demo" / "corrections" / f"{Path(page.name).stem}.xml"
        for line in read_layout_xml(corrections, (page.width, page.height)).lines:
            if line.text and len(truth) < limit:
                change = draw_line(project, page.id, line.shape)
                assert change.focus_line is not None
                truth[change.focus_line] = line.text
    return truth


def _lines(folder: Path, source: Path, group: str, limit: int) -> Material:
    """A line data set: works (or pages) in turn to learn from, to validate on and to test on."""
    rows = [json.loads(row) for row in (source / "labels.txt").read_text("utf-8").split("\n") if row]
    groups = sorted({row["filename"].split(group)[0] for row in rows})
    split_of = {
        name: (Split.TEST, Split.TRAIN, Split.VAL, Split.TRAIN)[n % 4] for n, name in enumerate(groups)
    }
    with create_project(folder) as project:
        for split, most in ((Split.TRAIN, 2 * limit), (Split.VAL, limit // 2), (Split.TEST, limit)):
            chosen = [r for r in rows if split_of[r["filename"].split(group)[0]] is split][:most]
            part = _data_set(folder.with_name(f"{folder.name}-{split}"), source, chosen)
            import_paths(project, [part], split=split, take_text=split is not Split.TEST, cancel=CANCEL)
        draft_lines(project, only_open=False, cancel=CANCEL, background=False)
        learn_reading_help(project, BASE, cancel=CANCEL, background=False)
        texts = {row["filename"]: row["text"] for row in rows}
        truth = {
            list_entries(project, page.id)[0].line.id: texts[Path(page.source).name]
            for page in list_pages(project)
            if page.split is Split.TEST
        }
    return Material(source.name, folder, truth)


def _data_set(folder: Path, source: Path, rows: Sequence[dict[str, str]]) -> Path:
    (folder / "images").mkdir(parents=True)
    for row in rows:
        shutil.copy(source / "images" / row["filename"], folder / "images")
    labels = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "labels.txt").write_text(labels, encoding="utf-8")
    return folder


def _tune(material: Material) -> None:
    """Fine-tune, promote, and draft the test lines with the new version."""
    with open_project(material.folder) as project:
        made = fine_tune(project, preset("default"), cancel=CANCEL, background=False).model.name
        promote_model(project, made)
        draft_lines(project, only_open=False, cancel=CANCEL, background=False)
        learn_reading_help(project, made, cancel=CANCEL, background=False)


def _measure(material: Material, scratch: Path) -> dict[str, float]:
    """Keys per 1,000 characters under each condition; each begins with the same untouched lines."""
    characters = sum(map(len, material.truth.values()))
    keys: dict[str, float] = {"typing": 1000 * (characters + len(material.truth)) / characters}
    for condition in CONDITIONS:
        copy = scratch / "run"
        shutil.copytree(material.folder, copy)
        used, wrong = _correct(copy, material.truth, condition)
        keys[condition.name] = 1000 * used / characters
        if condition.accepts:
            keys[LEFT] = 1000 * wrong / characters
        else:
            assert not wrong
        shutil.rmtree(copy)
    return keys


def _correct(folder: Path, truth: Mapping[int, str], condition: Condition) -> tuple[int, int]:
    """Keys that were used, and characters that are still wrong."""
    settings = Settings(folder / "window.ini")
    settings.helps_drafts, settings.reads_again = condition.drafts, condition.again
    desk = Desk(settings)
    project = desk.show(open_project(folder)).project
    desk.window.show()
    desk.window.activateWindow()
    assert QTest.qWaitForWindowActive(desk.window)
    used = accept_sure_lines(desk, truth) if condition.accepts else 0
    place = show(desk, TranscribePlace)
    annotator = Annotator(place, helped=condition.keys)
    for line_id, text in truth.items():
        if not get_entry(project, line_id).state.is_truth:
            place.controller.show_line(line_id)
            annotator.correct(text)
    used += sum(summary.keystrokes for summary in effort_by_model(project))
    texts = ((get_entry(project, line_id).text, text) for line_id, text in truth.items())
    wrong = sum(Levenshtein.distance(*pair) for pair in texts)
    desk.close_project()
    desk.window.close()
    return used, wrong


def _print(results: Mapping[str, Mapping[str, float]]) -> None:
    names = ["typing", *(condition.name for condition in CONDITIONS), LEFT]
    print("Keys per 1,000 characters")
    print(f"{'set':<28}" + "".join(f"{name:>18}" for name in names) + f"{'helped/plain':>14}")
    for name, keys in results.items():
        ratio = keys["helped"] / keys["plain"] if keys["plain"] else 1.0
        print(f"{name:<28}" + "".join(f"{keys[each]:>18.0f}" for each in names) + f"{ratio:>14.2f}")
    sets = {
        name: {key: round(keys[key], 1) for key in ("typing", "plain", "helped", LEFT)}
        for name, keys in results.items()
    }
    print(json.dumps({"sets": sets}))


if __name__ == "__main__":
    main()
