"""Type and declared size of an image, from its header. Not a pixel is decoded."""

import struct

MOST_SEGMENTS = 4000


class BadScan(ValueError):
    """The file is not what it should be; the message is for the student."""


def png_size(content: bytes) -> tuple[int, int]:
    """Width and height. Raises BadScan."""
    if content[12:16] != b"IHDR" or len(content) < 33 or not content[8:12] == b"\0\0\0\r":
        raise BadScan("its PNG header is damaged")
    if b"IEND" not in content[-16:]:
        raise BadScan("the image breaks off, or something follows it")
    return _sane(*struct.unpack(">II", content[16:24]))


def jpeg_size(content: bytes) -> tuple[int, int]:
    """Width and height, from the frame header. Raises BadScan."""
    at = 2
    for _ in range(MOST_SEGMENTS):
        if content[at : at + 1] != b"\xff" or at + 9 > len(content):
            break
        marker = content[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
            continue
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return _sane(width, height)
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise BadScan("its JPEG header is damaged")


def _sane(width: int, height: int) -> tuple[int, int]:
    if not width or not height:
        raise BadScan("it declares an image without pixels")
    return width, height
