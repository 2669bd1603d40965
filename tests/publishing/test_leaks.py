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


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (b"tEXt", b"Author\x00Nadia Petit"),
        (b"zTXt", b"Comment\x00\x00" + zlib.compress(b"Nadia Petit")),
        (b"iTXt", b"Title\x00\x00\x00fr\x00\x00" + "Zéribian".encode()),
        (b"iTXt", b"Title\x00\x01\x00fr\x00\x00" + zlib.compress("Zéribian".encode())),
    ],
)
def test_text_chunks_of_an_image_are_read(tmp_path, kind, data):
    png = b"\x89PNG\r\n\x1a\n" + chunk(kind, data) + chunk(b"IEND", b"")
    assert kinds(png, tmp_path, "01.png") == {NAME}


@pytest.mark.parametrize(
    "source",
    [
        "#set document(title: [t])\nNadia Petit",
        '#set document(title: "Bilan de Zéribian")\n.',
        '#set document(title: "t", author: "Nadia Petit")\n.',
        '#set document(title: "t")\n#figure(alt: "Vue par Zéribian", rect())',
        '#set document(title: "t")\n#link("https://exemple.fr/zeribian")[.]',
        "#set document(title: [t])\n= Nadia Petit\n",
    ],
)
def test_pages_properties_and_alternatives_of_a_pdf_are_read(tmp_path, source):
    pdf = typst.compile(source.encode(), format="pdf", pdf_standards="ua-1")
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
