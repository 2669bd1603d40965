"""Spreadsheets → Dossier: the only floor that ever sees a name or an e-mail.

::

    event/          event.toml, checked key by key; photos, programme, budget
    decisions       what a human answered
    workbook/       any file -> a table of text
    headings/       which export tool made it, what each column holds
    entries         which tables there are, and what each one is
    gathering       each table read and understood on its own (``gathered``)
    people/         lines -> tickets -> distinct people -> REGISTRATIONS
    places/, organisations/     where they live, for whom they work
    survey/         columns -> questions -> answers -> RESPONSES
    free_text/      words grouped, remarks by theme, activities named
    privacy/        identifiers, pseudonyms, scrubbing
    folder          all of it joined: ``load``
    proposing, account          what must be asked; what was understood: necbilan check
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
