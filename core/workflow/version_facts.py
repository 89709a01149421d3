"""What is known of a model version, in words: for its card in the window and for the report."""

from core.evaluation.reliability import Reliability, ReliabilityBin
from core.versions import ModelVersion
from core.wording import say, say_count

LOST_SHOWN = 8
"""Characters named that are found less often than before."""


def version_facts(version: ModelVersion) -> list[tuple[str, str]]:
    """Names and values, those first that everybody looks for; what was never measured is left out."""
    data = version.data
    no_parent = say("none: a base model") if version.is_base else say("none: imported")
    facts: list[tuple[str, str]] = [
        (say("Parent"), version.parent or no_parent),
        (say("Network"), version.architecture),
        (say("Characters"), str(version.charset_size)),
    ]
    if "lines" in data:
        facts.append((say("Learned from"), say_count(data["lines"], "{count} line", "{count} lines")))
    if "train_seconds" in data:
        facts.append((say("Training"), say("{minutes:.1f} min", minutes=data["train_seconds"] / 60)))
    if "best_step" in data:
        facts.append((say("State kept"), _kept_words(data["best_step"], data["steps"])))
    if (share := data.get("learned_share", 1.0)) < 1:
        blend = say("{share:.0f} % of what was learned, the rest as before", share=100 * share)
        facts.append((say("Blend"), blend))
    names = {
        "train_cer": say("CER on training pages"),
        "val_cer": say("CER on validation pages"),
        "test_cer": say("CER on test pages"),
    }
    facts += [(names.get(key, key), f"{100 * value:.2f} %") for key, value in version.scores.items()]
    before, after = data.get("legacy_cer", (None, None))
    if before is not None and after is not None:
        change = say("CER {before:.1f} % → {after:.1f} %", before=100 * before, after=100 * after)
        facts.append((say("Ordinary print"), change))
    if lost := data.get("recall"):
        facts.append((say("Found less often"), _lost(lost)))
    if found := version_reliability(version):  # of no character that was read nothing is known
        error = say("{error:.1f} % off on average", error=100 * found.error)
        facts.append((say("Confidences"), error))
    return facts


def version_reliability(version: ModelVersion) -> Reliability | None:
    """How far confidences held on the test lines or, without those, validation lines; ``None``: unknown."""
    bins = version.data.get("reliability")
    if not bins:
        return None
    return Reliability(
        tuple(ReliabilityBin(*each) for each in bins), version.data.get("calibration_error", 0.0)
    )


def _kept_words(step: int, steps: int) -> str:
    if step:
        return say("that of step {step} of {steps}", step=step, steps=steps)
    return say("that before the first step: none of {steps} read the validation lines better", steps=steps)


def _lost(recall: list[tuple[str, int, float, float]]) -> str:
    """“e 98 % → 97 %”, the worst first."""
    return ", ".join(
        f"{char if char.strip() else '␣'} {100 * was:.0f} % → {100 * now:.0f} %"
        for char, _, was, now in recall[:LOST_SHOWN]
    )
