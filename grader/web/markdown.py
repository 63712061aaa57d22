"""Statements as HTML: CommonMark and tables with raw HTML off, mathematics left for KaTeX."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markupsafe import Markup
from mdit_py_plugins.dollarmath import dollarmath_plugin


@lru_cache(maxsize=512)
def render(text: str) -> Markup:
    """Safe HTML. Raw tags show as text, script links are dropped by markdown-it, `$x$` becomes a
    `.math` element that holds escaped TeX."""
    # Wide code scrolls, and what scrolls must be reachable by keyboard. No text can hold a raw tag.
    html = _renderer().render(text).replace("<pre>", '<pre tabindex="0">')
    return Markup(html)  # noqa: S704


@lru_cache(maxsize=1)
def _renderer() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False, "typographer": True})
    parser.enable(["table", "smartquotes", "replacements"]).disable("image")
    return parser.use(dollarmath_plugin, double_inline=True)
