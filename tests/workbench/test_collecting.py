import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from workbench.collecting import Collector


class Cycle(QObject):
    died_in: list[threading.Thread]

    def __init__(self, died_in: list[threading.Thread]) -> None:
        super().__init__()
        self.died_in, self.me = died_in, self

    def __del__(self) -> None:
        self.died_in.append(threading.current_thread())


def test_cycles_of_the_window_die_in_its_thread(qtbot: QtBot) -> None:
    died_in: list[threading.Thread] = []
    collector = Collector()
    Cycle(died_in)
    busy = threading.Thread(target=lambda: [[] for _ in range(200_000)])
    busy.start()
    busy.join()
    assert died_in == []
    rubbish = [[n] for n in range(20_000)]
    qtbot.waitUntil(lambda: bool(died_in) or bool(collector.collect()), timeout=5000)
    assert died_in == [threading.main_thread()]
    assert rubbish
