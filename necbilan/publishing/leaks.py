"""The last step of every run: no identifier of the input is in any file of the output.

Each file is opened down to its texts (members of an archive, streams and properties of a
PDF, text chunks of a PNG, base64 islands, JSON strings, attributes), entities, escapes,
accents and case undone, and searched for every name, e-mail and phone of the input.  What
is drawn as pixels escapes it: personal columns never reach a plot.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import gzip
import html
import io
import json
import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

import pypdfium2

from necbilan.publishing.own_words import own_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from necbilan.sources.privacy.identifiers import Identifiers

__all__ = ["Leak", "search"]

DEEPEST = 6
"""containers within containers; our own outputs go down to three"""
FONTS = (b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00", b"true")

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{20,}\s*)+={0,2}")
_TAG = re.compile(r"<[^<>]*>")
_TAG_NAME = re.compile(r"</?[A-Za-z][\w:.-]*")
_DRAWING = re.compile(r"""\s(?:d|points|transform|viewBox|style)=(?:"[^"]*"|'[^']*')""")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PDF_HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")
_PDF_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_PDF_OCTAL = re.compile(rb"\\([0-7]{3})")


@dataclass(frozen=True, order=True)
class Leak:
    """An identifier found in a file: where, and of which kind, never which."""

    file: str
    layer: str
    kind: str

    def __str__(self) -> str:
        return f"{self.file} ({self.layer}\u00a0: {self.kind})"


def search(paths: Iterable[Path], *identifiers: Identifiers) -> list[Leak]:
    """Every kind of identifier found in the files, each place once, in order."""
    found: set[Leak] = set()
    sought = [held.apart_from(own_words()) for held in identifiers if held]
    for path in paths if sought else ():
        texts = [("nom du fichier", path.name), *_texts(path.read_bytes(), "")]
        for layer, text in texts:
            for held in sought:
                found |= {Leak(path.name, layer, kind) for kind in held.kinds_in(text)}
    return sorted(found)


