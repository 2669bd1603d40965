"""Photos and logos tell nothing but their pixels: neither who took them, nor where."""

from __future__ import annotations

import base64
import io
import struct

import pytest
from PIL import Image, PngImagePlugin
from small_event import write_event

from necbilan.model import Photo
from necbilan.publishing.leaks import search
from necbilan.publishing.report import WRITERS, publish
from necbilan.sources.event.pictures import read_logo, read_photos
from necbilan.sources.privacy.identifiers import Identifiers

TOLD = "Perrine Kestrilou"
XMP = f"<x:xmpmeta><dc:creator>{TOLD}</dc:creator></x:xmpmeta>".encode()


def picture() -> Image.Image:
    """The same bytes each time: noise says «xmp» by chance, once in a few hundred pictures."""
    return Image.linear_gradient("L").resize((300, 200)).convert("RGB")


def thumbnail() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (16, 16)).save(out, "JPEG", comment=TOLD.encode())
    return out.getvalue()


def exif() -> Image.Exif:
    made = Image.Exif()
    made[0x010E], made[0x013B], made[0x8298] = TOLD, TOLD, TOLD  # description, artist, copyright
    made[0x9C9D] = TOLD.encode("utf-16-le")
    made[0x0112] = 6  # turned by a quarter
    made.get_ifd(0x8825)[1] = "N"
    made.get_ifd(0x8825)[2] = (49.1, 7.0, 0.0)
    return made


def as_jpeg() -> bytes:
    out = io.BytesIO()
    told = {"exif": exif(), "comment": TOLD.encode(), "xmp": XMP, "dpi": (300, 300)}
    picture().save(out, "JPEG", icc_profile=TOLD.encode() * 9, **told)
    jpeg = out.getvalue()
    for marker, data in (
        (0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x10" + TOLD.encode()),
        (0xE1, b"Exif\x00\x00" + thumbnail()),
        (0xE2, b"MPF\x00" + TOLD.encode()),
    ):
        segment = bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data
        jpeg = jpeg[:2] + segment + jpeg[2:]
    return jpeg + thumbnail() + TOLD.encode()


def as_png() -> bytes:
    out, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Author", TOLD)
    told.add_text("Comment", TOLD, zip=True)
    told.add_itxt("XML:com.adobe.xmp", XMP.decode())
    picture().save(out, "PNG", pnginfo=told, exif=exif(), icc_profile=TOLD.encode() * 9)
    return out.getvalue() + TOLD.encode()


def as_webp() -> bytes:
    out = io.BytesIO()
    picture().save(out, "WEBP", exif=exif(), xmp=XMP, icc_profile=TOLD.encode() * 9)
    return out.getvalue() + TOLD.encode()


MADE = {"jpg": as_jpeg, "png": as_png, "webp": as_webp}


def tells(content: bytes) -> bool:
    marks = (TOLD.encode(), TOLD.encode("utf-16-le"), b"Exif", b"<x:xmpmeta")
    return any(mark in content for mark in marks)


def decoded(source: str) -> bytes:
    return base64.b64decode(source.partition(",")[2])


@pytest.mark.parametrize("kind", MADE)
def test_a_photo_keeps_its_pixels_alone(tmp_path, kind):
    (tmp_path / f"a.{kind}").write_bytes(MADE[kind]())
    assert tells((tmp_path / f"a.{kind}").read_bytes())
    (made,), problems = read_photos([Photo(tmp_path / f"a.{kind}", "La salle")])
    content = decoded(made.source)
    assert problems == () and not tells(content)
    opened = Image.open(io.BytesIO(content))
    assert not set(opened.info) & {"exif", "comment", "icc_profile", "xmp", "photoshop", "dpi"}
    assert opened.size == ((300, 200) if kind == "jpg" else (200, 300))  # its EXIF is spoilt


@pytest.mark.parametrize("kind", MADE)
def test_a_logo_keeps_its_pixels_alone(tmp_path, kind):
    (tmp_path / f"logo.{kind}").write_bytes(MADE[kind]())
    source, problems = read_logo(tmp_path / f"logo.{kind}")
    assert problems == () and not tells(decoded(source))


DRAWN = f"""<?xml version="1.0"?>
<!-- fait par {TOLD} -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
  xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
  xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"
  sodipodi:docname="/home/kestrilou/logo.svg" inkscape:export-filename="C:\\{TOLD}\\logo.png">
  <title>{TOLD}</title><desc>{TOLD}</desc>
  <metadata><rdf xmlns="urn:rdf">{TOLD}</rdf></metadata>
  <sodipodi:namedview><inkscape:page inkscape:label="{TOLD}"/></sodipodi:namedview>
  <?{TOLD.split()[0]} instruction?>
  <defs><path id="a" d="M0 0h9v9z" inkscape:label="{TOLD}" data-name="{TOLD}"/></defs>
  <use xlink:href="#a" fill="#123456" aria-label="{TOLD}"/>
</svg>"""


def test_a_drawn_logo_keeps_its_drawing_alone(tmp_path):
    (tmp_path / "logo.svg").write_text(DRAWN, encoding="utf-8")
    source, problems = read_logo(tmp_path / "logo.svg")
    drawing = decoded(source).decode()
    assert problems == ()
    assert "estrilou" not in drawing and "Perrine" not in drawing and "<!--" not in drawing
    assert '<path id="a" d="M0 0h9v9z" />' in drawing and 'href="#a"' in drawing


def test_pictures_tell_nothing_in_any_format_of_a_report(tmp_path):
    event = write_event(tmp_path / "essai")
    (event / "a.jpg").write_bytes(as_jpeg())
    (event / "logo.svg").write_text(DRAWN, encoding="utf-8")
    with (event / "event.toml").open("a", encoding="utf-8") as file:
        file.write('[brand]\nlogo = "logo.svg"\n')
        file.write('[[photos]]\nfile = "a.jpg"\nalternative = "La salle"\n')
    every = tuple(name for name, _ in WRITERS)
    folder = publish(event, tmp_path / "out", every)
    held = Identifiers(names=[("Perrine", "Kestrilou")])
    written = [path for path in folder.rglob("*") if path.is_file()]
    assert search(written, held) == []
    assert search([event / "a.jpg"], held) and search([event / "logo.svg"], held)
    assert "La salle" in (folder / "bilan.html").read_text(encoding="utf-8")
