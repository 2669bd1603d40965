"""What a picture says beside its pixels: EXIF, XMP, comments, profiles, what hangs behind its end.

In compressed pixels any short name is found by chance: they are left out.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["inflated", "jpeg_texts", "png_texts"]

_NEXT_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""what ends the pixels of a scan (ITU-T T.81, B.1.1.2)"""
_SCAN, _END = 0xDA, 0xD9
_SAID = frozenset({*range(0xE0, 0xF0), 0xFE})
"""markers of a JPEG whose segments speak: applications and comments"""
_OF_PIXELS = frozenset({b"IHDR", b"PLTE", b"IDAT", b"tRNS", b"fdAT", b"fcTL", b"hIST", b"sBIT"})
_DEFLATED = frozenset({b"zTXt", b"iTXt", b"iCCP"})
_KEY = 120
"""bytes that may stand before the deflated text of a chunk: keyword, flags, language"""


def jpeg_texts(content: bytes) -> Iterator[bytes]:
    """The segments of a JPEG that speak, between its scans too, and what follows its end."""
    position = 2
    while position + 4 <= len(content):
        marker = content[position + 1]
        if content[position] != 0xFF or marker == _END:
            yield content[position + 2 * (marker == _END) :]
            return
        length = int.from_bytes(content[position + 2 : position + 4])
        if marker in _SAID:
            yield content[position + 4 : position + 2 + length]
        position += 2 + max(length, 2)
        if marker == _SCAN:
            after = _NEXT_MARKER.search(content, position)
            position = after.start() if after else len(content)


def png_texts(content: bytes) -> Iterator[bytes]:
    """The chunks of a PNG that hold no pixels, deflated ones inflated, and what follows its end."""
    position = 8
    while position + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        data = content[position + 8 : position + 8 + length]
        position += length + 12
        if kind not in _OF_PIXELS:
            yield data
        if kind in _DEFLATED:
            for start in range(min(len(data), _KEY)):
                if data[start : start + 1] == b"\x78" and (text := inflated(data[start:])):
                    yield text
                    break
        elif kind == b"IEND":
            yield content[position:]


def inflated(content: bytes) -> bytes:
    """What zlib packed, empty when it is nothing of its."""
    try:
        return zlib.decompressobj().decompress(content)
    except zlib.error:
        return b""
