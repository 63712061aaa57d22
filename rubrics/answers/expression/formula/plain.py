"""One sign where Unicode, word processors and LaTeX have many, and no mere layout."""

import re
import unicodedata


class Unreadable(ValueError):
    """The text is no formula of these symbols; the message says what to change."""


_LETTERS = "αβγδεζηθικλμνξπρςστυφχψωϵϑϕϱµΓΔΘΛΞΠΣΦΨΩ"
_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma sigma"
    " tau upsilon phi chi psi omega epsilon theta phi rho mu"
    " Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega"
)
GREEK = dict(zip(_LETTERS, _NAMES.split(), strict=True))

_SAME = {
    **dict.fromkeys("\u2212\u2013\ufe63\uff0d", "-"),
    **dict.fromkeys("·⋅∙∗×✕", "*"),
    **dict.fromkeys("÷\u2215\u2044", "/"),
    **dict.fromkeys("\u00a0\u2009\u202f\t\r\n&~", " "),
    **dict.fromkeys("\u200b\u200c\u200d\u2061\u2062\ufeff$", ""),
    "²": "^{2}",
    "³": "^{3}",
    "½": "\\half ",
    "¼": "\\quarter ",
    "√": "\\sqrt ",
    **{letter: f"\\{name} " for letter, name in GREEK.items()},
}
_RAISED = dict(zip("⁰¹⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ⁽⁾²³", "01456789+-ni()23", strict=True))
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙₘₜₓₐₑₒ", "0123456789ijknmtxaeo", strict=True))
_HATS = {"\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "bar"}

_LAYOUT = re.compile(
    r"\\(?:[,;:! ()\[\]]|(?:quad|qquad|displaystyle|left|right|[bB]igg?[lr]?)(?![A-Za-z]))"
)
_WRAPPED = re.compile(
    r"(?P<low>_\s*)?"
    r"\\(?:text|textrm|mathrm|mathbf|mathit|mathsf|boldsymbol|bm|vec|operatorname\*?)"
    r"\s*(?:\{\s*(?P<name>\\?[A-Za-z0-9]{1,30})\s*\}|\s(?P<letter>[A-Za-z]))"
)
_ACCENT = re.compile(
    r"\\(?:wide)?(hat|bar|tilde)\s*"
    r"(?:\{\s*\\?([A-Za-z]{1,20})\s*\}|\\([A-Za-z]{1,20})|([A-Za-z]))"
)


def plain(text: str) -> str:
    """The text in ASCII as far as it can be said in it; Greek letters become LaTeX names."""
    text = "".join(unicodedata.normalize("NFKC", one) if _styled(one) else one for one in text)
    text = _digits(_digits(text, _RAISED, "^"), _LOWERED, "_")
    text = unicodedata.normalize("NFD", text)
    text = re.sub("([A-Za-z])([\u0302-\u0305])", _hatted, text)
    text = _LAYOUT.sub(" ", "".join(_SAME.get(one, one) for one in text))
    text = _WRAPPED.sub(_unwrapped, text)
    return _ACCENT.sub(lambda found: f" {found[2] or found[3] or found[4]}{found[1]} ", text)


def _styled(letter: str) -> bool:
    """Mathematical italics and the like, as they are pasted from a PDF."""
    return "\U0001d400" <= letter <= "\U0001d7ff" or letter == "\u210e"


def _digits(text: str, table: dict[str, str], sign: str) -> str:
    run = f"[{re.escape(''.join(table))}]+"
    return re.sub(run, lambda m: f"{sign}{{{''.join(table[one] for one in m[0])}}}", text)


def _hatted(found: re.Match[str]) -> str:
    return found[1] + _HATS.get(found[2], found[2])


def _unwrapped(found: re.Match[str]) -> str:
    name = found["name"] or found["letter"]
    return f"_{{{name}}}" if found["low"] else f" {name} "
