"""Every importer against a chain of torch's own layers with random weights."""

import pytest
import torch

from core.errors import BadCheckpoint
from core.recognition.card import ModelCard, read_card
from core.recognition.checkpoint import load_checkpoint, save_checkpoint
from core.recognition.foreign import KINDS
from core.recognition.foreign.importing import import_foreign
from tests.core.recognition.foreign.conftest import MAKERS, SIX

TOLERANCE = 1e-4


def test_every_kind_has_a_sample():
    assert tuple(MAKERS) == KINDS


def test_logits_are_those_of_the_original_at_any_width(sample):
    checkpoint = import_foreign(sample.file, **sample.facts)
    network, facts = checkpoint.network(), checkpoint.card.network
    for width in (64, 100, 333):
        images = torch.randn(2, facts.input.channels, facts.height, width)
        theirs = sample.reference(images)
        if sample.blank_last:
            theirs = theirs.roll(1, dims=2)
        with torch.inference_mode():
            ours = network(images)
        assert theirs.std(dim=1).mean() > 30 * TOLERANCE  # the image is seen
        assert (ours - theirs).abs().max() < TOLERANCE, width
        assert ours.shape[1] == facts.spec.frames(width)


def test_card_carries_all_that_is_needed(sample, tmp_path):
    checkpoint = import_foreign(sample.file, **sample.facts)
    assert checkpoint.card.charset.characters == tuple(SIX)
    save_checkpoint(tmp_path / "ours.safetensors", checkpoint)
    back = load_checkpoint(tmp_path / "ours.safetensors")
    assert read_card(tmp_path / "ours.safetensors") == back.card
    assert back.card.network == checkpoint.card.network
    assert back.card.normalization == checkpoint.card.normalization
    assert ModelCard.from_json(back.card.to_json()) == back.card
    assert import_foreign(tmp_path / "ours.safetensors").card == back.card


def test_kind_may_be_named_and_must_then_fit(sample):
    assert import_foreign(sample.file, kind=sample.kind, **sample.facts).card.architecture == "crnn"
    other = "doctr" if sample.kind != "doctr" else "modelscope"
    with pytest.raises(BadCheckpoint):
        import_foreign(sample.file, kind=other, charset=SIX)


@pytest.mark.parametrize(
    ("kind", "height", "colour", "inverted", "margin", "fill", "width"),
    [
        ("modelscope", 32, "grey", False, 0, "black", None),
        ("crnn-pytorch", 32, "grey", False, 0, "edge", 100),
        ("deep-text-recognition", 32, "grey", False, 0, "edge", 100),
        ("easyocr", 64, "grey", False, 0, "edge", None),
        ("doctr", 32, "rgb", False, 0, "black", None),
        ("pylaia", 64, "grey", True, 0, "white", None),
        ("kraken", 24, "grey", True, 16, "white", None),
    ],
)
def test_input_is_that_of_the_source(make, kind, height, colour, inverted, margin, fill, width):
    made = make(kind)
    card = import_foreign(made.file, **made.facts).card
    facts = card.network.input
    assert (facts.height, facts.colour, facts.inverted) == (height, colour, inverted)
    assert (facts.margin, facts.fill, card.normalization.width) == (margin, fill, width)


@pytest.mark.parametrize("kind", ["crnn-pytorch", "deep-text-recognition"])
def test_ratio_of_lines_may_be_kept(make, kind):
    made = make(kind)
    card = import_foreign(made.file, keep_ratio=True, **made.facts).card
    assert card.normalization.width is None
    assert card.network.input.canvas(70) == 96
