"""Graphs of several kinds, each with wrong gradients worked out by hand beside it.

None of the wrong gradients comes from the engine: each is the formula that a student would
have ended with.
"""

from collections.abc import Callable
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from rubrics.reference import Gradient, label

Tensor = torch.Tensor


@dataclass(frozen=True)
class Slip:
    """A wrong gradient, the kind it must be called, and words that must be in what is said."""

    name: str
    wrong: Callable[[], Tensor]
    kind: str
    words: tuple[str, ...] = ()


X = [[0.3, -0.7, 1.1, 0.5], [1.0, 0.2, -0.4, 0.6]]
W = [1.0, 2.0, -1.0, 0.5]


def f64(values: object) -> Tensor:
    return torch.tensor(values, dtype=torch.float64)


# --- the paper: a power whose base and exponent both depend on x ---------------------------------


def power(x: Tensor) -> Tensor:
    base = label(x + torch.tensor([1.0, 1.4, 1.0, 2.0]), "the base `a`")
    return ((base ** label(4 * x, "the exponent `4*x`") + 3) * 5).mean()


PX = f64([0.1, 0.0, 0.2, 1.0])
PA = PX + f64([1.0, 1.4, 1.0, 2.0])
PB = PA ** (4 * PX)

POWER = (
    Gradient(of=power, at={"x": PX}, wrt="x"),
    [
        Slip(
            "rule for powers with a constant exponent",
            lambda: 5 / 4 * 4 * PX * PA ** (4 * PX - 1),
            "dropped_path",
            ("the exponent `4*x`", "constant"),
        ),
        Slip(
            "rule for exponentials with a constant base",
            lambda: 5 / 4 * PB * 4 * PA.log(),
            "dropped_path",
            ("the base `a`",),
        ),
        Slip(
            "inner derivative 4 of the exponent left out",
            lambda: 5 / 4 * PB * (PA.log() + 4 * PX / PA),
            "missing_local_derivative",
            ("the exponent `4*x`",),
        ),
        Slip(
            "constant exponent, and the sign",
            lambda: -5 / 4 * 4 * PX * PA ** (4 * PX - 1),
            "dropped_path+sign",
            ("the exponent `4*x`", "the sign is flipped"),
        ),
        Slip(
            "inner derivative left out, and sum for mean",
            lambda: 5 * PB * (PA.log() + 4 * PX / PA),
            "missing_local_derivative+scale",
            ("the exponent `4*x`", "4 times too large"),
        ),
        Slip("sum for mean", lambda: 5 * PB * (4 * PA.log() + 4 * PX / PA), "scale", ("4 times",)),
    ],
)

# --- softmax, a fused operation -------------------------------------------------------------------

SX = f64(X[0])
SW = f64(W)
S = torch.softmax(SX, 0)


def weighted_softmax(x: Tensor) -> Tensor:
    return (F.softmax(x, 0) * torch.tensor(W)).sum()


SOFTMAX = (
    Gradient(of=weighted_softmax, at={"x": SX}, wrt="x"),
    [
        Slip(
            "normalising sum held constant",
            lambda: S * SW,
            "dropped_path",
            ("the sum of exponentials", "F.softmax(x, 0)"),
        ),
        Slip("sign", lambda: -(S * (SW - (S * SW).sum())), "sign"),
    ],
)

# --- cross-entropy, fused twice over --------------------------------------------------------------

CX = f64(X)
TARGET = torch.tensor([0, 2])
P = torch.softmax(CX, 1)
HOT = F.one_hot(TARGET, 4).double()


def cross_entropy(x: Tensor) -> Tensor:
    return F.cross_entropy(x, torch.tensor([0, 2]))


CROSS_ENTROPY = (
    Gradient(of=cross_entropy, at={"x": CX}, wrt="x"),
    [
        Slip("sum over the batch", lambda: P - HOT, "scale", ("twice too large",)),
        Slip("target minus output", lambda: (HOT - P) / 2, "sign"),
        Slip("one-hot forgotten", lambda: P / 2, "dropped_path", ("F.cross_entropy",)),
        Slip(
            "derivative of the log left out",
            lambda: CX.exp() / 2 - HOT / 2,
            "missing_local_derivative",
            ("the log",),
        ),
    ],
)

# --- log-sum-exp ----------------------------------------------------------------------------------


def log_sum_exp(x: Tensor) -> Tensor:
    return torch.logsumexp(x, 1).mean()


LOG_SUM_EXP = (
    Gradient(of=log_sum_exp, at={"x": CX}, wrt="x"),
    [Slip("mean forgotten", lambda: P, "scale", ("twice too large",))],
)

