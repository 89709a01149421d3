import threading

from core.storage import checkpoints
from core.storage.checkpoints import Checkpointer


def test_closing_while_the_log_is_being_copied_ends_the_thread(monkeypatch):
    monkeypatch.setattr(checkpoints, "PAUSE", 0.01)
    copying, go_on = threading.Event(), threading.Event()

    def copy():
        copying.set()
        go_on.wait(5)

    checkpointer = Checkpointer(copy)
    checkpointer.note_commit()
    assert copying.wait(5)
    closing = threading.Thread(target=checkpointer.close)
    closing.start()
    go_on.set()
    closing.join(5)
    assert not closing.is_alive()


def test_a_commit_is_followed_by_a_copy(monkeypatch):
    monkeypatch.setattr(checkpoints, "PAUSE", 0.01)
    copied = threading.Event()
    checkpointer = Checkpointer(copied.set)
    checkpointer.note_commit()
    assert copied.wait(5)
    checkpointer.close()
