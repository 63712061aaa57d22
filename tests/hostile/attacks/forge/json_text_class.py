"""Leave with an error whose name and message are texts that lie about themselves.

outcome: crashed
stopped by: cleaning
wins without: cleaning
"""

class Text(str):
    def encode(self, *rest):
        return b"\xff\xfe"

    def replace(self, *rest):
        return self

    def __getitem__(self, place):
        return self

    def __len__(self):
        return -1


class Lie(Exception):
    def __str__(self):
        return Text("x" * 100_000)


Lie.__name__ = "\u202eeiL\x1b[31m" * 40
raise Lie