# --- layer norm -----------------------------------------------------------------------------------

MEAN = CX.mean(1, True)
STD = ((CX - MEAN) ** 2).mean(1, True).add(1e-5).sqrt()
XHAT = (CX - MEAN) / STD


def layer_norm(x: Tensor) -> Tensor:
    return (F.layer_norm(x, (4,)) * torch.tensor(W)).sum()


LAYER_NORM = (
    Gradient(of=layer_norm, at={"x": CX}, wrt="x"),
    [
        Slip(
            "variance held constant",
            lambda: (SW - SW.mean()) / STD,
            "dropped_path",
            ("F.layer_norm",),
        ),
    ],
)

# --- an MLP with sigmoid and squared error, by a parameter of its own -----------------------------

V1 = f64([[0.4, -0.6, 0.2, 0.9], [-0.3, 0.8, 0.5, -0.7], [0.1, 0.3, -0.9, 0.6]])
B1 = f64([0.1, -0.2, 0.3])
V2 = f64([[0.7, -1.1, 0.4]])
B2 = f64([0.05])
T = f64([[1.0], [0.0]])
H = torch.sigmoid(CX @ V1.T + B1)
OUT = H @ V2.T + B2
ERROR = (OUT - T) * 2 / 2


def network() -> torch.nn.Module:
    net = torch.nn.Sequential(
        torch.nn.Linear(4, 3), torch.nn.Sigmoid(), torch.nn.Linear(3, 1)
    ).double()
    for parameter, value in zip(net.parameters(), (V1, B1, V2, B2), strict=True):
        parameter.data = value
    return net


def squared_error(net: Callable[[Tensor], Tensor]) -> Tensor:
    return F.mse_loss(net(torch.tensor(X)), torch.tensor([[1.0], [0.0]]))


MLP = (
    Gradient.of_module(network(), squared_error, wrt="0.weight"),
    [
        Slip(
            "derivative of sigmoid left out",
            lambda: (ERROR @ V2).T @ CX,
            "missing_local_derivative",
            ("sigmoid", "net("),
        ),
        Slip(
            "derivatives of sigmoid and of the square left out",
            lambda: (torch.ones(2, 1, dtype=torch.float64) / 2 @ V2).T @ CX,
            "missing_local_derivative+missing_local_derivative",
            ("sigmoid", "F.mse_loss"),
        ),
        Slip("½ instead of 1", lambda: ((ERROR @ V2) * H * (1 - H)).T @ CX / 2, "scale", ("2",)),
        Slip("summed over the batch", lambda: ((ERROR @ V2) * H * (1 - H)).T @ CX * 2, "scale"),
    ],
)

# --- a recurrence: the same line runs several times -----------------------------------------------

R = f64([[0.5, -0.8], [0.3, 0.9]])


def recurrence(w: Tensor) -> Tensor:
    h = torch.tensor([0.4, -0.2])
    for _ in range(3):
        h = torch.tanh(w @ h + 0.1)
    return (h**2).sum()


def _recurrence_with_linear_steps() -> Tensor:
    states = [f64([0.4, -0.2])]
    for _ in range(3):
        states.append(torch.tanh(R @ states[-1] + 0.1))
    flows, gradient = 2 * states[-1], torch.zeros(2, 2, dtype=torch.float64)
    for before in reversed(states[:-1]):
        gradient = gradient + torch.outer(flows, before)
        flows = R.T @ flows
    return gradient


def _last_step_only() -> Tensor:
    h = f64([0.4, -0.2])
    for _ in range(2):
        h = torch.tanh(R @ h + 0.1)
    out = torch.tanh(R @ h + 0.1)
    return torch.outer(2 * out * (1 - out**2), h)


RECURRENCE = (
    Gradient(of=recurrence, at={"w": R}, wrt="w"),
    [
        Slip(
            "tanh' left out at every step",
            _recurrence_with_linear_steps,
            "missing_local_derivative",
            ("tanh", "every time"),
        ),
        Slip("only the last step", _last_step_only, "dropped_path", ("tanh", "constant")),
        Slip("transpose", lambda: RECURRENCE[0].evaluate(torch.float64).T, "transpose"),
    ],
)

GRAPHS = {
    "power": POWER,
    "softmax": SOFTMAX,
    "cross-entropy": CROSS_ENTROPY,
    "log-sum-exp": LOG_SUM_EXP,
    "layer norm": LAYER_NORM,
    "MLP": MLP,
    "recurrence": RECURRENCE,
}
