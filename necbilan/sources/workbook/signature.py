"""What the bytes are: they decide, never the extension."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from necbilan.sources.workbook.encoding import looks_utf16

if TYPE_CHECKING:
    from pathlib import Path

    from necbilan.sources.workbook.archive import Archive

__all__ = ["EXTENSIONS", "Format", "foreign", "of_archive", "of_bytes"]

Format = Literal["xlsx", "xlsb", "xls", "ods", "fods", "html", "zip", "gzip", "ole", "text", ""]

# Extensions that promise each format; a text file may be called anything of the last row.
EXTENSIONS: dict[str, frozenset[str]] = {
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    "xlsb": frozenset({".xlsb"}),
    "xls": frozenset({".xls", ".xlt"}),
    "ods": frozenset({".ods", ".ots"}),
    "fods": frozenset({".fods", ".xml"}),
    "html": frozenset({".html", ".htm"}),
    "csv": frozenset({".csv", ".tsv", ".tab", ".dsv", ".txt", ".asc", ".dat"}),
}

# Signatures of formats that hold no table (file(1), magic numbers) with their French name.
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "un PDF"),
    (b"\x89PNG", "une image PNG"),
    (b"\xff\xd8\xff", "une image JPEG"),
    (b"GIF8", "une image GIF"),
    (b"Rar!", "une archive RAR"),
    (b"7z\xbc\xaf\x27\x1c", "une archive 7z"),
    (b"BZh", "une archive bzip2"),
    (b"\xfd7zXZ", "une archive xz"),
    (b"\x28\xb5\x2f\xfd", "une archive zstd"),
    (b"SQLite format 3", "une base SQLite"),
    (b"PAR1", "un fichier Parquet"),
    (b"\x7fELF", "un programme"),
    (b"MZ\x90", "un programme"),
    (b"{\\rtf", "un document RTF"),
    (b"\x80\x02", "un pickle Python (non pris en charge : il exécuterait du code)"),
    (b"\x80\x03", "un pickle Python (non pris en charge : il exécuterait du code)"),
    (b"\x80\x04", "un pickle Python (non pris en charge : il exécuterait du code)"),
    (b"\x80\x05", "un pickle Python (non pris en charge : il exécuterait du code)"),
)
_PICKLE_0 = re.compile(rb"\A(?:\(?[ild][p\d]*\n?)*c[\w.]+\n\w+\n[(pq].*\.\s*\Z", re.DOTALL)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE_BIFF = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
    b"\x09\x08\x10\x00",
)
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|div|style)\b",
    re.IGNORECASE | re.DOTALL,
)


def of_bytes(head: bytes) -> Format:
    """The format that the first 64 kB announce; "" when it is none that we read."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return "zip"
    if head.startswith(_OLE):
        return "ole"
    if head.startswith(_BARE_BIFF):
        return "xls"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if foreign(head):
        return ""
    text = _peek(head)
    if text.lstrip().startswith("<"):
        return _of_markup(text)
    return "text"


def _peek(head: bytes) -> str:
    wide = looks_utf16(head)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        wide = "utf-16"
    return head.decode(wide or "utf-8", errors="replace").lstrip("\ufeff")


def _of_markup(text: str) -> Format:
    if _HTML.match(text):
        return "html"
    if "office:document" in text and "opendocument" in text:
        return "fods"
    if text.lstrip().startswith("<?xml"):
        return "html" if re.search(r"<html\b|<table\b", text, re.I) else ""
    return "html" if re.search(r"<table\b|<tr\b|<td\b", text, re.I) else "text"


def foreign(head: bytes) -> str:
    """The French name of a format that we do not read, or "" when it may be one."""
    for magic, name in _FOREIGN:
        if head.startswith(magic):
            return name
    if len(head) < 4096 and _PICKLE_0.match(head):
        return "un pickle Python (non pris en charge : il exécuterait du code)"
    start = _peek(head).lstrip()
    if start.startswith("<"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start:
            return "un classeur « XML 2003 »"
        if "gnumeric" in start[:2000]:
            return "un classeur Gnumeric"
        return "du XML" if start.startswith("<?xml") and not _of_markup(start) else ""
    if re.match(r'(?:\{\s*"|\[\s*[\[{])', start):
        return "du JSON"
    return "un fichier binaire" if _is_binary(head) else ""


def _is_binary(head: bytes) -> bool:
    if looks_utf16(head) or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    sample = head[:4096]
    strange = sum(byte < 32 and byte not in (0, 9, 10, 11, 12, 13, 26, 27, 31) for byte in sample)
    return strange > 0.02 * len(sample) or sample.count(0) > 0.1 * len(sample)


def of_archive(archive: Archive) -> Format:
    """What a zip holds: a workbook, or files of its own ("zip")."""
    names = archive.names()
    if archive.has("xl/workbook.bin"):
        return "xlsb"
    if archive.has("[Content_Types].xml") or archive.has("xl/workbook.xml"):
        other = any(name.startswith(("word/", "ppt/")) for name in names)
        return "" if other else "xlsx"
    return "ods" if archive.has("content.xml") else "zip"


def promised(path: Path) -> str:
    """The format that the extension announces, "" when it announces none."""
    suffix = path.suffix.casefold()
    return next((name for name, suffixes in EXTENSIONS.items() if suffix in suffixes), "")
