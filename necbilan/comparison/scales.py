"""Whether two surveys asked the same thing: the question's wording and its scale.

The neutral level alone moves the share of positives by some 13 points between a 4- and a
5-level question on the same opinion: raw shares of different scales are never compared.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.comparison.sent import Sent

__all__ = ["overall_question", "scale_reasons"]

Signature = tuple[tuple[str, ...], int, str]

_INCLUSIVE = re.compile(r"(?<=\w)(?:\([a-zè]{1,5}\)|[·.⋅•‧](?:e|ne|rice|trice|se)(?:[·.⋅•‧]?s)?\b)")


def overall_question(attributes: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The question on the overall impression, as datapackage.json describes it, or None."""
    for question in attributes.get("questions", ()):
        if question.get("role") == "overall_satisfaction" and question.get("scale"):
            return dict(question)
    return None


def scale_reasons(events: Sequence[Sent]) -> dict[str, str]:
    """Why the share of positives of an event is not comparable; '' when it is.

    The events that are comparable are those that put the question most often asked, with
    the same levels; by number of events, then in the order given.  Reasons:
    unknown_attributes, other_scale (another number of levels), other_wording (of the
    question or of its levels).
    """
    signatures = {sent.slug: _signature(sent) for sent in events}
    groups: dict[Signature, list[str]] = defaultdict(list)
    for slug, signature in signatures.items():
        if signature is not None:
            groups[signature].append(slug)
    usual = max(groups, key=lambda signature: len(groups[signature]), default=None)
    return {
        slug: _reason(signature, usual, len(groups[usual]) if usual else 0)
        for slug, signature in signatures.items()
    }


def _reason(signature: Signature | None, usual: Signature | None, events: int) -> str:
    if signature is None or usual is None:
        return "unknown_attributes"
    if signature == usual and events > 1:
        return ""
    if (len(signature[0]), signature[1]) != (len(usual[0]), usual[1]) or signature == usual:
        return "other_scale"
    return "other_wording"


def _signature(sent: Sent) -> Signature | None:
    question = overall_question(sent.attributes)
    if question is None:
        return None
    levels = tuple(_fold(str(level)) for level in question["scale"])
    return levels, int(question.get("positive") or 0), _fold(str(question.get("wording", "")))


def _fold(text: str) -> str:
    bare = unicodedata.normalize("NFKD", _INCLUSIVE.sub("", text)).casefold()
    kept = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[a-z0-9]+", kept))
