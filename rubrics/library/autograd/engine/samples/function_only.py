def value(x):
    return x
