"""Which errors of the system are told in a sentence, and which are faults of the program."""

import tempfile

import pytest

from core.errors import of_disk


def test_no_room_for_temporary_files_is_a_full_disk(monkeypatch):
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: ["/nowhere"])
    monkeypatch.setattr(tempfile, "tempdir", None)
    with pytest.raises(FileNotFoundError) as caught:
        tempfile.gettempdir()
    assert "Make room on the disk" in str(of_disk(caught.value))


def test_a_file_that_is_missing_is_not(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        (tmp_path / "gone").stat()
    assert of_disk(caught.value) is None
