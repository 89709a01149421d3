"""How the base model crnn-v6 is made: texts, shards, features, and trainings that can be interrupted."""

import numpy as np
import pytest
import torch
from torch import nn

from core.imaging.rendering import Face, FontFile
from core.recognition.architectures.ppocr_v6 import PpocrV6
from core.recognition.pretrained.base_models import load_base
from resources.base_models.crnn_v6 import lines as lines_module
from resources.base_models.crnn_v6.ctc import blended, train_ctc
from resources.base_models.crnn_v6.distilling import distil, student_of
from resources.base_models.crnn_v6.features import cache_features, read_features
from resources.base_models.crnn_v6.fonts import OURS
from resources.base_models.crnn_v6.lines import SHARES, STYLES, read_shard, render_shard
from resources.base_models.crnn_v6.model_file import write_model
from resources.base_models.crnn_v6.progress import Progress, rate_factor
from resources.base_models.crnn_v6.texts import early_spelling, long_s


class Prose:
    """Stands for the texts of the packages."""

    def line(self, kind, rng):
        words = ["der", "die", "das", "ist", "und", "ein", "Haus", "von", "alten", "Leuten"]
        text = " ".join(rng.choice(words, int(rng.integers(2, 6))))
        return "清水出芙蓉" if kind.startswith("chinese") else text


@pytest.fixture(scope="module")
def teacher():
    network = PpocrV6(18710)
    network.load_state_dict(dict(load_base("ppocr-v6-small").weights))
    return network.requires_grad_(False).eval()


@pytest.fixture(scope="module")
def charset():
    return load_base("ppocr-v6-small").card.charset


@pytest.fixture
def shard(tmp_path, monkeypatch):
    return make_shard(tmp_path / "lines", monkeypatch)


def make_shard(folder, monkeypatch):
    monkeypatch.setattr(lines_module, "SHARD", 12)
    latin = [Face("Junicode", [FontFile(OURS / "JunicodeTwoBeta-Regular.otf")])]
    chinese = [Face("Source Han", [FontFile(OURS / "SourceHanSansSC-Regular.otf")])]
    kinds = dict.fromkeys(("print", "early", "fraktur", "hand"), latin)
    return render_shard(folder, 3, kinds | dict.fromkeys(("chinese", "chinese-hand"), chinese), Prose())


def test_every_kind_has_a_style_and_shares_are_whole():
    assert SHARES.keys() == STYLES.keys()
    assert sum(SHARES.values()) == pytest.approx(1)


def test_long_s_stands_everywhere_but_at_the_end_of_words():
    assert long_s("das ist Wasser, alles") == "das iſt Waſſer, alles"


def test_early_spelling_keeps_the_words_but_not_their_letters():
    spelt = {early_spelling("un avis et constant", np.random.default_rng(seed)) for seed in range(60)}
    assert "vn auis & conſtant" in spelt
    assert any("cõſtant" in text for text in spelt)


def test_shard_depends_on_its_number_alone(shard, tmp_path, monkeypatch):
    again = make_shard(tmp_path / "elsewhere", monkeypatch)
    for first, second in zip(read_shard(shard), read_shard(again), strict=True):
        assert (first.text, first.kind) == (second.text, second.kind)
        assert np.array_equal(first.crop, second.crop)


def test_shard_and_features_that_are_there_are_not_made_again(shard, teacher, tmp_path, monkeypatch):
    features = cache_features(shard, teacher)
    before = [file.stat().st_mtime_ns for file in (shard, features)]
    assert cache_features(make_shard(tmp_path / "lines", monkeypatch), teacher) == features
    assert [file.stat().st_mtime_ns for file in (shard, features)] == before


def test_features_hold_what_the_teacher_needs_to_read(shard, teacher):
    for line, cached in zip(read_shard(shard), read_features(cache_features(shard, teacher)), strict=True):
        assert cached.local.shape == cached.skipped.shape == (-(-line.crop.shape[1] // 32) * 4, 120)
        assert cached.ink.any()


def test_student_begins_as_the_teacher_but_for_the_mixing(teacher):
    student = student_of(teacher)
    images = torch.rand(1, 3, 48, 96)
    with torch.inference_mode():
        ours = student.neck.frames(student.columns(images))
        theirs = teacher.neck.frames(teacher.columns(images))
    assert all(torch.equal(a, b) for a, b in zip(ours, theirs, strict=True))


def test_distillation_moves_the_mixing_alone(shard, teacher, tmp_path):
    features = read_features(cache_features(shard, teacher))
    torch.manual_seed(0)
    student = student_of(teacher)
    before = {name: value.clone() for name, value in student.state_dict().items()}
    distil(student, teacher, features, 2, tmp_path / "state.pt", print)
    changed = {name for name, value in student.state_dict().items() if not torch.equal(value, before[name])}
    assert changed
    assert all(name.startswith(("neck.mixing.", "neck.norm.")) for name in changed)


def test_ctc_leaves_the_head_alone(shard, teacher, charset, tmp_path):
    student = student_of(teacher)
    head = student.head.weight.clone()
    stem = student.stem.enter.weight.clone()
    train_ctc(student, teacher, charset, list(read_shard(shard)), 2, tmp_path / "state.pt", print)
    assert torch.equal(student.head.weight, head)
    assert not torch.equal(student.stem.enter.weight, stem)


def test_blend_lies_between_the_stages_and_spares_them(teacher):
    before, after = student_of(teacher), student_of(teacher)
    with torch.no_grad():
        after.neck.norm.weight.add_(1)
    network = blended(before, after, 0.25)
    assert torch.allclose(network.neck.norm.weight, teacher.neck.norm.weight + 0.25)
    assert torch.equal(before.neck.norm.weight, teacher.neck.norm.weight)


def test_interrupted_training_ends_where_an_uninterrupted_one_does(tmp_path, monkeypatch):
    monkeypatch.setattr("resources.base_models.crnn_v6.progress.SAVED_EVERY", 0)
    whole, broken = train(tmp_path / "whole.pt", stop=None), train(tmp_path / "broken.pt", stop=5)
    assert not torch.equal(whole, broken)
    assert torch.equal(train(tmp_path / "broken.pt", stop=None), whole)


def train(state, stop):
    torch.manual_seed(1)
    network = nn.Linear(4, 2)
    optimizer = torch.optim.AdamW(network.parameters(), lr=0.1)
    progress = Progress(network, optimizer, 10, state, print)
    for step in progress.steps():
        if step == stop:
            break
        inputs = torch.rand(8, 4, generator=torch.Generator().manual_seed(step))
        progress.learn((network(inputs) ** 2).mean())
    return network.weight.detach()


def test_rate_rises_and_falls():
    assert rate_factor(0.0) == 0.01
    assert rate_factor(0.05) == 1
    assert rate_factor(1.0) == pytest.approx(0)


def test_model_file_reads_back_in_half_precision(teacher, charset, tmp_path):
    written = write_model(tmp_path / "m.safetensors", student_of(teacher), charset)
    assert (tmp_path / "m.safetensors").stat().st_size < 12_000_000
    assert {value.dtype for value in written.weights.values()} == {torch.float16, torch.int64}
    assert {value.dtype for value in written.network().parameters()} == {torch.float32}
