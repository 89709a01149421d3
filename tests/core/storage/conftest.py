import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.document import LineShape, Page, ReadCharacter, Recognition
from core.storage.imports import NewLine, NewPageWithLines, add_pages_with_lines
from core.storage.pages import NewPage
from core.storage.project import Project, create_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "Bücher 古籍 📚") as made:
        yield made


def box(left: float, top: float, right: float, bottom: float) -> LineShape:
    return LineShape(((left, top), (right, top), (right, bottom), (left, bottom)))


def reading(text: str, confidence: float = 0.9) -> Recognition:
    step = 1 / max(len(text), 1)
    return Recognition(
        tuple(
            ReadCharacter(char, confidence, place * step, (place + 1) * step, (("x", 0.05),))
            for place, char in enumerate(text)
        )
    )


@pytest.fixture
def add_page(project: Project) -> Callable[..., Page]:
    def add(name: str = "p1.png", lines: int = 3, group: str = "") -> Page:
        sha256 = hashlib.sha256(name.encode()).hexdigest()
        new = NewPage(name, f"scans/{name}", 1000, 800, sha256, group or name, name)
        shapes = [box(100, 100 + 50 * n, 900, 140 + 50 * n) for n in range(lines)]
        (page,) = add_pages_with_lines(
            project, [NewPageWithLines(new, tuple(NewLine(shape) for shape in shapes))], "import"
        )
        return page

    return add
