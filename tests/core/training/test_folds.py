import errno
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from core.document import Direction, LineImage, LineReading, LineShape, Split
from core.errors import NotEnoughLines
from core.imaging.scan import read_scan
from core.jobs import Cancelled, CancelToken
from core.recognition.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from core.recognition.recognizer import TorchRecognizer, load_model
from core.recognition.voting import joined_weights, voter_weights
from core.training.config import preset, with_settings
from core.training.events import Step, Stopped
from core.training.folds import (
    OUT_OF_FOLD,
    TAKEN,
    Taken,
    fold_file,
    folds_of,
    note_out_of_fold,
    read_taken,
    write_taken,
)
from core.training.run_folder import BEST, RunRequest, SnapshotLine, read_readings, write_readings
from core.training.worker import Training

LINES = Path("tests/data/lines")
BASE = "crnn-ppocr-v2"


@pytest.fixture(scope="module")
def lines():
    """Each line is a scan of its own; the last two are for validation."""
    entries = [json.loads(row) for row in (LINES / "labels.jsonl").read_text("utf-8").splitlines()][:8]
    made = []
    for number, entry in enumerate(entries):
        scan = LINES / entry["filename"]
        height, width = read_scan(scan).shape[:2]
        shape = LineShape(((0, 0), (width, 0), (width, height), (0, height)), Direction.LTR)
        split = Split.VAL if number > 5 else Split.TRAIN
        made.append(SnapshotLine(LineImage(number + 1, scan, 0, shape), split, entry["text"]))
    return tuple(made)


@pytest.fixture
def request_(lines):
    settings = {"min_steps": 2, "epochs": 1, "batch_size": 4, "validations": 1, "folds": 3, "replay": 0}
    return RunRequest(BASE, BASE, with_settings(preset("default"), settings), lines)


def test_each_line_is_in_one_fold_and_scans_are_never_split(lines):
    twice = [replace(each, image=replace(each.image, line_id=each.image.line_id + 100)) for each in lines]
    folds = folds_of([*lines, *twice], 3, seed=1)
    assert sorted(line for fold in folds for line in fold) == sorted(
        each.image.line_id for each in (*lines, *twice)
    )
    assert all({line % 100 for line in fold} == {line for line in fold if line < 100} for fold in folds)
    assert max(map(len, folds)) - min(map(len, folds)) <= 2


def test_lines_of_a_book_are_in_one_fold_though_each_has_a_picture_of_its_own(lines):
    """As in validation and test; else the network that did not learn a line knows its neighbours."""
    books = [replace(each, group=f"book {each.image.line_id % 4}") for each in lines]
    folds = folds_of(books, 3, seed=1)
    folds_of_book = {number: {each % 4 for each in fold} for number, fold in enumerate(folds)}
    assert sorted(book for found in folds_of_book.values() for book in found) == [0, 1, 2, 3]
    one_book = [replace(each, group="book") for each in lines]
    assert sorted(map(len, folds_of(one_book, 3, seed=1))) == [2, 3, 3]


def test_fewer_pages_than_folds_is_refused_in_words(lines):
    with pytest.raises(NotEnoughLines, match="2 pages, too few for 3 folds"):
        folds_of(lines[:2], 3, seed=1)


def test_a_training_with_folds_votes_and_has_read_every_line_unseen(request_, tmp_path):
    events = []
    outcome = Training(request_, tmp_path, events.append, CancelToken()).run(finish=False, threads=1)
    voted = load_checkpoint(tmp_path / outcome.file)
    assert voted.card.voters == 3
    train = {line.image.line_id for line in request_.lines if line.split is Split.TRAIN}
    assert set(read_readings(tmp_path / OUT_OF_FOLD)) == train
    steps = [event for event in events if isinstance(event, Step)]
    assert [event.step for event in steps] == list(range(1, len(steps) + 1))
    assert {event.total for event in steps} == {len(steps)}
    assert len(list(TorchRecognizer(voted).recognize([read_scan(request_.lines[0].image.scan)]))) == 1


