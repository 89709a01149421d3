from core.evaluation.gate import Legacy, decide
from core.evaluation.metrics import score_line, total
from core.evaluation.significance import Interval

BEFORE = total([score_line(1, "abcdefghij" * 10, "##cdefghij" * 10)])
AFTER = total([score_line(1, "abcdefghij" * 10, "abcdefghij" * 10)])
CLEAR = Interval(-0.2, -0.25, -0.15, 6, by_page=True)


def test_a_clear_gain_is_recommended_with_its_interval():
    decision = decide(CLEAR, None, (BEFORE, AFTER), tested=True)
    assert decision.recommended
    assert (
        decision.reason
        == "Recommended: CER changes by -25.00 to -15.00 percentage points (95 %) on the test lines."
    )


def test_a_gain_that_may_be_chance_is_not_recommended():
    decision = decide(Interval(-0.01, -0.03, 0.01, 6, by_page=True), None, (BEFORE, AFTER), tested=True)
    assert not decision.recommended
    assert "may be chance" in decision.reason


def test_two_versions_without_an_error_are_not_called_chance():
    decision = decide(Interval(0.0, 0.0, 0.0, 6, by_page=True), None, (AFTER, AFTER), tested=True)
    assert not decision.recommended
    assert "both versions read the test lines without an error" in decision.reason


def test_two_versions_that_differ_in_no_line_are_not_said_to_differ_by_nothing_for_sure():
    decision = decide(Interval(0.0, 0.0, 0.0, 2, by_page=True), None, (BEFORE, BEFORE), tested=True)
    assert not decision.recommended
    assert "each test line has just as many errors as before" in decision.reason


def test_a_worse_model_is_not_recommended():
    decision = decide(Interval(0.2, 0.1, 0.3, 6, by_page=True), None, (AFTER, BEFORE), tested=True)
    assert not decision.recommended
    assert "reads the test lines worse" in decision.reason


def test_a_single_page_is_no_proof_and_the_sentence_says_what_to_do():
    decision = decide(Interval(-0.2, -0.25, -0.15, 30, by_page=False), None, (BEFORE, AFTER), tested=True)
    assert not decision.recommended
    assert "single page" in decision.reason
    assert "correct lines of more pages and set them to “test”" in decision.reason


def test_too_few_pages_to_tell_ask_for_more_pages():
    decision = decide(Interval(-0.2, -0.5, 0.1, 3, by_page=True), None, (BEFORE, AFTER), tested=True)
    assert not decision.recommended
    assert "3 test pages are too few to tell" in decision.reason


def test_five_pages_are_enough_to_speak_of_chance():
    decision = decide(Interval(-0.2, -0.5, 0.1, 5, by_page=True), None, (BEFORE, AFTER), tested=True)
    assert "may be chance" in decision.reason


def test_lines_without_characters_tell_nothing():
    empty = total([score_line(1, "", "")])
    decision = decide(CLEAR, None, (empty, empty), tested=True)
    assert not decision.recommended
    assert "too few test lines" in decision.reason


def test_forgetting_ordinary_print_outweighs_a_gain():
    assert decide(CLEAR, Legacy(0.02, 0.025), (BEFORE, AFTER), tested=True).recommended
    decision = decide(CLEAR, Legacy(0.02, 0.08), (BEFORE, AFTER), tested=True)
    assert not decision.recommended
    assert "forgotten ordinary print" in decision.reason


def test_validation_lines_are_no_proof():
    assert not decide(CLEAR, None, (BEFORE, AFTER), tested=False).recommended
    assert not decide(None, None, (BEFORE, AFTER), tested=True).recommended


def test_lines_that_do_not_count_are_told_of():
    decision = decide(CLEAR, None, (BEFORE, AFTER), tested=True, left_out=1)
    assert decision.recommended
    assert decision.reason.endswith(
        "1 line of pages that one of the two has learned or was checked on, be it from another scan, is left "
        "out."
    )
