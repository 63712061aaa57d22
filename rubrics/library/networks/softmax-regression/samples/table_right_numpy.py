import numpy as np

data = np.genfromtxt("leaves.csv", delimiter=",", names=True, dtype=None, encoding="utf-8")
features = np.stack([data["length"], data["width"]], axis=1)
features = (features - features.mean(0)) / features.std(0)
_, classes = np.unique(data["tree"], return_inverse=True)

targets = np.eye(3)[classes]
dW = features.T @ (1 / 3 - targets) / len(features)
