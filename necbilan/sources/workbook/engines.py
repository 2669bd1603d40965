"""Which engine reads which bytes."""

from __future__ import annotations

import re
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from necbilan.sources.workbook import (
    biff12,
    delimited,
    encoding,
    guarded,
    limits,
    markup,
    ooxml,
    opendocument,
    signature,
    xml,
)
from necbilan.sources.workbook.archive import Archive
from necbilan.sources.workbook.contents import Contents
from necbilan.sources.workbook.problems import listed, problem, refused
from necbilan.sources.workbook.reading import Reject

if TYPE_CHECKING:
    from typing import IO

    from necbilan.model import Problem
    from necbilan.sources.workbook.encoding import Decoded

__all__ = ["contents_of"]

_HEAD = 1 << 16
# What zipfile, zlib, struct and the XML raise on bytes that are not what they announce.
_BROKEN = (
    OSError,
    EOFError,
    KeyError,
    IndexError,
    ValueError,
    NotImplementedError,
    zlib.error,
    struct.error,
    xml.BrokenError,
    xml.DoctypeError,
)
_SPOKEN = {
    "xlsx": "xlsx (Excel)",
    "xlsb": "xlsb (Excel binaire)",
    "xls": "xls (Excel ancien)",
    "ods": "ods (LibreOffice)",
    "fods": "fods (LibreOffice)",
    "html": "html (page web)",
    "csv": "csv (texte)",
}


def contents_of(path: Path, file: str) -> Contents:
    """Grids of a file by the engine its bytes call for; ``file`` is the name to show.

    Raises UnreadableFile.
    """
    size = path.stat().st_size
    with path.open("rb") as source:
        head = source.read(_HEAD)
    if not head.strip():
        raise refused("E_EMPTY", file=file)
    kind = signature.of_bytes(head)
    if kind == "":
        raise refused("E_FORMAT", file=file, kind=signature.foreign(head) or "inconnu")
    is_plain = kind in ("text", "html", "fods")
    limits.check_size(size, file=file, most=limits.MAX_TEXT if is_plain else limits.MAX_FILE)
    if kind == "zip":
        found = _of_zip(path, file)
    elif kind == "gzip":
        found = _of_gzip(path, file)
    elif kind == "ole":
        found = _of_ole(path, file)
    elif kind == "xls":
        found = _of_binary(path, file, "xls", ("xlrd", "calamine"))
    elif kind == "fods":
        with path.open("rb") as source:
            found = _of_open_document(source, file, "fods")
    else:
        found = _of_text(path.read_bytes(), file, kind)
    return _with_extension(found, path, file)


def _with_extension(found: Contents, path: Path, file: str) -> Contents:
    promised = signature.promised(path)
    if not promised or promised == found.format or path.suffix.casefold() in (".zip", ".gz"):
        return found
    told = problem("W_EXT", file=file, suffix=path.suffix, kind=_SPOKEN[found.format])
    return found.telling(told)


def _of_zip(path: Path, file: str) -> Contents:
    try:
        with Archive(path) as archive:
            limits.check_archive(archive, file=file)
            kind = signature.of_archive(archive)
            if kind == "ods":
                return _of_ods(archive, file)
            if kind == "xlsb":
                return Contents("xlsb", tuple(biff12.read_workbook(archive, file)))
            if kind == "zip":
                return _of_packed(archive, file)
    except zipfile.BadZipFile as error:
        detail = "archive tronquée" if "not a zip" in str(error) else ooxml.safe_detail(error)
        raise refused("E_CORRUPT", file=file, detail=detail) from error
    except _BROKEN as error:
        raise refused("E_CORRUPT", file=file, detail=type(error).__name__) from error
    if kind == "":
        raise refused("E_FORMAT", file=file, kind="un document bureautique")
    grids, problems, engine = ooxml.read_workbook(path, file)
    return Contents("xlsx", tuple(grids), tuple(problems), engine=engine)


def _of_ods(archive: Archive, file: str) -> Contents:
    if archive.has("META-INF/manifest.xml"):
        manifest = archive.read("META-INF/manifest.xml")
        if b"encryption-data" in manifest:
            raise refused("E_PASSWORD", file=file)
    for name in archive.names():
        if name.endswith(".xml") and name != "content.xml":
            _refuse_doctype(archive, name, file)
    with archive.open("content.xml") as source:
        found = _of_open_document(source, file, "ods")
    if any(name.startswith("basic/") for name in archive.names()):
        return found.telling(problem("W_MACRO", file=file))
    return found


