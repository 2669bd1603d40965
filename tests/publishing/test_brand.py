"""The organiser's colours and logo, everywhere; an unreadable colour nowhere."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pikepdf
import pytest
from hard_events import three_answers
from PIL import Image
from pptx import Presentation

from necbilan import style
from necbilan.errors import ConfigError
from necbilan.publishing.report import publish
from necbilan.sources import load

if TYPE_CHECKING:
    from pathlib import Path

GREEN, RED = "#14532D", "#B91C1C"


def branded(folder: Path, table: str) -> Path:
    three_answers(folder)
    with (folder / "event.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[brand]\n{table}\n")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("brand")
    folder = branded(
        place / "verte", f'primary = "{GREEN.lower()}"\nsecondary = "{RED}"\nlogo = "logo.png"'
    )
    Image.new("RGB", (300, 100), GREEN).save(folder / "logo.png")
    photo = '\n[[photos]]\nfile = "a.jpg"\nalternative = "Une salle"\ncredit = "Photo : la Ville"\n'
    with (folder / "event.toml").open("a", encoding="utf-8") as file:
        file.write(photo * 12)
    Image.effect_noise((1600, 1200), 80).convert("RGB").save(folder / "a.jpg")
    formats = ("html", "pdf", "synthese", "slides", "les-bases", "figures")
    return publish(folder, place / "out", formats=formats)


def test_page_and_charts_wear_the_organiser_s_colours(made: Path) -> None:
    page = (made / "bilan.html").read_text(encoding="utf-8")
    assert f"--night:{GREEN}" in page
    assert f"--yellow:{RED}" in page
    drawings = page[page.index("<main") :].lower()
    assert drawings.count(GREEN.lower()) > 5
    assert style.colour("night").lower() not in drawings


def test_files_of_charts_wear_them_too(made: Path) -> None:
    drawings = [path.read_text(encoding="utf-8").lower() for path in made.rglob("figures/*.svg")]
    assert any(GREEN.lower() in drawing for drawing in drawings)
    assert not any(style.colour("night").lower() in drawing for drawing in drawings)


def test_pdf_and_essential_carry_the_logo_with_its_alternative(made: Path) -> None:
    for name in ("bilan.pdf", "synthese.pdf"):
        with pikepdf.open(made / name) as pdf:
            alternatives = [
                str(found.get("/Alt", "")) for found in pdf.objects if _is_figure(found)
            ]
            content = b"".join(page.Contents.read_bytes() for page in pdf.pages[:1])
        assert "Logo\u00a0: Ville de Metz" in alternatives
        assert _painted(GREEN) in content


def _is_figure(found: object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/S") == "/Figure"


def _painted(colour: str) -> bytes:
    """The start of the operator that paints in that colour."""
    return f"{int(colour[1:3], 16) / 255:.4f}".rstrip("0").encode()[:5]


def test_the_page_shows_logo_and_photos_under_five_megabytes(made: Path) -> None:
    page = (made / "bilan.html").read_text(encoding="utf-8")
    assert 'alt="Logo\u00a0: Ville de Metz"' in page
    assert page.count('alt="Une salle"') == 12
    assert page.count("Photo\u00a0: la Ville") == 12
    assert 500_000 < len(page.encode()) <= 5_000_000


def test_photos_go_to_les_bases_with_their_texts(made: Path) -> None:
    images = sorted(path.name for path in (made / "les-bases" / "images").glob("photo-*.jpg"))
    assert images == [f"photo-{rank:02d}.jpg" for rank in range(1, 13)]
    said = (made / "les-bases" / "06-images.txt").read_text(encoding="utf-8")
    assert said.count("Une salle") == 12


def test_slides_wear_the_colours_and_the_logo(made: Path) -> None:
    deck = Presentation(io.BytesIO((made / "diaporama.pptx").read_bytes()))
    (title,) = deck.slides[0].shapes.title.text_frame.paragraphs[0].runs
    assert str(title.font.color.rgb) == GREEN[1:]
    pictures = [shape for shape in deck.slides[0].shapes if shape.shape_type == 13]
    assert len(pictures) == 1
    assert pictures[0].height / 360_000 == pytest.approx(1.4, abs=0.01)  # EMU a centimetre


def test_a_pale_colour_is_refused_with_its_measured_contrast(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"#FFCC00 n’a qu’un contraste de 1,5 sur le blanc"):
        load(branded(tmp_path / "pale", 'primary = "#FFCC00"'))


def test_a_secondary_colour_is_an_ornament_and_may_be_pale(tmp_path: Path) -> None:
    dossier = load(branded(tmp_path / "pale", 'secondary = "#FFCC00"'))
    assert dossier.event.brand == {"secondary": "#FFCC00"}


def test_a_logo_outside_the_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="sort du dossier"):
        load(branded(tmp_path / "dehors", 'logo = "../logo.png"'))


def test_a_missing_logo_is_a_note_and_the_report_goes_on(tmp_path: Path) -> None:
    dossier = load(branded(tmp_path / "sans", 'logo = "logo.png"'))
    assert [problem.code for problem in dossier.problems if problem.file == "logo.png"] == [
        "W_LOGO"
    ]
    assert dossier.facts.logo == ""
