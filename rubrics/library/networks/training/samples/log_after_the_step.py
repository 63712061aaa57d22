import torch

from model import Line


def train(X, y, lr, steps, every):
    line = Line(X.shape[1])
    optimiser = torch.optim.SGD(line.parameters(), lr=lr)
    for step in range(steps):
        loss = ((line(X) - y) ** 2).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if (step + 1) % every == 0:
            loss = ((line(X) - y) ** 2).mean()
            print(f"step {step + 1}: loss {loss.item():.6f}")
    print(f"done: loss {((line(X) - y) ** 2).mean().item():.6f}")
    return line.weight.detach(), line.bias.detach()
