"""Code that students honestly write runs unharmed in the jail, also the first time."""

import pytest

SCRIPTS = {
    "training loop": """
import torch
from torch import nn
torch.manual_seed(0)
model = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
step = torch.optim.Adam(model.parameters(), lr=0.05)
data = torch.randn(64, 2)
target = data.sum(1, keepdim=True)
for _ in range(150):
    step.zero_grad()
    loss = nn.functional.mse_loss(model(data), target)
    loss.backward()
    step.step()
ok = loss.item() < 0.1
""",
    "convolution": """
import torch
from torch import nn
image = torch.randn(2, 3, 16, 16, requires_grad=True)
out = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2))(image)
out.sum().backward()
ok = out.shape == (2, 8, 7, 7) and image.grad is not None
""",
    "lstm": """
import torch
from torch import nn
out, state = nn.LSTM(4, 6, num_layers=2, batch_first=True)(torch.randn(3, 5, 4))
out.sum().backward()
ok = out.shape == (3, 5, 6)
""",
    "gru": "import torch\nok = torch.nn.GRU(4, 6)(torch.randn(5, 3, 4))[0].shape == (5, 3, 6)",
    "attention": """
import torch
from torch.nn import functional as F
q, k, v = (torch.randn(1, 2, 8, 16, requires_grad=True) for _ in range(3))
out = F.scaled_dot_product_attention(q, k, v, is_causal=True)
out.sum().backward()
ok = torch.isfinite(q.grad).all().item()
""",
    "transformer layer": """
import torch
layer = torch.nn.TransformerEncoderLayer(16, 4, 32, batch_first=True)
ok = layer(torch.randn(2, 5, 16)).shape == (2, 5, 16)
""",
    "svd and solve": """
import torch
a = torch.randn(20, 20, dtype=torch.float64, requires_grad=True)
u, s, v = torch.linalg.svd(a)
x = torch.linalg.solve(a, torch.ones(20, dtype=torch.float64))
(s.sum() + x.sum()).backward()
ok = torch.allclose(u @ torch.diag(s) @ v, a)
""",
    "eig, qr, cholesky": """
import torch
a = torch.randn(8, 8)
q, r = torch.linalg.qr(a)
w = torch.linalg.eigh(a @ a.T)
c = torch.linalg.cholesky(a @ a.T + torch.eye(8))
ok = torch.allclose(q @ r, a, atol=1e-5)
""",
    "fft": """
import torch
x = torch.randn(128)
ok = torch.allclose(torch.fft.ifft(torch.fft.fft(x)).real, x, atol=1e-5)
""",
    "einsum": """
import torch
a, b = torch.randn(3, 4), torch.randn(4, 5)
ok = torch.allclose(torch.einsum("ij,jk->ik", a, b), a @ b, atol=1e-5)
""",
    "vmap and grad": """
import torch
from torch.func import grad, hessian, jacrev, vmap
ok = torch.allclose(vmap(grad(torch.sin))(torch.arange(3.0)), torch.cos(torch.arange(3.0)))
ok = ok and hessian(lambda x: (x**3).sum())(torch.ones(2)).shape == (2, 2)
ok = ok and jacrev(torch.sin)(torch.ones(2)).shape == (2, 2)
""",
    "functional call": """
import torch
layer = torch.nn.Linear(2, 1)
out = torch.func.functional_call(layer, dict(layer.named_parameters()), torch.ones(1, 2))
ok = out.shape == (1, 1)
""",
    "double backward": """
import torch
x = torch.tensor(2.0, requires_grad=True)
first, = torch.autograd.grad(x**3, x, create_graph=True)
second, = torch.autograd.grad(first, x)
ok = second.item() == 12.0
""",
    "gradcheck": """
import torch
x = torch.randn(3, dtype=torch.float64, requires_grad=True)
ok = torch.autograd.gradcheck(lambda a: (a.exp() * a).sum(), x)
""",
    "custom function": """
import torch
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x**3
    @staticmethod
    def backward(ctx, g):
        x, = ctx.saved_tensors
        return 3 * x**2 * g
x = torch.tensor(2.0, requires_grad=True)
Cube.apply(x).backward()
ok = x.grad.item() == 12.0
""",
    "hooks": """
import torch
seen = []
x = torch.ones(2, requires_grad=True)
y = x * 2
y.register_hook(lambda g: seen.append(g) or g * 3)
y.sum().backward()
ok = len(seen) == 1 and x.grad.tolist() == [6.0, 6.0]
""",
    "data loader": """
import torch
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.arange(10.0), torch.arange(10))
ok = sum(len(x) for x, _ in DataLoader(data, batch_size=3, shuffle=True, num_workers=0)) == 10
""",
    "every optimiser": """
import torch
names = "SGD Adam AdamW RMSprop Adagrad Adadelta NAdam RAdam Rprop ASGD"
for name in names.split():
    p = torch.nn.Parameter(torch.ones(3))
    step = getattr(torch.optim, name)([p], lr=0.1)
    p.pow(2).sum().backward()
    step.step()
p = torch.nn.Parameter(torch.ones(3))
step = torch.optim.LBFGS([p])
def closure():
    step.zero_grad()
    loss = (p - 2).pow(2).sum()
    loss.backward()
    return loss
step.step(closure)
ok = torch.allclose(p, torch.full((3,), 2.0), atol=1e-3)
""",
    "scheduler": """
import torch
p = torch.nn.Parameter(torch.ones(1))
step = torch.optim.SGD([p], lr=1.0)
plan = torch.optim.lr_scheduler.StepLR(step, 1, 0.5)
p.sum().backward()
step.step()
plan.step()
ok = plan.get_last_lr() == [0.5]
""",
    "losses": """
import torch
from torch.nn import functional as F
x = torch.randn(4, 3, requires_grad=True)
y = torch.tensor([0, 1, 2, 0])
logs = F.log_softmax(x, 1)
total = F.cross_entropy(x, y) + F.nll_loss(logs, y)
total = total + F.binary_cross_entropy_with_logits(x, torch.rand(4, 3))
total = total + F.kl_div(logs, F.softmax(x, 1), reduction="batchmean")
total.backward()
ok = torch.isfinite(total).item()
""",
    "distributions": """
import torch
d = torch.distributions.Normal(torch.zeros(2), torch.ones(2))
ok = d.log_prob(d.rsample()).shape == (2,)
""",
    "save and load": """
import torch
layer = torch.nn.Linear(3, 2)
torch.save(layer.state_dict(), "layer.pt")
other = torch.nn.Linear(3, 2)
other.load_state_dict(torch.load("layer.pt"))
ok = torch.equal(layer.weight, other.weight)
""",
    "jit script": """
import torch
@torch.jit.script
def f(x):
    return x * 2 + 1
ok = f(torch.ones(2)).tolist() == [3.0, 3.0]
""",
    "make_fx": """
import torch
from torch.fx.experimental.proxy_tensor import make_fx
ok = "mul" in make_fx(lambda x: x * 2)(torch.ones(2)).code
""",
    "sparse and complex": """
import torch
s = torch.eye(3).to_sparse()
c = torch.tensor([1 + 2j])
ok = torch.equal(s @ torch.ones(3, 1), torch.ones(3, 1)) and c.abs().item() ** 2 - 5 < 1e-5
""",
    "set threads": "import torch\ntorch.set_num_threads(1)\nok = torch.get_num_threads() == 1",
    "big matmul": """
import torch
ok = (torch.randn(400, 400) @ torch.randn(400, 400)).shape == (400, 400)
""",
    "numpy": """
import numpy as np
a = np.random.default_rng(0).normal(size=(20, 20))
u, s, v = np.linalg.svd(a)
ok = bool(np.allclose(u * s @ v, a)) and np.fft.fft(np.ones(4))[0] == 4
np.save("a.npy", a)
ok = ok and bool(np.array_equal(np.load("a.npy"), a))
""",
    "numpy and torch": """
import numpy as np
import torch
a = np.arange(4.0)
t = torch.from_numpy(a)
t += 1
ok = a.tolist() == [1, 2, 3, 4] and t.numpy() is not None
""",
    "sympy": """
import sympy
x = sympy.symbols("x")
ok = sympy.diff(sympy.sin(x), x) == sympy.cos(x)
""",
    "dataclasses and typing": """
from dataclasses import dataclass, field
from typing import NamedTuple
@dataclass(order=True)
class P:
    x: float
    tags: list = field(default_factory=list)
class N(NamedTuple):
    a: int
ok = P(1.0) < P(2.0) and N(1).a == 1
""",
    "standard library": """
import abc, argparse, array, bisect, collections, contextlib, copy, csv, datetime, decimal, enum
import fractions, functools, hashlib, heapq, io, itertools, json, logging, math, operator, pathlib
import pickle, random, re, secrets, statistics, string, struct, textwrap, time, typing, unittest
import uuid, warnings, zipfile, zoneinfo
logging.basicConfig()
logging.info("x")
ok = pickle.loads(pickle.dumps({"a": [1, 2]})) == {"a": [1, 2]} and uuid.uuid4() is not None
""",
    "threads": """
import threading
from concurrent.futures import ThreadPoolExecutor
seen = []
ts = [threading.Thread(target=seen.append, args=(i,)) for i in range(5)]
[t.start() for t in ts]
[t.join() for t in ts]
with ThreadPoolExecutor(3) as pool:
    ok = list(pool.map(lambda x: x * x, range(5))) == [0, 1, 4, 9, 16] and len(seen) == 5
""",
    "temporary files": """
import tempfile
from pathlib import Path
with tempfile.TemporaryDirectory() as folder:
    Path(folder, "a.txt").write_text("hi")
    ok = Path(folder, "a.txt").read_text() == "hi"
with tempfile.NamedTemporaryFile("w+") as file:
    file.write("x")
    file.seek(0)
    ok = ok and file.read() == "x"
""",
    "files and folders": """
import os, shutil
os.makedirs("a/b")
open("a/b/c.txt", "w").write("x")
shutil.copytree("a", "d")
os.rename("d/b/c.txt", "e.txt")
ok = sorted(os.listdir("a")) == ["b"] and open("e.txt").read() == "x"
shutil.rmtree("a")
""",
    "input is empty": "import sys\nok = sys.stdin.read() == ''",
    "recursion": "def f(n):\n    return n and 1 + f(n - 1)\nok = f(900) == 900",
    "exceptions": """
try:
    1 / 0
except ZeroDivisionError as fault:
    ok = str(fault) == "division by zero"
""",
    "main guard": "ok = False\nif __name__ == '__main__':\n    ok = True",
    "inspect and doctest": """
import inspect, doctest
def f(x):
    '''
    >>> f(1)
    2
    '''
    return x + 1
ok = "return x + 1" in inspect.getsource(f) and doctest.testmod().failed == 0
""",
    "time": "import time\nstart = time.time()\ntime.sleep(0.01)\nok = time.time() > start",
    "fork and wait": """
import os
pid = os.fork()
if pid == 0:
    os._exit(3)
ok = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 3
""",
    "garbage": """
import gc
class A: pass
a = A(); a.self = a; del a
ok = gc.collect() >= 1 and gc.isenabled()
""",
    "warnings": "import warnings\nwarnings.warn('careful')\nok = True",
    "print to errors": "import sys\nprint('x', file=sys.stderr)\nok = True",
    "seeded": """
import random
import numpy, torch
random.seed(1); numpy.random.seed(1); torch.manual_seed(1)
a = (random.random(), numpy.random.rand(), torch.rand(1).item())
random.seed(1); numpy.random.seed(1); torch.manual_seed(1)
ok = a == (random.random(), numpy.random.rand(), torch.rand(1).item())
""",
}


@pytest.mark.parametrize("name", SCRIPTS)
def test_honest_code_runs_unharmed(run, name):
    done = run(SCRIPTS[name], "ok", memory_mb=512, wall_s=30, cpu_s=30, processes=2)
    assert done.ended is None, f"{done.explanation} {done.error} {done.output}"
    assert done.values["ok"].json_text == "true", done.output


def test_the_same_script_draws_the_same_numbers_every_time(run):
    draws = "[random.random(), torch.rand(1).item(), numpy.random.rand()]"
    script = f"import random, torch, numpy\nx = {draws}"
    first, second = run(script, "x"), run(script, "x")
    assert first.values["x"] == second.values["x"]


def test_memory_of_a_small_script_is_small(run):
    done = run(
        "import torch\nx = torch.ones(3, requires_grad=True)\n(x * x).sum().backward()", "x.grad"
    )
    assert done.use.peak_mb < 3
