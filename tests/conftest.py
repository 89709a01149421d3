"""What all tests share: an offscreen Qt, a weights cache of their own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from core.storage.project import Project
from tests import garbage

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Converted weights are kept between test runs, apart from the user's own.
os.environ.setdefault("LINEWRIGHT_CACHE", str(Path(__file__).parents[1] / "build" / "test-cache"))

# The suite tries the same examples everywhere; `make fuzz` looks for new ones.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", max_examples=3_000, deadline=None)
settings.load_profile("same")


def pytest_runtest_logfinish() -> None:
    """Nobody holds the test's fixtures any more."""
    garbage.collect()


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real lines and pages with ground truth."""
    return Path(__file__).with_name("data")


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project of three real pages; copy it before changing it."""
    from tests.book import make_book

    return make_book(tmp_path_factory.mktemp("book") / "Utopie 1550")


@pytest.fixture(scope="session")
def short_book(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project of the same pages with a few corrected lines each; copy it before changing it."""
    from tests.book import copy_of, shorten

    folder = tmp_path_factory.mktemp("short") / "Utopie 1550"
    with copy_of(book, folder) as project:
        shorten(project)
    return folder


@pytest.fixture
def few_lines(short_book: Path, tmp_path: Path) -> Iterator[Project]:
    """An own copy of the short book, open for writing: for trainings whose result does not matter."""
    from tests.book import copy_of

    with copy_of(short_book, tmp_path / "few") as opened:
        yield opened
