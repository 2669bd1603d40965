"""What all tests share: properties without a clock, drawn the same way on every machine."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("necbilan", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("necbilan")
