"""
JSON Schema of every document, for those who write or check one without us.

A schema says what a document looks like. That a currency exists, a zone is
known or a window is not empty only `loads` can say.
"""

from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

import attrs

from paidevents.errors import InvalidValueError
from paidevents.wire.convert import VERSION
from paidevents.wire.forms import TAGS, UNTAGGED, Tagged
from paidevents.wire.leaves import LEAVES
from paidevents.wire.refusals import NOT_ONE_OF
from paidevents.wire.types import FORMS, KIND, TYPES, kinds_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"

# Written with `|` it is of the second kind where one of its types is annotated, else of the first.
_UNIONS = (UnionType, Union)


def schema(name: str) -> dict[str, object]:
    """
    The JSON Schema of the documents whose `type` is *name*.

    Raises:
        InvalidValueError: No document has this type.

    Example:
        >>> schema("rate")["properties"]["value"]
        {'type': 'string', 'pattern': '^[0-9]{1,13}/[1-9][0-9]{0,12}$'}
    """
    if not isinstance(name, str) or name not in TYPES:
        raise InvalidValueError("name", NOT_ONE_OF.given(allowed=", ".join(TYPES)))
    properties = {"v": {"const": VERSION}, "type": {"const": name}, "value": _of(TYPES[name])}
    return {"$schema": DIALECT, "title": name, **_object(properties, list(properties))}


def _of(kind: Any) -> dict[str, object]:
    """The schema of a value where *kind* is expected."""
    if kind in LEAVES:
        return LEAVES[kind].schema
    if kind == Tagged:
        tagged = [
            _object({"tag": {"const": tag}, "value": _of(inner)}, ["tag", "value"]) for tag, inner in TAGS.items()
        ]
        return {"anyOf": [*map(_of, UNTAGGED), *tagged]}
    if kind in FORMS:
        return _of(FORMS[kind].stand_in)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    origin, inner = get_origin(kind), get_args(kind)
    if origin is tuple:
        return {"type": "array", "items": _of(inner[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(inner[1])}
    if origin in _UNIONS:
        kinds = {member: name for name, member in kinds_of(kind).items()}
        return {"anyOf": [{"type": "null"} if part is NoneType else _member(part, kinds.get(part)) for part in inner]}
    return _fields(kind)


def _member(kind: Any, name: str | None) -> dict[str, object]:
    """The schema of one type of a union; if it has a *name* there, it must tell it."""
    return _of(kind) if name is None else _fields(kind, name)


def _fields(kind: Any, name: str | None = None) -> dict[str, object]:
    told = {} if name is None else {KIND: {"const": name}}
    fields = [field for field in attrs.fields(attrs.resolve_types(kind)) if field.init]
    return _object(
        {**told, **{field.name: _of(field.type) for field in fields}},
        [*told, *(field.name for field in fields if field.default is attrs.NOTHING)],
    )


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, object]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}
