"""A report of every kind of block, invented, with the texts that hurt."""

from __future__ import annotations

import base64
import io

import pandas as pd
from PIL import Image

from necbilan.blocks import (
    Bullets,
    Caution,
    Chart,
    Cover,
    DataTable,
    KeyFigure,
    KeyFigures,
    Lesson,
    Lessons,
    Paragraph,
    Photographs,
    Quotes,
    Section,
    Subheading,
)
from necbilan.model import Picture

HOSTILE = "<script>alert('x')</script> & \"guillemets\" #set page(width: 1cm) *gras* $x$ @nom \\fin"
EMOJI = "Merci 👍🏽 مرحبا بك 日本"

LEVELS = pd.DataFrame(
    {
        "Réponse": ["Très positive", "Plutôt positive", "Mitigée"],
        "Répondants": ["17", "33", "8"],
        "Part": ["29\u202f%", "57\u202f%", "14\u202f%"],
    }
)


def svg(width: float, words: str = "Très positive") -> str:
    """A drawing as matplotlib writes them: a clip path, a hatch, text kept as text."""
    return f"""<?xml version="1.0" encoding="utf-8" standalone="no"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}pt" height="60pt"
 viewBox="0 0 {width} 60" xmlns="http://www.w3.org/2000/svg" version="1.1">
 <metadata>nothing</metadata>
 <defs><style type="text/css">*{{stroke-linejoin: round}}</style></defs>
 <g id="figure_1"><g id="patch_1">
  <path d="M 0 10.123456 L {width / 2} 10 L {width / 2} 30 L 0 30 z"
   clip-path="url(#p1)" style="fill: #1e1651"/>
 </g><use xlink:href="#m1" x="5.5" y="20"/>
 <text style="font-size: 10px; font-family: 'Necbilan Sans'; font-weight: 600"
  x="2" y="50">{words}</text></g>
 <defs><clipPath id="p1"><rect x="0" y="0" width="{width}" height="60"/></clipPath>
 <path id="m1" d="M 0 0 L 2 2" style="stroke: #000000"/></defs>
</svg>"""


def chart(identifier: str = "impression", **changes: str) -> Chart:
    texts = {
        "title": "Six répondants sur sept ont une impression positive",
        "svg": svg(540),
        "narrow": svg(216),
        "alt": "Sur 58 répondants\u00a0: très positive 17, plutôt positive 33, mitigée 8.",
        "subtitle": "«\u00a0Quelle est votre impression\u202f?\u00a0» · réponses, n = 58 sur 181",
        "source": "Enquête, jeu d’essai. Intervalle à 95\u202f%.",
        "caption": "Impression globale",
        "tag": "données fictives",
    } | changes
    return Chart(id=identifier, table=LEVELS, numeric=("Répondants", "Part"), **texts)


COVER = Cover(
    origin="Numérique en Commun[s] · bilan d’un événement local",
    title="NEC Metz 2023",
    subtitle="Une journée pour l’inclusion numérique, en octobre 2023.",
    language="fr",
    tag="données fictives",
    credits=("Chiffres\u00a0: jeu d’essai.", "Textes sous licence CC BY-SA 4.0."),
)

SUMMARY = Section(
    "essentiel",
    "L’essentiel",
    (
        KeyFigures(
            (
                KeyFigure("181", "personnes présentes", "150 à 250 attendues"),
                KeyFigure("71", "structures représentées", "2,5 personnes par structure"),
                KeyFigure("14\u202fk€", "de budget", "77\u202f€ par personne"),
                KeyFigure("15", "intervenantes et intervenants"),
                KeyFigure("4", "ateliers professionnels"),
                KeyFigure("5", "stands découverte"),
            )
        ),
        Paragraph("118 des 181 personnes sont venues à titre professionnel.", "Un public averti."),
        Paragraph("50 des 58 répondants jugent la journée positive.", "Une impression positive."),
        Paragraph("Ils sont plus souvent cités en bien qu’en mal.", "Des stands appréciés."),
        Caution("58 réponses pour 181 présents.", "À lire avec prudence."),
    ),
)


def _photo() -> str:
    """A small JPEG as a data URI."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG")
    return f"data:image/jpeg;base64,{base64.b64encode(out.getvalue()).decode()}"


PHOTO = Picture(_photo(), f"Une salle {HOSTILE}", 60, 40, credit=f"Photo : la Ville {EMOJI}")

OPINIONS = Section(
    "public",
    "Ce que le public en dit",
    (
        Paragraph("À la sortie, 58 personnes ont répondu."),
        chart(),
        chart(title="Encore une"),
        Photographs((PHOTO, PHOTO)),
    ),
)

WORDS = Section(
    "paroles",
    "Paroles",
    (
        Subheading("Ce que l’inclusion évoque"),
        Bullets(("Enjeu essentiel", "Changement")),
        Bullets(("D’abord", "Ensuite"), ordered=True),
        Quotes("Points d’amélioration", ("Indiquer le parking", HOSTILE, EMOJI)),
        DataTable("Mots cités", LEVELS, ("Répondants", "Part"), "Enquête."),
    ),
)

LESSONS = Section(
    "suite",
    "Ce que nous changerons",
    (
        Lessons(
            "Trois enseignements",
            (
                Lesson("Indiquer le parking.", "Le public", "Fléchage", "Le service", "mars 2024"),
                Lesson("Se donner le temps d’une inscription simple.", "L’équipe"),
                Lesson("Prévoir deux communications\u202f?", "L’équipe"),
            ),
        ),
    ),
)

BLOCKS = (COVER, SUMMARY, OPINIONS, WORDS, LESSONS)


def data() -> list[dict]:
    """The specimen as ``Block.data()`` gives it."""
    return [block.data() for block in BLOCKS]
