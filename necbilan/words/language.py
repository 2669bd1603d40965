"""A language: its words (TOML data), its numbers, its typography.

French follows the Lexique des règles typographiques en usage à l'Imprimerie nationale
(2002): narrow no-break space before ; ! ? % € and in thousands, no-break space before
the colon and inside « », decimal comma, minus sign U+2212, singular below 2.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from necbilan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

__all__ = ["LANGUAGES", "Language", "half_up", "language"]

LANGUAGES = ("fr", "en")
NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"


@cache
def language(code: str, *, median_point: bool = False) -> Language:
    """The language of that code; ``median_point`` shortens the doublets of French.

    Raises UsageError naming those that exist.
    """
    if code not in LANGUAGES:
        raise UsageError(
            f"langue « {code} » inconnue : choisissez {' ou '.join(LANGUAGES)} "
            "(par exemple --lang fr)."
        )
    words: dict[str, str] = {}
    folder = resources.files("necbilan.words")
    with (folder / f"{code}.toml").open("rb") as file:
        words |= tomllib.load(file)
    parts = sorted((folder / "parts").iterdir(), key=lambda part: part.name)
    for part in parts:
        if part.name.endswith(".toml"):
            with part.open("rb") as file:
                words |= tomllib.load(file).get(code, {})
    if median_point:
        with (folder / "median.toml").open("rb") as file:
            words |= tomllib.load(file).get(code, {})
    return Language(code, words)


@dataclass(frozen=True)
class Language:
    """Words by key, and how this language writes numbers, dates and lists."""

    code: str
    words: Mapping[str, str]

    def has(self, key: str) -> bool:
        """Whether the language has a word for ``key``."""
        return key in self.words

    def say(self, key: str, **values: object) -> str:
        """The words of ``key``, filled and typeset.

        "singular|plural" is chosen by ``count`` (French: singular below 2).
        Raises KeyError when the key has no words.
        """
        text = self.words[key]
        if "|" in text:
            count = abs(float(str(values["count"])))
            singular = count < 2 if self.code == "fr" else count == 1
            one, many = text.split("|", 1)
            text = one if singular else many
        shown = {
            name: self.number(value)
            if isinstance(value, (int, float)) and not isinstance(value, bool)
            else value
            for name, value in values.items()
        }
        return self.typeset(text).format(**shown)

    def typeset(self, text: str) -> str:
        """French spaces, apostrophes and quotes; of English text, the apostrophes.

        >>> language("fr").typeset("Satisfait : 86 % !") == (
        ...     "Satisfait\\u00a0: 86\\u202f%\\u202f!")
        True
        >>> language("fr").typeset('Table "Habiter la mer"')
        'Table «\\xa0Habiter la mer\\xa0»'
        """
        if self.code != "fr":
            return text.replace("'", "’")
        text = re.sub(
            r'(?<![\w"])"([^"]+)"(?![\w"])', "«" + NO_BREAK + r"\1" + NO_BREAK + "»", text
        )
        text = text.replace("'", "’")
        text = re.sub(r"[ \u00a0\u202f]+([;!?%€])", NARROW + r"\1", text)
        text = re.sub(r"[ \u00a0\u202f]+(:)(?!\w)", NO_BREAK + r"\1", text)
        text = re.sub(r"«[ \u00a0\u202f]*", "«" + NO_BREAK, text)
        text = re.sub(r"[ \u00a0\u202f]*»", NO_BREAK + "»", text)
        text = re.sub(r"(?<=\d) (?=\d{3}\b)", NARROW, text)
        text = text.replace("CC BY-SA 4.0", f"CC{NO_BREAK}BY-SA{NO_BREAK}4.0")
        return re.sub(r"([\d}])[ \u00a0\u202f]+(k€|km)", r"\1" + NARROW + r"\2", text)

    def quoted(self, text: str) -> str:
        """``within_quotes`` between quotation marks.

        >>> language("fr").quoted("Table « Numérique »")
        '«\xa0Table “Numérique”\xa0»'
        >>> language("en").quoted("Table « Numérique »")
        '“Table ‘Numérique’”'
        """
        return self.say("quoted", text=self.within_quotes(text))

    def within_quotes(self, text: str) -> str:
        """The text, its own quotation marks being of the second kind."""
        opening, closing = "“”" if self.code == "fr" else "‘’"
        inner = re.sub(r"«[ \u00a0\u202f]*", opening, text)
        return re.sub(r"[ \u00a0\u202f]*»", closing, inner)

    def number(self, value: float, decimals: int | None = None, *, signed: bool = False) -> str:
        """A number as printed; ``decimals`` None keeps an integer whole, else one decimal.

        >>> language("fr").number(14000), language("fr").number(-2.55, 2)
        ('14\\u202f000', '−2,55')
        """
        if math.isnan(value):
            return "–"
        if decimals is None:
            decimals = 0 if float(value).is_integer() else 1
        rounded = half_up(abs(value), decimals)
        digits = f"{rounded:,.{decimals}f}"
        if self.code == "fr":
            digits = digits.replace(",", NARROW).replace(".", ",")
        sign = (MINUS if value < 0 else "+" if signed else "") if rounded else ""
        return sign + digits

    def percent(self, share: float) -> str:
        """A share as a whole percentage; never 0 % or 100 % when it is not exactly so."""
        number = self.number(100 * share, 0)
        if share > 0 and half_up(100 * share, 0) == 0:
            number = self.say("number.below", number=1)
        elif share < 1 and half_up(100 * share, 0) == 100:
            number = self.say("number.above", number=99)
        return f"{number}{NARROW}%" if self.code == "fr" else f"{number}%"

    def between(self, low: float, high: float) -> str:
        """Two shares as an interval: «de 77 à 92 %»."""
        return self.say(
            "number.between_percent",
            low=self.number(100 * low, 0),
            high=self.number(100 * high, 0),
        )

    def euros(self, amount: float, *, short: bool = False, signed: bool = False) -> str:
        """An amount: exact («14 000 €», «77,35 €») or short («14 k€») from 10 000 up.

        >>> language("en").euros(-500), language("en").euros(50, signed=True)
        ('−€500', '+€50')
        """
        if short and amount >= 10_000:
            thousands = amount / 1000
            return self.say(
                "number.thousand_euros",
                number=self.number(thousands, 0 if thousands.is_integer() else 1),
            )
        decimals = 0 if float(amount).is_integer() else 2
        number = self.number(amount, decimals, signed=signed)
        digits = number.lstrip(f"+{MINUS}")
        return number.removesuffix(digits) + self.say("number.euros", number=digits)

    def day(self, day: date) -> str:
        """«12 octobre 2023», «1ᵉʳ mars 2024»."""
        first = "1\u1d49\u02b3" if self.code == "fr" else "1"
        return self.say(
            "date.day",
            day=first if day.day == 1 else str(day.day),
            month=self.words[f"date.month.{day.month}"],
            year=str(day.year),
        )

    def days(self, days: Sequence[date]) -> str:
        """One date, two joined by «et», or «du … au …», the month and year they share said once."""
        if len(days) == 1:
            return self.day(days[0])
        first, last = days[0], days[-1]
        shared = (first.year == last.year) + ((first.year, first.month) == (last.year, last.month))
        begun = self.day(first).rsplit(" ", shared)[0]
        if len(days) == 2:
            return self.join([begun, self.day(last)])
        return self.say("date.range", first=begun, last=self.day(last))

    def join(self, parts: Sequence[str]) -> str:
        """«a, b et c»."""
        if len(parts) < 2:
            return "".join(parts)
        return f"{', '.join(parts[:-1])} {self.words['list.and']} {parts[-1]}"


def half_up(value: float, decimals: int) -> float:
    """Rounded half away from zero, as a reader does by hand (Python rounds half to even).

    >>> half_up(62.5, 0), half_up(-0.25, 1)
    (63.0, -0.3)
    """
    scaled = math.floor(abs(value) * 10**decimals + 0.5 + 1e-9)
    return math.copysign(scaled / 10**decimals, value) if scaled else 0.0
