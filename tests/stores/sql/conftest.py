"""Processes that come quickly: they are forked from one that has loaded all that it takes to sell, and has no store open."""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from typing import Any

import pytest

LOADED = ["stores.sql.buyer", "stores.sql.seller", "stores.sql.warm"]


@pytest.fixture(scope="session")
def processes() -> Iterator[BaseContext]:
    """Where they come from: a process of its own, which is forked again and again; or a new one each time."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        yield multiprocessing.get_context("spawn")
        return
    context: Any = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LOADED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # where it looks for what it loads
        forkserver.ensure_running()
    yield context
