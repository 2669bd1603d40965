"""A name is found whatever signs a writer wrote its letters with, and nothing else is."""

from __future__ import annotations

import base64
import bz2
import json
import lzma
import quopri
import zlib
from typing import TYPE_CHECKING

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from necbilan.publishing.leaks import search
from necbilan.sources.privacy.identifiers import Identifiers

if TYPE_CHECKING:
    from collections.abc import Callable

NAME, EMAIL, PHONE = "nom d’une personne", "adresse électronique", "numéro de téléphone"
PEOPLE = Identifiers(
    names=[("Jean-Pierre", "Zéribian"), ("Nadia", "Petit"), ("Cunégonde", "Declercq")],
    emails=["jp.zeribian@exemple.fr"],
    phones=["06 39 98 00 12"],
)
NADIA, MAIL, PHONE_WRITTEN = "Nadia Petit", "jp.zeribian@exemple.fr", "0639980012"


def kinds(content: bytes | str, folder, name: str = "sortie.txt") -> set[str]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return {leak.kind for leak in search([path], PEOPLE)}


def each(dress: Callable[[int], str], text: str) -> str:
    return "".join(dress(ord(letter)) for letter in text)


@pytest.mark.parametrize(
    "text",
    [
        "Nаdiа Реtit",  # Cyrillic а, Р, е
        "Ναdiα Ρετιτ",  # Greek, but for d and i
        "ΖΕRΙΒΙΑΝ",
        "Nadia Petıt",
        "ᴢᴇʀɪʙɪᴀɴ",
        "🅩🅔🅡🅘🅑🅘🅐🅝",
        "🇿🇪🇷🇮🇧🇮🇦🇳",
        "Ⓩⓔⓡⓘⓑⓘⓐⓝ",
        "ᶻᵉʳⁱᵇⁱᵃⁿ",
        "Ｚéｒｉｂｉａｎ",
        "Ѐlle, Zеrіbіаn",
    ],
)
def test_look_alikes_of_other_alphabets_are_read_as_a_reader_reads_them(tmp_path, text):
    assert kinds(text, tmp_path) == {NAME}


@pytest.mark.parametrize(
    "between",
    [
        *"\u200b\u00ad\u2060\ufeff\u0336\u20dd\u034f\ufe0f\u180e\u3164\u2062\u061c\u1dc4\ufffe",
        *"\U000e0001\U000e0100\x07\x02",
        "<!-- x -->",
        "<!-- a > b -->",
        '<b title="a > b"></b>',
        "<![CDATA[]]>",
        "\0",
    ],
)
def test_what_nobody_sees_between_letters_parts_no_name(tmp_path, between):
    assert kinds(between.join("Zéribian"), tmp_path) == {NAME}


@pytest.mark.parametrize("between", [" ", ".", "-", "·", "_", "\u00a0", "\n", "</td> <td>", " · "])
def test_letters_that_stand_one_by_one_are_put_together(tmp_path, between):
    assert kinds(f"<td>{between.join('Zéribian')}</td>", tmp_path) == {NAME}


@pytest.mark.parametrize(
    "dress",
    [
        lambda code: f"&#{code};",
        lambda code: f"&#{code}",
        lambda code: f"&#x{code:x};",
        lambda code: f"&#x0000{code:X};",
        lambda code: f"&amp;#{code};",
        lambda code: f"\\x{code:02x}",
        lambda code: f"\\u{code:04X}",
        lambda code: f"\\u{{{code:x}}}",
        lambda code: f"\\U{code:08x}",
        lambda code: f"\\{code:03o}",
        lambda code: f"\\{code:x} ",
        lambda code: f"\\{code:06x}",
        lambda code: f"%{code:02X}",
        lambda code: f"%u{code:04X}",
        lambda code: f"={code:02X}",
        lambda code: f"={code:02x}",
        lambda code: f"_x{code:04X}_",
        lambda code: f"{code:02x}",
        lambda code: f"{code:02X} ",
        lambda code: f"{code:02x}:",
        lambda code: f"0x{code:02x}, ",
        lambda code: f"{code:04x}",
        lambda code: f"{code}, ",
        lambda code: f"{code}\n",
        lambda code: chr(code + 0xFEE0) if code > 0x20 else " ",
    ],
)
def test_names_addresses_and_numbers_are_found_in_any_escape(tmp_path, dress):
    assert kinds(f"avant {each(dress, NADIA)}", tmp_path) == {NAME}
    assert EMAIL in kinds(each(dress, MAIL), tmp_path)
    assert kinds(f"<i>{each(dress, PHONE_WRITTEN)}</i>", tmp_path) == {PHONE}


