"""Every check by its kind."""

from collections.abc import Callable
from typing import Any

from rubrics.checks.calls import calls, probe_of_calls, record_calls
from rubrics.checks.case import Case, References
from rubrics.checks.choices import choices
from rubrics.checks.double_backward import double_backward, record_double_backward
from rubrics.checks.equivalent import equivalent, warm_equivalent
from rubrics.checks.faster_than import faster_than, jobs_of_faster_than
from rubrics.checks.gradcheck import gradcheck, record_gradcheck
from rubrics.checks.gradients import gradients, probe_of_gradients, record_gradients
from rubrics.checks.hidden import Author, Record
from rubrics.checks.in_place import in_place, record_in_place
from rubrics.checks.input_unchanged import input_unchanged, record_input_unchanged
from rubrics.checks.no_alias import no_alias, record_no_alias
from rubrics.checks.parameters_after import parameters_after, record_parameters_after
from rubrics.checks.peak_memory import jobs_of_peak_memory, peak_memory
from rubrics.checks.person import person
from rubrics.checks.prints import prints
from rubrics.checks.probe import Probe
from rubrics.checks.quality import quality
from rubrics.checks.raises import raises
from rubrics.checks.source import source
from rubrics.checks.values import values, warm_values
from rubrics.grade import CheckGrade
from rubrics.job import Job
from rubrics.schema import Question

CHECKS: dict[str, Callable[[Any, Case], CheckGrade]] = {
    "values": values,
    "equivalent": equivalent,
    "choices": choices,
    "person": person,
    "calls": calls,
    "input_unchanged": input_unchanged,
    "in_place": in_place,
    "no_alias": no_alias,
    "gradients": gradients,
    "gradcheck": gradcheck,
    "double_backward": double_backward,
    "parameters_after": parameters_after,
    "quality": quality,
    "prints": prints,
    "raises": raises,
    "source": source,
    "faster_than": faster_than,
    "peak_memory": peak_memory,
}

RECORD: dict[str, Callable[[Any, Author], Record]] = {
    "calls": record_calls,
    "input_unchanged": record_input_unchanged,
    "in_place": record_in_place,
    "no_alias": record_no_alias,
    "gradients": record_gradients,
    "gradcheck": record_gradcheck,
    "double_backward": record_double_backward,
    "parameters_after": record_parameters_after,
    "quality": record_calls,
    "prints": record_calls,
    "raises": record_calls,
    "faster_than": record_calls,
    "peak_memory": record_calls,
}
"""How a check makes an author's cases into calls of the student's code."""

PROBE: dict[str, Callable[[Any, References], Probe | None]] = {
    "calls": probe_of_calls,
    "gradients": probe_of_gradients,
}
"""The one more case that is the same for all submissions, where wrong answers are explained."""

JOBS_OF_THEIR_OWN: dict[str, Callable[[Any, Job, Author], dict[str, Job]]] = {
    "faster_than": jobs_of_faster_than,
    "peak_memory": jobs_of_peak_memory,
}
"""Checks that are measured from outside, and so need children to themselves, by side."""


def warm_probe(spec: Any, question: Question, references: References) -> None:  # noqa: ARG001
    """Choose the probe, and make its tables."""
    probe = PROBE[spec.kind](spec, references)
    if probe is not None:
        probe.warm()


WARM: dict[str, Callable[[Any, Question, References], None]] = {
    "values": warm_values,
    "equivalent": warm_equivalent,
    "calls": warm_probe,
    "gradients": warm_probe,
}
"""What can be worked out before any answer has come."""
