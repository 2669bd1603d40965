"""Copy-ready texts for the platform Les Bases, within its limits to the character.

The platform has no interface to write to: a person copies numbered text files and loads
the images. It takes headings, lists, bold and links, no table and no inline image: a chart
or a table becomes its title and a list.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any

from necbilan import vocabulary
from necbilan.publishing.figure_files import charts_of, picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from necbilan.publishing.content import Content
    from necbilan.words.spelled import Row, Spelled

__all__ = ["fitted", "les_bases_files"]

PICTURES = 6
"""images proposed; a publication with more is hard to read"""

LISTED = 12
"""rows of a table that a list takes over; the report has the others"""

MEANS = ("mobilised", "meetings", "budget_actual", "cost_per_participant")
"""measures that tell how the event was made"""


def les_bases_files(content: Content, shown: Spelled) -> dict[str, bytes]:
    """File name -> bytes: title, description, three sections, images, what to tick."""
    rules = vocabulary.read("les_bases")
    limits: Mapping[str, int] = rules["limits"]
    sections = {str(block["id"]): block for block in content.blocks if block["kind"] == "section"}

    def told(*ids: str) -> list[str]:
        blocks = [part for id_ in ids if id_ in sections for part in sections[id_]["blocks"]]
        texts = [(part["kind"], text) for part in blocks for text in _as_text(shown, part, rules)]
        after = [*(kind for kind, _ in texts[1:]), "subheading"][: len(texts)]
        return [
            text
            for (kind, text), following in zip(texts, after, strict=True)
            if kind != "subheading" or following != "subheading"
        ]

    texts = {
        "01-titre.txt": _title(shown, limits["title"]),
        "02-description.txt": fitted(_description(shown), limits["description"]),
    }
    chapters = (
        ("03-presentation.md", "les_bases.presentation", _presentation(shown)),
        (
            "04-frequentation.md",
            "les_bases.attendance",
            [*told("audience", "origin"), *_means(shown)],
        ),
        ("05-retours.md", "les_bases.feedback", told("satisfaction", "words-said", "improvements")),
    )
    for name, key, body in chapters:
        if body:
            head = fitted(shown.say(key), limits["content_title"])
            texts[name] = f"## {head}\n\n" + "\n\n".join(body)
    pictures = list(_pictures(content, shown, rules))
    if pictures:
        texts["06-images.txt"] = "\n\n".join(text for _, text, _ in pictures)
    texts["00-a-lire.md"] = _to_tick(shown, rules)
    files = {name: f"{text}\n".encode() for name, text in sorted(texts.items())}
    return files | {f"images/{name}": image for name, _, image in pictures}


def fitted(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters: whole sentences if they fill half, else words.

    >>> fitted("Une phrase. Une autre, plus longue.", 20), fitted("Un titre bien long", 10)
    ('Une phrase.', 'Un titre…')
    """
    text = " ".join(text.split(" "))
    if len(text) <= limit:
        return text
    cut = text[: limit + 1]
    ends = [found.end() for found in re.finditer(r"[.!?…](?=\s)", cut) if found.end() <= limit]
    if ends and 2 * ends[-1] >= limit:
        return text[: ends[-1]]
    words = text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:")
    return f"{words[: limit - 1]}…"


def _title(shown: Spelled, limit: int) -> str:
    """The event's name, cut if need be, and that this is its report."""
    name = shown.language.typeset(shown.facts.event.name)
    room = limit - len(shown.say("les_bases.title", name=""))
    return shown.say("les_bases.title", name=fitted(name, room))


def _description(shown: Spelled) -> str:
    """Name, day and place, the numbers, one sentence on the event, what the public thought."""
    event, language = shown.facts.event, shown.language
    values = {"name": event.name, "day": language.days(event.dates), "place": event.place}
    counted = [
        shown.sentences[subject].title.rstrip(".")
        for subject in ("attendance", "organisations")
        if subject in shown.sentences
    ]
    said = [
        language.typeset(shown.say("les_bases.where", **values)),
        f"{language.join(counted)}." if counted else "",
        language.typeset(event.description),
        _opinion(shown),
    ]
    return " ".join(part for part in said if part)


def _opinion(shown: Spelled) -> str:
    row = shown.one("satisfied_share", shown.main_group("satisfied_share"))
    if row is None or not row.text:
        return ""
    key = "les_bases.opinion_interval" if row.interval_text else "les_bases.opinion"
    return shown.say(key, share=row.text, n_text=row.n_text, interval=row.interval_text)


def _presentation(shown: Spelled) -> list[str]:
    """What it was, with whom, what was on: kinds, themes, who spoke."""
    event, say = shown.facts.event, shown.say
    told = [event.description, event.context]
    if event.partners:
        names = shown.language.join(event.partners)
        told.append(say("organisation.partners", count=len(event.partners), names=names))
    kinds = [row for row in shown.rows("activities") if row.level]
    told.append("\n".join(f"- {_kind(shown, row)}" for row in kinds))
    for subject in ("speakers", "filled"):
        sentence = shown.sentences.get(subject)
        told.append(f"{sentence.title} {sentence.text}".strip() if sentence else "")
    return [shown.language.typeset(part) for part in told if part]


