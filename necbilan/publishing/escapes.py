"""Texts as they are read, whatever the escapes that formats write their letters with.

``plain`` undoes what stands for one letter in any format (entities, addresses, JSON).  The
same signs may mean several things («\\a» is a bell, or begins a letter of CSS): ``otherwise``
gives each meaning as a reading of its own, of the signs and the words around them alone.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["joined", "otherwise", "plain", "spelt_apart"]

_ENCODINGS = 3
"""escapes of escapes that are undone: «&amp;eacute;», «%25C3%25A9»"""
_AROUND = 60
"""signs on both sides of an escape that are read with it, but for words that this cuts"""
_CUT_WORD = r"[-\x02\u00ad\u2010\ufffe](?<=[^\W\d_].) *\r?\n\s*(?=[^\W\d_])"
_CUT_BEFORE = re.compile(r"^[^\W_]+")
_CUT_AFTER = re.compile(r"[^\W_]+$")
_HIGHEST = 0x10FFFF

_MARKUP_APART = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>", re.DOTALL)
_TAG = re.compile(r"""<[A-Za-z/?!](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>|<[^<>]*>""")
_TAG_NAME = re.compile(r"</?[A-Za-z][\w:.-]*")
_DRAWING = re.compile(r"""\s(?:d|points|transform|viewBox|style)=(?:"[^"]*"|'[^']*')""")
_PIECE = re.compile(r"\s*</?tspan\b[^<>]*>\s*")
_SPACED = re.compile(r"[\W_][\W_]{0,2}[^\W\d_](?:[\W_]{1,3}[^\W\d_]){2,}(?![^\W_])")
"""begins with a sign, which is ten times faster; a first letter may stand just before"""
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")


def plain(text: str) -> str:
    """Names of tags and drawings left out, attributes kept; entities and escapes undone."""
    if "<" in text:
        text = _TAG_NAME.sub(" ", _DRAWING.sub(" ", text))
    for _ in range(_ENCODINGS):
        before = text
        if "&" in text:
            text = html.unescape(text)
        for sign, written, undone in _ESCAPES:
            if sign in text:
                text = written.sub(undone, text)
        if text == before:
            break
    return text


def joined(text: str) -> str:
    """What a reader sees when markup parts a word: «Du<b>pont</b>» reads Dupont."""
    if "<" not in text:
        return ""
    if "tspan" in text:
        text = _PIECE.sub("", text)
    return plain(_TAG.sub("", _MARKUP_APART.sub("", text)))


def spelt_apart(text: str) -> Iterator[str]:
    """Letters that stand one by one, put together: «D u p o n t», «D.u.p.o.n.t»."""
    found = list(_SPACED.finditer(text))
    for before in (0, 1) if found else ():
        letters = (text[max(0, run.start() - before) : run.end()] for run in found)
        yield "\n".join(re.sub(r"[\W_]", "", run) for run in letters)


def otherwise(text: str) -> Iterator[str]:
    """Each other reading of what a plain text may have written with escapes of one format."""
    for sign, pattern, undone in _READINGS if text.isascii() else (*_READINGS, _TWICE):
        if sign in text and (said := _read_around(text, pattern, undone)):
            yield plain(said)


def _read_around(
    text: str, pattern: re.Pattern[str], undone: Callable[[re.Match[str]], str]
) -> str:
    """The stretches around each match, their words whole, with the matches undone."""
    stretches: list[list[int]] = []
    for found in pattern.finditer(text):
        if stretches and found.start() <= stretches[-1][1] + _AROUND:
            stretches[-1][1] = found.end() + _AROUND
        else:
            stretches.append([max(0, found.start() - _AROUND), found.end() + _AROUND])
    read = []
    for start, end in stretches:
        stretch = text[start:end]
        if start and text[start - 1].isalnum():
            stretch = _CUT_BEFORE.sub("", stretch)
        if text[end : end + 1].isalnum():
            stretch = _CUT_AFTER.sub("", stretch)
        read.append(pattern.sub(undone, stretch))
    return "\n".join(read)


