"""Any spreadsheet or text file to one table, never silently wrong.

::

    bytes ─ signature ─┬ delimited (encoding, dialect) ┐
                       ├ ooxml · biff · opendocument   ├ grid ─ layout ─ typed ─ Reading
                       └ html                          ┘

``read`` is the one raw door: what it returns may hold names and e-mails, so nothing past
``necbilan.sources`` imports it, and its repr shows no cell.
"""

from necbilan.sources.workbook.door import every_cell, read, sheet_names
from necbilan.sources.workbook.margins import margins_of
from necbilan.sources.workbook.reading import Account, Origin, Reading, Reject

__all__ = [
    "Account",
    "Origin",
    "Reading",
    "Reject",
    "every_cell",
    "margins_of",
    "read",
    "sheet_names",
]
