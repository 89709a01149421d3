"""How a training ended, in words."""

from workbench.training.endings import verdict_html


def test_a_name_that_looks_like_markup_is_shown_as_it_is() -> None:
    assert verdict_html("a&b-<1550>-1", None).startswith("<b>a&amp;b-&lt;1550&gt;-1</b>: ")
