import torch
from torch import nn


def network(outputs):
    return nn.Sequential(
        nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, outputs)
    )


def optimise(net, X, y, loss_function, steps=400):
    optimiser = torch.optim.Adam(net.parameters(), lr=0.01)
    for step in range(steps):
        optimiser.zero_grad()
        loss = loss_function(net(X), y)
        loss.backward()
        optimiser.step()


def train(X, y, classes):
    torch.manual_seed(0)
    mean, std = X.mean(0), X.std(0)
    net = network(classes)
    optimise(net, (X - mean) / std, y, nn.CrossEntropyLoss())

    def model(new):
        with torch.no_grad():
            return net((new - mean) / std)



def fit(X, y):
    torch.manual_seed(0)
    net = network(1)
    optimise(net, X, y[:, None], nn.MSELoss())
    return lambda new: net(new).squeeze(1)


if __name__ == "__main__":
    X = torch.randn(400, 2)
    print(train(X, (X.norm(dim=1) > 1).long(), 2)(X)[:3])
