import torch

from model import Line


def train(X, y, lr, steps, every):
    line = Line(X.shape[1])
    optimiser = torch.optim.SGD(line.parameters(), lr=lr)
    for step in range(steps):
        loss = ((line(X) - y) ** 2).mean()
        if step % every == 0:
            print(f"step {step}: loss {loss.item():.6f}")
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    print(f"done: loss {((line(X) - y) ** 2).mean().item():.6f}")
    return line.weight.detach(), line.bias.detach()
