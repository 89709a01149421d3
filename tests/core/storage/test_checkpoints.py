import threading

from core.storage.checkpoints import Checkpointer


def test_closing_just_when_the_pause_has_ended_ends_the_thread():
    done = threading.Event()
    checkpointer = Checkpointer(done.set)

    class ClosedInTheGap(threading.Event):
        """The pause is over; before the thread goes on, somebody closes."""

        def wait(self, timeout=None):
            was_set = self.is_set()
            self.set()
            checkpointer._written.set()
            return was_set

    checkpointer._closing = ClosedInTheGap()
    checkpointer.note_commit()
    checkpointer._thread.join(5)
    assert not checkpointer._thread.is_alive()
    assert done.is_set()
