import csv

import torch

with open("leaves.csv") as file:
    rows = list(csv.DictReader(file))

X = torch.tensor([[float(r["length"]), float(r["width"])] for r in rows])
X = (X - X.mean(dim=0)) / X.std(dim=0, unbiased=False)
trees = sorted({r["tree"] for r in rows})
y = torch.tensor([trees.index(r["tree"]) for r in rows])

W = torch.zeros(2, 3, requires_grad=True)
b = torch.zeros(3, requires_grad=True)
torch.nn.functional.cross_entropy(X @ W + b, y, reduction="sum").backward()
dW = W.grad
