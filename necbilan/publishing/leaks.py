"""The last step of every run: no identifier of the input is in any file of the output.

Each file is opened down to its texts (members of an archive, streams and properties of a
PDF, text chunks of a PNG, base64 islands, JSON strings, attributes), entities, escapes,
accents and case undone, and searched for every name, e-mail and phone of the input.  What
is drawn as pixels escapes it: personal columns never reach a plot.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import contextlib
import gzip
import io
import json
import lzma
import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

import pypdfium2

from necbilan.publishing.escapes import joined, otherwise, plain, spelt_apart
from necbilan.publishing.own_words import own_words
from necbilan.publishing.picture_texts import inflated, jpeg_texts, png_texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from necbilan.sources.privacy.identifiers import Identifiers

__all__ = ["Leak", "search"]

DEEPEST = 6
"""containers within containers; our own outputs go down to three"""
FONTS = (b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00", b"true")
LARGE = 200
"""characters of base64 that are taken out of the text once they were opened"""

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{11,}={0,2}\s*)+")
_HEX = re.compile(
    r"[0-9a-fA-F]{2}(?<![0-9A-WYZa-wyz]..)"
    r"(?:(?:[\s:,-]{0,2}(?:0x)?[0-9a-fA-F]{2}){4,})(?![0-9A-Za-z])"
)
_CODES = re.compile(r"[1-9][0-9](?<![\w.,]..)[0-9]?(?:\s?[\s,;]\s?[1-9][0-9]{1,2}){4,}(?![\w.])")
"""letters by their number, as lists of bytes are written: «78, 97, 100, 105, 97»"""
_PACKED: tuple[tuple[bytes, str, Callable[[bytes], bytes]], ...] = (
    (b"\x1f\x8b", "gzip", gzip.decompress),
    (b"BZh", "bzip2", bz2.decompress),
    (b"\xfd7zXZ\0", "xz", lzma.decompress),
    *((b"x" + level, "zlib", inflated) for level in (b"\x01", b"\x5e", b"\x9c", b"\xda")),
)
"""how a packed content begins, its name, what unpacks it"""
_MOSTLY = 0.8
"""share of letters, digits and spaces at the head of what is no UTF-8 and yet taken for a text"""
_HEAD = 1000
_OLD_ENCODINGS = ("cp1252", "cp850", "mac_roman")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PDF_HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")
_PDF_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_PDF_OCTAL = re.compile(rb"\\[0-7]{3}(?:\\[0-7]{3})*")
_PDF_DICTIONARY = 400
"""bytes before a stream of a PDF that say what it is"""


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
    for number, path in enumerate(paths if sought else (), start=1):
        file = _unless_naming(path.name, sought, f"fichier {number}{path.suffix}")
        for layer, text in [("nom du fichier", path.name), *_texts(path.read_bytes(), "")]:
            for kind in {kind for held in sought for kind in held.kinds_in(text)}:
                found.add(Leak(file, _unless_naming(layer, sought, "dans une archive"), kind))
    return sorted(found)


def _unless_naming(said: str, sought: Sequence[Identifiers], instead: str) -> str:
    """Where a leak is, unless the place itself tells on somebody."""
    return instead if any(held.kinds_in(said) for held in sought) else said


def _texts(content: bytes, layer: str, depth: int = 0) -> Iterator[tuple[str, str]]:
    """(layer, plain text) of everything that can be read in some bytes."""
    if depth > DEEPEST or content.startswith(FONTS):
        return
    if content.startswith(b"PK\x03\x04"):
        yield from _of_zip(content, layer, depth)
    elif content.startswith(b"%PDF-"):
        yield from _of_pdf(content, layer, depth)
    elif content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        yield from _of_picture(content, layer, depth)
    elif packed := [(name, unpack) for start, name, unpack in _PACKED if content.startswith(start)]:
        for name, unpack in packed:
            yield from _texts(_unpacked(content, unpack), f"{layer}{name}, ", depth + 1)
    else:
        if b"PK\x05\x06" in content[-70_000:]:  # an archive hangs behind something else
            yield from _of_zip(content, layer, depth)
        for text in _readings(content):
            yield from _of_text(text, layer, depth)


def _readings(content: bytes) -> Iterator[str]:
    """The text of some bytes; of those that are no plain text, every text they may hold."""
    try:
        text = _decoded(content)
    except UnicodeDecodeError:
        for encoding in ("utf-8", *_OLD_ENCODINGS):
            yield content.decode(encoding, "replace")
    else:
        yield text
    if b"\0" in content:  # UTF-16 without its mark, among other things
        yield content.replace(b"\0", b"").decode("latin-1")


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return content.decode("utf-32", "replace")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8-sig")


def _of_picture(content: bytes, layer: str, depth: int) -> Iterator[tuple[str, str]]:
    texts = png_texts if content.startswith(b"\x89PNG") else jpeg_texts
    for said in texts(content):
        for _, text in _texts(said, "", depth + 1):
            yield f"{layer}métadonnées de l’image", text


def _of_text(text: str, layer: str, depth: int) -> Iterator[tuple[str, str]]:
    if text.lstrip()[:1] in {"{", "["}:
        with contextlib.suppress(ValueError, RecursionError):  # no JSON after all
            text = "\n".join(_strings(json.loads(text)))
    for run, inner in _opened({match.group() for match in _BASE64.finditer(text)}):
        if len(run) > LARGE:
            text = text.replace(run, " ")
        yield from _texts(inner, f"{layer}base64, ", depth + 1)
    for inner in _numbered(text):
        yield from _texts(inner, f"{layer}codes de lettres, ", depth + 1)
    read = plain(text)
    without_tags = joined(text)
    yield f"{layer}texte", read
    if without_tags:
        yield f"{layer}texte", without_tags
    for reading in (*otherwise(read), *spelt_apart(without_tags or read)):
        yield f"{layer}texte", reading


def _strings(value: Any) -> Iterator[str]:
    """Every key and text of a JSON value; a list of lines is one text, as in notebooks.

    The texts of a record are read together too: {"first": "Nadia", "last": "Petit"}.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _strings(inner)
        yield " ".join(inner for inner in value.values() if isinstance(inner, str))
    elif isinstance(value, list):
        if all(isinstance(inner, str) for inner in value):
            lines = all(line.endswith("\n") for line in value[:-1])
            yield ("" if lines else " ").join(value)
        else:
            for inner in value:
                yield from _strings(inner)
    elif value is not None:
        yield str(value)