def _refuse_doctype(archive: Archive, name: str, file: str) -> None:
    try:
        with archive.open(name) as source:
            xml.stream(source)
    except xml.DoctypeError as error:
        raise refused("E_XML_ENTITY", file=file, part=name) from error
    except xml.BrokenError:
        return


def _of_open_document(source: IO[bytes], file: str, kind: str) -> Contents:
    try:
        return Contents(kind, tuple(opendocument.read_content(source, file)))
    except xml.DoctypeError as error:
        raise refused("E_XML_ENTITY", file=file, part="content.xml") from error
    except xml.BrokenError as error:
        raise refused("E_CORRUPT", file=file, detail=ooxml.safe_detail(error)) from error


def _of_packed(archive: Archive, file: str) -> Contents:
    """A zip that holds one table: that table; anything else is refused."""
    inside = [
        info
        for info in archive.infolist()
        if not info.is_dir() and not info.filename.startswith(("__MACOSX/", "."))
    ]
    if len(inside) != 1 or inside[0].filename.endswith(".zip"):
        kind = f"une archive zip de {len(inside)} fichiers" if inside else "une archive zip vide"
        raise refused("E_FORMAT", file=file, kind=kind)
    suffix = Path(inside[0].filename).suffix
    with tempfile.TemporaryDirectory() as folder:
        # Named by us: the name in the archive decides nothing but its extension.
        unpacked = Path(folder) / f"table{suffix if re.fullmatch(r'[.][a-z]{2,5}', suffix) else ''}"
        unpacked.write_bytes(archive.read(inside[0]))
        return contents_of(unpacked, file)


def _of_gzip(path: Path, file: str) -> Contents:
    engine = zlib.decompressobj(31)
    try:
        data = engine.decompress(path.read_bytes(), limits.MAX_TEXT + 1)
    except zlib.error as error:
        raise refused("E_CORRUPT", file=file, detail="archive gzip") from error
    if len(data) > limits.MAX_TEXT:
        detail = f"archive gzip de plus de {limits.MAX_TEXT // 2**20} Mo une fois décompressée"
        limit = f"{limits.MAX_TEXT // 2**20} Mo"
        raise refused("E_LIMIT", file=file, detail=detail, limit=limit)
    if not engine.eof:
        raise refused("E_CORRUPT", file=file, detail="archive gzip tronquée")
    if signature.of_bytes(data[:_HEAD]) != "text":
        raise refused("E_FORMAT", file=file, kind="une archive gzip")
    return _of_text(data, file, "text")


def _of_ole(path: Path, file: str) -> Contents:
    data = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise refused("E_PASSWORD", file=file)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book", "WORKBOOK")):
        known = "WordDocument".encode("utf-16-le") in data
        if known or "PowerPoint Document".encode("utf-16-le") in data:
            raise refused("E_FORMAT", file=file, kind="un document Office ancien")
    return _of_binary(path, file, "xls", ("xlrd", "calamine"))


def _of_binary(path: Path, file: str, kind: str, engines: tuple[str, ...]) -> Contents:
    grids, engine = guarded.read_apart(path, file, engines)
    return Contents(kind, tuple(grids), engine=engine)


def _of_text(data: bytes, file: str, kind: str) -> Contents:
    decoded = encoding.decode(data)
    if not decoded.text.strip():
        raise refused("E_EMPTY", file=file)
    problems = _about_text(decoded, file)
    if kind == "html":
        grids = tuple(markup.read_tables(decoded.text, file))
        return Contents("html", grids, tuple(problems), encoding=decoded.encoding)
    parsed = delimited.parse(decoded.text, file)
    rejects = [Reject(line, "quote") for line in parsed.lost]
    if parsed.hint:
        rejects.insert(0, Reject(1, "hint"))
    for code, lines in (("W_QUOTE", parsed.lost), ("W_QUOTE_KEPT", parsed.mended)):
        if lines:
            cell = f"ligne {lines[0]}"
            problems.append(
                problem(code, file=file, cell=cell, lines=listed(lines), count=len(lines))
            )
    return Contents(
        "csv",
        (parsed.grid,),
        tuple(problems),
        tuple(rejects),
        lines=parsed.lines,
        encoding=decoded.encoding,
        delimiter=parsed.delimiter,
        is_text=True,
    )


def _about_text(decoded: Decoded, file: str) -> list[Problem]:
    problems = []
    if decoded.nuls:
        problems.append(problem("W_NUL", file=file))
    if decoded.repaired:
        problems.append(problem("W_MOJIBAKE", file=file))
    if decoded.lost:
        problems.append(problem("W_LOST_CHARACTERS", file=file, count=decoded.lost))
    return problems
