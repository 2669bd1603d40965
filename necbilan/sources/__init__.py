"""Spreadsheets → Dossier: the only floor that ever sees a name or an e-mail.

::

    event.toml ─ event_file ┐
    decisions.csv ─ decisions ├ folder.load ─ Dossier
    workbook (bytes → table) ┘
        entries, guessing     which tables there are, and what each one holds
        gathering             each table read and understood on its own
        tools, columns        which export tool; which column holds what
        standing, tickets     lines → tickets: registered or not, seen or not
        people                tickets → distinct people (pseudonyms)
        registrations         people → REGISTRATIONS (places, organisations, profiles)
        reading, submissions  which submissions count
        groups, wordings, questions, scales, notes, roles, choices   columns → questions
        pooling, answers, responses   answers → RESPONSES (words grouped, remarks scrubbed)
        provenance            where the lines of each file went
        proposing, account    what must be asked; what was understood: necbilan check
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
