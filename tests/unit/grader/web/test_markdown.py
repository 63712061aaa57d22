"""Statements come from authors; still nothing in them runs."""

import pytest

from grader.web.markdown import render


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&colon;alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://elsewhere.example/pixel.png)",
        "$</span><script>alert(1)</script>$",
        '$$x" onload="alert(1)$$',
        "<javascript:alert(1)>",
        "```\n</code><script>alert(1)</script>\n```",
    ],
)
def test_nothing_runs(text: str) -> None:
    html = render(text).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert ' onload="' not in html


def test_mathematics_is_left_for_the_browser_escaped() -> None:
    html = render("Then $a<b$ and\n\n$$\\sigma(x)$$\n")
    assert '<span class="math inline">a&lt;b</span>' in html
    assert 'class="math block"' in html


def test_tables_and_code_blocks_are_set() -> None:
    assert "<table>" in render("| a | b |\n|---|---|\n| 1 | 2 |\n")
    assert '<code class="language-python">' in render("```python\nx = 1\n```\n")
