"""The arrows between the parts, held by reading every import and by importing for real."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BASE = {
    "core.files",
    "core.wording",
    "core.errors",
    "core.jobs",
    "core.document",
    "core.geometry",
    "core.versions",
}

ALLOWED = {
    "core.wording": set(),
    "core.errors": {"core.files", "core.wording"},
    "core.jobs": set(),
    "core.files": set(),
    "core.document": set(),
    "core.versions": {"core.document"},
    "core.geometry": {"core.document", "core.errors", "core.wording"},
    "core.characters": {"core.wording"},
    "core.imaging": BASE,
    "core.layout": BASE | {"core.imaging"},
    "core.recognition": BASE | {"core.imaging"},
    "core.decoding": BASE | {"core.recognition"},
    "core.evaluation": BASE | {"core.recognition"},
    "core.training": BASE | {"core.imaging", "core.recognition", "core.evaluation", "core.worker"},
    "core.rules": BASE,
    "core.storage": BASE | {"core.rules"},
    "core.exchange": BASE | {"core.imaging", "core.storage"},
    "core.worker": BASE | {"core.imaging", "core.layout", "core.recognition", "core.decoding"},
}
"""What each part of core may import, beside itself. Only ``core.workflow`` joins the engines with storage."""

PLACES = ("library", "transcribe", "review", "training", "comparison", "models")

TORCH_FREE = (
    "core.storage.project",
    "core.rules",
    "core.characters",
    "core.decoding",
    "core.workflow",
    "core.evaluation.comparison",
    "core.exchange",
    "core.imaging.crop",
    "core.recognition.charset",
    "core.training.config",
    "core.training.events",
    "workbench.cli.app",
    "workbench.app",
)


def modules(package: str) -> Iterator[tuple[str, Path]]:
    for file in sorted((ROOT / package).rglob("*.py")):
        parts = file.relative_to(ROOT).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), file


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{file}: relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(module: str) -> str:
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("part", ALLOWED)
def test_arrows_inside_core_point_one_way(part):
    for name, file in modules("core"):
        if part_of(name) != part:
            continue
        reached = {part_of(module) for module in imports(file) if module.startswith("core.")} - {part}
        assert reached - {"core.__version__"} <= ALLOWED[part], (
            f"{name} imports {sorted(reached - ALLOWED[part])}"
        )


def test_every_part_of_core_has_its_arrows_written_down():
    parts = {part_of(name) for name, _ in modules("core")} - {"core", "core.workflow"}
    assert parts == set(ALLOWED)


def test_core_knows_neither_qt_nor_the_workbench():
    for name, file in modules("core"):
        for module in imports(file):
            assert module.split(".")[0] not in {"PySide6", "pyqtgraph", "workbench"}, (
                f"{name} imports {module}"
            )


def test_places_of_the_window_do_not_import_one_another():
    for place in PLACES:
        for name, file in modules(f"workbench/{place}"):
            for module in imports(file):
                others = {f"workbench.{other}" for other in PLACES if other != place}
                assert part_of(module) not in others, f"{name} imports {module}"


@pytest.mark.parametrize("module", TORCH_FREE)
def test_window_and_command_line_start_without_torch(module):
    if module.startswith("core.") and (ROOT / Path(*module.split("."))).is_dir():
        names = [name for name, _ in modules(module.replace(".", "/"))]
    else:
        names = [module]
    code = (
        f"import importlib, sys\nfor name in {names!r}:\n    importlib.import_module(name)\n"
        "heavy = {'torch', 'onnxruntime', 'rapidocr'} & set(sys.modules)\nassert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_make_can_do_all_that_the_documents_name():
    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "\n".join(file.read_text("utf-8") for file in documents)
    named = set(re.findall(r"^(?:.*`)?make ([a-z-]+)", text, re.MULTILINE))
    assert {"demo", "test"} <= named
    for target in sorted(named):
        command = ["make", "--dry-run", "--always-make", target]
        ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        assert ran.returncode == 0, ran.stderr
