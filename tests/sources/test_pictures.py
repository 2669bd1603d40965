"""Photos and logo: small, upright, without metadata; a bad one is a Problem, never a crash."""

from __future__ import annotations

import base64
import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from necbilan.model import Photo
from necbilan.sources.event.pictures import LARGEST_PHOTO, MOST_PHOTOS, read_logo, read_photos

if TYPE_CHECKING:
    from pathlib import Path

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def photo(path: Path) -> Photo:
    return Photo(path, "Une salle")


def decoded(source: str) -> bytes:
    return base64.b64decode(source.partition(",")[2])


def opened(source: str) -> Image.Image:
    return Image.open(io.BytesIO(decoded(source)))


def test_a_photo_is_upright_small_and_without_metadata(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by a quarter
    exif[0x9286] = "Rosa Imaginard"
    exif.get_ifd(0x8825)[1] = "N"  # GPS
    wide = Image.new("RGB", (3000, 1000), "navy")
    wide.save(tmp_path / "a.jpg", exif=exif, comment=b"Rosa Imaginard")
    (picture,), problems = read_photos([photo(tmp_path / "a.jpg")])
    assert problems == ()
    assert (picture.width, picture.height) == (467, 1400)
    assert opened(picture.source).size == (467, 1400)
    assert not opened(picture.source).getexif()
    assert b"Imaginard" not in decoded(picture.source)


def test_a_transparent_picture_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(tmp_path / "a.png")
    (picture,), _ = read_photos([photo(tmp_path / "a.png")])
    assert opened(picture.source).getpixel((4, 4)) == (255, 255, 255)


def test_the_hardest_photo_stays_under_the_budget(tmp_path: Path) -> None:
    noise = Image.effect_noise((2000, 2000), 60).convert("RGB")
    noise.save(tmp_path / "a.jpg", quality=95)
    (picture,), _ = read_photos([photo(tmp_path / "a.jpg")])
    assert len(decoded(picture.source)) <= LARGEST_PHOTO


def test_twelve_of_the_hardest_photos_share_what_a_page_can_carry(tmp_path: Path) -> None:
    Image.effect_noise((1800, 1800), 90).convert("RGB").save(tmp_path / "a.jpg", quality=95)
    pictures, problems = read_photos([photo(tmp_path / "a.jpg")] * 12)
    assert (len(pictures), problems) == (12, ())
    assert sum(len(picture.source) for picture in pictures) <= 4_000_100
    assert all(opened(p.source).size == (p.width, p.height) for p in pictures)
    assert min(pictures[0].width, pictures[0].height) >= 600


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "n’est pas dans le dossier"),
        (b"", "pas une image lisible"),
        (b"\xff\xd8\xff\xe0 cut short", "pas une image lisible"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "pas une image lisible"),
    ],
)
def test_a_bad_photo_is_a_problem_that_names_its_file(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    if content is not None:
        (tmp_path / "a.jpg").write_bytes(content)
    pictures, (problem,) = read_photos([photo(tmp_path / "a.jpg")])
    assert pictures == ()
    assert (problem.code, problem.severity, problem.file) == ("W_PHOTO", "note", "a.jpg")
    assert said in problem.found


def test_a_photo_cut_in_its_pixels_is_a_problem(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 300), 60).save(out, "JPEG")
    (tmp_path / "a.jpg").write_bytes(out.getvalue()[:4000])
    assert [problem.code for problem in read_photos([photo(tmp_path / "a.jpg")])[1]] == ["W_PHOTO"]


def test_a_photo_with_more_pixels_than_a_wall_is_not_decoded(tmp_path: Path) -> None:
    Image.new("1", (20_000, 20_000)).save(tmp_path / "a.png")
    _, (problem,) = read_photos([photo(tmp_path / "a.png")])
    assert "trop de pixels" in problem.found


def test_photos_beyond_the_most_are_told(tmp_path: Path) -> None:
    Image.new("RGB", (4, 4)).save(tmp_path / "a.jpg")
    pictures, problems = read_photos([photo(tmp_path / "a.jpg")] * (MOST_PHOTOS + 2))
    assert (len(pictures), len(problems)) == (MOST_PHOTOS, 2)


def test_a_large_logo_becomes_a_png_of_fourteen_millimetres(tmp_path: Path) -> None:
    Image.new("RGB", (4000, 2000), "teal").save(tmp_path / "logo.jpg")
    source, problems = read_logo(tmp_path / "logo.jpg")
    assert problems == ()
    assert source.startswith("data:image/png;base64,")
    assert opened(source).size == (660, 330)


