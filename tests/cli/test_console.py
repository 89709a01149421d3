import errno

import pytest

from workbench.cli.console import EXIT_KNOWN_ERROR, run_reporting_errors


def failing(error):
    def app():
        raise error

    return app


def test_a_full_disk_that_nobody_awaited_is_one_sentence(capsys):
    error = OSError(errno.ENOSPC, "No space left on device", "/p/out.txt")
    assert run_reporting_errors(failing(error)) == EXIT_KNOWN_ERROR
    (told,) = capsys.readouterr().err.splitlines()
    assert told.startswith("/p/out.txt could not be written or read (No space left on device).")


def test_a_fault_is_not_told_as_one_of_the_disk():
    with pytest.raises(FileNotFoundError):
        run_reporting_errors(failing(FileNotFoundError(errno.ENOENT, "No such file", "/p/out.txt")))
