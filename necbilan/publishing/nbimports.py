"""Importing nbformat without paying for grammars that nobody uses.

``jupyter`` brings ``rfc3987-syntax`` (jupyter_server → jsonschema[format-nongpl]), which
compiles its grammars when imported: 2.3 s of CPU in every process that imports nbformat,
papermill or nbconvert, only so that jsonschema could check the format "iri", which the
notebook schema never uses (jsonschema #1392, #1428).  jsonschema does without when the
import fails, so it is made to fail while Jupyter's packages are imported, and only then.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["quick_jupyter_imports"]


@contextmanager
def quick_jupyter_imports() -> Iterator[None]:
    """Keep ``rfc3987_syntax`` out while importing; afterwards it can be imported as ever."""
    name = "rfc3987_syntax"
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment]  # None is how Python says "not there"
    try:
        yield
    finally:
        sys.modules.pop(name, None)
