"""Which layer stops which attack, as a table for the documentation."""

from collections.abc import Mapping, Sequence

from tests.hostile.attack import Attack

HEAD = """# Attacks, and what stops each

Written by `python -m tests.hostile --matrix docs/attacks.md`; every row is a file under
`tests/hostile/attacks`. **proved** means that the attack succeeded when exactly the layers in that
column were off; `held` rows that say nothing there are stopped by what is named, and were not
tried without it because that would harm the machine, or because no test can switch it off.

`outside` is the worker's own watch on time, output and frames; `protocol` the strict parsing of
what comes out; `principle` means that there is nothing to gain: expected values are never there.
"""


def text(attacks: Sequence[Attack], held: Mapping[str, str], proofs: Mapping[str, str]) -> str:
    """The whole page."""
    rows = ["| attack | tries to | ends | stopped by | proved without |", "|---|---|---|---|---|"]
    for one in attacks:
        proved = ", ".join(sorted(one.without)) if proofs.get(one.name) == "" else ""
        state = "" if not held[one.name] else " **NOT HELD**"
        title = one.title.rstrip(".").replace("|", "\\|")
        ends = " or ".join(one.outcomes)
        rows.append(
            f"| `{one.name}` | {title} | {ends}{state} | {', '.join(one.layers)} | {proved} |"
        )
    counts = (
        f"{len(attacks)} attacks, {sum(1 for why in proofs.values() if not why)} proved real.\n"
    )
    return "\n".join([HEAD, counts, *rows]) + "\n"
