"""Where the program starts: as a window, as a command, or as its own worker process."""

import multiprocessing
import sys


def main() -> None:
    """Choose the face to show. Heavy imports wait until it is known what is needed."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if arguments == ["--worker"]:
        from core.worker.child import main as serve

        serve()
    elif arguments == ["--smoke-test"]:
        from workbench.smoke_test import run_smoke_test

        sys.exit(run_smoke_test())
    else:
        from workbench.cli.app import run
        from workbench.cli.console import run_reporting_errors

        # A double click gives no arguments: it wants the window.
        sys.argv[1:] = arguments or ["open"]
        sys.exit(run_reporting_errors(run))


if __name__ == "__main__":
    main()
