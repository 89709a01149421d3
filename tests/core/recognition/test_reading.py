import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from core.errors import BadCheckpoint
from core.evaluation.metrics import cer
from core.jobs import Cancelled, CancelToken
from core.recognition import ctc
from core.recognition.batching import batches_by_width, padded_width
from core.recognition.card import ModelCard, read_card
from core.recognition.charset import Charset
from core.recognition.checkpoint import Checkpoint, export_checkpoint, load_checkpoint, save_checkpoint
from core.recognition.codec import Codec
from core.recognition.recognizer import load_model

ABC = Charset(tuple("abc"))


def one_hot(path, classes=4, peak=12.0):
    logits = np.zeros((len(path), classes), dtype=np.float32)
    logits[np.arange(len(path)), path] = peak
    return logits


def text(logits):
    return ctc.decode(logits, ABC, length=len(logits)).text


def test_runs_collapse_and_blanks_separate():
    assert text(one_hot([1, 1, 0, 1, 2, 2, 0, 3])) == "aabc"


def test_confidence_is_the_highest_frame_of_the_run():
    logits = one_hot([1, 1], peak=1.0)
    logits[1, 1] = 9.0
    (character,) = ctc.decode(logits, ABC, length=2).characters
    assert character.confidence == pytest.approx(float(torch.softmax(torch.tensor(logits[1]), 0)[1]))


def test_alternatives_are_ordered_and_never_the_blank_or_the_character():
    logits = one_hot([1], peak=4.0)
    logits[0] += [3.0, 0.0, 2.0, 1.0]
    (character,) = ctc.decode(logits, ABC, length=1).characters
    assert [char for char, _ in character.alternatives] == ["b", "c"]


def test_characters_meet_half_way_and_stay_within_the_line():
    characters = ctc.decode(one_hot([0, 1, 0, 0, 0, 2, 0]), ABC, length=7).characters
    assert characters[0].end == pytest.approx(characters[1].start)
    assert 0 <= characters[0].start < characters[1].end <= 1


def test_places_are_counted_from_the_crop_not_from_its_margin():
    plain = ctc.decode(one_hot([1, 0, 2, 0]), ABC, length=4)
    framed = ctc.decode(one_hot([0, 0, 1, 0, 2, 0, 0, 0]), ABC, length=4, origin=2)
    assert [c.start for c in framed.characters] == pytest.approx([c.start for c in plain.characters])
    assert framed.characters[-1].end <= 1


def test_blank_frame_that_leans_to_a_character_is_a_gap():
    logits = one_hot([1, 0, 0, 0, 3], peak=8.0)
    logits[2, 2] = 7.9
    reading = ctc.decode(logits, ABC, length=5)
    assert reading.text == "ac"
    assert reading.gaps == (pytest.approx(0.5),)


def test_frames_needed_count_repeats():
    assert ctc.min_frames([1, 1, 2, 2, 2]) == 8


def test_empty_logits_read_as_nothing():
    assert text(np.zeros((0, 4), dtype=np.float32)) == ""


@given(st.text(alphabet="abc", max_size=20))
def test_codec_gives_text_back(sample):
    codec = Codec(ABC)
    assert codec.decode(codec.encode(sample).classes) == sample


def test_codec_reports_what_it_cannot_write():
    assert Codec(ABC).encode("abxaxy").unknown == ("x", "y")


def test_union_keeps_the_classes_of_known_characters():
    union = ABC.union(Charset(tuple("cxä")))
    assert union.characters == tuple("abcxä")


@given(st.lists(st.integers(1, 2000), max_size=40), st.sampled_from([0.5, 1.0]))
def test_batches_hold_every_line_once_within_the_budget(widths, least_share):
    batches = list(batches_by_width(widths, 4000, least_share=least_share))
    assert sorted(index for batch in batches for index in batch) == list(range(len(widths)))
    for batch in batches:
        padded = [padded_width(widths[index]) for index in batch]
        assert min(padded) >= least_share * max(padded)
        assert len(batch) == 1 or len(batch) * max(padded) <= 4000


def test_base_reads_print_well_and_the_crnn_less_so(v6, crnn, lines):
    printed = [line for line in lines if line.name.startswith(("utopie", "siku"))]

    def error(recognizer):
        readings = dict(recognizer.recognize(line.crop for line in printed))
        return cer([(line.text, readings[index].text) for index, line in enumerate(printed)])

    assert error(v6) < 0.12
    assert error(v6) < error(crnn) < 0.9


def test_reading_does_not_depend_on_the_lines_around_it(v6, lines):
    together = dict(v6.recognize(line.crop for line in lines))
    alone = {index: dict(v6.recognize([line.crop]))[0] for index, line in enumerate(lines)}
    assert [together[i].text for i in sorted(together)] == [alone[i].text for i in sorted(alone)]


def test_odd_crops_are_read_without_failing(v6):
    odd = [
        np.full((1, 1, 3), 255, np.uint8),
        np.zeros((3, 900, 3), np.uint8),
        np.zeros((400, 2, 3), np.uint8),
    ]
    assert sorted(index for index, _ in v6.recognize(odd)) == [0, 1, 2]
    assert list(v6.recognize([])) == []


def test_cancel_stops_between_batches(v6, lines):
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        list(v6.recognize([lines[0].crop], cancel))


@pytest.fixture(scope="module")
def small():
    base = load_model("crnn-ppocr-v2")
    card = ModelCard("crnn-ppocr-v2", ABC, parent="crnn-ppocr-v2", temperature=1.5, config={"seed": 1})
    weights = {n: t for n, t in base.weights.items() if not n.startswith("head.")}
    weights |= {"head.weight": torch.randn(4, 96), "head.bias": torch.zeros(4)}
    return Checkpoint(card, weights)


def test_model_file_holds_card_and_weights(small, tmp_path):
    save_checkpoint(tmp_path / "m.safetensors", small)
    back = load_checkpoint(tmp_path / "m.safetensors")
    assert (back.card.charset, back.card.temperature) == (ABC, 1.5)
    assert all(torch.equal(back.weights[name], tensor) for name, tensor in small.weights.items())
    assert read_card(tmp_path / "m.safetensors") == back.card


def test_damaged_model_file_is_refused(small, tmp_path):
    file = tmp_path / "m.safetensors"
    save_checkpoint(file, small)
    data = bytearray(file.read_bytes())
    data[-100] ^= 0xFF
    file.write_bytes(data)
    with pytest.raises(BadCheckpoint, match="damaged"):
        load_checkpoint(file)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a pickle", b'\x08\x00\x00\x00\x00\x00\x00\x00{"a":1}'])
def test_foreign_file_is_no_model(tmp_path, content):
    (tmp_path / "m.safetensors").write_bytes(content)
    with pytest.raises(BadCheckpoint):
        load_checkpoint(tmp_path / "m.safetensors")


def test_exported_state_dict_loads_without_running_code(small, tmp_path):
    save_checkpoint(tmp_path / "m.safetensors", small)
    export_checkpoint(tmp_path / "m.safetensors", tmp_path / "out.pth")
    state = torch.load(tmp_path / "out.pth", weights_only=True)
    assert set(state) == set(small.weights)
    assert (tmp_path / "out.vocab.txt").read_text() == "a\nb\nc\n"
