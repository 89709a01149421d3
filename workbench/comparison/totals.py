"""The totals of a comparison, as a small table in words."""

from core.evaluation.comparison import Comparison, Outcome
from core.evaluation.metrics import Totals


def totals_html(comparison: Comparison, soft: str) -> str:
    """Totals side by side, and how many lines became better or worse; ``soft`` colours the captions."""
    rows = "".join(
        f"<tr><td><b>{name}</b></td>{_cells(t)}</tr>"
        for name, t in zip(comparison.models, comparison.totals, strict=True)
    )
    captions = "".join(
        f"<td align='right' style='color:{soft}'>{name}</td>" for name in ("CER", "accuracy", "WER", "exact")
    )
    counts = ", ".join(f"<b>{comparison.count(outcome)}</b> {outcome}" for outcome in Outcome)
    return (
        f"<table cellpadding='4'><tr><td></td>{captions}</tr>{rows}</table>"
        f"<p>{len(comparison.lines)} lines: {counts}.</p>"
    )


def _cells(totals: Totals) -> str:
    shares = (f"{100 * share:.2f}&nbsp;%" for share in (totals.cer, totals.accuracy_lcs, totals.wer))
    return "".join(f"<td align='right'>{value}</td>" for value in (*shares, totals.exact))