def _kind(shown: Spelled, row: Row) -> str:
    """«5 stands découverte»; «Clôture : 1» of a kind that has no plural here."""
    key = f"kind.{row.level.lower()}"
    if shown.language.has(key):
        return shown.say("les_bases.kind", n=row.text, kind=shown.say(key, count=row.value))
    return shown.say("financial.beneficiary", label=row.label, n=row.text)


def _means(shown: Spelled) -> list[str]:
    """People mobilised, meetings, budget: under a heading of their own."""
    rows = [row for metric in MEANS if (row := shown.one(metric)) is not None]
    if not rows:
        return []
    lines = [shown.say("financial.beneficiary", label=row.label, n=row.text) for row in rows]
    return [f"### {shown.say('les_bases.organisation')}", "\n".join(f"- {line}" for line in lines)]


def _as_text(shown: Spelled, block: Mapping[str, Any], rules: Mapping[str, Any]) -> Iterator[str]:
    """A block as paragraphs, headings and lists; a chart or table as its title and its rows."""
    match block["kind"]:
        case "paragraph":
            lead = f"**{block['lead']}** " if block["lead"] else ""
            yield f"{lead}{block['text']}".strip()
        case "subheading":
            yield f"### {block['text']}"
        case "chart":
            if block["id"].partition("-")[0] not in rules["charts"]["left_out"]:
                yield f"**{block['title']}.**"
                if block["id"] not in rules["charts"]["title_only"]:
                    yield _rows_as_list(shown, block)
        case "table":
            yield f"**{block['caption']}.**"
            yield _rows_as_list(shown, block)
            if block["source"]:
                yield str(block["source"])
        case "bullets":
            yield "\n".join(f"- {item}" for item in block["items"])
        case "quotes":
            yield f"**{block['title']}**"
            quoted = shown.language.quoted
            yield "\n".join(f"- {quoted(quote)}" for quote in block["quotes"])


def _rows_as_list(shown: Spelled, block: Mapping[str, Any]) -> str:
    """«- Moselle (57) : 143», «- Associations : 25 (35 %)», «- Plénière : voix pour 3, …»."""
    heads, rows = block["headers"][1:], block["rows"]
    lines = [
        shown.say("financial.beneficiary", label=first.rstrip("."), n=_cells(heads, cells))
        for first, *cells in rows[:LISTED]
    ]
    if len(rows) > LISTED:
        more = len(rows) - LISTED
        lines.append(shown.say("les_bases.more", count=more, n=more))
    return "\n".join(f"- {line}" for line in lines)


def _cells(heads: Sequence[str], cells: Sequence[str]) -> str:
    if len(cells) == 1:
        return cells[0]
    known = [(head, cell) for head, cell in zip(heads, cells, strict=True) if cell != "–"]
    if len(cells) == 2 and known:
        count, *shares = (cell for _, cell in known)
        told = [share for share in shares if not share.startswith(f"{count} ")]
        return count + "".join(f" ({share})" for share in told)
    return ", ".join(f"{head[:1].lower()}{head[1:]} {cell}" for head, cell in known)


def _pictures(
    content: Content, shown: Spelled, rules: Mapping[str, Any]
) -> Iterator[tuple[str, str, bytes]]:
    """File name, text to copy, image: the photos, then the charts that tell most."""
    limits = rules["limits"]
    for number, photo in enumerate(shown.facts.pictures, start=1):
        name = f"photo-{number:02d}.jpg"
        caption = photo.credit or _title(shown, limits["caption"])
        alternative = shown.language.typeset(photo.alternative)
        told = _image_text(shown, limits, name, shown.language.typeset(caption), alternative)
        yield name, told, b64decode(photo.source.partition(",")[2])
    drawn = {str(chart["id"]): chart for chart in charts_of(content)}
    charts = [drawn[name] for name in rules["charts"]["pictures"] if name in drawn][:PICTURES]
    for number, chart in enumerate(charts, start=1):
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
        "themes": (themes or [rules["default"]["theme"]])[: rules["counts"]["themes"]],
        "types": rules["default"]["types"][: rules["counts"]["types"]],
        "sectors": (sectors or ["acteurs_publics"])[: rules["counts"]["sectors"]],
    }
    named = {
        key: ", ".join(_named(shown, value, rules["labels"]) for value in values)
        for key, values in lists.items()
    }
    steps = [shown.say(f"les_bases.step.{step}") for step in ("fields", "sections", "images")]
    steps.append(
        "\n".join(
            [
                shown.say("les_bases.step.tick"),
                *(
                    f"   - {shown.say(f'les_bases.{key}', names=names)}"
                    for key, names in named.items()
                ),
            ]
        )
    )
    steps.append(shown.say("les_bases.licence"))
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
    return "\n\n".join([f"# {shown.say('les_bases.how')}", "\n".join(numbered)])


def _named(shown: Spelled, identifier: str, labels: Mapping[str, str]) -> str:
    """What to tick: the platform's own words, which are French, with its identifier."""
    if shown.language.code != "fr":
        return identifier
    return f"{labels[identifier]} ({identifier})"


def _distinct(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))
