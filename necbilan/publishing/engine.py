"""``papermill --engine necbilan``: no kernel, wrong parameters refused, a clean notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from papermill.engines import Engine
from papermill.iorw import write_ipynb

from necbilan.errors import NecbilanError, RenderingFailed, UsageError
from necbilan.publishing.execution import cell_failed, fresh_shell
from necbilan.publishing.notebooks import check_parameters, clean, parameters_of

if TYPE_CHECKING:
    from nbformat import NotebookNode
    from papermill.engines import NotebookExecutionManager

__all__ = ["NecbilanEngine"]


class _RefusedError(UsageError, click.ClickException):
    """A wrong parameter; papermill's command prints the sentence and no traceback."""


class _StoppedError(RenderingFailed, click.ClickException):
    """A cell that failed; papermill's command prints the sentence and no traceback."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(str(error))
        if isinstance(error, NecbilanError):
            self.exit_code = error.exit_code


class NecbilanEngine(Engine):
    """Executes a notebook in process and hands back one that can be published."""

    @classmethod
    def execute_notebook(
        cls, nb: NotebookNode, kernel_name: str, output_path: str | None = None, **options: Any
    ) -> NotebookNode:
        """Refuse wrong parameters before any work, then execute.

        What papermill writes is the cleaned notebook, also when a cell failed.
        Raises UsageError or RenderingFailed.
        """
        given = nb.metadata.get("papermill", {}).get("parameters", {})
        try:
            check_parameters(parameters_of(nb), given)
        except UsageError as error:
            raise _RefusedError(str(error)) from None
        try:
            executed = super().execute_notebook(nb, kernel_name, output_path=None, **options)
        except NecbilanError as error:
            if output_path is not None:
                write_ipynb(clean(nb), output_path)
            raise _StoppedError(error) from error
        return clean(executed)

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Run the code cells one after the other; stop at the first that fails."""
        count = 0
        with fresh_shell() as shell:
            for index, cell in enumerate(nb_man.nb.cells):
                nb_man.cell_start(cell, index)
                if cell.cell_type == "code":
                    # the injected cell is left out of what is written: it has no number
                    count += "injected-parameters" not in cell.metadata.get("tags", ())
                    error = shell.run(cell, count=count)
                    if error is not None:
                        nb_man.cell_exception(cell, cell_index=index)
                        raise cell_failed(error, cell, count) from error
                nb_man.cell_complete(cell, cell_index=index)

    @classmethod
    def nb_kernel_name(cls, nb: NotebookNode, name: str | None = None) -> str:
        """Any name: no kernel is started."""
        return name or "python3"

    @classmethod
    def nb_language(cls, nb: NotebookNode, language: str | None = None) -> str:
        """Python, whatever the metadata lack."""
        return language or "python"
