"""necbilan: from the spreadsheets of an event to an outcome report that people trust.

The verbs, each a function of what stands on its left::

    dossier  = load(folder)               spreadsheets -> frames, problems, facts
    measures = measure(dossier)           one row a number (raw: for your own eyes)
    measures = protect(measures)          floors: what may be published
    shown    = spell(measures, dossier.facts, "fr")   numbers -> words and sentences
    figures.differential(shown)           a Chart, with its alternative and its table
    sections.audience(shown)              a Section of the report
    compare([measures, ...])              events side by side, without a ranking
    publish(folder)                       all of it: HTML, PDF, measures

Beside them: ``read`` (any file -> a table, the one raw door), ``settings`` (the check a
notebook's first line makes), ``errors`` (what may be raised), ``resolve_places``,
``cluster_organisations``, ``group_words``.  Names are loaded when first used: ``import
necbilan`` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from necbilan import errors, figures, sections
    from necbilan.comparison import compare
    from necbilan.disclosure import protect
    from necbilan.metrics.catalogue import measure
    from necbilan.publishing.notebooks import settings
    from necbilan.publishing.report import publish
    from necbilan.sources import load
    from necbilan.sources.free_text.word_groups import group_words
    from necbilan.sources.organisations import cluster_organisations
    from necbilan.sources.places import resolve_places
    from necbilan.sources.workbook import read
    from necbilan.words.spelling import spell

__all__ = [
    "cluster_organisations",
    "compare",
    "errors",
    "figures",
    "group_words",
    "load",
    "measure",
    "protect",
    "publish",
    "read",
    "resolve_places",
    "sections",
    "settings",
    "spell",
]

__version__ = "0.1.0"

_HOMES = {
    "cluster_organisations": "necbilan.sources.organisations",
    "compare": "necbilan.comparison",
    "group_words": "necbilan.sources.free_text.word_groups",
    "load": "necbilan.sources",
    "measure": "necbilan.metrics.catalogue",
    "protect": "necbilan.disclosure",
    "publish": "necbilan.publishing.report",
    "read": "necbilan.sources.workbook",
    "resolve_places": "necbilan.sources.places",
    "settings": "necbilan.publishing.notebooks",
    "spell": "necbilan.words.spelling",
}
_MODULES = frozenset({"errors", "figures", "sections"})


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return importlib.import_module(f"necbilan.{name}")
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'necbilan' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})