def _opened(runs: set[str]) -> Iterator[tuple[str, bytes]]:
    """What base64 hides, with its run; where words stand around it, of the word alone."""
    for run in runs:
        words = run.split()
        inner = _from_base64("".join(words))
        if inner is not None:
            yield run, inner
        elif len(words) > 1:
            yield from ((word, found) for word in words if (found := _from_base64(word)))


def _from_base64(run: str) -> bytes | None:
    """The bytes behind a run of base64, or None when it hides neither a text nor a file."""
    compact = run.rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _telling(base64.b64decode(compact + "=" * (-len(compact) % 4)))
    except binascii.Error:
        return None


def _numbered(text: str) -> Iterator[bytes]:
    """What letters written by their number say: hexadecimal, lists of bytes."""
    for found in _HEX.finditer(text):
        digits = re.sub("0x|[^0-9a-fA-F]", "", found[0])
        if len(digits) % 2 == 0 and (inner := _telling(bytes.fromhex(digits))):
            yield inner
    for found in _CODES.finditer(text):
        codes = [int(code) for code in re.findall("[0-9]+", found[0])]
        if max(codes) < 256 and (inner := _telling(bytes(codes))):
            yield inner


def _telling(content: bytes) -> bytes | None:
    """The same when it is a text or a file that we can open, else None."""
    packed = (start for start, *_ in _PACKED)
    known = (b"PK\x03\x04", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", *FONTS, *packed)
    if content.startswith(known) or 3 * content.count(0) > len(content):
        return content
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode("latin-1")
        head = text[:_HEAD]
        if sum(map(str.isalnum, head)) + head.count(" ") < _MOSTLY * len(head):
            return None
    printable = all(character.isprintable() or character in "\t\r\n" for character in text)
    return content if printable else None


def _of_zip(content: bytes, layer: str, depth: int) -> Iterator[tuple[str, str]]:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            yield f"{layer}commentaire", archive.comment.decode("utf-8", "replace")
            for member in archive.infolist():
                yield f"{layer}nom d’un membre", member.filename
                for said in (member.comment, member.extra):
                    yield f"{layer}commentaire", said.decode("utf-8", "replace")
                inner = archive.read(member)
                yield from _texts(inner, f"{layer}{member.filename}, ", depth + 1)
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        yield f"{layer}archive illisible", content.decode("latin-1")


def _unpacked(content: bytes, unpack: Callable[[bytes], bytes]) -> bytes:
    try:
        return unpack(content) or content[2:]
    except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError):
        return content[2:]


def _of_pdf(content: bytes, layer: str, depth: int) -> Iterator[tuple[str, str]]:
    """What the pages show, then every string of the file: properties, alternatives, XMP."""
    with contextlib.suppress(pypdfium2.PdfiumError):  # its strings are still read below
        document = pypdfium2.PdfDocument(content)
        pages = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        for _, text in _of_text("\n".join(pages), "", depth):
            yield f"{layer}texte des pages", text
    bodies = [_PDF_STREAM.sub(b"stream endstream", content)]
    for match in _PDF_STREAM.finditer(content):
        body = inflated(match[1]) or match[1]
        told = content[max(0, match.start() - _PDF_DICTIONARY) : match.start()]
        if body.startswith(b"\xff\xd8\xff"):  # a photo
            yield from _of_picture(body, layer, depth)
        elif b"/EmbeddedFile" in told.rpartition(b"endobj")[2]:
            yield from _texts(body, f"{layer}pièce jointe, ", depth + 1)
        else:
            bodies.append(body)
    for body in bodies:
        if body.lstrip()[:2] in {b"<?", b"<x"}:
            yield from ((f"{layer}métadonnées", plain(text)) for text in _readings(body))
        strings = [_hex(match[1]) for match in _PDF_HEX.finditer(body)]
        strings += [_literal(match[1]) for match in _PDF_LITERAL.finditer(body)]
        said = "\n".join(text for string in strings for text in _readings(string))
        yield f"{layer}métadonnées", plain(said)


def _hex(digits: bytes) -> bytes:
    compact = b"".join(digits.split()).decode()
    return bytes.fromhex(compact[: len(compact) // 2 * 2])


def _literal(text: bytes) -> bytes:
    return _PDF_OCTAL.sub(_octal, text)


def _octal(found: re.Match[bytes]) -> bytes:
    return bytes(int(code, 8) % 256 for code in found[0].split(b"\\")[1:])
