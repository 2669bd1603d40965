"""What all tests share: properties without a clock, drawn the same way on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

settings.register_profile("necbilan", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("necbilan")


@pytest.fixture
def leak_free() -> Callable[[Path, Path], None]:
    """``leak_free(event, output)`` fails when a file of the output holds an identifier of the
    event's files, and says in which file, layer and kind.
    """
    from necbilan.publishing.leaks import search
    from necbilan.sources import load_with_identifiers

    def check(event: Path, output: Path) -> None:
        identifiers = load_with_identifiers(event)[1]
        assert len(identifiers) > 0
        files = [path for path in output.rglob("*") if path.is_file()]
        assert files
        assert [str(leak) for leak in search(files, identifiers)] == []

    return check
