"""Windows of tests are collected in the thread that made them, as in the program itself."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """No collection while a test runs its threads; ``collect`` makes up for it."""
    gc.disable()
    yield


def collect() -> None:
    """After a test has let go of its fixtures: a window that is still there has to take on every style sheet.

    What is left are modules. The next collection needs not look through them, unless a window closed its
    project and so asked for all to be looked at.
    """
    if not gc.isenabled():
        gc.collect()
        gc.freeze()
        gc.enable()
