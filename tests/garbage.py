"""Windows of tests are collected in the thread that made them, as in the program itself."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def collected_here() -> Iterator[None]:
    """No collection while a test runs its threads; all of it afterwards."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
