"""Make a replay of a reference: from its traced graph where that is true, else as it runs."""

import operator
from typing import Any

import torch
from torch.autograd.graph import Node as Function
from torch.fx import GraphModule, Node
from torch.fx.node import map_arg
from torch.utils._pytree import tree_leaves

from rubrics.diagnose.marks import LABEL, PART
from rubrics.diagnose.replay import Replay, Value
from rubrics.diagnose.steps import Step, Watch
from rubrics.diagnose.trace import step_of, trace
from rubrics.reference.gradient import Gradient, default_dtype, scalar


def record(gradient: Gradient) -> Replay:
    """A replay whose gradient is that of eager torch, in float64.

    The traced graph has edges inside fused operations. `no_grad` blocks, custom Functions and
    randomness trace without complaint and wrongly, so it is used only if it gives the very
    gradient; if not, the eager graph is, whose fused operations are single nodes.
    """
    with default_dtype(torch.float64):
        plain = eager(gradient)
        true = plain.gradient()
        for in_place in (True, False):
            try:
                taken_apart = traced(gradient, in_place)
                if _close(taken_apart.gradient(), true):
                    return taken_apart
            except Exception:  # noqa: S112  whatever cannot be traced still runs eagerly
                continue
    return plain


def traced(gradient: Gradient, in_place: bool = True) -> Replay:
    """Replay the traced graph under autograd, node by node."""
    module = trace(gradient, in_place)
    inputs = gradient.inputs(torch.float64)
    replay = Replay(torch.empty(0), inputs[gradient.wrt], gradient.wrt)
    replay.result = scalar(_run(module, list(inputs.values()), replay))
    return replay


def eager(gradient: Gradient) -> Replay:
    """Run the author's function, watching what each call adds to the graph."""
    inputs = gradient.inputs(torch.float64)
    replay = Replay(torch.empty(0), inputs[gradient.wrt], gradient.wrt)

    def after(function: object, inputs: Any, result: Any, source: str | None) -> None:
        if isinstance(result, torch.Tensor) and result.grad_fn is not None:
            name = getattr(function, "__name__", "").strip("_")
            _name_new(replay, inputs, result, Step(op=name, source=source))

    def on_label(value: torch.Tensor, text: str) -> torch.Tensor:
        _rename(replay, value, text)
        return value

    with Watch(after, on_label):
        result = gradient.of(**inputs)
    replay.result = scalar(result)
    return replay


def _run(module: GraphModule, inputs: list[torch.Tensor], replay: Replay) -> Any:
    values: dict[Node, Any] = {}
    remaining = iter(inputs)
    for node in module.graph.nodes:
        args, kwargs = map_arg((node.args, node.kwargs), values.__getitem__)
        if node.op == "placeholder":
            values[node] = next(remaining)
        elif node.op == "get_attr":
            values[node] = operator.attrgetter(node.target)(module)
        elif node.op == "output":
            return args[0]
        elif node.target in (LABEL, PART):
            values[node] = args[0]
            _rename(replay, args[0], args[1], part=node.target is PART)
        else:
            values[node] = node.target(*args, **kwargs)
            _remember(replay, values[node], step_of(node))
    raise RuntimeError("the traced graph returns nothing")


def _remember(replay: Replay, value: Any, step: Step) -> None:
    if isinstance(value, torch.Tensor) and value.grad_fn is not None:
        # A view may hand on the node of its base: the first words given to a node stand.
        replay.steps.setdefault(value.grad_fn, step)
        replay.values.append(Value(step, value))


def _name_new(replay: Replay, inputs: Any, result: torch.Tensor, step: Step) -> None:
    """Name every node that this call has added: those from its result down to its inputs."""
    replay.values.append(Value(step, result))
    before = {one.grad_fn for one in tree_leaves(inputs) if isinstance(one, torch.Tensor)}
    waiting: list[Function | None] = [result.grad_fn]
    while waiting:
        function = waiting.pop()
        if function is None or function in before or function in replay.steps:
            continue
        if hasattr(function, "variable"):
            continue
        replay.steps[function] = step
        waiting += [child for child, _ in function.next_functions]


def _rename(replay: Replay, value: torch.Tensor, text: str, part: bool = False) -> None:
    if value.grad_fn is None:
        return
    step = replay.step(value.grad_fn)
    step = step.standing_for(text) if part else step.named(text)
    replay.steps[value.grad_fn] = step
    replay.values = [
        Value(step, one.tensor) if one.tensor is value else one for one in replay.values
    ]


def _close(one: torch.Tensor, other: torch.Tensor) -> bool:
    scale = float(other.abs().max()) if other.numel() else 0.0
    return one.shape == other.shape and torch.allclose(one, other, rtol=1e-9, atol=1e-12 * scale)
