"""Copy-ready texts for the platform Les Bases, within its limits to the character.

The platform has no interface to write to: a person copies numbered text files and loads
the images. It takes headings, lists, bold and links, no table and no inline image, and
speaks French: so do these files, whatever the report's language.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any

from necbilan import vocabulary
from necbilan.publishing.figure_files import picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from necbilan.publishing.content import Content
    from necbilan.words.spelled import Spelled

__all__ = ["fitted", "les_bases_files"]

PICTURES = 6
"""images proposed; a publication with more is hard to read"""


def les_bases_files(content: Content, shown: Spelled) -> dict[str, bytes]:
    """File name -> bytes: title, description, three sections, images, what to tick."""
    rules = vocabulary.read("les_bases")
    limits: Mapping[str, int] = rules["limits"]
    sections = {str(block["id"]): block for block in content.blocks if block["kind"] == "section"}
    texts = {
        "01-titre.txt": fitted(_title(shown), limits["title"]),
        "02-description.txt": fitted(_description(shown), limits["description"]),
    }
    chapters = (
        ("03-presentation.md", "les_bases.presentation", _presentation(shown)),
        (
            "04-frequentation.md",
            "les_bases.attendance",
            _told(sections, content.labels, "audience", "origin"),
        ),
        (
            "05-retours.md",
            "les_bases.feedback",
            _told(sections, content.labels, "satisfaction", "improvements"),
        ),
    )
    for name, key, body in chapters:
        if body:
            head = fitted(shown.say(key), limits["content_title"])
            texts[name] = f"## {head}\n\n" + "\n\n".join(body)
    pictures = list(_pictures(content, shown, limits))
    if pictures:
        texts["06-images.txt"] = "\n\n".join(text for _, text, _ in pictures)
    texts["00-a-lire.md"] = _to_tick(shown, rules)
    files = {name: f"{text}\n".encode() for name, text in sorted(texts.items())}
    return files | {f"images/{name}": image for name, _, image in pictures}


def fitted(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters: whole sentences if one fits, else words.

    >>> fitted("Une phrase. Une autre, plus longue.", 20), fitted("Un titre bien long", 10)
    ('Une phrase.', 'Un titre…')
    """
    text = " ".join(text.split(" "))
    if len(text) <= limit:
        return text
    cut = text[: limit + 1]
    ends = [found.end() for found in re.finditer(r"[.!?…](?=\s)", cut) if found.end() <= limit]
    if ends:
        return text[: ends[-1]]
    words = text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{words[: limit - 1]}…"


def _title(shown: Spelled) -> str:
    return shown.say("les_bases.title", name=shown.facts.event.name)


def _description(shown: Spelled) -> str:
    event = shown.facts.event
    said = [
        shown.say(
            "les_bases.where",
            name=event.name,
            day=shown.language.days(event.dates),
            place=event.place,
        )
    ]
    said += [_sentence(shown, subject) for subject in ("attendance", "organisations")]
    said += [event.description, _sentence(shown, "finding_impression")]
    return " ".join(part for part in said if part)


def _sentence(shown: Spelled, subject: str) -> str:
    sentence = shown.sentences.get(subject)
    if sentence is None:
        return ""
    return f"{sentence.title.rstrip('.')}."


def _presentation(shown: Spelled) -> list[str]:
    event = shown.facts.event
    told = [event.description, event.context]
    if event.partners:
        names = shown.language.join(event.partners)
        told.append(shown.say("organisation.partners", count=len(event.partners), names=names))
    kinds = [row for row in shown.rows("activities") if row.level]
    told += (
        [
            "\n".join(
                f"- {shown.say('financial.beneficiary', label=row.label, n=row.text)}"
                for row in kinds
            )
        ]
        if kinds
        else []
    )
    return [shown.language.typeset(part) for part in told if part]


def _told(
    sections: Mapping[str, Mapping[str, Any]], labels: Mapping[str, str], *ids: str
) -> list[str]:
    """The sentences, lists and quotations of those sections, as headings and lists."""
    return [
        text
        for id_ in ids
        if id_ in sections
        for block in sections[id_]["blocks"]
        for text in _as_text(block, labels)
    ]


def _as_text(block: Mapping[str, Any], labels: Mapping[str, str]) -> Iterator[str]:
    match block["kind"]:
        case "paragraph":
            lead = f"**{block['lead']}** " if block["lead"] else ""
            yield f"{lead}{block['text']}".strip()
        case "subheading":
            yield f"### {block['text']}"
        case "chart":
            said = str(block["alt"]).removeprefix(f"{block['title']}.").strip()
            yield f"**{block['title']}.** {said}"
        case "bullets":
            yield "\n".join(f"- {item}" for item in block["items"])
        case "quotes":
            yield f"**{block['title']}**"
            opening, closing = labels["quote_open"], labels["quote_close"]
            yield "\n".join(f"- {opening}{quote}{closing}" for quote in block["quotes"])


def _pictures(
    content: Content, shown: Spelled, limits: Mapping[str, int]
) -> Iterator[tuple[str, str, bytes]]:
    """File name, text to copy, image: the photos, then the first charts of the report."""
    for number, photo in enumerate(shown.facts.pictures, start=1):
        name = f"photo-{number:02d}.jpg"
        caption = photo.credit or _title(shown)
        alternative = shown.language.typeset(photo.alternative)
        told = _image_text(shown, limits, name, shown.language.typeset(caption), alternative)
        yield name, told, b64decode(photo.source.partition(",")[2])
    charts = [
        block
        for section in content.blocks
        for block in section.get("blocks", [section])
        if block["kind"] == "chart"
    ]
    for number, chart in enumerate(charts[:PICTURES], start=1):
        name = f"{number:02d}-{chart['id']}.png"
        told = _image_text(shown, limits, name, str(chart["title"]), str(chart["alt"]))
        yield name, told, picture(chart, content.colours)


def _image_text(
    shown: Spelled, limits: Mapping[str, int], name: str, caption: str, alternative: str
) -> str:
    """What to copy beside an image, its caption and alternative within the limits."""
    said = {
        "caption": fitted(caption, limits["caption"]),
        "alternative": fitted(alternative, limits["alternative"]),
    }
    return "\n".join(
        [name, *(shown.say(f"les_bases.{key}", text=text) for key, text in said.items())]
    )


def _to_tick(shown: Spelled, rules: Mapping[str, Any]) -> str:
    event = shown.facts.event
    said = " ".join(event.themes).lower()
    themes = _distinct([theme for word, theme in rules["themes"].items() if word in said])
    present = {row.level for row in shown.rows("organisation_type") if row.value}
    sectors = _distinct([sector for kind, sector in rules["sectors"].items() if kind in present])
    lists = {
        "les_bases.themes": (themes or [rules["default"]["theme"]])[: rules["counts"]["themes"]],
        "les_bases.types": rules["default"]["types"][: rules["counts"]["types"]],
        "les_bases.sectors": (sectors or ["acteurs_publics"])[: rules["counts"]["sectors"]],
    }
    lines = [f"# {shown.say('les_bases.how')}", shown.say("les_bases.steps")]
    lines += [f"- {shown.say(key)} {', '.join(values)}" for key, values in lists.items()]
    return "\n\n".join([*lines[:2], "\n".join(lines[2:]), shown.say("les_bases.licence")])


def _distinct(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))
