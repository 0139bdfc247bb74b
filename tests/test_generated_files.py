"""Files written from data are what their generators would write today."""

import pytest
from generators import acceptance_table, catalogs, iso4217_table, provider_amounts, state_diagrams

GENERATORS = (iso4217_table, provider_amounts, catalogs, state_diagrams, acceptance_table)


@pytest.mark.parametrize("generator", GENERATORS, ids=lambda module: module.__name__)
def test_a_generated_file_is_as_it_would_be_written(generator: object) -> None:
    files = generator.files()  # type: ignore[attr-defined]
    assert files
    for path, content in files.items():
        assert path.read_bytes() == content, f"{path.name}: run `nox -s generate`"