def test_a_stopped_training_with_folds_goes_on_with_the_fold_it_was_in(request_, tmp_path):
    cancel = CancelToken()

    told = []

    def stop_in_the_second(event):
        told.append(event)
        if isinstance(event, Step) and (tmp_path / fold_file(0)).exists():
            cancel.cancel()

    with pytest.raises(Cancelled):
        Training(request_, tmp_path, stop_in_the_second, cancel).run(finish=False, threads=1)
    first = (tmp_path / fold_file(0)).stat().st_mtime_ns
    assert isinstance(stopped := told[-1], Stopped)
    assert stopped.resumable
    assert stopped.step == 3  # two of the first fold, one of the second
    shutil.copytree(tmp_path, kept := tmp_path / "kept")
    Training(request_, kept, lambda _event: None, CancelToken()).run(finish=True, threads=1)
    alone = load_checkpoint(kept / BEST)
    assert alone.card.voters == 1
    assert alone.network()(torch.zeros(1, 3, alone.card.network.height, 64)).shape[0] == 1
    outcome = Training(request_, tmp_path, lambda _event: None, CancelToken()).run(finish=False, threads=1)
    assert outcome.steps == 6
    assert (tmp_path / fold_file(0)).stat().st_mtime_ns == first
    assert load_checkpoint(tmp_path / BEST).card.voters == 3


def test_damaged_notes_of_an_earlier_process_count_as_missing(tmp_path):
    write_taken(tmp_path, Taken(7, 1.5))
    assert read_taken(tmp_path) == Taken(7, 1.5)
    note_out_of_fold(tmp_path, {1: LineReading("ſe", 0.25)})
    for name in (TAKEN, OUT_OF_FOLD):
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    assert read_taken(tmp_path) == Taken()
    note_out_of_fold(tmp_path, {2: LineReading("x")})
    assert read_readings(tmp_path / OUT_OF_FOLD) == {2: LineReading("x")}


def test_readings_that_cannot_be_written_leave_the_earlier_ones_whole(tmp_path, monkeypatch):
    file = tmp_path / OUT_OF_FOLD
    write_readings(file, {1: LineReading("ſe")})

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_readings(file, {1: LineReading("ab" * 9000), 2: LineReading("x")})
    assert read_readings(file) == {1: LineReading("ſe")}
    assert list(tmp_path.iterdir()) == [file]


def test_voters_of_equal_weights_read_as_one_does(tmp_path):
    single = load_model(BASE)
    card = replace(single.card, voters=3)
    file = tmp_path / "voted.safetensors"
    copies = [{name: tensor.clone() for name, tensor in single.weights.items()} for _ in range(3)]
    save_checkpoint(file, Checkpoint(card, joined_weights(copies)))
    voted = load_checkpoint(file)
    crop = (
        read_scan(LINES / "01.png") if (LINES / "01.png").exists() else read_scan(next(LINES.glob("*.png")))
    )
    ((_, one),) = TorchRecognizer(single).recognize([crop])
    ((_, three),) = TorchRecognizer(voted).recognize([crop])
    assert three.text == one.text
    assert np.allclose(
        [c.confidence for c in three.characters], [c.confidence for c in one.characters], atol=1e-4
    )
    assert voted.voter(2).card.voters == 1
    ours, theirs = voter_weights(voted.weights, 1), single.weights
    assert all(torch.equal(ours[name], tensor) for name, tensor in theirs.items())


def test_the_time_limit_is_that_of_all_networks_together(request_, tmp_path):
    limited = replace(request_, config=with_settings(request_.config, {"max_minutes": 3}))
    training = Training(limited, tmp_path, lambda _event: None, CancelToken())
    training.load_lines()
    trainer, _ = training.make_trainer()
    assert trainer.limit_minutes == 1
