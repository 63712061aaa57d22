"""The slips of one case of a function of the author's: worked out for its very inputs."""

from dataclasses import replace

import torch

from rubrics.checks.derived import Derived, Gradients
from rubrics.checks.hidden import Author
from rubrics.checks.leaves import leaves, name_of
from rubrics.checks.whole import RESULT, Whole, operations
from rubrics.diagnose import SINGLY, Table, build
from rubrics.diagnose.slip import Slip
from rubrics.reference import Gradient

MOST_COMPONENTS = 4096
MOST_OPERATIONS = 64
"""Of the reference's graph, each of which is tried a few times: a fifth of a second at most."""

ARITHMETIC = 2e-5
"""What float32 may lose on a wrong way of computing, whose conditioning nobody knows."""

IGNORED = "The gradient that comes in from above was left out: it was taken as 1."


def table_of(author: Author, derived: Derived, found: Gradients, at: int) -> tuple[Table, str]:
    """The slips of one case by its argument at place `at`, and that argument's name.

    Raises ValueError, or whatever the author's function raises, where there can be none.
    """
    gradient = _gradient(author, derived, found, at)
    table = _worded(build(gradient, SINGLY))
    _agree(table.true, found.true[at].to(torch.float64).flatten()[table.kept], derived)
    return table, gradient.wrt


def try_table(author: Author, derived: Derived, found: Gradients) -> None:
    """See whether there can be tables, in a hundredth of the time. Raises as `table_of` does."""
    if not any(one is not None and bool(one.any()) for one in found.true):
        raise ValueError("zeros are the gradients of anything")
    for at, true in enumerate(found.true):
        if true is not None:
            gradient = _gradient(author, derived, found, at)
            _agree(gradient.evaluate(torch.float64), true.to(torch.float64), derived)


def _agree(worked_out: torch.Tensor, true: torch.Tensor, derived: Derived) -> None:
    if true.numel() > MOST_COMPONENTS:
        raise ValueError(f"a gradient has more than {MOST_COMPONENTS} components")
    if not torch.allclose(worked_out, true, rtol=ARITHMETIC, atol=1e-9):
        raise ValueError(f"the right results are not the gradients of `{derived.name}`")


def _gradient(author: Author, derived: Derived, found: Gradients, at: int) -> Gradient:
    function, case = author.find(derived.name), found.case
    if case.program is not None or case.made is not None or case.after or case.asked:
        raise ValueError("only a plain call of a function can be differentiated")
    names = [_bare(name_of(place, function)) for place in range(len(case.args))]
    whole = Whole(function, names, case, found.fed)
    ready = leaves(case, derived.wrt, function)
    whole.look([_bare(name) for name in ready.names])
    gradient = Gradient(whole, whole.tensors, _bare(ready.names[at]))
    if operations(gradient, MOST_OPERATIONS) > MOST_OPERATIONS:
        raise ValueError(f"`{derived.name}` takes more than {MOST_OPERATIONS} operations")
    return gradient


def _bare(name: str) -> str:
    return name.strip("`")


def _worded(table: Table) -> Table:
    """What was fed into the results is no operation of the author's: to leave it out has a name."""

    def reworded(slip: Slip) -> Slip:
        fed = slip.kind == "missing_local_derivative" and slip.where.endswith(RESULT)
        return replace(slip, text=IGNORED) if fed else slip

    return replace(table, slips=tuple(map(reworded, table.slips)))
