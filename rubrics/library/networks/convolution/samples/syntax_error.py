import torch

def correlate(x, weight, bias=None, stride=1, padding=0):
	return x
        return weight
