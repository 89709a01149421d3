import datetime as dt
import math
from dataclasses import replace

from core.document import Split
from core.versions import CurvePoint, ModelVersion
from core.workflow.report.figures import curves_figure
from core.workflow.version_facts import version_facts

MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def version(**data):
    return ModelVersion(1, "tuned", "base", "crnn", "models/tuned.safetensors", "0", 9, MADE, data=data)


def test_a_version_that_read_no_character_is_not_called_well_calibrated():
    nothing = version(calibration_error=0.0, reliability=[])
    assert "Confidences" not in dict(version_facts(nothing))
    measured = version(calibration_error=0.02, reliability=[[10, 0.9, 0.88]])
    assert dict(version_facts(measured))["Confidences"] == "2.0 % off on average"


def test_a_version_of_which_no_step_was_kept_says_that_it_learned_nothing():
    kept = {step: dict(version_facts(version(best_step=step, steps=300)))["State kept"] for step in (0, 250)}
    assert "none of 300 read the validation lines better" in kept[0]
    assert kept[250] == "that of step 250 of 300"


def test_scores_are_named_in_words_whatever_pages_they_are_of():
    scored = replace(version(), scores={f"{split}_cer": 0.01 for split in Split})
    names = [name for name, value in version_facts(scored) if value == "1.00 %"]
    assert names == ["CER on training pages", "CER on validation pages", "CER on test pages"]


def test_percentages_are_written_alike():
    """A space stands before the sign, as in scores."""
    told = version(
        learned_share=0.8,
        legacy_cer=[0.006, 0.02],
        recall=[["e", 9, 1.0, 0.97]],
        reliability=[[9, 0.9, 0.88]],
    )
    facts = dict(version_facts(replace(told, scores={"test_cer": 0.8})))
    assert facts["Blend"] == "80 % of what was learned, the rest as before"
    assert facts["Ordinary print"] == "CER 0.6 % → 2.0 %"
    assert facts["Found less often"] == "e 100 % → 97 %"
    assert facts["CER on test pages"] == "80.00 %"


def test_curves_of_a_training_that_overflowed_are_drawn_as_far_as_they_go():
    points = [
        CurvePoint(1, 1.0, 1e-3, 0.5, 0.4, 0.1),
        CurvePoint(2, 2.0, 1e-3, math.inf, math.inf, 1.0),
    ]
    loss, _ = curves_figure(points)
    assert [len(curve.points.split()) for curve in loss.curves] == [2, 2]  # one point, drawn twice
