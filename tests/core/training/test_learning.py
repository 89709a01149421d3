from dataclasses import replace
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest
import torch

from core.document import Direction, LineImage, LineShape, Split
from core.errors import BadCheckpoint
from core.imaging.augment import AUGMENT_STEPS, augment
from core.imaging.normalize import Normalization
from core.jobs import Cancelled, CancelToken
from core.recognition.architectures import CRNN_PPOCR_V2
from core.recognition.card import ModelCard
from core.recognition.charset import Charset
from core.recognition.codec import Codec
from core.recognition.recognizer import load_model
from core.training import trainer as trainer_module
from core.training.calibration import fit_temperature
from core.training.charset_policy import LARGE, charset_for, fit_head, for_charset
from core.training.config import FineTuneConfig, preset, with_settings
from core.training.dataset import augmented, batches, encode_samples, load_samples, step_samples
from core.training.events import Step, Validated
from core.training.run_folder import BEST, RESUME, SnapshotLine
from core.training.team import Alone, batches_at_once
from core.training.trainer import Trainer

BASE = "crnn-ppocr-v2"


def test_small_alphabet_is_cut_to_the_project_with_ascii_kept():
    base = Charset(tuple("abcé汉字ſ ½"))
    assert charset_for(["caſẽ"], base, "project").characters == tuple("abcſ ẽ")


def test_chinese_texts_keep_the_whole_charset():
    base = Charset(tuple("ab汉字"))
    assert charset_for(["汉丐"], base, "project").characters == tuple("ab汉字丐")


def test_chinese_is_learned_with_gentler_rates_than_an_alphabet():
    config = FineTuneConfig(learning_rate=3e-4, head_learning_rate=1e-3, open_script_rates=0.1)
    small = Charset(("天", "命", "u"))
    assert for_charset(config, ["the utopie", "1550"], small) == config
    gentle = for_charset(config, ["the utopie", "天命"], small)
    assert (gentle.learning_rate, gentle.head_learning_rate) == pytest.approx((3e-5, 1e-4))


def test_a_large_charset_is_computed_in_shorter_batches_whatever_the_script():
    large = Charset(tuple(map(chr, range(0x4E00, 0x4E00 + LARGE))))
    config = FineTuneConfig(pixel_budget=3840)
    assert for_charset(config, ["the utopie"], large) == with_settings(config, {"pixel_budget": 1920})
    assert for_charset(FineTuneConfig(pixel_budget=320), ["utopie"], large).pixel_budget == 320


def test_policies_union_and_keep():
    base = Charset(tuple("ab"))
    assert charset_for(["bx"], base, "union").characters == tuple("abx")
    assert charset_for(["bx"], base, "keep") == base


def test_head_keeps_known_rows_and_starts_new_ones_below_them():
    network = load_model(BASE).network()
    old = load_model(BASE).card.charset
    new = Charset(("a", "\ue72b"))
    row = network.head.weight[old.class_of["a"]].clone()
    bias = network.head.bias.detach().clone()
    fit_head(network, old, new, FineTuneConfig())
    assert network.head.weight.shape == (3, 96)
    assert torch.equal(network.head.weight[1], row)
    assert network.head.weight[2].abs().max() <= 0.1
    assert float(network.head.bias[2].detach()) == pytest.approx(
        float(bias[1:].mean() - bias[1:].std()), abs=1e-5
    )


def test_a_base_of_a_single_character_gives_new_ones_a_place_to_begin():
    network = load_model(BASE).network()
    network.head = torch.nn.Linear(96, 2)
    fit_head(network, Charset(("a",)), Charset(("a", "b")), FineTuneConfig())
    assert network.head.bias[2] == network.head.bias[1]


def test_head_without_bias_stays_without():
    network = load_model(BASE).network()
    network.head = torch.nn.Linear(96, 3, bias=False)
    row = network.head.weight[2].clone()
    fit_head(network, Charset(("a", "b")), Charset(("b", "c")), FineTuneConfig())
    assert network.head.bias is None
    assert torch.equal(network.head.weight[1], row)


@pytest.mark.parametrize("step", AUGMENT_STEPS)
def test_augmentation_keeps_the_size_and_repeats_with_the_seed(step):
    crop = np.random.default_rng(0).integers(0, 255, (32, 200, 3), dtype=np.uint8)
    taken = [augment(crop, np.random.default_rng(seed), (step,)) for seed in range(40)]
    again = [augment(crop, np.random.default_rng(seed), (step,)) for seed in range(40)]
    assert all(t.shape == crop.shape and t.dtype == np.uint8 for t in taken)
    assert all((a == b).all() for a, b in zip(taken, again, strict=True))
    assert any((t != crop).any() for t in taken)
    assert (augment(crop, np.random.default_rng(1), (step,), strength=0) == crop).all()


