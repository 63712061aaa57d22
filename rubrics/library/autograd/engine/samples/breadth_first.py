import math


class Value:
    def __init__(self, data, parents=()):
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents  # pairs of a value and the derivative by it

    @staticmethod
    def of(other):
        return other if isinstance(other, Value) else Value(other)

    def __add__(self, other):
        other = Value.of(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = Value.of(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))

    def __pow__(self, other):
        if not isinstance(other, Value):
            slope = other * self.data ** (other - 1) if other else 0.0
            return Value(self.data**other, ((self, slope),))
        power = self.data**other.data
        by_base = other.data * self.data ** (other.data - 1)
        return Value(power, ((self, by_base), (other, power * math.log(self.data))))

    def __rpow__(self, other):
        return Value(other) ** self

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -Value.of(other)

    def __rsub__(self, other):
        return Value(other) - self

    def __truediv__(self, other):
        other = Value.of(other)
        by_other = -self.data / other.data**2
        return Value(self.data / other.data, ((self, 1 / other.data), (other, by_other)))

    def __rtruediv__(self, other):
        return Value(other) / self

    __radd__, __rmul__ = __add__, __mul__

    def exp(self):
        power = math.exp(self.data)
        return Value(power, ((self, power),))

    def log(self):
        return Value(math.log(self.data), ((self, 1 / self.data),))

    def tanh(self):
        out = math.tanh(self.data)
        return Value(out, ((self, 1 - out * out),))

    def relu(self):
        return Value(max(self.data, 0.0), ((self, float(self.data > 0)),))

    def backward(self):
        self.grad += 1.0
        waiting, seen = [self], {self}
        while waiting:
            node = waiting.pop(0)
            for parent, slope in node.parents:
                parent.grad += node.grad * slope
                if parent not in seen:
                    seen.add(parent)
                    waiting.append(parent)
