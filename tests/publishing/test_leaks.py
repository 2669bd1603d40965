"""The leak test finds an identifier wherever an output can hide one, and nothing else."""

from __future__ import annotations

import base64
import gzip
import io
import json
import pickle
import random
import struct
import time
import zipfile
import zlib
from pathlib import Path

import openpyxl
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from necbilan.publishing.leaks import Leak, search
from necbilan.sources.privacy.identifiers import Identifiers

PEOPLE = Identifiers(
    names=[("Jean-Pierre", "Zéribian"), ("Nadia", "Petit"), ("", "Kjærsgård Søren")],
    emails=["jp.zeribian@exemple.fr", "contact@mairie-exemple.fr"],
    phones=["06 39 98 00 12"],
)


def kinds(content: bytes | str, tmp_path: Path, name: str = "sortie.txt") -> set[str]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return {leak.kind for leak in search([path], PEOPLE)}


NAME, EMAIL, PHONE = "nom d’une personne", "adresse électronique", "numéro de téléphone"


@pytest.mark.parametrize(
    "text",
    [
        "Jean-Pierre Zéribian",
        "ZERIBIAN Jean Pierre",
        "jean‑pierre zéribian",
        "Mme Petit, Nadia",
        "Søren Kjærsgård",
        "KJAERSGARD SOREN",
        "Jean\u00a0Pierre\u202fZe\u0301ribian",
        "Zéri\u200bbian",
        "Z&eacute;ribian",
        "Z&#233;ribian",
        "<td>Nadia</td><td>Petit</td>",
        "Nadia Pe<b>tit</b>",
        '<img alt="Nadia Petit">',
        "<svg><text>N</text><text>adia</text></svg> Z\\u00e9ribian",
        "https://exemple.fr/?q=Z%C3%A9ribian",
        "petit_nadia.pdf",
        "@nadiapetit",
        "N a d i a  P e t i t",
        "(Z é r i b i a n)",
        "<tspan x='1'>Zéri</tspan>\n  <tspan x='2'>bian</tspan>",
        "Zéri<!-- ici -->bian",
        "<svg><![CDATA[Nadia Petit]]></svg>",
        "Z&amp;eacute;ribian",
        "?q=Z%25C3%25A9ribian",
        "?q=Z%E9ribian",
        "Z=C3=A9ribian",
        "Zeri=\nbian",
        "Z\\xe9ribian et Z\\u{e9}ribian",
        "Z&eacute;ri&shy;bian",
        "Ｎａｄｉａ Ｐｅｔｉｔ",
        "𝐍𝐚𝐝𝐢𝐚 \u202e𝐏𝐞𝐭𝐢𝐭",
    ],
)
def test_a_name_is_found_under_any_dress(tmp_path, text):
    assert kinds(text, tmp_path) == {NAME}


@pytest.mark.parametrize(
    "text",
    [
        "jp.zeribian@exemple.fr",
        "JP.ZERIBIAN@EXEMPLE.FR",
        "mailto:jp.zeribian%40exemple.fr",
        "contact@mairie-exemple.fr",
        "contact&#64;mairie-exemple.fr",
        "contact (at) mairie-exemple.fr",
        "contact [at] mairie-exemple [dot] fr",
        "contact arobase mairie-exemple point fr",
    ],
)
def test_an_email_is_found_under_any_dress(tmp_path, text):
    assert EMAIL in kinds(text, tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "0639980012",
        "06 39 98 00 12",
        "06.39.98.00.12",
        "+33 6 39 98 00 12",
        "+33(0)639980012",
        "0033639980012",
        "639980012",
        "06-39-98-00-12",
        "06/39/98/00/12",
        "06 · 39 98 00 12",
        "06 – 39 – 98 – 00 – 12",
        "tel:06%2039%2098%2000%2012",
    ],
)
def test_a_phone_is_found_under_any_dress(tmp_path, text):
    assert kinds(f"tél. {text}.", tmp_path) == {PHONE}


@pytest.mark.parametrize(
    "text",
    [
        "Un petit café, et Nadia n’est pas seule",
        "la mairie et son contact",
        'd="M 0.639980012 3.998001206"',
        "1639980012 et 6399800123",
        "un a b c d e f et g, 6 | 39 | 98",
        "à Nadia, à point",
        "Jean, Pierre et les autres",
        "",
    ],
)
def test_common_words_and_drawings_raise_no_alarm(tmp_path, text):
    assert kinds(text, tmp_path) == set()


