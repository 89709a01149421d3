"""The card that goes with an exported model: what it learned from, how well it reads, what it expects."""

from collections.abc import Iterator
from pathlib import Path

from core.files import write_text
from core.imaging.normalize import TAILS, Step
from core.recognition.card import ModelCard, read_card
from core.recognition.line_input import LineInput
from core.versions import ModelVersion
from core.wording import mark, say
from core.workflow.version_facts import version_facts

_STEPS: dict[Step, str] = {
    "grey": mark("grey: 0.299 R + 0.587 G + 0.114 B in all three channels"),
    "contrast_stretch": mark(
        "contrast_stretch: percentile {low:g} of all values becomes 0, percentile {high:g} becomes 255, the "
        "others in proportion"
    ),
    "size": mark(
        "size: scaled to {height} px, keeping the ratio; area averages where it gets smaller (OpenCV "
        "INTER_AREA), else bilinear"
    ),
}
"""What each step before the network does, for those who do it without this program."""


def write_model_card(version: ModelVersion, model: Path, target: Path) -> None:
    """Write ``NAME.card.md`` beside an exported file.

    Args:
        version: What the project knows of the model.
        model: Its file in the project.
        target: The exported file.

    Raises:
        BadCheckpoint: If the model's file is damaged.
        OSError: If the card cannot be written.
    """
    text = "\n".join(_lines(version, read_card(model), target.suffix)) + "\n"
    write_text(target.with_suffix(".card.md"), text)


def _lines(version: ModelVersion, card: ModelCard, ending: str) -> Iterator[str]:
    """Markdown; ``ending`` is that of the exported file."""
    yield f"# {version.name}"
    facts = [
        *version_facts(version),
        (say("Made"), version.created_at.strftime("%Y-%m-%d")),
        (say("Source"), card.source),
        (say("Licence"), card.licence or say("not stated: that of whoever trained the weights")),
        (say("Note"), version.note),
        (say("SHA-256 of its .safetensors file"), version.sha256),
    ]
    yield from _section(say("The version"), [f"{name}: {value}" for name, value in facts if value])
    yield from _section(say("Input and output"), list(_interface(card)))
    if ending == ".pth":
        yield from (
            "",
            say(
                "A state dict holds no layers: build the network as core/recognition/architectures "
                "of Linewright does, or export the version as .onnx, which needs nothing but a runtime."
            ),
        )
    if card.config:
        yield from _section(say("Settings"), [f"{name}: {value}" for name, value in card.config.items()])
    yield from ("", f"## {say('Characters')}", "", "```", "".join(card.charset.characters), "```")


def _section(title: str, points: list[str]) -> Iterator[str]:
    yield from ("", f"## {title}", "", *(f"- {point}" for point in points))


def _interface(card: ModelCard) -> Iterator[str]:
    """What another program has to do before and after the network."""
    facts = card.network.input
    yield say(
        "input: pictures of single lines, left to right (columns turned a quarter counter-clockwise), "
        "{height} px high, {colour}",
        height=facts.height,
        colour=facts.colour.upper(),
    )
    yield say("steps before the network: {steps}", steps=", ".join(card.normalization.steps))
    for step in card.normalization.steps:
        if step != "size" or card.normalization.width is None:
            yield say(_STEPS[step], low=TAILS[0], high=TAILS[1], height=facts.height)
    if card.normalization.width is not None:
        yield say("every line is stretched to {width} px", width=card.normalization.width)
    yield say("a value x from 0 to 255 goes in as {formula}", formula=_formula(facts))
    yield say(
        "{margin} px of {fill} at both ends, then {fill} to the right up to a multiple of {step} px",
        margin=facts.margin,
        fill=say("the number 0") if facts.fill == "zero" else facts.fill,
        step=facts.step,
    )
    yield say(
        "output: logits of {classes} classes for every {stride} px; class 0 is the CTC blank, class i the "
        "i-th of the characters below",
        classes=card.charset.classes,
        stride=card.network.stride,
    )
    yield say(
        "text: the most probable class of each place, neighbours that are the same merged, then blanks left "
        "out; composed (NFC), without white space at both ends"
    )
    yield say("letters that run from right to left come in the order of the picture, from left to right")
    if card.voters > 1:
        yield say("{count} networks vote: the mean of their probabilities", count=card.voters)
    yield say("divide logits by {temperature} before confidences are taken", temperature=card.temperature)


def _formula(facts: LineInput) -> str:
    mean, deviation = (
        str(numbers[0]) if len(numbers) == 1 else f"[{', '.join(map(str, numbers))}]"
        for numbers in (facts.mean, facts.deviation)
    )
    return f"({'1 - x / 255' if facts.inverted else 'x / 255'} - {mean}) / {deviation}"
