"""
Values to versioned JSON and back, losslessly.

A document is `{"v": 1, "type": "money", "value": {…}}`. Reading is as strict as
construction: what comes in is built by the same constructors, and every refusal
names the path to what was refused.
"""

import json
from collections.abc import Callable
from enum import Enum
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin

import attrs
from cattrs import (
    AttributeValidationNote,
    ClassValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationError,
    IterableValidationNote,
)
from cattrs.cols import homogenous_tuple_structure_factory, is_mapping, mapping_structure_factory
from cattrs.gen import make_dict_structure_fn

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason
from paidevents.wire import document as json_text
from paidevents.wire.document import ROOT, shown
from paidevents.wire.forms import TAGS, UNTAGGED, Form, Tagged, TaggedForm, tag_of
from paidevents.wire.leaves import HERE, LEAVES
from paidevents.wire.refusals import MISSING, NOT_ONE_OF, UNKNOWN_KEY, WRONG_VERSION
from paidevents.wire.types import FORMS, KIND, kinds_of, name_of

T = TypeVar("T")

VERSION = 1

NOT_WRITABLE = Reason("not_writable", "A value of the type {got} is not written as JSON.")


def to_document(value: object) -> dict[str, object]:
    """
    The document of *value*, as plain dicts, lists, text, numbers, true, false and None.

    Raises:
        InvalidValueError: *value* is of no type in `wire.types.TYPES`, or carries what could not be read back.
    """
    name = _name_of(type(value), "value")
    try:
        return {"v": VERSION, "type": name, "value": _CONVERTER.unstructure(value)}
    except InvalidValueError as error:
        raise InvalidValueError("value", error.reason) from None


def from_document(document: object, kind: type[T]) -> T:
    """
    The value that `to_document` wrote, if it is a *kind*.

    Raises:
        InvalidValueError: Another version or type, a key too many or missing,
            or a value that cannot exist; `field` is the path to it.
    """
    name = _name_of(kind, "kind")
    envelope = checks.instance(document, ROOT, dict)
    for key in ("v", "type", "value"):
        if key not in envelope:
            raise InvalidValueError(f"{ROOT}.{key}", MISSING)
    unknown = sorted(str(key) for key in envelope.keys() - {"v", "type", "value"})
    if unknown:
        raise InvalidValueError(f"{ROOT}.{shown(unknown[0])}", UNKNOWN_KEY)
    if checks.integer(envelope["v"], f"{ROOT}.v") != VERSION:
        raise InvalidValueError(f"{ROOT}.v", WRONG_VERSION.given(expected=VERSION))
    if envelope["type"] != name:
        raise InvalidValueError(f"{ROOT}.type", NOT_ONE_OF.given(allowed=name))
    try:
        return _CONVERTER.structure(envelope["value"], kind)
    except (InvalidValueError, ClassValidationError, IterableValidationError) as error:
        raise _with_path(error, f"{ROOT}.value") from None


def dumps(value: object) -> str:
    """
    The document of *value* as JSON text, keys in a fixed order.

    Raises:
        InvalidValueError: As `to_document`.

    Example:
        >>> from paidevents import Money
        >>> dumps(Money.of("15.00", "EUR"))
        '{"v": 1, "type": "money", "value": {"minor": 1500, "currency": "EUR"}}'
    """
    return json.dumps(to_document(value), ensure_ascii=False, allow_nan=False)


def loads(text: str | bytes, kind: type[T]) -> T:
    """
    The value that `dumps` wrote, if it is a *kind*.

    Raises:
        InvalidValueError: As `from_document`; and if the text is larger than a
            mebibyte, deeper than 32, not JSON, or has a key twice.

    Example:
        >>> from paidevents import Money
        >>> loads('{"v": 1, "type": "money", "value": {"minor": true, "currency": "EUR"}}', Money)
        Traceback (most recent call last):
        ...
        paidevents.errors.InvalidValueError: $.value.minor: True and False are not numbers here.
    """
    return from_document(json_text.read(text), kind)


def _name_of(kind: object, field: str) -> str:
    name = name_of(kind)
    if name is None:
        got = kind.__name__ if isinstance(kind, type) else type(kind).__name__
        raise InvalidValueError(field, NOT_WRITABLE.given(got=got))
    return name


def _with_path(error: BaseException, path: str) -> InvalidValueError:
    """The first complaint in what cattrs collected, with the path from the document's root."""
    if isinstance(error, ClassValidationError | IterableValidationError):
        first = error.exceptions[0]
        return _with_path(first, path + "".join(map(_step, getattr(first, "__notes__", ()))))
    if isinstance(error, ForbiddenExtraKeysError):
        return InvalidValueError(f"{path}.{shown(sorted(error.extra_fields)[0])}", UNKNOWN_KEY)
    if isinstance(error, InvalidValueError):
        return InvalidValueError(f"{path}.{error.field}" if error.field else path, error.reason)
    assert isinstance(error, KeyError), repr(error)  # cattrs looked for a key that is not there
    return InvalidValueError(path, MISSING)


