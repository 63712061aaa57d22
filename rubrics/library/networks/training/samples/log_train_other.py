import torch
from torch.nn.functional import mse_loss
from model import Line


def say(what, loss):
    print("%s: loss %.6f" % (what, float(loss)))


def train(X, y, lr, steps, every):
    model = Line(X.size(1))
    parameters = [model.weight, model.bias]
    for k in range(steps):
        loss = mse_loss(model(X), y)
        if not k % every:
            say("step " + str(k), loss)
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for p, g in zip(parameters, gradients):
                p -= lr * g
    with torch.no_grad():
        say("done", mse_loss(model(X), y))
        return model.weight.clone(), model.bias.clone()


if __name__ == "__main__":
    X = torch.randn(30, 3, dtype=torch.float64)
    train(X, X.sum(1), 0.05, 20, 10)
