"""Second derivatives of the function equal the reference's."""

import zlib

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
        derive = recorder.name("autograd.grad", "torch")
        first = derive(out.handles, ready.tensors, grad_outputs=out.fed, create_graph=True)
        draw = Draw(zlib.crc32(b"second" + str(len(ready.tensors)).encode()))
        along = [draw.normal(*leaf.shape, dtype=leaf.dtype) for leaf in ready.tensors]
        firsts = [first[at] for at in range(len(along))]
        second = derive(firsts, ready.tensors, grad_outputs=along, allow_unused=True)
        return {"value": value, "gradients": second}

    return record