def test_what_the_organisers_made_public_is_no_leak(tmp_path):
    identifiers = Identifiers(
        names=[("Nadia", "Zeribian")],
        emails=["nec@exemple.fr"],
        phones=["03 87 00 00 00"],
        public_terms=["Plénière, avec Nadia Zeribian. Contact : nec@exemple.fr, 03 87 00 00 00"],
    )
    (tmp_path / "page.html").write_text("Nadia Zeribian, nec@exemple.fr, 03.87.00.00.00")
    assert search([tmp_path / "page.html"], identifiers) == []


def test_an_organisation_silences_its_words_but_no_whole_name(tmp_path):
    identifiers = Identifiers(
        names=[("Nadia", "Zeribian")], common_terms=["Fondation Zeribian", "Nadia Zeribian"]
    )
    page = tmp_path / "page.html"
    page.write_text("La Fondation Zeribian")
    assert search([page], identifiers) == []
    page.write_text("Nadia Zeribian")
    assert [leak.kind for leak in search([page], identifiers)] == [NAME]


def test_base64_islands_are_opened(tmp_path):
    island = base64.b64encode(b"<svg><text>Nadia Petit</text></svg>").decode()
    assert kinds(f'<img src="data:image/svg+xml;base64,{island}">', tmp_path) == {NAME}
    wrapped = "\n".join(island[start : start + 20] for start in range(0, len(island), 20))
    assert kinds(wrapped, tmp_path) == {NAME}


@pytest.mark.parametrize(
    "hidden",
    [
        b"Nadia Petit",
        "Zéribian".encode(),
        "Bonjour Nadia Petit".encode("utf-16-le"),
        base64.b64encode(b"Bonjour Nadia Petit"),
    ],
)
def test_short_or_twice_packed_base64_is_opened_among_long_words(tmp_path, hidden):
    packed = base64.b64encode(hidden).decode()
    assert kinds(f"organisations {packed} représentatives", tmp_path) == {NAME}


def test_a_word_that_is_base64_by_chance_stays_in_the_text(tmp_path):
    """«nadiapetitnadiapetit» could be base64; it is searched as it stands too."""
    word = base64.b64encode(b"abcabcabc").decode()
    held = Identifiers(names=[("Ada", word)])
    (tmp_path / "un.txt").write_text(f"merci à {word} pour tout")
    assert [leak.kind for leak in search([tmp_path / "un.txt"], held)] == [NAME]


def test_notebooks_are_read_as_texts_not_as_json(tmp_path):
    notebook = {"cells": [{"source": ["Nadia ", "Petit"], "outputs": [{"Zéribian": 1}]}]}
    assert kinds(json.dumps(notebook), tmp_path, "bilan.ipynb") == {NAME}
    figure = {"rows": [["Nadia", "Petit"]]}
    assert kinds(json.dumps(figure), tmp_path, "bilan.ipynb") == {NAME}


