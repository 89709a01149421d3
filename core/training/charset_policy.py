"""Which characters the new model knows, and the surgery on its last layer."""

import unicodedata
from collections.abc import Iterable
from string import printable
from typing import Literal

import torch
from torch import nn

from core.recognition.architectures.network import LineNetwork
from core.recognition.charset import BLANK, Charset
from core.training.config import LEAST_BUDGET, FineTuneConfig, with_settings

ALWAYS_KEPT = frozenset(char for char in printable if char.isprintable())
"""ASCII stays in every charset: the next page may hold the digit that no training page had."""

_OPEN_SCRIPTS = ("CJK", "HANGUL")
"""Scripts of thousands of characters: a few hundred lines never show them all, so nothing is cut."""

LARGE = 10_000
"""Characters of a charset whose logits decide how much memory a batch takes."""


def charset_for(texts: Iterable[str], base: Charset, policy: Literal["project", "union", "keep"]) -> Charset:
    """The charset of the new model.

    ``project`` cuts to the characters of ``texts`` and those of ASCII that the base knows, unless the texts
    are Chinese, Japanese or Korean; ``union`` adds new characters to the base's; ``keep`` takes the base's.

    Args:
        texts: Truth of training and validation lines. Test lines must not be among them.
        base: What the model to start from can write.
        policy: See above.
    """
    seen = Charset.of_texts(texts)
    if policy == "keep":
        return base
    if policy == "union" or _in_open_script(seen):
        return base.union(seen)
    wanted = set(seen.characters) | (ALWAYS_KEPT & set(base.characters))
    known = tuple(char for char in base.characters if char in wanted)
    return Charset(known).union(seen)


def for_charset(config: FineTuneConfig, texts: Iterable[str], charset: Charset) -> FineTuneConfig:
    """The settings for texts in a script and for a new model's charset (measured: docs/MEASUREMENTS.md).

    Open scripts take lower rates: a base that reads them well has little to learn and much to lose, as Adam
    takes full steps on small gradients, away from thousands of characters that no line shows. A large charset
    is computed in shorter batches: its classes take as much memory as the rest of the network.
    """
    changes: dict[str, float] = {}
    if _in_open_script(Charset.of_texts(texts)):
        for rate in ("learning_rate", "head_learning_rate"):
            changes[rate] = config.open_script_rates * getattr(config, rate)
    if len(charset) >= LARGE:
        changes["pixel_budget"] = max(config.pixel_budget // 2, LEAST_BUDGET)
    return with_settings(config, changes)


def _in_open_script(charset: Charset) -> bool:
    return any(unicodedata.name(char, "").startswith(_OPEN_SCRIPTS) for char in charset.characters)


def fit_head(network: LineNetwork, old: Charset, new: Charset, config: FineTuneConfig) -> None:
    """Give a network a last layer for another charset.

    Rows of known characters and of the blank are kept. New rows are drawn from U(-``new_row_range``,
    ``new_row_range``); their bias is mean - standard deviation of the known ones, so that they begin below
    them. Beginning as a known character of similar shape gained nothing (docs/MEASUREMENTS.md).

    Args:
        network: Its ``head`` (weight (C, F), bias (C) if it has one) is replaced.
        old: Charset of the present head.
        new: Charset of the new head.
        config: Says how new rows begin; its seed gives the same rows again.
    """
    head = network.head
    chance = torch.Generator().manual_seed(config.seed)
    # torch says that a bias is always there; a layer made with bias=False holds None
    biases: torch.Tensor | None = head.bias
    fitted = nn.Linear(head.in_features, new.classes, bias=biases is not None)
    rows = [BLANK, *(old.class_of.get(char, -1) for char in new.characters)]
    with torch.no_grad():
        for row, source in enumerate(rows):
            if source >= 0:
                fitted.weight[row] = head.weight[source]
            else:
                noise = torch.rand(head.in_features, generator=chance) * 2 - 1
                fitted.weight[row] = noise * config.new_row_range
        if biases is not None:
            others = biases[1:]
            low = others.mean() - (others.std() if len(others) > 1 else 0.0)  # of a single one it is NaN
            known = torch.tensor(rows)
            fitted.bias.copy_(torch.where(known >= 0, biases[known.clamp(min=0)], low))
    network.head = fitted
