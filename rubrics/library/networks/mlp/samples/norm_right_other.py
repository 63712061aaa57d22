import torch


def layer_norm(x, gain, bias, eps):
    d = x.size(1)
    mu = x.sum(1) / d
    centred = x - mu.unsqueeze(1)
    v = (centred * centred).sum(1) / d
    hat = centred * (v + eps).pow(-0.5).unsqueeze(1)
    return dict(output=hat * gain + bias, normalised=hat, variance=v, mean=mu)


def layer_norm_backward(above, x, gain, bias, eps):
    """Step by step, each step's gradient from the next one's."""
    d = x.size(1)
    mu = x.sum(1, keepdim=True) / d
    centred = x - mu
    v = (centred * centred).sum(1, keepdim=True) / d
    scale = (v + eps).pow(-0.5)

    dhat = above * gain
    dv = (dhat * centred).sum(1, keepdim=True) * -0.5 * scale**3
    dcentred = dhat * scale + dv * 2 / d * centred
    dmu = -dcentred.sum(1, keepdim=True)
    dx = dcentred + dmu / d
    return dx, torch.einsum("nd,nd->d", above, centred * scale), above.sum(0)
