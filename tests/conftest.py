"""What all tests share: an offscreen Qt, a weights cache of their own."""

import os
from pathlib import Path

import pytest

# Before anything imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Converted weights are kept between test runs, apart from the user's own.
os.environ.setdefault("LINEWRIGHT_CACHE", str(Path(__file__).parents[1] / "build" / "test-cache"))


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real lines and pages with ground truth."""
    return Path(__file__).with_name("data")


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed project of three real pages; copy it before changing it."""
    from tests.book import make_book

    return make_book(tmp_path_factory.mktemp("book") / "Utopie 1550")
