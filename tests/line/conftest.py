"""The samples published once for all these tests, in every format."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from necbilan.publishing.report import WRITERS, publish

ROOT = Path(__file__).parents[2]
EVERY_FORMAT = tuple(name for name, _ in WRITERS)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """``published(sample, language)``: the folder of that sample's report, made once."""

    @cache
    def made(sample: str, language: str) -> Path:
        out = tmp_path_factory.mktemp(language)
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("SOURCE_DATE_EPOCH", "1700000000")
            return publish(
                ROOT / "data_samples" / sample, out, formats=EVERY_FORMAT, language=language
            )

    return lambda sample, language="fr": made(sample, language)


@pytest.fixture(scope="session")
def metz(published: Callable[..., Path]) -> Path:
    """The folder of the Metz report, in French."""
    return published("metz-2023")
