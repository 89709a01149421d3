from core.workflow.twin_pages import twins_of

KNOWN = ["the quick brown fox", "jumps over the lazy dog", "and sleeps all day long", "Chapter 2"]


def of_page(page, texts):
    return [(page, text) for text in texts]


def test_a_page_that_says_the_same_in_half_of_its_long_lines_is_a_twin():
    other = ["a line of its own here", "another line of its own"]
    assert twins_of(KNOWN, of_page(1, [*KNOWN[:2], *other])) == {1}
    assert twins_of(KNOWN, of_page(1, [KNOWN[0], *other, other[0]])) == frozenset()


def test_headings_figures_and_single_lines_make_no_twin():
    assert twins_of(KNOWN, of_page(1, ["Chapter 2"] * 5)) == frozenset()
    assert twins_of(KNOWN, of_page(1, KNOWN[:2])) == frozenset()
