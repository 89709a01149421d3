from collections.abc import Iterator
from pathlib import Path

import pytest

from core.storage.project import Project, create_project
from tests.book import copy_of


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "project") as made:
        yield made


@pytest.fixture
def utopie(book: Path, tmp_path: Path) -> Iterator[Project]:
    with copy_of(book, tmp_path / "utopie") as opened:
        yield opened
