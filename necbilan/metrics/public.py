"""The people whom «who came» is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from necbilan.model import Dossier

__all__ = ["counted_public", "public_of"]


def public_of(dossier: Dossier) -> pd.DataFrame | None:
    """Rows of the public, whatever became of them; None without a registration file."""
    people = dossier.registrations
    return None if people is None else people[people["role"].eq("public").fillna(False)]


def counted_public(dossier: Dossier) -> pd.DataFrame | None:
    """Rows of the public seen at the event; of the registered when presence was not measured.

    None when there is no registration file, or nobody of the public in it.
    """
    public = public_of(dossier)
    if public is None:
        return None
    measured = bool(public["present"].notna().any())
    seen = public["present"].fillna(False) if measured else public["status"].eq("registered")
    chosen = public[seen.fillna(False).astype(bool)]
    return chosen if len(chosen) else None
