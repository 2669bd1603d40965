"""The names of the places that a frame speaks of by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.reference import place_name

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["place_names"]


def place_names(registrations: pd.DataFrame) -> dict[str, str]:
    """Code → name: "insee:57463", "department:57", "region:44", "epci:…", "country:LU".

    Only the places that stand in the frame, so that nothing else travels with it.
    """
    keys = (
        f"{kind}:{code}"
        for kind in ("insee", "department", "region", "epci", "country")
        for code in registrations[kind].dropna().unique()
    )
    return {key: name for key in keys if (name := place_name(key))}