def _letter(found: re.Match[str]) -> str:
    return _sign(int(next(filter(None, found.groups())), 16))


def _letters(found: re.Match[str]) -> str:
    """JSON writes what lies beyond U+FFFF as two surrogates."""
    return _SURROGATES.sub(_one_letter, re.sub(r"\\u(....)", _letter, found[0]))


def _sign(code: int) -> str:
    return chr(code) if code <= _HIGHEST else " "


def _one_letter(pair: re.Match[str]) -> str:
    return pair[0].encode("utf-16", "surrogatepass").decode("utf-16")


def _bytes_said(found: re.Match[str]) -> str:
    return _said(bytes.fromhex(re.sub("%|=|\\\\x", "", found[0])))


def _said(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _of_css(found: re.Match[str]) -> str:
    r"""«\e9 » is a letter, «\:» a sign, a backslash at the end of a line nothing."""
    return _sign(int(found[1], 16)) if found[1] else (found[2] or "").strip("\n")


def _of_c(found: re.Match[str]) -> str:
    r"""«\303\251» are bytes in octal, «\n» parts words, «\'» is a sign."""
    if found[1]:
        return _said(bytes(int(code, 8) for code in found[1].split("\\")[1:]))
    return " " if found[2] in "abfnrtv0" else found[2]


def _of_mail(found: re.Match[str]) -> str:
    return "" if found[1] else _bytes_said(found)


def _once(found: re.Match[str]) -> str:
    """«Ã©» written twice in UTF-8, the first of them taken for an alphabet of Windows."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return found[0].encode(encoding).decode()
        except UnicodeError:
            continue
    return found[0]


def _of_domain(found: re.Match[str]) -> str:
    try:
        return found[1].encode().decode("punycode")
    except UnicodeError:
        return found[0]


_ESCAPES: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("\\u", re.compile(r"\\u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})*"), _letters),
    ("\\u", re.compile(r"\\u\{([0-9a-fA-F]{1,6})\}"), _letter),
    ("\\U", re.compile(r"\\U([0-9a-fA-F]{8})"), _letter),
    ("\\x", re.compile(r"\\x[0-9A-Fa-f]{2}(?:\\x[0-9A-Fa-f]{2})*"), _bytes_said),
    ("%u", re.compile("%u([0-9a-fA-F]{4})"), _letter),
    ("%", re.compile("%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2})*"), _bytes_said),
    ("_x", re.compile("_x([0-9a-fA-F]{4})_"), _letter),
)
"""What stands for one letter wherever it is found: JSON, JavaScript and Python; addresses, those of
old first (RFC 3986); cells of workbooks (ECMA-376 part 1, 22.9.2.19)."""
_READINGS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    ("\\", re.compile(r"\\(?:([0-9a-fA-F]{1,6})(?:\r\n|[ \t\r\n\f])?|(\W))"), _of_css),
    ("\\", re.compile(r"((?:\\[0-3][0-7]{2})+)|\\([^ux])", re.DOTALL), _of_c),
    ("=", re.compile(r"=(?:(\r?\n)|[0-9A-Fa-f]{2}(?:=[0-9A-Fa-f]{2})*)"), _of_mail),
    ("xn--", re.compile(r"xn--([a-zA-Z0-9-]+)"), _of_domain),
    ("\n", re.compile(_CUT_WORD), lambda cut: ""),
)
"""A sign that any such text holds, if there is one, what is written, how it is read: CSS, C and its
kin, messages (RFC 2045), names of domains (RFC 3492), words cut at the end of a line."""
_TWICE = ("", re.compile("[\u00c2-\u00c5][^\x00-\x7f]{1,3}"), _once)
"""the same for Latin letters written twice in UTF-8"""
