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
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

import pypdfium2

from necbilan.publishing.own_words import own_words
from necbilan.publishing.picture_texts import inflated, jpeg_texts, png_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from necbilan.sources.privacy.identifiers import Identifiers

__all__ = ["Leak", "search"]

DEEPEST = 6
"""containers within containers; our own outputs go down to three"""
ENCODINGS = 3
"""escapes of escapes that are undone: «&amp;eacute;», «%25C3%25A9»"""
FONTS = (b"wOF2", b"wOFF", b"OTTO", b"\x00\x01\x00\x00", b"true")
LARGE = 200
"""characters of base64 that are taken out of the text once they were opened"""

_BASE64 = re.compile(r"(?:[A-Za-z0-9+/_-]{11,}={0,2}\s*)+")
_TAG = re.compile(r"<[^<>]*>")
_TAG_NAME = re.compile(r"</?[A-Za-z][\w:.-]*")
_DRAWING = re.compile(r"""\s(?:d|points|transform|viewBox|style)=(?:"[^"]*"|'[^']*')""")
_PIECE = re.compile(r"\s*</?tspan\b[^<>]*>\s*")
_SPACED = re.compile(r" [^\W\d_] [^\W\d_] [^\W\d_](?: [^\W\d_])*(?!\w)")
"""begins with a sign, which is ten times faster; a first letter may stand just before"""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,5})\})")
_BYTES = (
    re.compile("%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*"),
    re.compile("=[89A-F][0-9A-F](?:=[89A-F][0-9A-F])*"),
)
"""bytes written in an address (%C3%A9) or in a message (=C3=A9, quoted-printable)"""
_SOFT_BREAK = re.compile(r"=\r?\n")
_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_PDF_HEX = re.compile(rb"<([0-9A-Fa-f\s]{8,})>")
_PDF_LITERAL = re.compile(rb"\(((?:[^()\\]|\\.)*)\)", re.DOTALL)
_PDF_OCTAL = re.compile(rb"\\([0-7]{3})")
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
    elif content.startswith(b"\x1f\x8b"):
        yield from _texts(_gunzipped(content), f"{layer}gzip, ", depth + 1)
    elif content.startswith(b"%PDF-"):
        yield from _of_pdf(content, layer, depth)
    elif content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        yield from _of_picture(content, layer, depth)
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
        yield content.decode("utf-8", "replace")
        yield content.decode("cp1252", "replace")
    else:
        yield text
    if b"\0" in content:  # UTF-16 without its mark, among other things
        yield content.replace(b"\0", b"").decode("latin-1")


def _decoded(content: bytes) -> str:
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
        with contextlib.suppress(ValueError):  # no JSON after all: searched as it stands
            text = "\n".join(_strings(json.loads(text)))
    for run, inner in _opened({match.group() for match in _BASE64.finditer(text)}):
        if len(run) > LARGE:
            text = text.replace(run, " ")
        yield from _texts(inner, f"{layer}base64, ", depth + 1)
    plain = _plain(text)
    yield f"{layer}texte", plain
    if "<" in text:  # "Du<b>pont</b>" reads Dupont
        joined = _PIECE.sub("", text) if "tspan" in text else text
        yield f"{layer}texte", _plain(_TAG.sub("", joined))
    if spaced := list(_SPACED.finditer(plain)):  # "D u p o n t" too
        for before in (0, 1):
            letters = (plain[max(0, found.start() - before) : found.end()] for found in spaced)
            yield f"{layer}texte", "\n".join(run.replace(" ", "") for run in letters)


def _plain(text: str) -> str:
    """Names of tags and drawings left out, attributes kept; entities and escapes undone."""
    if "<" in text:
        text = _TAG_NAME.sub(" ", _DRAWING.sub(" ", text))
    for _ in range(ENCODINGS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        if "\\" in text:
            text = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2] or match[3], 16)), text)
        if "=\n" in text or "=\r" in text:
            text = _SOFT_BREAK.sub("", text)
        for written in _BYTES:
            text = written.sub(_bytes_said, text)
        if text == before:
            break
    return text


def _bytes_said(match: re.Match[str]) -> str:
    content = bytes.fromhex(match[0].replace(match[0][0], ""))
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


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
        content = base64.b64decode(compact + "=" * (-len(compact) % 4))
    except binascii.Error:
        return None
    known = (b"PK\x03\x04", b"\x1f\x8b", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", *FONTS)
    if content.startswith(known) or 3 * content.count(0) > len(content):
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
            for member in archive.infolist():
                yield f"{layer}nom d’un membre", member.filename
                for said in (member.comment, member.extra):
                    yield f"{layer}commentaire", said.decode("utf-8", "replace")
                inner = archive.read(member)
                yield from _texts(inner, f"{layer}{member.filename}, ", depth + 1)
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, OSError, EOFError):
        yield f"{layer}archive illisible", content.decode("latin-1")


def _gunzipped(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
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
            yield from ((f"{layer}métadonnées", _plain(text)) for text in _readings(body))
        strings = [_hex(match[1]) for match in _PDF_HEX.finditer(body)]
        strings += [_literal(match[1]) for match in _PDF_LITERAL.finditer(body)]
        said = "\n".join(text for string in strings for text in _readings(string))
        yield f"{layer}métadonnées", _plain(said)


def _hex(digits: bytes) -> bytes:
    compact = b"".join(digits.split()).decode()
    return bytes.fromhex(compact[: len(compact) // 2 * 2])


def _literal(text: bytes) -> bytes:
    return _PDF_OCTAL.sub(lambda match: bytes([int(match[1], 8) % 256]), text)
