"""Everything that stops necbilan, as one tree.

::

    NecbilanError                    exit  what stopped us
    ├── UsageError                    64   a wrong option, an unknown parameter
    ├── DataError                     65   the data cannot be used
    │   ├── UnreadableFile            65   a file's bytes are no table (carries .problem)
    │   ├── ConfigError               65   event.toml says something we refuse (carries .problem)
    │   └── BlockedByProblems         65   a Problem of severity "blocks" (carries .problems)
    ├── InputMissing                  66   no folder, no file, nothing to read
    ├── LeakFound                      3   an identifier of the input was found in an output
    ├── OutputError                   73   the output cannot be created
    │   ├── WriteFailed               74   the disk is full, the write broke
    │   └── OutputLocked              75   another run holds the folder
    ├── Interrupted                  130   Ctrl-C
    └── RenderingFailed               70   a notebook cell failed: our fault

Faults in the data are ``Problem`` rows, all shown at once; an exception is for
what stops us.  The message of each is one sentence, shown to the user as it is,
and never holds the value of a cell.
"""

from __future__ import annotations

import traceback
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.model import Problem

__all__ = [
    "BlockedByProblems",
    "ConfigError",
    "DataError",
    "InputMissing",
    "Interrupted",
    "LeakFound",
    "NecbilanError",
    "OutputError",
    "OutputLocked",
    "RenderingFailed",
    "UnreadableFile",
    "UsageError",
    "WriteFailed",
    "exit_code_of",
    "misused",
    "trace_of",
]


class NecbilanError(Exception):
    """The root of the tree; ``exit_code`` is what the CLI returns (sysexits)."""

    exit_code = 70


class UsageError(NecbilanError):
    exit_code = 64


class DataError(NecbilanError):
    exit_code = 65


class UnreadableFile(DataError):
    """A file that cannot be read as a table; ``problem`` says where and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence())
        self.problem = problem


class ConfigError(DataError):
    """event.toml or decisions.csv holds what we refuse; ``problem`` names key and line."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence())
        self.problem = problem


class BlockedByProblems(DataError):
    """At least one Problem blocks; ``problems`` holds them all, ``exit_code_of`` says how."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(problem.sentence() for problem in problems))
        self.problems = tuple(problems)
        self.exit_code = exit_code_of(problems)


class InputMissing(NecbilanError):
    exit_code = 66


def exit_code_of(problems: Sequence[Problem]) -> int:
    """0 when nothing blocks, 66 when only files that are not there do, else 65."""
    blocking = {problem.code for problem in problems if problem.severity == "blocks"}
    if not blocking:
        return 0
    return (InputMissing if blocking == {"E_FILE_MISSING"} else DataError).exit_code


class LeakFound(NecbilanError):
    exit_code = 3


class OutputError(NecbilanError):
    exit_code = 73


class WriteFailed(OutputError):
    exit_code = 74


class OutputLocked(OutputError):
    exit_code = 75


class Interrupted(NecbilanError):
    exit_code = 130


class RenderingFailed(NecbilanError):
    exit_code = 70


def misused(verb: str, expected: str, given: object) -> UsageError:
    """The error to raise when a verb is given something else than it takes.

    >>> str(misused("measure", "un Dossier", "metz-2023"))
    'measure() attend un Dossier, et non str.'
    """
    return UsageError(f"{verb}() attend {expected}, et non {type(given).__name__}.")


def trace_of(error: BaseException) -> str:
    """Where it went wrong, from the first cause on; what others' errors say is left out.

    Their words quote cells («could not convert string to float: '…'»), and a trace is sent on.
    """
    links: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in links:
        links.append(cause)
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    told = []
    for link in reversed(links):
        ours = isinstance(link, NecbilanError)
        said = str(link) if ours else "(son texte n’est pas montré\u00a0: il peut citer une case)"
        places = "".join(traceback.format_tb(link.__traceback__))
        told.append(f"Traceback (most recent call last):\n{places}{type(link).__name__}: {said}")
    return "\n\n".join(told)
