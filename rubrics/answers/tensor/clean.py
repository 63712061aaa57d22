"""What people paste around and inside their numbers, replaced so that every position stays true."""

import re

GLUE = "\u2060"
"""Stands where something was inside one number; read as nothing."""

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
        r"\b(?:torch\.|np\.|numpy\.|jnp\.)?"
        # numpy 2 prints a scalar as np.float64(2.5), JAX an array as Array([2.5]).
        r"(?:tensor|Tensor|array|Array|asarray|matrix|(?:u?int|float|complex)[0-9]{0,3}|bfloat16)"
        r"(?=\s{0,8}\()"
    ),
    re.compile(
        r"(?:,\s{0,200})?\b(?:grad_fn|dtype|device|requires_grad|size|shape|layout)\s{0,8}=\s{0,8}"
        r"(?:<[^<>\n]{0,80}>|torch\.Size\(\[[0-9, ]{0,80}\]\)|\([0-9, ]{0,80}\)|[\w.:'\"]{1,40})"
    ),
    re.compile(r";\s*\Z"),
)
_TIMES = re.compile(r"\\(?:times|cdot)(?![A-Za-z])")
_EXPONENT = re.compile(
    r"(?<=10)[ ]{0,8}(?:\^|\*\*)[ ]{0,8}"
    r"(?:[\[(][ ]{0,8}[+-]?[ ]{0,8}[0-9]{1,6}[ ]{0,8}[\])]|[+-]?[ ]{0,8}[0-9]{1,6})"
)
_INSIDE = (
    re.compile(
        rf"(?<=[0-9.])[ ]{{0,8}}[×*·⋅xX]{GLUE}{{0,8}}[ ]{{0,8}}(?=10(?:\^|\*\*|[⁰¹²³⁴-⁹⁺⁻]))"
    ),
    re.compile(r"(?<=[0-9.])[ ]{0,8}/[ ]{0,8}(?=[+-]?[0-9.])"),
)
# Only where a number begins: `1 - 2` may be a difference or two numbers.
_FIRST_SIGN = re.compile(
    r"(?P<before>(?:\A|[\[(,;\n])[ ]*)(?P<sign>[+-][ ]{1,8})(?=[0-9.∞]|inf|nan)", re.IGNORECASE
)


def clean(text: str) -> str:
    r"""The text with unlike minus signs made like, and wrappers such as `tensor(` blanked.

    What lies inside one number is glued: `1.2 \times 10^{-3}`, `1 / 3`, `- 5`.
    """
    text = _TIMES.sub(lambda found: "×".ljust(len(found[0]), GLUE), text.translate(_SAME))
    for pattern in _AROUND:
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    text = _EXPONENT.sub(lambda found: re.sub(r"[ \[\]()]", GLUE, found[0]), text)
    for pattern in _INSIDE:
        text = pattern.sub(lambda found: found[0].replace(" ", GLUE), text)
    return _FIRST_SIGN.sub(lambda found: found["before"] + found["sign"].replace(" ", GLUE), text)
