"""Layer by layer, recursively."""
import torch
import torch.nn.functional as F


def forward(X, params):
    (W, b), *rest = params
    Z = torch.addmm(b, X, W)
    return forward(Z.clamp(min=0), rest) if rest else Z


def _back(A, Y, params):
    """Output, gradient by A, gradients by params."""
    (W, b), *rest = params
    Z = torch.einsum("ni,io->no", A, W) + b
    if rest:
        out, dA, grads = _back(torch.maximum(Z, torch.zeros_like(Z)), Y, rest)
        dZ = torch.where(Z > 0, dA, torch.zeros_like(dA))
    else:
        out, grads = Z, []
        dZ = (Z - Y) / len(Y)
    here = (torch.einsum("ni,no->io", A, dZ), dZ.sum(0))
    return out, dZ @ W.t(), [here, *grads]


def loss_and_gradients(X, Y, params):
    out, _, grads = _back(X, Y, params)
    return 0.5 * (out - Y).square().sum(dim=1).mean(), grads


def sgd(X, Y, params, lr, steps):
    params = [(W.clone(), b.clone()) for W, b in params]
    for _ in range(steps):
        grads = loss_and_gradients(X, Y, params)[1]
        for (W, b), (dW, db) in zip(params, grads):
            W.sub_(lr * dW)
            b.sub_(lr * db)
    return params


class MLP(torch.nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = torch.nn.Sequential()
        for inputs, outputs in zip(sizes, sizes[1:]):
            self.layers.append(torch.nn.Linear(inputs, outputs))

    def forward(self, X):
        last = len(self.layers) - 1
        for at, layer in enumerate(self.layers):
            X = layer(X) if at == last else F.relu(layer(X))
        return X
