import torch


def layer_norm(x, gain, bias, eps):
    mean = x.mean(dim=1)
    variance = x.var(dim=1, unbiased=False)
    normalised = (x - mean[:, None]) / torch.sqrt(variance[:, None] + eps)
    return {
        "mean": mean,
        "variance": variance,
        "normalised": normalised,
        "output": gain * normalised + bias,
    }


def layer_norm_backward(above, x, gain, bias, eps):
    leaves = [one.clone().requires_grad_() for one in (x, gain, bias)]
    layer_norm(*leaves, eps)["output"].backward(above)
    return tuple(leaf.grad for leaf in leaves)