def _step(note: str) -> str:
    """What a note of cattrs adds to the path."""
    if isinstance(note, AttributeValidationNote):
        return f".{note.name}"
    assert isinstance(note, IterableValidationNote), note
    return f"[{note.index}]" if isinstance(note.index, int) else f".{shown(note.index)}"


def _converter() -> Converter:
    """cattrs, told to take nothing that it would otherwise bend into shape."""
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    _teach_shapes(converter)
    for kind, leaf in LEAVES.items():
        _teach(converter, kind, leaf.write, leaf.read)
    for kind, form in FORMS.items():
        _teach_form(converter, kind, form)
    _teach_tagged(converter)
    _teach_unions(converter)
    return converter


def _teach(converter: Converter, kind: Any, write: Callable[[Any], object], read: Callable[[object], Any]) -> None:
    """cattrs finds a class by itself, anything else (Annotated, a union) by a question."""
    if isinstance(kind, type):
        converter.register_unstructure_hook(kind, write)
        converter.register_structure_hook(kind, lambda form, _: read(form))
    else:
        converter.register_unstructure_hook_func(lambda other: bool(other == kind), write)
        converter.register_structure_hook_func(lambda other: bool(other == kind), lambda form, _: read(form))


def _teach_form(converter: Converter, kind: type, form: Form) -> None:
    _teach(
        converter,
        kind,
        lambda value: converter.unstructure(form.write(value)),
        lambda value: form.read(converter.structure(value, form.stand_in)),
    )


def _teach_shapes(converter: Converter) -> None:
    """A class and a mapping are read from an object, a tuple from a list, an enum from one of its values."""

    def strict(expected: type, factory: Callable[[Any, Converter], Any]) -> Callable[[Any], Any]:
        def make(kind: Any) -> Callable[[object, object], object]:
            structure = factory(kind, converter)
            return lambda form, _: structure(checks.instance(form, HERE, expected), kind)

        return make

    def read_enum(form: object, kind: type[Enum]) -> Enum:
        for member in kind:
            if member.value == form:
                return member
        raise InvalidValueError(HERE, NOT_ONE_OF.given(allowed=", ".join(str(member.value) for member in kind)))

    converter.register_structure_hook_factory(attrs.has, strict(dict, make_dict_structure_fn))
    converter.register_structure_hook_factory(is_mapping, strict(dict, mapping_structure_factory))
    converter.register_structure_hook_factory(_is_tuple, strict(list, homogenous_tuple_structure_factory))
    converter.register_structure_hook(Enum, read_enum)


def _is_tuple(kind: Any) -> bool:
    origin: object = get_origin(kind)
    return origin is tuple


def _teach_tagged(converter: Converter) -> None:
    """The values of a reason tell what they are."""

    def write(value: object) -> object:
        tag = tag_of(value)
        form = converter.unstructure(value)
        return form if tag is None else {"tag": tag, "value": form}

    def read(form: object) -> object:
        if isinstance(form, UNTAGGED):
            return converter.structure(form, type(form))
        tagged = converter.structure(form, TaggedForm)
        if tagged.tag not in TAGS:
            raise InvalidValueError("tag", NOT_ONE_OF.given(allowed=", ".join(TAGS)))
        try:
            return converter.structure(tagged.value, TAGS[tagged.tag])
        except (InvalidValueError, ClassValidationError) as error:
            raise _with_path(error, "value") from None

    _teach(converter, Tagged, write, read)


def _teach_unions(converter: Converter) -> None:
    """A value of a union, such as a promotion's effect, tells by its `kind` which type it is."""

    def write(value: object) -> object:
        return None if value is None else {KIND: name_of(type(value)), **converter.unstructure(value)}

    def read(form: object, union: Any) -> object:
        if form is None and NoneType in get_args(union):
            return None
        fields, kinds = dict(checks.instance(form, HERE, dict)), kinds_of(union)
        if KIND not in fields:
            raise InvalidValueError(KIND, MISSING)
        kind = fields.pop(KIND)
        if not isinstance(kind, str) or kind not in kinds:
            raise InvalidValueError(KIND, NOT_ONE_OF.given(allowed=", ".join(kinds)))
        return converter.structure(fields, kinds[kind])

    converter.register_unstructure_hook_func(lambda kind: bool(kinds_of(kind)), write)
    converter.register_structure_hook_func(lambda kind: bool(kinds_of(kind)), read)


_CONVERTER = _converter()