def test_a_drawn_logo_keeps_its_drawing(tmp_path: Path) -> None:
    drawn = SVG.format('<path d="M0 0h9v9z" fill="#123456"/>')
    (tmp_path / "logo.svg").write_text(drawn)
    source, problems = read_logo(tmp_path / "logo.svg")
    assert problems == ()
    assert '<path d="M0 0h9v9z" fill="#123456" />' in decoded(source).decode()
    assert 'viewBox="0 0 9 9"' in decoded(source).decode()


@pytest.mark.parametrize(
    "inner",
    [
        "<script>x()</script>",
        '<path d="M0 0" onclick="x()"/>',
        '<use href="https://example.org/a.svg"/>',
        '<rect style="fill:url(https://example.org/a)"/>',
        "<style>@import 'a.css';</style>",
        "<text>NEC</text>",
        "<foreignObject/>",
        "<rect",
    ],
)
def test_a_logo_that_runs_fetches_or_needs_a_font_is_left_out(tmp_path: Path, inner: str) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(inner))
    source, (problem,) = read_logo(tmp_path / "logo.svg")
    assert (source, problem.code, problem.severity) == ("", "W_LOGO", "note")


def test_without_a_logo_nothing_is_read() -> None:
    assert read_logo(None) == ("", ())


@pytest.mark.parametrize(
    ("colour", "kept"), [("#FFFFFF", False), ("#F4F4F4", False), ("#BBBBBB", True)]
)
def test_a_white_logo_made_for_a_dark_ground_is_left_out_with_its_reason(tmp_path, colour, kept):
    logo = Image.new("RGBA", (300, 100))
    logo.paste(Image.new("RGBA", (200, 50), colour), (50, 25))
    logo.save(tmp_path / "logo.png")
    source, problems = read_logo(tmp_path / "logo.png")
    assert bool(source) == kept
    assert [problem.found for problem in problems] == (
        [] if kept else ["ce logo est blanc : il ne se voit pas sur le papier"]
    )


def test_a_grey_photo_of_sixteen_bits_keeps_its_greys(tmp_path):
    path = tmp_path / "gris.png"
    Image.new("I;16", (40, 30), 128 * 256).save(path)
    (picture,), problems = read_photos([Photo(path, "du gris")])
    content = base64.b64decode(picture.source.partition(",")[2])
    grey = Image.open(io.BytesIO(content)).convert("L").getpixel((20, 15))
    assert problems == () and abs(grey - 128) <= 2


@pytest.mark.parametrize("levels", [9, "endless"])
def test_a_logo_that_draws_itself_over_and_over_is_left_out(tmp_path, levels):
    """Ten times ten times…: 400 lines that hang a browser and stop the PDF."""
    groups = "".join(
        f'<g id="a{level + 1}">' + f'<use href="#a{level}"/>' * 10 + "</g>"
        for level in range(levels if isinstance(levels, int) else 1)
    )
    first = '<rect width="1" height="1"/>' if isinstance(levels, int) else '<use href="#a1"/>'
    drawing = f'<g id="a0">{first}</g>{groups}<use href="#a1"/>'
    if isinstance(levels, int):
        drawing += f'<use href="#a{levels}"/>'
    path = tmp_path / "logo.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">{drawing}</svg>')
    logo, (problem,) = read_logo(path)
    assert logo == "" and "trop de formes" in problem.found


def test_a_logo_that_uses_a_shape_some_times_is_kept(tmp_path):
    path = tmp_path / "logo.svg"
    uses = '<use href="#a" x="1"/>' * 20
    shapes = f'<defs><rect id="a" width="1" height="1"/></defs>{uses}'
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{shapes}</svg>')
    logo, problems = read_logo(path)
    assert logo.startswith("data:image/svg+xml") and problems == ()


WALL = """
import re, sys
from pathlib import Path
from PIL import Image
from necbilan.model import Photo
from necbilan.sources.event.pictures import read_photos
(picture,), problems = read_photos([Photo(Path(sys.argv[1]), "un mur")])
print(picture.width, picture.height, len(problems))
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(int(peak[1]) // 1024)
"""
"""the peak of this process alone: ru_maxrss remembers that of the one that started it"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux says a process's peak in /proc")
@pytest.mark.parametrize(("mode", "kind"), [("RGB", "png"), ("P", "png"), ("CMYK", "jpg")])
def test_the_largest_picture_that_is_taken_needs_less_than_a_gigabyte(tmp_path, mode, kind):
    wall = tmp_path / f"mur.{kind}"
    Image.new(mode, (9400, 9400)).save(wall)  # 88 million pixels; 90 are refused
    run = subprocess.run(
        [sys.executable, "-c", WALL, str(wall)], capture_output=True, text=True, check=True
    )
    shown, memory = run.stdout.splitlines()
    assert shown == "1400 1400 0"
    assert int(memory) < 1024
