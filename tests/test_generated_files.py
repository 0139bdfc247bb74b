"""Files written from data are what their generators would write today."""

from types import ModuleType

import pytest
from generators.every import GENERATORS


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda module: module.__name__.rpartition(".")[2])
def test_a_generated_file_is_as_it_would_be_written(generator: ModuleType) -> None:
    files = generator.files()
    assert files
    for path, content in files.items():
        assert path.read_bytes() == content, f"{path.name}: run `nox -s generate`"
