"""How well lines are found: python -m tests.benchmarks.layout FOLDER [FOLDER ...]

Each folder holds scans with a PAGE or ALTO file of the same stem beside them (or in ../corrections). Stated
per folder:

* IoU 0.5: found outlines matched one to one with the true outlines at intersection over union of at least
  0.5; once as found, once with the found outlines cut down to 70 % of their height, because some ground
  truth hugs the letters without ascenders.
* one box per line: true lines whose middle (half their height, all their length) is covered to 70 % by
  exactly one found line that covers no other; found lines that hold the middle of no true line are extra
  (ground truth leaves out some titles and page numbers), those that hold several are merged.
* order: Kendall's tau between the true and the found order of covered lines, and how often the found place
  goes back when the lines are walked in their true order (broken).
"""

import argparse
import json
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment
from shapely.affinity import scale
from shapely.geometry import Polygon

from core.document import Direction, LineShape
from core.exchange.layout_xml import read_layout_xml
from core.imaging.scan import IMAGE_SUFFIXES, read_scan
from core.layout.find import find_lines

IOU = 0.5
COVERED = 0.7


@dataclass
class Score:
    """Sums over the pages of one folder."""

    pages: int = 0
    true: int = 0
    found: int = 0
    iou: int = 0
    iou_cut: int = 0
    iou_sum: float = 0.0
    one_box: int = 0
    extra: int = 0
    merged: int = 0
    tau_sum: float = 0.0
    broken: int = 0
    seconds: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--verbose", action="store_true", help="a row per page")
    options = parser.parse_args()
    results = {folder.name: measure(folder, options.verbose) for folder in options.folders}
    print(f"\n{'set':26}{HEADER}")
    for name, score in results.items():
        print(row(name, score))
    print(json.dumps({name: summary(score) for name, score in results.items()}))


def measure(folder: Path, verbose: bool) -> Score:
    total = Score()
    for scan in sorted(p for p in folder.iterdir() if p.suffix.lower() in IMAGE_SUFFIXES):
        places = (scan.with_suffix(".xml"), folder.parent / "corrections" / f"{scan.stem}.xml")
        layout = next((place for place in places if place.exists()), None)
        if layout is None:
            continue
        page = page_score(scan, layout)
        for name, value in asdict(page).items():
            setattr(total, name, getattr(total, name) + value)
        if verbose:
            print(row(scan.stem[-24:], page), flush=True)
    return total


def page_score(scan: Path, layout: Path) -> Score:
    image = read_scan(scan)
    truth = [line.shape for line in read_layout_xml(layout, (image.shape[1], image.shape[0])).lines]
    start = time.process_time()
    found = find_lines(image)
    seconds = time.process_time() - start
    overlap = iou_matrix([area(s) for s in truth], [area(s) for s in found])
    cut = iou_matrix([area(s) for s in truth], [area(s, 0.7) for s in found])
    pairs = matched(overlap)
    cover = coverage([area(s, 0.5) for s in truth], [area(s) for s in found])
    order = [np.argmax(column) if column.any() else -1 for column in cover]
    tau, broken = order_agreement([int(o) for o in order if o >= 0])
    return Score(
        pages=1,
        true=len(truth),
        found=len(found),
        iou=len(pairs),
        iou_cut=len(matched(cut)),
        iou_sum=float(overlap.max(axis=1, initial=0).sum()),
        one_box=sum(bool(c.sum() == 1 and cover[:, np.argmax(c)].sum() == 1) for c in cover),
        extra=int((cover.sum(axis=0) == 0).sum()),
        merged=int((cover.sum(axis=0) > 1).sum()),
        tau_sum=tau,
        broken=broken,
        seconds=seconds,
    )


def area(shape: LineShape, height: float = 1.0) -> Polygon:
    polygon = Polygon(shape.polygon)
    polygon = polygon if polygon.is_valid else polygon.buffer(0)
    if height == 1.0:
        return polygon
    factors = (height, 1.0) if shape.direction is Direction.TTB else (1.0, height)
    return scale(polygon, *factors)


def iou_matrix(truth: list[Polygon], found: list[Polygon]) -> np.ndarray:
    matrix = np.zeros((len(truth), len(found)))
    for i, one in enumerate(truth):
        for j, other in enumerate(found):
            shared = one.intersection(other).area if one.intersects(other) else 0.0
            matrix[i, j] = shared / (one.area + other.area - shared) if shared else 0.0
    return matrix


def coverage(truth: list[Polygon], found: list[Polygon]) -> np.ndarray:
    """Whether a found line covers most of the middle of a true line."""
    return np.array(
        [[t.intersection(f).area >= COVERED * t.area for f in found] for t in truth], dtype=bool
    ).reshape(len(truth), len(found))


def matched(overlap: np.ndarray) -> list[tuple[int, int]]:
    rows, columns = linear_sum_assignment(-np.where(overlap >= IOU, 1 + overlap, 0))
    return [(int(i), int(j)) for i, j in zip(rows, columns, strict=True) if overlap[i, j] >= IOU]


def order_agreement(order: list[int]) -> tuple[float, int]:
    pairs = [(a, b) for n, a in enumerate(order) for b in order[n + 1 :]]
    tau = sum(1 if a < b else -1 if a > b else 0 for a, b in pairs) / len(pairs) if pairs else 1.0
    return tau, sum(b < a for a, b in pairwise(order))


HEADER = (
    f"{'pages':>6}{'true':>6}{'found':>6} | {'recall':>7}{'prec.':>7}{'mean':>6} | {'cut rec.':>8}"
    f"{'prec.':>7} | {'one box':>8}{'extra':>6}{'merged':>7} | {'tau':>6}{'broken':>7} | {'s/page':>6}"
)


def summary(score: Score) -> dict[str, float]:
    true, found, pages = max(score.true, 1), max(score.found, 1), max(score.pages, 1)
    return {
        "pages": score.pages,
        "true": score.true,
        "found": score.found,
        "recall_iou50": round(score.iou / true, 4),
        "precision_iou50": round(score.iou / found, 4),
        "mean_iou": round(score.iou_sum / true, 4),
        "recall_iou50_cut": round(score.iou_cut / true, 4),
        "precision_iou50_cut": round(score.iou_cut / found, 4),
        "one_box_per_line": round(score.one_box / true, 4),
        "extra": score.extra,
        "merged": score.merged,
        "kendall_tau": round(score.tau_sum / pages, 4),
        "order_breaks": score.broken,
        "cpu_seconds_per_page": round(score.seconds / pages, 2),
    }


def row(name: str, score: Score) -> str:
    s = summary(score)
    return (
        f"{name:26}{score.pages:6}{score.true:6}{score.found:6} | {s['recall_iou50']:7.3f}"
        f"{s['precision_iou50']:7.3f}{s['mean_iou']:6.2f} | {s['recall_iou50_cut']:8.3f}"
        f"{s['precision_iou50_cut']:7.3f} | {s['one_box_per_line']:8.3f}{score.extra:6}{score.merged:7} | "
        f"{s['kendall_tau']:6.3f}{score.broken:7} | {s['cpu_seconds_per_page']:6.2f}"
    )


if __name__ == "__main__":
    main()
