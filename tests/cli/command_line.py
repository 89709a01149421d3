"""The command line in this process (a new Python for each command would take minutes), or as in a shell."""

import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from unittest.mock import patch

from workbench.__main__ import main


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a shell would see."""

    returncode: int
    stdout: str
    stderr: str


def linewright(*arguments: object) -> Outcome:
    """A command in this process."""
    said, complained = StringIO(), StringIO()
    argv = ["linewright", *map(str, arguments)]
    with patch.object(sys, "argv", argv), redirect_stdout(said), redirect_stderr(complained):
        try:
            main()
        except SystemExit as end:
            code = end.code
    return Outcome(int(code or 0), said.getvalue(), complained.getvalue())


def in_a_shell(*arguments: object) -> Outcome:
    """A command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "workbench", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


def answer(*arguments: object) -> dict:
    """The JSON object that a command answers with."""
    done = linewright(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
