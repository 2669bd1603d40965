"""Bytes of a text file to text: byte order mark, strict UTF-8, UTF-16 by its NULs, cp1252."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode", "looks_utf16"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 bytes of U+00C0–U+00FF read as cp1252: Ã followed by one character of 0x80–0xBF.
_MOJIBAKE = re.compile("[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[™œ\u009d“”¦“”–—˜]|â‚¬")


_FRENCH = frozenset("éèêëàâäçùûüôöîïÿœæÉÈÊËÀÂÄÇÙÛÜÔÖÎÏŸŒÆñáíóúãõåøßÑÁÅØ")
_TYPOGRAPHY = frozenset("«»“”‘’…–—€°·•†№²³§£ª º  ")
_HIGH = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class Decoded:
    """Text with its encoding; ``repaired`` = mojibake undone, ``nuls`` = NULs removed."""

    text: str
    encoding: str
    repaired: bool = False
    nuls: int = 0
    lost: int = 0


def looks_utf16(data: bytes) -> str:
    """ "utf-16-le", "utf-16-be" or "": where the NULs of the first 4 kB stand."""
    head = data[:4096]
    if len(head) < 4:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def decode(data: bytes) -> Decoded:
    """Decode; never fails: an undecodable byte becomes U+FFFD and is counted in ``lost``."""
    text, encoding = _decode(data)
    nuls = text.count("\0")
    if nuls:
        text = text.replace("\0", "")
    text = text.removeprefix("\ufeff")
    lost = text.count("\ufffd")
    repaired = _repaired(text) if len(_MOJIBAKE.findall(text[:200_000])) >= 2 else None
    return Decoded(repaired or text, encoding, repaired is not None, nuls, lost)


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), encoding.removesuffix("-sig")
    wide = looks_utf16(data)
    if wide:
        return data.decode(wide, errors="replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    encoding = _eight_bits(data)
    return data.decode(encoding, errors="replace"), encoding


def _repaired(text: str) -> str | None:
    """The text whose UTF-8 had been read as cp1252, or None when that is not what happened."""
    fixed = _MOJIBAKE_RUN.sub(_undo, text)
    return fixed if fixed != text else None


_MOJIBAKE_RUN = re.compile("[\u00c2-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}")


def _undo(match: re.Match[str]) -> str:
    raw = bytearray()
    for char in match[0]:
        try:
            raw += char.encode("cp1252")
        except UnicodeEncodeError:
            raw.append(ord(char))
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return match[0]


def _eight_bits(data: bytes) -> str:
    """cp1252, unless another is more plausible: ISO-8859-15 shares its letters, so one euro
    is enough; the DOS and Mac pages must win by half a point a byte.  latin-1 is never one:
    what it reads, cp1252 reads better."""
    runs = [match[0] for match in _HIGH.finditer(data)][:5000]
    usual = _plausibility(runs, "cp1252")
    if usual < _plausibility(runs, "iso8859-15"):
        return "iso8859-15"
    rivals = {name: _plausibility(runs, name) for name in ("cp850", "mac-roman")}
    best = max(rivals, key=lambda name: rivals[name])
    return best if rivals[best] >= usual + 0.5 * sum(map(len, runs)) else "cp1252"


def _plausibility(runs: list[bytes], encoding: str) -> float:
    """How French the bytes over 127 are once decoded: letters, then typography, then the rest."""
    score = 0.0
    for char in b"".join(runs).decode(encoding, errors="replace"):
        if char in _FRENCH:
            score += 1.0
        else:
            score += 0.8 if char in _TYPOGRAPHY else -2.0
    return score
