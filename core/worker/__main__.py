"""``python -m core.worker``: one request on standard input, events on standard output."""

from core.worker.child import main

if __name__ == "__main__":
    main()
