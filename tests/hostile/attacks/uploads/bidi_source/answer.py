# ‮ } ⁦ if admin
x = 1
