"""What people paste around their numbers, blanked out so that every position stays true."""

import re

_SAME = str.maketrans(
    {
        "\u2212": "-",  # minus sign
        "\u2013": "-",  # en dash, which word processors put for a minus
        "\ufe63": "-",
        "\uff0d": "-",
        "\u00a0": " ",
        "\u2009": " ",
        "\u202f": " ",
        "\u200b": " ",
        "\ufeff": " ",
        "{": "[",
        "}": "]",
        "\t": " ",
        "\r": " ",
    }
)
_AROUND = (
    re.compile(r"\A\s*>>>[^\n]*\n"),
    re.compile(r"\bParameter containing:"),
    re.compile(r"\A\s*[A-Za-z_][\w.]{0,60}\s{0,8}[=:](?!=)"),
    re.compile(
        r"\b(?:torch\.|np\.|numpy\.|jnp\.)?(?:tensor|Tensor|array|asarray|matrix)(?=\s{0,8}\()"
    ),
    re.compile(
        r",?\s{0,200}\b(?:grad_fn|dtype|device|requires_grad|size|shape|layout)\s{0,8}=\s{0,8}"
        r"(?:<[^<>\n]{0,80}>|torch\.Size\(\[[0-9, ]{0,80}\]\)|\([0-9, ]{0,80}\)|[\w.:'\"]{1,40})"
    ),
    re.compile(r";\s*\Z"),
)


def clean(text: str) -> str:
    """The text with unlike minus signs made like, and wrappers such as `tensor(` blanked."""
    text = text.translate(_SAME)
    for pattern in _AROUND:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    return text
