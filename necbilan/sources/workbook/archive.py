"""A zip whose parts are found whatever the case and the slashes of their names."""

from __future__ import annotations

import zipfile
from functools import cached_property

__all__ = ["Archive"]


class Archive(zipfile.ZipFile):
    """Some writers store «xl\\\\workbook.xml» or «xl/SharedStrings.bin»: so did Excel 2007."""

    @cached_property
    def _loose(self) -> dict[str, zipfile.ZipInfo]:
        return {_plain(info.filename): info for info in self.infolist()}

    def names(self) -> list[str]:
        """Names of the parts, in lower case, with slashes."""
        return list(self._loose)

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        """The part of that name; raises KeyError when there is none."""
        found = self.NameToInfo.get(name) or self._loose.get(_plain(name))
        return found if found is not None else super().getinfo(name)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain(name) in self._loose

    def ending(self, suffix: str) -> str | None:
        """The first part whose name ends so, in lower case."""
        return next((name for name in self._loose if name.endswith(suffix)), None)


def _plain(name: str) -> str:
    return name.replace("\\", "/").casefold()
