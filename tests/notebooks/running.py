"""One notebook, executed from its own folder in a fresh kernel."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbclient import NotebookClient

FORMAT: Any = nbformat  # its functions have no types

LONGEST_CELL = 300  # seconds; all of them together take less than a minute

# Of a notebook we keep what a reader needs: which language it is in, and which cells are pictures' sources.
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
KEPT = ("tags",)


def read(path: Path) -> Any:
    """
    The notebook in this file.

    Raises:
        nbformat.ValidationError: It is none.
    """
    notebook = FORMAT.read(path, as_version=4)
    FORMAT.validate(notebook)
    return notebook


def written(notebook: Any) -> str:
    """A notebook as it stands in its file: without the moment and the machine that it was executed on."""
    plain = deepcopy(notebook)
    plain.metadata = {**KERNEL, "language_info": {"name": "python"}}
    for cell in plain.cells:
        cell.metadata = {key: cell.metadata[key] for key in KEPT if key in cell.metadata}
        for output in cell.get("outputs", ()):
            if "metadata" in output:
                output.metadata = {}
    return str(FORMAT.writes(plain, version=4)) + "\n"


def executed(notebook: Any, folder: Path) -> Any:
    """
    The same notebook, its cells run in order by a kernel of their own.

    Args:
        notebook: As it was read; it stays as it is.
        folder: Where the kernel runs.

    Raises:
        CellExecutionError: A cell raises.
        CellTimeoutError: A cell takes too long.
    """
    fresh = deepcopy(notebook)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    with _plain_surroundings() as empty:
        client = NotebookClient(
            fresh,
            timeout=LONGEST_CELL,
            kernel_name="python3",
            resources={"metadata": {"path": str(folder)}},
            allow_errors=False,
            record_timing=False,
        )
        kernel = client.create_kernel_manager()
        if os.name == "posix":  # it is spoken to through files: no port is open to anybody
            kernel.transport, kernel.ip = "ipc", str(empty / "line")
        client.execute()
    return fresh


@contextmanager
def _plain_surroundings() -> Iterator[Path]:
    """No display, and nothing that whoever runs this has set for their own notebooks; an empty folder."""
    before = dict(os.environ)
    with TemporaryDirectory() as empty:
        os.environ.update(
            MPLBACKEND="module://matplotlib_inline.backend_inline",
            IPYTHONDIR=empty,
            HYPOTHESIS_STORAGE_DIRECTORY=empty,
            PYTHONUTF8="1",
            PYDEVD_DISABLE_FILE_VALIDATION="1",
        )
        try:
            yield Path(empty)
        finally:
            os.environ.clear()
            os.environ.update(before)
