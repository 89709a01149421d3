from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.storage.pages import list_pages
from core.storage.project import Project, create_project
from core.workflow.merge_report import MergeReport
from core.workflow.merging import merge
from core.workflow.receiving import receive
from core.workflow.second_reader import hand_out
from tests.book import copy_of
from tests.core.workflow.second_reading import line_ids, write
from tests.core.workflow.test_queueing import add_page, read


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "project") as made:
        yield made


@pytest.fixture
def utopie(book: Path, tmp_path: Path) -> Iterator[Project]:
    with copy_of(book, tmp_path / "utopie") as opened:
        yield opened


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Project]:
    """Two pages with three drafted lines each; the first line is corrected."""
    with create_project(tmp_path / "home") as made:
        for name in ("p1.png", "p2.png"):
            (made.scans / name).write_bytes(name.encode())
            add_page(made, name, [read("one"), read("two"), read("three")])
        write(made, line_ids(made)[0], "One")
        yield made


@pytest.fixture
def lin(home: Project, tmp_path: Path) -> Iterator[Project]:
    """Lin's project, made of the package."""
    hand_out(home, tmp_path / "to-lin.lwp", list_pages(home), "Lin")
    with receive(tmp_path / "to-lin.lwp", tmp_path / "lin") as made:
        yield made


@pytest.fixture
def come_back(home: Project, lin: Project, tmp_path: Path) -> Callable[[], MergeReport]:
    """Lin hands all of it out, and it is merged at home."""

    def come() -> MergeReport:
        hand_out(lin, tmp_path / "from-lin.lwp", list_pages(lin))
        return merge(home, tmp_path / "from-lin.lwp")

    return come
