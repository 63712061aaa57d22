"""One class a graph, gradients by counting how many uses are still to come."""

import math
from collections import Counter, deque


def lift(x):
    return x if isinstance(x, Value) else Value(x)


class Value:
    __slots__ = ("data", "grad", "_back")

    def __init__(self, data):
        self.data, self.grad, self._back = float(data), 0.0, []

    @classmethod
    def _made(cls, data, *back):
        new = cls(data)
        new._back = list(back)
        return new

    def __repr__(self):
        return f"Value({self.data}, grad={self.grad})"

    def __add__(a, b):
        b = lift(b)
        return Value._made(a.data + b.data, (a, lambda g: g), (b, lambda g: g))

    def __radd__(a, b):
        return lift(b) + a

    def __neg__(a):
        return Value._made(-a.data, (a, lambda g: -g))

    def __sub__(a, b):
        return a + (-lift(b))

    def __rsub__(a, b):
        return lift(b) + (-a)

    def __mul__(a, b):
        b = lift(b)
        return Value._made(a.data * b.data, (a, lambda g: g * b.data), (b, lambda g: g * a.data))

    def __rmul__(a, b):
        return lift(b) * a

    def __truediv__(a, b):
        return a * lift(b) ** -1

    def __rtruediv__(a, b):
        return lift(b) * a**-1

    def __pow__(a, b):
        if isinstance(b, Value):
            return (b * a.log()).exp()
        return Value._made(a.data**b, (a, lambda g: g * b * a.data ** (b - 1)))

    def __rpow__(a, b):
        return lift(b) ** a

    def exp(a):
        e = math.exp(a.data)
        return Value._made(e, (a, lambda g: g * e))

    def log(a):
        return Value._made(math.log(a.data), (a, lambda g: g / a.data))

    def tanh(a):
        t = math.tanh(a.data)
        return Value._made(t, (a, lambda g: g * (1 - t**2)))

    def relu(a):
        return Value._made(a.data if a.data > 0 else 0.0, (a, lambda g: g if a.data > 0 else 0.0))

    def backward(self):
        uses, queue, seen = Counter(), deque([self]), {id(self)}
        while queue:
            node = queue.popleft()
            for child, _ in node._back:
                uses[id(child)] += 1
                if id(child) not in seen:
                    seen.add(id(child))
                    queue.append(child)
        flow, queue = {id(self): 1.0}, deque([self])
        while queue:
            node = queue.popleft()
            g = flow[id(node)]
            node.grad += g
            for child, rule in node._back:
                flow[id(child)] = flow.get(id(child), 0.0) + rule(g)
                uses[id(child)] -= 1
                if uses[id(child)] == 0:
                    queue.append(child)
