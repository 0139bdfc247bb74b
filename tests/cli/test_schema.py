"""`paidevents schema`: what documents and event files look like."""

import json

import pytest
from cli.running import run
from jsonschema import Draft202012Validator

from paidevents.wire import event_file_schema, schema


@pytest.mark.parametrize(
    ("asked", "expected"),
    [((), event_file_schema()), (("event-file",), event_file_schema()), (("quote",), schema("quote"))],
)
def test_a_schema_is_printed(
    capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], expected: dict[str, object]
) -> None:
    status, out, _ = run(capsys, "schema", *asked)
    assert (status, json.loads(out)) == (0, expected)
    Draft202012Validator.check_schema(json.loads(out))
