"""How often the engine names the true cause: the table of wrong gradients, scored.

`measure()` asks the engine about every answer of the table as the judge would, and counts.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

import torch
from torch import Tensor

from rubrics.checks.values import ARITHMETIC
from rubrics.diagnose import Seen, Table, build, explain
from rubrics.grade import Diagnosis
from rubrics.reference import Gradient
from tests.golden.diagnosis.case import Case
from tests.golden.diagnosis.digits import Digits
from tests.golden.diagnosis.scoring import Slip, is_multiple, names_true_cause
from tests.golden.diagnosis.table import GRAPHS, Graph
from tests.golden.diagnosis.wrong_answers import WrongAnswer, wrong_answers


@dataclass
class Score:
    """Counts over the whole table; the lists name what to look at.

    `spent_ms` is the processor time of each look-up, in milliseconds.
    """

    family: int = 0
    named: int = 0
    first: int = 0
    outside: int = 0
    unexplained: int = 0
    missed: list[str] = field(default_factory=list)
    not_first: list[str] = field(default_factory=list)
    dishonest: list[str] = field(default_factory=list)
    right_named: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    spent_ms: list[float] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether it is within the bounds of README.md."""
        return (
            self.named >= 0.9 * self.family
            and self.first >= 0.75 * self.family
            and not self.right_named
            and len(self.false) <= 0.02 * self.unexplained
        )


def table_of(graph: Graph) -> Table:
    """The engine's table for one reference, made as the judge makes it."""
    reference = graph.reference

    def of(**inputs: Tensor) -> Tensor:
        return reference(**inputs).sum()

    return build(Gradient(of=of, at=graph.inputs(torch.float64), wrt=graph.wrt))


def asked(graph: Graph, table: Table, answer: Tensor) -> tuple[Diagnosis, ...]:
    """What the engine says of an answer as the judge reads it: right or not by the digits asked
    for, and as exact as the digits typed.
    """
    values, right = answer.flatten(), graph.right().flatten()
    room = torch.tensor([0.5 * graph.digits.unit(one) for one in right.tolist()]).double()
    near = (values - right).abs() <= room * (1 + 1e-9) + 1.3e-6 * right.abs()
    half = typed_half_units(graph.digits, values.tolist())
    kept = table.kept
    seen = Seen(values[kept], near[kept], half[kept], kept, ARITHMETIC["typed"], typed=True)
    return explain(table, seen)


def typed_half_units(asked: Digits, values: list[float]) -> Tensor:
    """Half a unit of the last digit typed: those asked for, or fewer where every number has fewer.

    A table holds numbers, not text: whether `0.5` was typed as `0.5000` shows in its neighbours.
    """
    typed = Digits(asked.rule, min(asked.count, max(map(_digits_of(asked), values))))
    return torch.tensor([0.5 * typed.unit(one) for one in values], dtype=torch.float64)


def _digits_of(asked: Digits) -> Callable[[float], int]:
    def count(value: float) -> int:
        digits, exponent = Decimal(repr(value)).normalize().as_tuple()[1:]
        return max(0, -int(exponent)) if asked.rule == "decimals" else len(digits)

    return count


def slips(found: Diagnosis) -> tuple[Slip, ...]:
    """The slips that one explanation names."""
    kinds, places = found.kind.split("+"), found.where.split("; ")
    places += [""] * (len(kinds) - len(places))
    return tuple(Slip(kind, place) for kind, place in zip(kinds, places, strict=True))


def measure() -> Score:
    """Every case, every right answer, every wrong answer that nothing explains."""
    score = Score()
    tables = {name: table_of(graph) for name, graph in GRAPHS.items()}

    def timed(graph: Graph, answer: Tensor) -> tuple[Diagnosis, ...]:
        started = time.process_time()
        found = asked(graph, tables[graph.name], answer)
        score.spent_ms.append(1e3 * (time.process_time() - started))
        return found

    for name, graph in GRAPHS.items():
        if timed(graph, graph.digits.typed(graph.right())):
            score.right_named.append(name)
        for case in graph.cases:
            _score(score, graph, case, timed(graph, graph.answer(case)))
    for wrong in wrong_answers():
        score.unexplained += 1
        found = timed(GRAPHS[wrong.graph], wrong.values)
        if any(not _honest(wrong, one) for one in found):
            score.false.append(f"{wrong.id}: {_told(found)}")
    return score


def _honest(wrong: WrongAnswer, found: Diagnosis) -> bool:
    """Two numbers in each other's place are just that; nothing else is true of these answers."""
    return wrong.how == "swapped" and found.kind == "permutation"


def _score(score: Score, graph: Graph, case: Case, found: tuple[Diagnosis, ...]) -> None:
    multiple = is_multiple(case.wrong(graph.inputs(torch.float64)), graph.right())
    true = [names_true_cause(case, slips(one), multiple) for one in found]
    line = f"{case.id} ({case.kind}: {case.cause}): {_told(found)}"
    if not case.family:
        score.outside += 1
        if not all(true):
            score.dishonest.append(line)
        return
    score.family += 1
    score.named += any(true)
    score.first += true[:1] == [True]
    if not any(true):
        score.missed.append(line)
    elif not true[0]:
        score.not_first.append(line)


def _told(found: tuple[Diagnosis, ...]) -> str:
    return " | ".join(f"{one.kind} @ {one.where}" for one in found) or "nothing"