@pytest.fixture(scope="module")
def samples(data):
    import json

    folder = data / "lines"
    entries = [json.loads(line) for line in (folder / "labels.jsonl").read_text("utf-8").splitlines()]
    found = [entry for entry in entries if entry["filename"].startswith(("utopie", "fraktur"))]
    snapshot = []
    for number, entry in enumerate(found):
        from core.imaging.scan import read_scan

        height, width = read_scan(folder / entry["filename"]).shape[:2]
        shape = LineShape(((0, 0), (width, 0), (width, height), (0, height)), Direction.LTR)
        image = LineImage(number, folder / entry["filename"], 0, shape)
        snapshot.append(SnapshotLine(image, Split.TRAIN, entry["text"]))
    loaded, rejected = load_samples(snapshot, Normalization(), CRNN_PPOCR_V2.height, CancelToken())
    assert not rejected
    return loaded


@pytest.fixture(scope="module")
def charset(samples):
    return charset_for([sample.text for sample in samples], load_model(BASE).card.charset, "project")


@pytest.fixture(scope="module")
def encoded(samples, charset):
    return encode_samples(samples, Codec(charset), CRNN_PPOCR_V2)[0]


def test_lines_too_short_for_their_text_are_rejected_by_name(samples, charset):
    tiny = samples[0].__class__(99, samples[0].crop[:, :20], samples[0].text)
    kept, rejected = encode_samples([samples[1], tiny], Codec(charset), CRNN_PPOCR_V2)
    assert [each.sample.line_id for each in kept] == [samples[1].line_id]
    assert rejected[0].line_id == 99
    assert "frames" in rejected[0].reason


def test_characters_outside_the_charset_reject_a_line(samples):
    _, (rejected, *_) = encode_samples(samples[:1], Codec(Charset(tuple("abc"))), CRNN_PPOCR_V2)
    assert "charset lacks" in rejected.reason


def test_every_epoch_sees_every_line_once(encoded):
    config = with_settings(preset("default"), {"batch_size": 4})
    per_epoch = config.steps_per_epoch(len(encoded))
    for epoch in range(2):
        seen = [
            each.sample.line_id
            for place in range(per_epoch)
            for each in step_samples(encoded, config, epoch * per_epoch + place)
        ]
        assert sorted(seen) == sorted(each.sample.line_id for each in encoded)


def test_batches_stay_within_the_pixel_budget(encoded):
    for batch in batches(encoded, CRNN_PPOCR_V2, 1500):
        count, _, height, width = batch.images.shape
        assert height == 32
        assert count == 1 or count * width <= 1500
        assert batch.targets.numel() == int(batch.lengths.sum())


def test_two_batches_at_once_are_even_and_share_the_pixel_budget(encoded):
    width = max(each.sample.crop.shape[1] for each in encoded)
    parts = [batch.images.shape[0] for batch in batches(encoded[:6], CRNN_PPOCR_V2, 10 * width, at_once=2)]
    assert sum(parts) == 6
    assert max(parts) <= 4
    assert len(parts) == 2


@pytest.mark.parametrize(("device", "at_once"), [("cpu", 2), ("cuda", 1), ("mps", 1)])
def test_a_graphics_processor_has_the_whole_pixel_budget_for_each_batch(encoded, device, at_once):
    assert batches_at_once(torch.device(device)) == at_once
    width = max(each.sample.crop.shape[1] for each in encoded) + 64
    parts = list(batches(encoded[:4], CRNN_PPOCR_V2, 4 * width, at_once=at_once))
    assert len(parts) == at_once


def test_a_few_letters_are_not_padded_to_the_width_of_a_long_line(encoded):
    first, *rest = encoded
    short = replace(first, sample=replace(first.sample, image=first.sample.crop[:, :64]))
    (alone, *_) = batches([short, *rest], CRNN_PPOCR_V2, 100_000)
    assert alone.images.shape[0] == 1
    assert alone.images.shape[3] < 128


def trainer(encoded, charset, folder, **settings):
    base = load_model(BASE)
    network = base.network()
    fit_head(network, base.card.charset, charset, FineTuneConfig())
    config = with_settings(
        preset("default"),
        {
            "epochs": 1,
            "min_steps": 6,
            "batch_size": 3,
            "validations": 2,
            "precision": "float32",
            "learning_rate": 1e-3,
            "replay": 0.0,
            **settings,
        },
    )
    return Trainer(network, ModelCard(BASE, charset), config, encoded, encoded[:2], folder)


def final_loss(events):
    return [event.loss for event in events if isinstance(event, Step)]


def test_loss_falls_and_the_best_weights_are_kept(encoded, charset, tmp_path):
    events = list(trainer(encoded, charset, tmp_path, min_steps=20).fit(CancelToken()))
    losses = final_loss(events)
    assert np.mean(losses[-4:]) < 0.7 * np.mean(losses[:4])
    best = min(event.val_cer for event in events if isinstance(event, Validated))
    assert any(event.is_best and event.val_cer == best for event in events if isinstance(event, Validated))
    assert (tmp_path / BEST).exists()


