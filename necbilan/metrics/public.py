"""The people whom «who came» is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["counted_public"]


def counted_public(dossier: Dossier) -> pd.DataFrame | None:
    """Rows of the public seen at the event; of the registered when presence was not measured.

    None when there is no registration file, or nobody of the public in it.
    """
    people = dossier.registrations
    if people is None:
        return None
    public = people[people["role"].eq("public").fillna(False)]
    measured = bool(public["present"].notna().any())
    seen = public["present"].fillna(False) if measured else public["status"].eq("registered")
    chosen = public[seen.fillna(False).astype(bool)]
    return chosen if len(chosen) else None
