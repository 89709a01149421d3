import pytest
import torch


@pytest.fixture(autouse=True, scope="package")
def one_thread():
    """Small batches gain nothing from a second core, and lose much where another process has it."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)