def _texts(content: bytes, layer: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(layer, plain text) of everything that can be read in some bytes."""
    if depth > DEEPEST or content.startswith(FONTS):
        return
    if content.startswith(b"PK\x03\x04"):
        yield from _of_zip(content, layer, depth)
    elif content.startswith(b"\x1f\x8b"):
        yield from _texts(_gunzipped(content), f"{layer}gzip, ", depth + 1)
    elif content.startswith(b"%PDF-"):
        yield from _of_pdf(content, layer)
    elif content.startswith(b"\x89PNG\r\n\x1a\n"):
        yield from ((f"{layer}métadonnées de l’image", text) for text in _of_png(content))
    elif content.startswith(b"\xff\xd8\xff"):
        yield f"{layer}métadonnées de l’image", _before_pixels(content).decode("latin-1")
    else:
        yield from _of_text(_decoded(content), layer, depth)


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _of_text(text: str, layer: str, depth: int) -> Iterator[tuple[str, str]]:
    if text.lstrip()[:1] in {"{", "["}:
        with contextlib.suppress(ValueError):  # no JSON after all: searched as it stands
            text = "\n".join(_strings(json.loads(text)))
    for run in {match.group() for match in _BASE64.finditer(text)}:
        inner = _from_base64(run)
        if inner is not None:
            text = text.replace(run, " ")
            yield from _texts(inner, f"{layer}base64, ", depth + 1)
    yield f"{layer}texte", _plain(text)
    if "<" in text:  # "Du<b>pont</b>" reads Dupont
        yield f"{layer}texte", _plain(_TAG.sub("", text))


def _plain(text: str) -> str:
    """Names of tags and drawings left out, attributes kept; entities and escapes undone."""
    if "<" in text:
        text = _TAG_NAME.sub(" ", _DRAWING.sub(" ", text))
    if "&" in text:
        text = html.unescape(text)
    if "\\u" in text:
        text = _JSON_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    if "%" in text and _PERCENT.search(text):
        text = unquote(text)
    return text


def _strings(value: Any) -> Iterator[str]:
    """Every key and text of a JSON value; a list of lines is one text, as in notebooks."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)
    elif isinstance(value, list):
        if all(isinstance(inner, str) for inner in value):
            lines = all(line.endswith("\n") for line in value[:-1])
            yield ("" if lines else " ").join(value)
        else:
            for inner in value:
                yield from _strings(inner)
    elif value is not None:
        yield str(value)


def _from_base64(run: str) -> bytes | None:
    """The bytes behind a run of base64, or None when it hides neither a text nor a file."""
    compact = "".join(run.split()).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        content = base64.b64decode(compact + "=" * (-len(compact) % 4))
    except binascii.Error:
        return None
    known = (b"PK\x03\x04", b"\x1f\x8b", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", *FONTS)
    if content.startswith(known):
        return content
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    printable = all(character.isprintable() or character in "\t\r\n" for character in text)
    return content if printable else None


def _of_zip(content: bytes, layer: str, depth: int) -> Iterator[tuple[str, str]]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            yield f"{layer}commentaire", archive.comment.decode("utf-8", "replace")
            for name in archive.namelist():
                yield f"{layer}nom d’un membre", name
                yield from _texts(archive.read(name), f"{layer}{name}, ", depth + 1)
    except (BadZipFile, zlib.error):
        yield f"{layer}archive illisible", content.decode("latin-1")


def _gunzipped(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        return content[2:]


def _before_pixels(content: bytes) -> bytes:
    """The segments of a JPEG that stand before its pixels: EXIF, XMP, comments.

    In compressed pixels any short name is found by chance.
    """
    position = 2
    while position + 4 <= len(content) and content[position] == 0xFF:
        marker, length = content[position + 1], content[position + 2 : position + 4]
        if marker == 0xDA:  # start of scan
            break
        position += 2 + int.from_bytes(length)
    return content[:position]


def _of_png(content: bytes) -> Iterator[str]:
    position = 8
    while position + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        data = content[position + 8 : position + 8 + length]
        position += length + 12
        if kind in {b"tEXt", b"zTXt", b"iTXt", b"eXIf"}:
            key, _, rest = data.partition(b"\x00")
            yield key.decode("latin-1")
            for start in range(min(len(rest), 40)):  # flags and language stand before the text
                if rest[start : start + 1] == b"\x78":
                    rest = _inflated(rest[start:]) or rest
                    break
            yield _decoded(rest)
        elif kind == b"IEND":
            yield _decoded(content[position:])


def _inflated(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content)
    except zlib.error:
        return b""


def _of_pdf(content: bytes, layer: str) -> Iterator[tuple[str, str]]:
    """What the pages show, then every string of the file: properties, alternatives, XMP."""
    with contextlib.suppress(pypdfium2.PdfiumError):  # its strings are still read below
        document = pypdfium2.PdfDocument(content)
        pages = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        yield f"{layer}texte des pages", "\n".join(pages)
    around = _PDF_STREAM.sub(b"stream endstream", content)
    bodies = [around, *(_stream(match[1]) for match in _PDF_STREAM.finditer(content))]
    for body in bodies:
        if body.lstrip()[:2] in {b"<?", b"<x"}:
            yield f"{layer}métadonnées", _plain(_decoded(body))
        texts = [_decoded(_hex(match[1])) for match in _PDF_HEX.finditer(body)]
        texts += [_decoded(_literal(match[1])) for match in _PDF_LITERAL.finditer(body)]
        yield f"{layer}métadonnées", "\n".join(texts)


def _stream(content: bytes) -> bytes:
    """What a stream of a PDF says: inflated, or as it stands, without the pixels of a photo."""
    if content.startswith(b"\xff\xd8\xff"):
        return _before_pixels(content)
    return _inflated(content) or content


def _hex(digits: bytes) -> bytes:
    compact = b"".join(digits.split()).decode()
    return bytes.fromhex(compact[: len(compact) // 2 * 2])


def _literal(text: bytes) -> bytes:
    return _PDF_OCTAL.sub(lambda match: bytes([int(match[1], 8) % 256]), text)
