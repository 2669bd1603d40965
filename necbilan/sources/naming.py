"""The names of the places that a frame speaks of by code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.reference import tables

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["place_names"]


def place_names(registrations: pd.DataFrame) -> dict[str, str]:
    """Code → name: "insee:57463", "department:57", "region:44", "epci:…", "country:LU".

    Only the places that stand in the frame, so that nothing else travels with it.
    """
    communes = registrations[["insee", "commune"]].dropna().drop_duplicates("insee")
    named = {
        f"insee:{code}": str(name)
        for code, name in zip(communes["insee"], communes["commune"], strict=True)
    }
    departments = dict(zip(tables.departments().code, tables.departments().name, strict=True))
    countries = dict(zip(tables.countries().code, tables.countries().name, strict=True))
    for column, names in (
        ("department", departments),
        ("region", tables.regions()),
        ("epci", tables.epcis()),
        ("country", countries),
    ):
        for code in registrations[column].dropna().unique():
            if code in names:
                named[f"{column}:{code}"] = names[code]
    return named
