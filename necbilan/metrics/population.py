"""The population that a survey speaks about: the public who came."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from necbilan.model import Dossier

__all__ = ["present_public"]


def present_public(dossier: Dossier) -> int | None:
    """Distinct people of the public seen at the event; None when nobody knows.

    Counted in the registrations when presence was recorded there, else what event.toml
    declares as ``present``.  Presence recorded for others than the public only is not
    presence of the public: the declared figure, or None.
    """
    people = dossier.registrations
    if people is not None:
        public = people.loc[people["role"].eq("public").fillna(False), "present"]
        if public.notna().any():
            return int(public.fillna(False).sum())
    declared = dossier.event.declared.get("present")
    return None if declared is None else int(declared)
