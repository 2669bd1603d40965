"""Spreadsheets → Dossier: the only floor that ever sees a name or an e-mail.

::

    event.toml ─ event_file ┐
    decisions.csv ─ decisions ├ folder.load ─ Dossier
    workbook (bytes → table) ┘
        tools, columns        which export tool; which column holds what
        tickets, people       lines → tickets → distinct people (pseudonyms)
        registrations         people → REGISTRATIONS (places, organisations, profiles)
        survey, wordings, questions, scales, choices   columns → questions → answers
        answers               answers → RESPONSES (words grouped, remarks scrubbed)
        account               what was understood, line by line: necbilan check
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from necbilan.sources.folder import load, load_with_identifiers

__all__ = ["load", "load_with_identifiers"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from necbilan.sources import folder

        return getattr(folder, name)
    raise AttributeError(f"module 'necbilan.sources' has no attribute {name!r}")
