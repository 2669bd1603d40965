"""xlsx and xlsm: python-calamine reads the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from necbilan.sources.workbook.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["grids"]


def grids(path: Path) -> list[Grid]:
    """Every worksheet, in order."""
    found = []
    with CalamineWorkbook.from_path(str(path)) as workbook:
        for meta in workbook.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            rows = sheet.to_python(skip_empty_area=True)
            start = sheet.start or (0, 0)
            merged = tuple(
                (top + 1, left, bottom + 1, right)
                for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
            )
            found.append(
                Grid(
                    meta.name,
                    rows,
                    [start[0] + 1 + index for index in range(len(rows))],
                    first_column=start[1],
                    visible=meta.visible == SheetVisibleEnum.Visible,
                    merged=merged,
                )
            )
    return found
