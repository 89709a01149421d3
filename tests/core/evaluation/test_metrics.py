import csv
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.alignment import align
from core.evaluation.comparison import Outcome, compare
from core.evaluation.confusion import confusions
from core.evaluation.metrics import cer, score_line, total
from core.evaluation.table import write_csv


def test_cer_sums_over_the_corpus_instead_of_averaging_lines():
    assert cer([("a", "b"), ("abcdefghi", "abcdefghi")]) == pytest.approx(0.1)


def test_cer_counts_code_points_after_nfc():
    assert cer([("u\u0308ber", "über")]) == 0
    assert cer([("北京", "北亰")]) == pytest.approx(0.5)


def test_article_accuracy_is_common_subsequence_over_reference():
    totals = total([score_line(1, "阿莫西林胶囊", "阿莫酉林胶囊囊")])
    assert totals.accuracy_lcs == pytest.approx(5 / 6)
    assert totals.cer == pytest.approx(2 / 6)


def test_word_errors_and_exact_lines():
    totals = total([score_line(1, "tant de bons", "tant de bans"), score_line(2, "ja", "ja")])
    assert (totals.wer, totals.exact, totals.lines) == (pytest.approx(0.25), 1, 2)


def test_no_truth_has_no_score():
    assert math.isnan(total([]).cer)


@given(st.text("ab ſ北", max_size=12), st.text("ab ſ北", max_size=12))
def test_alignment_gives_both_texts_back(reference, read):
    spans = align(reference, read)
    assert "".join(span.reference for span in spans) == reference
    assert "".join(span.read for span in spans) == read


def test_comparison_holds_only_the_very_same_task():
    old = [
        score_line(1, "ab", "ab"),
        score_line(2, "cd", "xx"),
        score_line(3, "ef", "eg"),
        score_line(4, "q", "q"),
    ]
    new = [
        score_line(1, "ab", "ax"),
        score_line(2, "cd", "cd"),
        score_line(3, "ef", "eh"),
        score_line(4, "p", "p"),
    ]
    comparison = compare({"old": old, "new": new})
    assert [line.outcome for line in comparison.lines] == [Outcome.WORSE, Outcome.BETTER, Outcome.SAME]
    assert [t.edits for t in comparison.totals] == [3, 2]
    assert comparison.lines[1].difference == -1.0


def test_confusions_count_pairs_losses_and_additions():
    found = confusions([score_line(1, "ſi", "fi"), score_line(2, "ſo", "fo"), score_line(3, "no", "n")])
    assert [(c.truth, c.read, c.count, c.line_ids) for c in found] == [
        ("ſ", "f", 2, (1, 2)),
        ("o", "", 1, (3,)),
    ]


def test_csv_has_one_row_per_line_and_opens_in_spreadsheets(tmp_path):
    comparison = compare({"a": [score_line(7, "北,京", "北京")], "b": [score_line(7, "北,京", "北,京")]})
    write_csv(comparison, tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert (row["line"], row["truth"], row["text a"], row["edits b"], row["outcome"]) == (
        "7",
        "北,京",
        "北京",
        "0",
        "better",
    )
