"""What is shipped: the weights in half precision, and a card for people beside them."""

import json
from dataclasses import asdict
from pathlib import Path

from core.recognition.architectures import CRNN_V6
from core.recognition.architectures.crnn_v6 import CrnnV6
from core.recognition.card import ModelCard
from core.recognition.charset import Charset
from core.recognition.checkpoint import Checkpoint, load_checkpoint, save_checkpoint
from resources.base_models.crnn_v6.recipe import Recipe

SOURCE = (
    "PP-OCRv6_rec_small.onnx from the Python package rapidocr 3.10.0 (PaddleOCR); LSTMs in place of its "
    "transformer blocks, trained on rendered lines (docs/BASE_MODEL.md)"
)
LICENCE = "Apache-2.0"


def write_model(file: Path, network: CrnnV6, charset: Charset) -> Checkpoint:
    """Write the model file; gives it back as it will be read: rounded."""
    weights = {
        name: value.half() if value.is_floating_point() else value
        for name, value in network.state_dict().items()
    }
    card = ModelCard(CRNN_V6.name, charset, source=SOURCE, licence=LICENCE)
    save_checkpoint(file, Checkpoint(card, weights))
    return load_checkpoint(file)


def write_card(
    file: Path, card: ModelCard, sha256: str, recipe: Recipe, figures: dict[str, dict[str, float]]
) -> None:
    """Write the card beside the model file, with the recipe and what each base model makes of each set."""
    values = json.loads(card.to_json())
    values |= {"sha256": sha256, "recipe": asdict(recipe), "character_error_rates": figures}
    text = json.dumps(values, ensure_ascii=False, indent=1)
    file.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