def test_two_batches_side_by_side_teach_exactly_what_one_after_the_other_does(encoded, charset, tmp_path):
    losses = {}
    before = torch.get_num_threads()
    try:
        for threads in (1, 2):
            torch.set_num_threads(threads)
            learned = trainer(encoded, charset, tmp_path, precision="bfloat16")
            losses[threads] = final_loss(learned.fit(CancelToken()))
            (tmp_path / RESUME).unlink()
    finally:
        torch.set_num_threads(before)
    assert losses[1] == losses[2]


def test_resumed_run_equals_an_uninterrupted_one(encoded, charset, tmp_path):
    torch.manual_seed(0)
    for name in ("whole", "parts"):
        (tmp_path / name).mkdir()
    whole = final_loss(trainer(encoded, charset, tmp_path / "whole", replay=0.1).fit(CancelToken()))

    cancel = CancelToken()
    losses = []
    with pytest.raises(Cancelled):
        for event in trainer(encoded, charset, tmp_path / "parts", replay=0.1).fit(cancel):
            if isinstance(event, Step):
                losses.append(event.loss)
                if event.step == 3:
                    cancel.cancel()
    assert (tmp_path / "parts" / RESUME).exists()
    second = trainer(encoded, charset, tmp_path / "parts", replay=0.1)
    assert second.resume()
    assert second.step == 3
    losses += final_loss(second.fit(CancelToken()))
    assert losses == pytest.approx(whole, rel=1e-4)


def test_batch_norm_statistics_stay_frozen(encoded, charset, tmp_path):
    training = trainer(encoded, charset, tmp_path, min_steps=2)
    before = {n: b.clone() for n, b in training._network.named_buffers() if "running" in n}
    list(training.fit(CancelToken()))
    assert before
    assert all(torch.equal(b, dict(training._network.named_buffers())[n]) for n, b in before.items())


def test_time_limit_ends_the_training_early(encoded, charset, tmp_path):
    events = list(trainer(encoded, charset, tmp_path, min_steps=5000, max_minutes=0.02).fit(CancelToken()))
    assert len(final_loss(events)) < 100


def test_patience_stops_a_training_that_gains_nothing(encoded, charset, tmp_path):
    stale = trainer(
        encoded, charset, tmp_path, min_steps=60, validations=60, patience=2, learning_rate=1e-12,
        head_learning_rate=1e-12,
    )  # fmt: skip
    assert len(final_loss(stale.fit(CancelToken()))) < 20


def test_augmented_step_is_the_same_each_time(encoded):
    config = preset("default")
    first, second = augmented(encoded, config, 7, Alone()), augmented(encoded, config, 7, Alone())
    assert all((a.sample.crop == b.sample.crop).all() for a, b in zip(first, second, strict=True))


def test_temperature_softens_overconfident_errors():
    charset = Charset(tuple("ab"))
    logits = np.zeros((120, 3), dtype=np.float32)
    logits[::2, 1] = 6.0
    logits[1::2, 0] = 6.0
    truths = ["ab" * 30]  # half of what is read with such confidence is wrong
    assert fit_temperature([(logits, *truths)], charset) > 1.5
    assert fit_temperature([(logits, "a" * 60)], charset) < 1.0


def test_time_limit_shares_out_the_validations(encoded, charset, tmp_path, monkeypatch):
    clock = count(step=0.05)  # seconds pass with each look at it, however slow the machine is
    monkeypatch.setattr(trainer_module, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    limited = trainer(encoded, charset, tmp_path, min_steps=5000, max_minutes=0.05, validations=4, replay=0.0)
    validated = [event for event in limited.fit(CancelToken()) if isinstance(event, Validated)]
    assert len(validated) == 5  # with the one before the first step


def test_damaged_state_is_refused_with_a_sentence(encoded, charset, tmp_path):
    (tmp_path / RESUME).write_bytes(b"half a fil")
    with pytest.raises(BadCheckpoint, match="start a new training"):
        trainer(encoded, charset, tmp_path).resume()


def test_overflowing_gradient_leaves_the_weights_alone(encoded, charset, tmp_path, monkeypatch):
    training = trainer(encoded, charset, tmp_path, min_steps=1, validations=1)
    monkeypatch.setattr(training, "_loss", lambda *_: training._network.head.weight.sum() * float("inf"))
    before = training._network.head.weight.detach().clone()
    list(training.fit(CancelToken()))
    assert torch.equal(training._network.head.weight, before)


def test_training_in_bfloat16_learns_too(encoded, charset, tmp_path):
    losses = final_loss(
        trainer(encoded, charset, tmp_path, min_steps=12, precision="bfloat16").fit(CancelToken())
    )
    assert np.mean(losses[-3:]) < 0.8 * np.mean(losses[:3])
