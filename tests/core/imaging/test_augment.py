import numpy as np
import pytest

from core.imaging.augment import AUGMENT_STEPS, augment
from core.imaging.scan import read_scan


@pytest.fixture(scope="module")
def line(data):
    return read_scan(data / "lines" / "utopie_1.png")


def change(line, steps, strength=1.0, count=60):
    return [
        float(np.abs(augment(line, np.random.default_rng(seed), steps, strength).astype(int) - line).mean())
        for seed in range(count)
    ]


def test_without_steps_or_strength_nothing_changes(line):
    assert max(change(line, ())) == 0
    assert max(change(line, AUGMENT_STEPS, strength=0)) == 0


@pytest.mark.parametrize("step", ["affine", "contrast", "noise", "blur"])
def test_strength_is_how_much_a_step_changes(line, step):
    assert np.mean(change(line, (step,), 0.2)) < 0.7 * np.mean(change(line, (step,), 1.0))


def test_blur_is_taken_about_three_times_in_ten(line):
    assert 0.2 < np.mean([amount > 0 for amount in change(line, ("blur",), count=200)]) < 0.4


def test_writing_stays_legible(v6_reading, line):
    readings = [v6_reading(augment(line, np.random.default_rng(seed))) for seed in range(8)]
    assert np.mean([reading > 0.6 for reading in readings]) >= 0.75


@pytest.fixture(scope="module")
def v6_reading(line):
    """Similarity (0-1) of what the base reads in a disturbed line to what it reads in the line itself."""
    from rapidfuzz.distance import Levenshtein

    from core.recognition.recognizer import load_recognizer

    recognizer = load_recognizer("ppocr-v6-small")
    whole = dict(recognizer.recognize([line]))[0].text
    return lambda crop: Levenshtein.normalized_similarity(whole, dict(recognizer.recognize([crop]))[0].text)
