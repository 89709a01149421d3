"""What reading a line again is worth: python -m tests.benchmarks.redecode [DATA] [--model M] [--lines N]

DATA holds line sets (``labels.txt`` and ``images/``); each is split by page or work: the first half of the
groups teaches the language model, the third quarter fits its weight, the last is measured. Without DATA the
ten lines of the tests are measured, without a language model. Stated per set:

* bytes of kept CTC output per line; CPU milliseconds of reading a whole line again (median, 99th percentile).
* CER of the greedy reading, of the beam search, and of the beam search with the language model.
* keys: an annotator corrects the draft from left to right. A typed or deleted character is one key, so a
  replaced one is two; going to the next wrong place is one key (jump to the next doubtful place), none if
  the cursor is there already. The key that confirms a line is not counted. *plain*: nothing else happens;
  *again*: the rest is read again after each correction; each starting from the greedy draft and from the
  one that was read with the language model.
* taught: the same with the model's mistakes learned from ten corrected lines: CER of the greedy reading and
  of the search with the language model, keys of plain corrections of the latter, and with reading again.
* offered: how often the right character (or nothing, if it is to be deleted) is among the first three
  alternatives where the annotator replaces or deletes one.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein

from core.decoding.alternatives import alternatives_at
from core.decoding.constrained import redecode
from core.decoding.fusion import Fusion
from core.decoding.mistakes import Mistakes
from core.decoding.ngram import NgramModel
from core.decoding.posteriors import Posteriors, keep
from core.decoding.weight import fit_weight
from core.document import normalize_text
from core.evaluation.metrics import cer
from core.imaging.scan import read_scan
from core.recognition.recognizer import TorchRecognizer, load_recognizer

SETS = ("french1550_book_lines", "fraktur19_lines", "chinese_siku_lines")
OFFERED = 3
TAUGHT = 10

Kept = tuple[Posteriors, str]


@dataclass
class Material:
    """Texts for the language model, lines to fit its weight, lines to measure; bytes of each kept line."""

    texts: list[str]
    validation: list[Kept]
    test: list[Kept]
    sizes: list[int] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("data", nargs="?", type=Path, default=Path("../shared/data"))
    parser.add_argument("--model", default="ppocr-v6-small", help="base model or model file")
    parser.add_argument("--lines", type=int, default=80, help="lines measured of a set")
    parser.add_argument("--sets", nargs="*", default=SETS)
    options = parser.parse_args()
    recognizer = load_recognizer(options.model, threads=1)
    folders = [options.data / name for name in options.sets if (options.data / name / "labels.txt").exists()]
    if not folders:
        print(f"no line sets in {options.data}; the ten lines of the tests instead")
        folders = [Path(__file__).parents[1] / "data" / "lines"]
    print(HEADER)
    results = {}
    for folder in folders:
        result = measure(material(folder, recognizer, options.lines))
        results[folder.name] = result
        print(row(folder.name, result), flush=True)
    print(json.dumps({"model": Path(options.model).stem, "sets": results}))


def material(folder: Path, recognizer: TorchRecognizer, lines: int) -> Material:
    labels = next(file for name in ("labels.txt", "labels.jsonl") if (file := folder / name).exists())
    entries = [json.loads(line) for line in labels.read_text("utf-8").splitlines()]
    images = folder / "images" if (folder / "images").exists() else folder
    groups = sorted({group(entry["filename"]) for entry in entries})
    if labels.suffix == ".jsonl":
        kept, sizes = read(entries, images, recognizer)
        return Material([], [], kept, sizes)
    quarter = len(groups) // 4
    validation, test = set(groups[-2 * quarter : -quarter]), set(groups[-quarter:])
    texts = [e["text"] for e in entries if group(e["filename"]) not in validation | test]
    fitted, _ = read(chosen(entries, validation, lines), images, recognizer)
    measured, sizes = read(chosen(entries, test, lines), images, recognizer)
    return Material(texts, fitted, measured, sizes)


def group(name: str) -> str:
    """Page or work of a line: before ``__``; of the Chinese columns the first three parts of the name."""
    return name.split("__")[0] if "__" in name else "_".join(name.split("_")[:3])


def chosen(entries: list[dict[str, str]], groups: set[str], count: int) -> list[dict[str, str]]:
    """At most ``count`` lines of some groups, evenly spread."""
    inside = [entry for entry in entries if group(entry["filename"]) in groups]
    places = np.unique(np.linspace(0, len(inside) - 1, min(count, len(inside))).astype(int))
    return [inside[place] for place in places]


def read(
    entries: list[dict[str, str]], images: Path, recognizer: TorchRecognizer
) -> tuple[list[Kept], list[int]]:
    kept, sizes = [], []
    card = recognizer.card
    crops: Iterator[Any] = (read_scan(images / entry["filename"]) for entry in entries)
    for entry, logits in zip(entries, recognizer.logits(crops), strict=True):
        packed = keep(logits, card.charset, length=len(logits), temperature=card.temperature).pack()
        kept.append((Posteriors.unpack(packed), normalize_text(entry["text"])))
        sizes.append(len(packed))
    return kept, sizes


def measure(lines: Material) -> dict[str, Any]:
    model = NgramModel.learn(lines.texts)
    weight = fit_weight(lines.validation, model) if lines.texts else 0.0
    fusion = Fusion(model, weight) if weight else None
    truths = [truth for _, truth in lines.test]
    greedy = [posteriors.recognition().text for posteriors, _ in lines.test]
    beam, beam_ms = timed(lines.test, None)
    fused, fused_ms = timed(lines.test, fusion)
    errors = {
        name: cer(list(zip(truths, texts, strict=True)))
        for name, texts in (("greedy", greedy), ("beam", beam), ("beam_lm", fused))
    }
    return {
        "lines": len(lines.test),
        "frames": statistics.median(posteriors.frames for posteriors, _ in lines.test),
        "bytes_per_line": round(statistics.mean(lines.sizes)),
        "ms": beam_ms,
        "ms_lm": fused_ms,
        "weight": weight,
        "cer": {name: round(value, 4) for name, value in errors.items()},
        "keys": {
            "plain": keys(lines.test, greedy, None),
            "again": keys(lines.test, greedy, again(None)),
            "again_lm": keys(lines.test, greedy, again(fusion)),
            "lm_draft_plain": keys(lines.test, fused, None),
            "lm_draft_again": keys(lines.test, fused, again(fusion)),
        },
        "taught": taught(lines, model),
        "offered": round(offered(lines.test, greedy, None), 3),
        "offered_lm": round(offered(lines.test, greedy, fusion), 3),
        "characters": sum(map(len, truths)),
    }


def taught(lines: Material, model: NgramModel) -> dict[str, Any]:
    """With mistakes learned from the first validation lines, the weight fitted on the others."""
    pairs = [(posteriors.recognition().text, truth) for posteriors, truth in lines.validation[::8][:TAUGHT]]
    mistakes = Mistakes.learn(pairs)
    fitted = [line for place, line in enumerate(lines.validation) if place % 8 or place // 8 >= TAUGHT]
    corrected = [(mistakes.corrected(posteriors), truth) for posteriors, truth in fitted]
    weight = fit_weight(corrected, model) if lines.texts else 0.0
    fusion = Fusion(model, weight) if weight else None
    test = [(mistakes.corrected(posteriors), truth) for posteriors, truth in lines.test]
    greedy = [posteriors.recognition().text for posteriors, _ in test]
    fused, _ = timed(test, fusion)
    truths = [truth for _, truth in test]
    return {
        "weight": weight,
        "cer": round(cer(list(zip(truths, greedy, strict=True))), 4),
        "cer_lm": round(cer(list(zip(truths, fused, strict=True))), 4),
        "keys_plain": keys(test, fused, None),
        "keys_again": keys(test, fused, again(fusion)),
    }


def timed(lines: list[Kept], fusion: Fusion | None) -> tuple[list[str], dict[str, float]]:
    texts, times = [], []
    for posteriors, _ in lines:
        started = time.thread_time()
        texts.append(redecode(posteriors, "", fusion=fusion).text)
        times.append(1000 * (time.thread_time() - started))
    return texts, {
        "median": round(statistics.median(times), 1),
        "p99": round(float(np.percentile(times, 99)), 1),
    }


Again = Callable[[Posteriors, str, int, str], str]
"""Posteriors, text, cursor, what was deleted there -> text."""


def again(fusion: Fusion | None) -> Again:
    """Read the rest after the cursor again."""
    return lambda posteriors, text, cursor, deleted: (
        redecode(posteriors, text[:cursor], rest=text[cursor:], deleted=deleted, fusion=fusion).text
    )


def keys(lines: list[Kept], drafts: list[str], after: Again | None) -> int:
    return sum(
        fixed(posteriors, draft, truth, after)
        for (posteriors, truth), draft in zip(lines, drafts, strict=True)
    )


def fixed(posteriors: Posteriors, text: str, truth: str, after: Again | None) -> int:
    """Keys until ``text`` is the truth."""
    count, cursor = 0, -1
    while text != truth:
        place, kind = next_edit(text, truth)
        count += (place != cursor) + (2 if kind == "replace" else 1)
        typed = "" if kind == "delete" else truth[place]
        deleted = text[place] if kind == "delete" else ""
        text = text[:place] + typed + text[place + (kind != "insert") :]
        cursor = place + len(typed)
        if after:
            text = after(posteriors, text, cursor, deleted)
        if count > 10 * len(truth) + 100:
            raise RuntimeError(f"corrections of “{truth}” come to no end")
    return count


def next_edit(text: str, truth: str) -> tuple[int, str]:
    """Place and kind of the first of the fewest edits."""
    place = next((i for i, (a, b) in enumerate(zip(text, truth, strict=False)) if a != b), None)
    place = min(len(text), len(truth)) if place is None else place
    return place, str(Levenshtein.editops(text[place:], truth[place:])[0].tag)


def offered(lines: list[Kept], drafts: list[str], fusion: Fusion | None) -> float:
    hits = tries = 0
    for (posteriors, truth), draft in zip(lines, drafts, strict=True):
        text = draft
        while text != truth:
            place, kind = next_edit(text, truth)
            typed = "" if kind == "delete" else truth[place]
            if kind != "insert":
                ranked = alternatives_at(posteriors, text, place, fusion=fusion)
                others = [char for char, _ in ranked if char != text[place]]
                hits, tries = hits + (typed in others[:OFFERED]), tries + 1
            text = text[:place] + typed + text[place + (kind != "insert") :]
    return hits / tries if tries else 0.0


HEADER = (
    f"{'set':24}{'lines':>6}{'T':>5}{'bytes':>6} | {'ms':>9}{'ms LM':>10} | {'greedy':>7}{'beam':>7}"
    f"{'+LM':>7}{'weight':>7} | {'plain':>6}{'again':>6}{'+LM':>6} | {'LM draft':>9}{'again':>6} | "
    f"{'taught':>7}{'+LM':>6}{'keys':>6}{'again':>6} | {'offered':>9}"
)


def row(name: str, result: dict[str, Any]) -> str:
    ms, ms_lm, errors, pressed, lesson = (result[k] for k in ("ms", "ms_lm", "cer", "keys", "taught"))
    return (
        f"{name:24}{result['lines']:6}{result['frames']:5.0f}{result['bytes_per_line']:6} | "
        f"{ms['median']:4}/{ms['p99']:4}{ms_lm['median']:5}/{ms_lm['p99']:4} | "
        f"{100 * errors['greedy']:7.2f}{100 * errors['beam']:7.2f}{100 * errors['beam_lm']:7.2f}"
        f"{result['weight']:7} | {pressed['plain']:6}{pressed['again']:6}{pressed['again_lm']:6} | "
        f"{pressed['lm_draft_plain']:9}{pressed['lm_draft_again']:6} | "
        f"{100 * lesson['cer']:7.2f}{100 * lesson['cer_lm']:6.2f}{lesson['keys_plain']:6}"
        f"{lesson['keys_again']:6} | {100 * result['offered']:4.0f}/{100 * result['offered_lm']:.0f} %"
    )


if __name__ == "__main__":
    main()
