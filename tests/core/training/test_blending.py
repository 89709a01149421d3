"""Between the model to start from and what was learned."""

from dataclasses import replace

import pytest
import torch

from core.recognition.card import ModelCard
from core.recognition.checkpoint import Checkpoint
from core.recognition.recognizer import load_model
from core.training.blending import SHARES, best_blend


@pytest.fixture(scope="module")
def base() -> Checkpoint:
    return load_model("crnn-ppocr-v2")


@pytest.fixture
def learned(base: Checkpoint) -> Checkpoint:
    moved = {
        name: tensor + 1 if tensor.is_floating_point() else tensor + 7
        for name, tensor in base.weights.items()
    }
    return Checkpoint(base.card, moved)


def share_of(model: Checkpoint) -> float:
    return model.card.learned_share


def test_what_was_learned_stays_whole_where_nothing_reads_better(base, learned):
    best = best_blend(base.weights, learned, lambda model: 3)
    assert share_of(best) == 1
    assert all(torch.equal(best.weights[name], learned.weights[name]) for name in learned.weights)


def test_the_blend_with_the_fewest_errors_is_taken(base, learned):
    best = best_blend(base.weights, learned, lambda model: round(100 * abs(share_of(model) - 0.8)))
    assert share_of(best) == 0.8
    for name, tensor in best.weights.items():
        if tensor.is_floating_point():
            way = tensor - base.weights[name]
            torch.testing.assert_close(way, torch.full_like(tensor, 0.8), atol=1e-3, rtol=0)
        else:
            assert torch.equal(tensor, learned.weights[name])


def test_a_blend_is_not_blended_again(base, learned):
    blend = Checkpoint(replace(learned.card, learned_share=0.6), learned.weights)
    assert best_blend(base.weights, blend, lambda model: 0) is blend


def test_each_share_is_tried_as_a_whole_network(base):
    seen: list[float] = []

    def errors(model: Checkpoint) -> int:
        model.network()  # the tensors of a blend fit the network
        seen.append(share_of(model))
        return 0

    best_blend(base.weights, base, errors)
    assert tuple(seen) == SHARES


def test_the_share_stands_on_the_card_of_the_file(base):
    card = replace(base.card, learned_share=0.8)
    assert ModelCard.from_json(card.to_json()).learned_share == 0.8
    assert "learned_share" not in base.card.to_json()