def test_archives_and_workbooks_are_opened(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"] = "Zéribian"
    content = io.BytesIO()
    book.save(content)
    inner = content.getvalue()
    assert kinds(inner, tmp_path, "bilan.xlsx") == {NAME}
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("classeur.xlsx", inner)
    path = tmp_path / "tout.zip"
    path.write_bytes(outer.getvalue())
    (leak,) = search([path], PEOPLE)
    assert leak.file == "tout.zip" and leak.layer.startswith("classeur.xlsx, ")


def test_names_of_files_and_of_members_are_searched(tmp_path):
    assert kinds("rien", tmp_path, "Nadia Petit.txt") == {NAME}
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("zeribian.svg", "<svg/>")
    assert kinds(outer.getvalue(), tmp_path, "tout.zip") == {NAME}


def test_gzip_and_utf16_are_opened(tmp_path):
    assert kinds(gzip.compress(b"Nadia Petit"), tmp_path) == {NAME}
    assert kinds("Nadia Petit".encode("utf-16"), tmp_path) == {NAME}
    for encoding in ("utf-16-le", "utf-16-be", "cp1252"):
        assert kinds("Zéribian".encode(encoding), tmp_path) == {NAME}, encoding
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("un.xml", "Zéribian".encode("utf-16-be"))
    assert kinds(packed.getvalue(), tmp_path, "un.zip") == {NAME}


def test_comments_of_members_and_archives_behind_something_else_are_read(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        member = zipfile.ZipInfo("un.txt")
        member.comment = b"Nadia Petit"
        archive.writestr(member, "rien")
    assert kinds(packed.getvalue(), tmp_path, "un.zip") == {NAME}
    assert kinds(b"un autre format" + packed.getvalue(), tmp_path, "un.bin") == {NAME}


def test_a_leak_whose_place_names_somebody_does_not_name_its_place(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("zeribian.txt", "Nadia Petit")
    path = tmp_path / "Nadia Petit.zip"
    path.write_bytes(packed.getvalue())
    leaks = search([path], PEOPLE)
    assert {leak.file for leak in leaks} == {"fichier 1.zip"}
    assert {leak.layer for leak in leaks} == {
        "dans une archive",
        "nom d’un membre",
        "nom du fichier",
    }


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (b"tEXt", b"Author\x00Nadia Petit"),
        (b"juNk", b"Nadia Petit"),
        (b"iCCP", b"profil\x00\x00" + zlib.compress(b"de Nadia Petit")),
        (b"eXIf", b"II*\x00" + "Nadia Petit".encode("utf-16-le")),
        (b"zTXt", b"Comment\x00\x00" + zlib.compress(b"Nadia Petit")),
        (b"iTXt", b"Title\x00\x00\x00fr\x00\x00" + "Zéribian".encode()),
        (b"iTXt", b"Title\x00\x01\x00fr\x00\x00" + zlib.compress("Zéribian".encode())),
    ],
)
def test_text_chunks_of_an_image_are_read(tmp_path, kind, data):
    png = b"\x89PNG\r\n\x1a\n" + chunk(kind, data) + chunk(b"IEND", b"")
    assert kinds(png, tmp_path, "01.png") == {NAME}
    empty = b"\x89PNG\r\n\x1a\n" + chunk(b"IEND", b"")
    assert kinds(empty + b"Nadia Petit", tmp_path, "01.png") == {NAME}
    assert kinds(empty, tmp_path, "01.png") == set()


def saved(kind: str, **settings: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "#1E1651").save(out, kind, **settings)
    return out.getvalue()


def with_segment(jpeg: bytes, position: int, marker: int, data: bytes) -> bytes:
    segment = bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
    return jpeg[:position] + segment + jpeg[position:]


def exif(tag: int, value: object) -> Image.Exif:
    made = Image.Exif()
    made[tag] = value
    return made


PLAIN = saved("JPEG", progressive=True)
XMP = "<x:xmpmeta><dc:creator>Zéribian</dc:creator></x:xmpmeta>".encode()


@pytest.mark.parametrize(
    "picture",
    [
        saved("JPEG", exif=exif(0x9C9D, "Nadia Petit".encode("utf-16-le"))),  # XPAuthor
        saved("JPEG", exif=exif(0x013B, "Zéribian".encode())),  # Artist
        saved("JPEG", comment="Zéribian".encode()),
        saved("JPEG", comment="Zéribian".encode("latin-1")),
        saved("JPEG", xmp=XMP),
        with_segment(
            PLAIN, 2, 0xED, b"8BIM\x04\x04\x00\x00\x1c\x02\x50\x00\x0bNadia Petit"
        ),  # IPTC
        with_segment(PLAIN, len(PLAIN) - 2, 0xFE, b"Nadia Petit"),
        PLAIN + b"Nadia Petit",
        saved("PNG", exif=exif(0x9C9D, "Nadia Petit".encode("utf-16-le"))),
        saved("WEBP", exif=exif(0x9C9D, "Nadia Petit".encode("utf-16-le"))),
        saved("WEBP", xmp=XMP),
        saved("GIF", comment="Zéribian".encode()),
        saved("TIFF", tiffinfo={315: "Nadia Petit"}),
    ],
)
def test_what_a_picture_says_beside_its_pixels_is_read(tmp_path, picture):
    assert kinds(picture, tmp_path, "photo.bin") == {NAME}


@pytest.mark.parametrize(
    "source",
    [
        "#set document(title: [t])\nNadia Petit",
        '#set document(title: "Bilan de Zéribian")\n.',
        '#set document(title: "t", author: "Nadia Petit")\n.',
        '#set document(title: "t")\n#figure(alt: "Vue par Zéribian", rect())',
        '#set document(title: "t")\n#link("https://exemple.fr/zeribian")[.]',
        "#set document(title: [t])\n= Nadia Petit\n",
        '#set document(title: "t")\n#link("https://exemple.fr/Z%C3%A9ribian")[.]',
        "#set document(title: [t])\n#set text(tracking: 8pt)\nZéribian",
    ],
)
def test_pages_properties_and_alternatives_of_a_pdf_are_read(tmp_path, source):
    pdf = typst.compile(source.encode(), format="pdf", pdf_standards="ua-1")
    assert kinds(pdf, tmp_path, "bilan.pdf") == {NAME}


def test_what_is_attached_to_a_pdf_is_opened(tmp_path):
    source = '#set document(title: "t")\n#pdf.attach("a.txt", bytes("Nadia Petit"))\n.'
    pdf = typst.compile(source.encode(), format="pdf")
    assert kinds(pdf, tmp_path, "bilan.pdf") == {NAME}


def test_pdf_without_identifier_raises_no_alarm(tmp_path):
    pdf = typst.compile(b"#set document(title: [t])\n#lorem(2000)", format="pdf")
    assert kinds(pdf, tmp_path, "bilan.pdf") == set()


def test_a_leak_names_file_layer_and_kind_and_no_value(tmp_path):
    (tmp_path / "bilan.html").write_text("<p>Nadia Petit</p>")
    leaks = search([tmp_path / "bilan.html"], PEOPLE)
    assert leaks == [Leak("bilan.html", "texte", NAME)]
    assert str(leaks[0]) == "bilan.html (texte\u00a0: nom d’une personne)"


def test_identifiers_show_nothing_and_are_never_pickled():
    assert "eribian" not in repr(PEOPLE).lower() and "eribian" not in str(PEOPLE).lower()
    with pytest.raises(TypeError):
        pickle.dumps(PEOPLE)


@given(st.binary(max_size=300))
def test_no_content_stops_the_search(tmp_path_factory, content):
    for head in (b"", b"PK\x03\x04", b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\x1f\x8b", b"{"):
        path = tmp_path_factory.getbasetemp() / "n.bin"
        path.write_bytes(head + content)
        assert search([path], PEOPLE) == []


def test_sixteen_megabytes_are_searched_in_five_seconds(tmp_path):
    chance = random.Random(1)
    identifiers = Identifiers(
        names=[(f"Prénom{rank}", f"Zédurant{rank}") for rank in range(200)],
        emails=[f"p{rank}.z{rank}@exemple.fr" for rank in range(200)],
        phones=[f"06 12 34 {rank // 100:02d} {rank % 100:02d}" for rank in range(200)],
    )
    drawing = "".join(
        f'<path d="M {chance.random():.5f} {chance.random():.4f} L 3.1 4.5"/>'
        f'<text x="{chance.random():.3f}">Très satisfait·e {rank}</text>'
        for rank in range(70_000)
    )
    picture = base64.b64encode(chance.randbytes(3_000_000)).decode()
    notebook = {"cells": [{"data": {"text/html": [drawing], "image/png": picture}}]}
    paths = [tmp_path / "bilan.ipynb", tmp_path / "bilan.html"]
    paths[0].write_text(json.dumps(notebook))
    paths[1].write_text(drawing + "Zédurant7")
    assert sum(path.stat().st_size for path in paths) > 16_000_000
    start = time.process_time()
    assert [leak.file for leak in search(paths, identifiers)] == ["bilan.html"]
    assert time.process_time() - start < 5


def test_a_photo_is_searched_before_its_pixels_and_not_in_them(tmp_path):
    """In compressed pixels any short name is found by chance."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Nadia Petit"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    assert kinds(out.getvalue(), tmp_path, "a.jpg") == {NAME}
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG")
    pixels = out.getvalue()[:-2] + b" Nadia Petit " + out.getvalue()[-2:]
    assert kinds(pixels, tmp_path, "a.jpg") == set()
    in_pdf = b"%%PDF-1.7\n1 0 obj<<>>stream\n%b\nendstream endobj"
    assert kinds(in_pdf % pixels.replace(b" Nadia", b"(Nadia Petit)"), tmp_path, "a.pdf") == set()
    assert kinds(in_pdf % b"(Nadia Petit) Tj", tmp_path, "a.pdf") == {NAME}
