"""What an export's card tells is enough to read lines without this program."""

import datetime as dt
from dataclasses import replace

import pytest
import torch

from core.imaging.normalize import Normalization
from core.recognition.checkpoint import save_checkpoint
from core.recognition.foreign.importing import import_foreign
from core.versions import ModelVersion
from core.workflow.model_card import write_model_card
from tests.core.recognition.foreign import references

VERSION = ModelVersion(
    7,
    "mine",
    None,
    "crnn",
    "models/mine.safetensors",
    "ab" * 32,
    6,
    dt.datetime(2026, 1, 1),
    False,
    "",
    {},
    {},
    {},
)


@pytest.fixture
def checkpoint(tmp_path):
    torch.manual_seed(4)
    torch.save(references.crnn_pytorch(7).state(), tmp_path / "m.pth")
    return import_foreign(tmp_path / "m.pth", charset="abcdef", keep_ratio=True)


def card_of(checkpoint, tmp_path, exported="out.onnx"):
    save_checkpoint(tmp_path / "mine.safetensors", checkpoint)
    write_model_card(VERSION, tmp_path / "mine.safetensors", tmp_path / exported)
    return (tmp_path / "out.card.md").read_text("utf-8")


def test_every_step_before_and_after_the_network_is_told(checkpoint, tmp_path):
    steps = Normalization.of(("grey", "contrast_stretch"))
    card = card_of(replace(checkpoint, card=replace(checkpoint.card, normalization=steps)), tmp_path)
    assert "- grey: 0.299 R + 0.587 G + 0.114 B in all three channels\n" in card
    assert "- contrast_stretch: percentile 1 of all values becomes 0, percentile 99 becomes 255" in card
    assert "- size: scaled to 32 px, keeping the ratio; area averages where it gets smaller" in card
    assert "- text: the most probable class of each place, neighbours that are the same merged" in card
    assert "- letters that run from right to left come in the order of the picture" in card
    assert f"- SHA-256 of its .safetensors file: {'ab' * 32}\n" in card


def test_a_model_that_stretches_lines_is_not_said_to_keep_their_ratio(checkpoint, tmp_path):
    card = card_of(
        replace(checkpoint, card=replace(checkpoint.card, normalization=Normalization(width=100))), tmp_path
    )
    assert "- every line is stretched to 100 px\n" in card
    assert "keeping the ratio" not in card


def test_only_a_state_dict_is_said_to_hold_no_layers(checkpoint, tmp_path):
    assert "holds no layers" in card_of(checkpoint, tmp_path, "out.pth")
    assert "holds no layers" not in card_of(checkpoint, tmp_path, "out.onnx")
