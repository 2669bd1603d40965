"""How many people could vote on each activity, and how that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

__all__ = ["exposure_of", "followed_by"]

_NAMED = ("attended_activities", "liked_most", "liked_least")


def exposure_of(
    activities: pd.DataFrame | None, people: pd.DataFrame | None
) -> tuple[Mapping[str, int], Mapping[str, str]]:
    """Activity → people exposed to it, and → how that is known.

    Those counted there ("attended"), else those who chose it and were not missing
    ("chosen"), else its seats ("seats").
    """
    counts: dict[str, int] = {}
    sources: dict[str, str] = {}
    if activities is not None:
        for source, column in (("seats", "capacity"), ("attended", "attended")):
            known = activities.dropna(subset=[column])
            found = {
                str(title): int(number)
                for title, number in zip(known["activity"], known[column], strict=True)
            }
            if source == "attended":
                chosen = _chosen(people)
                counts |= chosen
                sources |= dict.fromkeys(chosen, "chosen")
            counts |= found
            sources |= dict.fromkeys(found, source)
        return counts, sources
    counts = _chosen(people)
    return counts, dict.fromkeys(counts, "chosen")


def _chosen(people: pd.DataFrame | None) -> dict[str, int]:
    """People who chose each activity when registering, those who did not come aside."""
    if people is None:
        return {}
    came = people["status"].isin(["registered", "walk_in"]) & ~people["present"].eq(False).fillna(
        False
    )
    chosen = people.loc[came, "activities"].dropna().explode().dropna()
    return {str(title): int(count) for title, count in chosen.value_counts().items()}


def followed_by(responses: pd.DataFrame | None) -> Mapping[str, int]:
    """Activity → respondents who say that they followed it, or who named it; empty when the
    survey did not ask what people followed."""
    if responses is None:
        return {}
    said = responses[responses["role"].isin(_NAMED) & responses["answer"].notna()]
    if not said["role"].eq("attended_activities").any():
        return {}
    counts = said.groupby("answer", sort=False)["respondent"].nunique()
    return {str(title): int(count) for title, count in counts.items()}
