"""Second derivatives of the function equal the reference's."""

import zlib
from typing import Any

from rubrics.checks.case import Case
from rubrics.checks.gradients import compare_gradients
from rubrics.checks.hidden import Author, Record, Recorder, Ship
from rubrics.checks.leaves import leaves, outputs
from rubrics.code_check_specs import DoubleBackwardCheck
from rubrics.grade import CheckGrade
from rubrics.reference.cases import Case as AuthorsCase
from rubrics.reference.draw import Draw


def double_backward(spec: DoubleBackwardCheck, case: Case) -> CheckGrade:
    """Compare the gradient of the gradient, along drawn directions. Raises AuthorError."""
    record = record_double_backward(spec, case.author)
    return compare_gradients(spec, case, record, "the second derivative")


def record_double_backward(spec: DoubleBackwardCheck, author: Author) -> Record:
    """One call, the gradient with its graph, and the gradient of that."""
    function = author.find(next(iter(spec.names.values())))

    def record(recorder: Recorder, one: AuthorsCase) -> Ship:
        ready = leaves(one, spec.wrt, function)
        value, out = outputs(recorder, spec.call, ready, author, spec.names)
        recorder.kept = {"leaves": ready}
        derive: Any = recorder.name("autograd.grad", "torch")
        whole: Any = recorder.name("sum", "torch")
        first = derive(
            out.handles,
            ready.tensors,
            grad_outputs=out.fed,
            create_graph=True,
            materialize_grads=True,
        )
        draw = Draw(zlib.crc32(b"second" + str(len(ready.tensors)).encode()))
        total: Any = 0
        for at, leaf in enumerate(ready.tensors):
            along = draw.normal(*leaf.shape, dtype=leaf.dtype)
            # A gradient that is zero may or may not have a graph: adding nothing gives it one.
            total = (first[at] * along).sum() + 0 * whole(leaf) + total
        return {"value": value, "gradients": derive(total, ready.tensors)}

    return record
