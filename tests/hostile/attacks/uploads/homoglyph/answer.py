х = 4
x = None
