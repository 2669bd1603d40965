"""Running the cells of a notebook in this process, as IPython would, and leaving no trace.

No kernel, no ports, no history file, no profile folder: a shell of its own for each
notebook, whose displays become the cells' outputs.
"""

from __future__ import annotations

import atexit
import contextlib
import io
import sys
import tempfile
from types import ModuleType
from typing import TYPE_CHECKING, Any

from necbilan.errors import NecbilanError, RenderingFailed
from necbilan.publishing.nbimports import quick_jupyter_imports

with quick_jupyter_imports():
    from IPython.core.displayhook import DisplayHook
    from IPython.core.displaypub import DisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.core.profiledir import ProfileDir
    from nbformat.v4 import new_output
    from traitlets import Type
    from traitlets.config import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbformat import NotebookNode

__all__ = ["Shell", "cell_failed", "fresh_shell"]

NAMESPACE = "necbilan_notebook"


class _Hook(DisplayHook):
    """Keeps the value of a cell's last expression instead of printing it."""

    shell: Any

    def quiet(self) -> bool:
        """Whether the cell ends with a semicolon, which shows nothing."""
        return bool(self.semicolon_at_end_of_expression(self.shell.source))

    def write_output_prompt(self) -> None:
        """No prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep the MIME bundle."""
        self.shell.kept.append(
            new_output(
                "execute_result",
                data=format_dict,
                metadata=md_dict or {},
                execution_count=self.shell.execution_count,
            )
        )

    def finish_displayhook(self) -> None:
        """No line end."""


class _Publisher(DisplayPublisher):
    """Keeps what ``display`` shows."""

    shell: Any

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_: Any) -> None:
        """Keep the MIME bundle."""
        self.shell.kept.append(new_output("display_data", data=data, metadata=metadata or {}))

    def clear_output(self, wait: bool = False) -> None:
        """Forget what the cell has shown so far."""
        self.shell.kept.clear()


class Shell(InteractiveShell):
    """IPython's shell, its displays kept in ``kept``, its tracebacks shown to nobody."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **keywords: Any) -> None:
        self.kept: list[NotebookNode] = []
        self.source = ""
        super().__init__(**keywords)

    def showtraceback(self, *arguments: Any, **keywords: Any) -> None:
        """Print nothing: a traceback quotes values."""

    def showsyntaxerror(self, *arguments: Any, **keywords: Any) -> None:
        """Print nothing."""

    def run(self, cell: NotebookNode, *, count: int) -> BaseException | None:
        """Run a code cell, set its outputs, and return what stopped it, if anything did."""
        self.kept.clear()
        self.source = cell.source
        self.execution_count = count
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            result = self.run_cell(cell.source, store_history=False, silent=False)
        streams = [
            new_output("stream", name=name, text=stream.getvalue())
            for name, stream in (("stdout", out), ("stderr", err))
            if stream.getvalue()
        ]
        cell.execution_count = count
        cell.outputs = [*streams, *self.kept]
        error: BaseException | None = result.error_before_exec or result.error_in_exec
        return error


@contextlib.contextmanager
def fresh_shell() -> Iterator[Shell]:
    """A shell with an empty namespace; what it changed is put back."""
    shells: Any = (
        InteractiveShell  # whose one instance ``display`` asks for: JupyterLab has its own
    )
    before = shells._instance
    prompts = {name: getattr(sys, name) for name in ("ps1", "ps2", "ps3") if hasattr(sys, name)}
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    # a profile of no place, in a folder that is there: else IPython makes ~/.ipython
    nowhere = {"ipython_dir": tempfile.gettempdir(), "profile_dir": ProfileDir()}
    shell = Shell(config=config, user_module=ModuleType(NAMESPACE), **nowhere)
    try:
        shells._instance = shell
        yield shell
    finally:
        shells._instance = before
        atexit.unregister(shell.atexit_operations)
        sys.modules.pop(NAMESPACE, None)
        for name in ("ps1", "ps2", "ps3"):
            if hasattr(sys, name):
                delattr(sys, name)
        for name, prompt in prompts.items():
            setattr(sys, name, prompt)


def cell_failed(error: BaseException, cell: NotebookNode, position: int) -> BaseException:
    """What to raise for a cell that failed: our own errors as they are, else RenderingFailed.

    The sentence names the cell by its place and first line, and the kind of error; never
    the error's own message, which may quote a cell of the data.
    """
    if isinstance(error, (NecbilanError, KeyboardInterrupt)):
        return error
    first_line = next(iter(cell.source.strip().splitlines()), "")[:80]
    return RenderingFailed(
        f"Le carnet s’est arrêté à la cellule {position} («\u00a0{first_line}\u00a0»), "
        f"sur une erreur de type {type(error).__name__}. Relancez avec --debug pour savoir "
        "où\u202f; si le carnet est d’origine, la faute est dans necbilan."
    )
