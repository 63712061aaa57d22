"""The grader's protocol as an attacker would write it; shipped beside each attack."""

import json
import os
import struct


def frame(kind, payload):
    return struct.pack("<2ssBI", b"XG", kind, 0, len(payload)) + payload


def report(values, error=None):
    return frame(b"J", json.dumps({"error": error, "values": values}).encode())


def start():
    return frame(b"J", b'{"started":true}')


def tensors(entries):
    header, data = {}, b""
    for name, (dtype, shape, content) in entries.items():
        places = [len(data), len(data) + len(content)]
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": places}
        data += content
    text = json.dumps(header).encode()
    return frame(b"T", struct.pack("<Q", len(text)) + text + data)


def send(*parts):
    data = b"".join(parts)
    while data:
        data = data[os.write(4, data) :]
