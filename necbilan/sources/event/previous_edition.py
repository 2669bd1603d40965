"""The edition before, from the measures that it published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.exchange import read_measures
from necbilan.model import Previous, Question

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

__all__ = ["read_previous"]


def read_previous(path: Path) -> Previous:
    """The previous edition's measures and questions.

    Raises InputMissing or UnreadableFile, as ``exchange.read_measures``.
    """
    sent = read_measures(path)
    event: Mapping[str, Any] = sent.attributes.get("event", {})
    return Previous(
        name=str(event.get("name") or event.get("slug") or path.parent.name),
        measures=sent.measures,
        questions=tuple(_question(given) for given in sent.attributes.get("questions", ())),
        survey_mode=str(sent.attributes.get("survey_mode", "")),
    )


def _question(given: Mapping[str, Any]) -> Question:
    return Question(
        id=str(given.get("id", "")),
        wording=str(given.get("wording", "")),
        role=str(given.get("role", "")),
        scale=tuple(str(level) for level in given.get("scale", ())),
        positive=int(given.get("positive", 0)),
    )
