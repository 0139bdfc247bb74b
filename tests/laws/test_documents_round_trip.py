"""Every value that crosses a border comes back as it was, and its document is what its schema says."""

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from paidevents.errors import InvalidValueError
from paidevents.testing.strategies import BY_TYPE
from paidevents.wire import dumps, from_document, loads, schema, to_document
from paidevents.wire.types import TYPES

every_type = pytest.mark.parametrize("name", TYPES)
VALIDATORS = {name: Draft202012Validator(schema(name)) for name in TYPES}
SCALARS = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | st.text(max_size=8)
PLAIN = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
)


def test_every_value_type_travels_and_has_a_strategy() -> None:
    assert set(TYPES.values()) == set(BY_TYPE)


def test_a_type_is_called_as_its_class_for_ever() -> None:
    for name, kind in TYPES.items():
        assert name == re.sub(r"(?<!^)([A-Z])", r"_\1", kind.__name__).lower()
    assert list(TYPES) == sorted(TYPES)


@every_type
@given(data=st.data())
def test_it_comes_back_as_it_was(name: str, data: st.DataObject) -> None:
    value = data.draw(BY_TYPE[TYPES[name]]())
    text = dumps(value)
    back: object = loads(text, TYPES[name])
    assert back == value
    assert dumps(back) == text
    assert loads(text.encode(), TYPES[name]) == value


@every_type
@given(data=st.data())
def test_its_document_is_what_the_schema_says(name: str, data: st.DataObject) -> None:
    value = data.draw(BY_TYPE[TYPES[name]]())
    assert list(VALIDATORS[name].iter_errors(json.loads(dumps(value)))) == []


@every_type
def test_its_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))


def places(document: Any) -> list[tuple[Any, Any]]:
    """Every container in a document with each of its keys or indices."""
    if isinstance(document, dict):
        return [(document, key) for key in document] + [found for value in document.values() for found in places(value)]
    if isinstance(document, list):
        return [(document, index) for index in range(len(document))] + [
            found for value in document for found in places(value)
        ]
    return []


@every_type
@given(data=st.data())
def test_a_document_with_anything_else_in_it_is_refused_with_a_path_or_read(name: str, data: st.DataObject) -> None:
    """And what the schema refuses is never read."""
    document = to_document(data.draw(BY_TYPE[TYPES[name]]()))
    container, key = data.draw(st.sampled_from(places(document)))
    if data.draw(st.booleans()) and isinstance(container, dict):
        del container[key]
    else:
        container[key] = data.draw(PLAIN)
    try:
        from_document(document, TYPES[name])
    except InvalidValueError as error:
        assert error.field.startswith("$")
    else:
        assert VALIDATORS[name].is_valid(document)