@pytest.mark.parametrize(
    "text",
    [
        r".a::after{content:'Z\e9 ribian'}",
        r"Z\0000e9ribian",
        "Zéri\\\nbian",
        r"Nadia\nPetit",
        r"Z\xc3\xa9ribian",
        r"Z\303\251ribian",
        r"\ud835\udc0d\ud835\udc1a\ud835\udc1d\ud835\udc22\ud835\udc1a Petit",
        "Z%e9ribian",
        "Z=c3=a9ribian",
        "=?utf-8?q?Z=C3=A9ribian?=",
        f"=?utf-8?b?{base64.b64encode('Zéribian'.encode()).decode()}?=",
        quopri.encodestring(f"{'a' * 70} Nadia Petit".encode()).decode(),
        "ZÃ©ribian",
        "Z&eacuteribian",
        "https://xn--zribian-bya.example/",
        "Zéri-\nbian",
        "Zéri\u2010\r\n   bian",
        "Z_x00e9_ribian",
        base64.b64encode("Bonjour Zéribian".encode("latin-1")).decode(),
        base64.b64encode(zlib.compress(b"Nadia Petit")).decode(),
        base64.b64encode(NADIA.encode().hex().encode()).decode(),
        f"X'{'Zéribian'.encode().hex()}'",
        NADIA.encode("utf-16-le").hex(),
        json.dumps({"type": "Buffer", "data": list(NADIA.encode())}),
        f"String.fromCharCode({','.join(str(ord(letter)) for letter in 'Zéribian')})",
        json.dumps([{"first": "Nadia", "age": 3, "last": "Petit"}]),
        json.dumps(list("Zéribian")),
        "<![CDATA[Zéri]]><![CDATA[bian]]>",
        "nom=DECLERCQ",  # «=DE» is no escape there
    ],
)
def test_a_name_is_found_as_each_format_writes_it(tmp_path, text):
    assert kinds(text, tmp_path) == {NAME}


@pytest.mark.parametrize(
    "content",
    [
        zlib.compress(b"Nadia Petit"),
        bz2.compress(b"Nadia Petit"),
        lzma.compress(b"Nadia Petit"),
        NADIA.encode("utf-32"),
        NADIA.encode("utf-32-le"),
        "Zéribian".encode("cp850"),
        "Zéribian".encode("mac_roman"),
    ],
)
def test_a_name_is_found_in_packed_contents_and_old_encodings(tmp_path, content):
    assert kinds(content, tmp_path) == {NAME}


@pytest.mark.parametrize(
    "text",
    [
        "le 12 06 39 98 00 12",
        "Tél.0639980012",
        "06  39  98  00  12",
        "06, 39, 98, 00, 12",
        "06_39_98_00_12",
        "(06) 39 98 00 12",
        "+33 (0)6 39 98 00 12",
        "０６３９９８００１２",
        "٠٦٣٩٩٨٠٠١٢",
        "0\u200b6\u200b3\u200b9\u200b980012",
        "<td>06</td> <td>39</td> <td>98</td> <td>00</td> <td>12</td>",
    ],
)
def test_a_phone_is_found_after_other_numbers_and_in_other_digits(tmp_path, text):
    assert kinds(text, tmp_path) == {PHONE}


def test_a_number_of_another_country_is_found_with_and_without_its_prefix(tmp_path):
    held = Identifiers(phones=["+32 470 12 34 56"])
    for text in ("+32470123456", "0032 470 12 34 56", "0470123456"):
        (tmp_path / "a.txt").write_text(text)
        assert [leak.kind for leak in search([tmp_path / "a.txt"], held)] == [PHONE], text


def test_a_word_that_a_pdf_cuts_at_the_end_of_its_line_is_whole_again(tmp_path):
    source = (
        '#set document(title: [t])\n#set page(width: 52pt, margin: 4pt)\n#set text(lang: "fr")\n'
        "#set par(justify: true)\n#set text(hyphenate: true)\nnous Zéribian"
    )
    pdf = typst.compile(source.encode(), format="pdf")
    assert kinds(pdf, tmp_path, "bilan.pdf") == {NAME}


@pytest.mark.parametrize(
    "text",
    [
        "α de Cronbach, χ² et Δ : Ρ, Τ, Ν ; Иван и Пётр",
        "M. A. B. C. Durand, p. e. t. i. t.",
        "#1E1651, deadbeef, decade de cafe facade, 0x4e61",
        "12, 34, 56, 78, 90, 11, 22 ; 1,2,3,4,5,6,7,8,9",
        "06 39 98 00 13 ; 39 98 00 12 06 ; 106 39 98 00 12 5",
        r"C:\petit\nord\nadia, \textbf{a}, \n\t",
        "a=12, b=C3, =E9",
        "un aller-\nretour, rendez-\nvous",
        "{'first': 'Nadia', 'last': 'Durand'}",
        "<!-- Nadia --><b>n’est pas petit</b>",
        "🇫🇷 🇪🇺",
        "",
    ],
)
def test_other_alphabets_codes_and_numbers_raise_no_alarm(tmp_path, text):
    assert kinds(text, tmp_path) == set()


DRESSES: tuple[Callable[[str], str], ...] = (
    lambda letter: letter,
    str.upper,
    lambda letter: f"&#{ord(letter)};",
    lambda letter: "".join(f"%{byte:02X}" for byte in letter.encode()),
    lambda letter: f"\\u{ord(letter):04x}",
    lambda letter: f"_x{ord(letter):04X}_",
    lambda letter: f"{letter}\u200b",
    lambda letter: f"{letter}\u0336",
    lambda letter: chr(ord(letter) + 0xFEE0) if letter.isascii() else letter,
    lambda letter: letter.translate(str.maketrans("aeiopcxyén", "аеіорсхуéп")),
)


@given(st.lists(st.sampled_from(DRESSES), min_size=8, max_size=8), st.text(max_size=30))
def test_any_mixture_of_dresses_hides_no_name(tmp_path_factory, dresses, before):
    written = "".join(dress(letter) for dress, letter in zip(dresses, "zéribian", strict=True))
    assert NAME in kinds(f"{before}\n{written} ", tmp_path_factory.getbasetemp(), "melange.txt")
