from torch import float64, tensor


class Value:
    def __init__(self, data):
        made = tensor(float(data), dtype=float64, requires_grad=True)
        self.inner = data if hasattr(data, "retain_grad") else made
        self.inner.retain_grad()

    @property
    def data(self):
        return self.inner.item()

    @property
    def grad(self):
        return 0.0 if self.inner.grad is None else self.inner.grad.item()

    def backward(self):
        self.inner.backward(retain_graph=True)

    def of(other):
        return other.inner if isinstance(other, Value) else other

    def __add__(self, other):
        return Value(self.inner + Value.of(other))

    def __sub__(self, other):
        return Value(self.inner - Value.of(other))

    def __rsub__(self, other):
        return Value(other - self.inner)

    def __mul__(self, other):
        return Value(self.inner * Value.of(other))

    def __truediv__(self, other):
        return Value(self.inner / Value.of(other))

    def __rtruediv__(self, other):
        return Value(other / self.inner)

    def __pow__(self, other):
        return Value(self.inner ** Value.of(other))

    def __rpow__(self, other):
        return Value(other**self.inner)

    def __neg__(self):
        return Value(-self.inner)

    __radd__, __rmul__ = __add__, __mul__

    def exp(self):
        return Value(self.inner.exp())

    def log(self):
        return Value(self.inner.log())

    def tanh(self):
        return Value(self.inner.tanh())

    def relu(self):
        return Value(self.inner.relu())
