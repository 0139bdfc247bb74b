"""
Keys of a file that people write: how each is read, and what its JSON Schema is.

A `Shape` is one table of keys. Reading, the refusal of unknown keys, the paths
in errors and the schema all come from it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from enum import Enum
from inspect import getdoc
from typing import Any
from zoneinfo import ZoneInfo

from attrs import evolve, frozen

from paidevents import checks
from paidevents.errors import InvalidValueError
from paidevents.money.currency import Currency
from paidevents.reason import Reason
from paidevents.wire.document import shown
from paidevents.wire.leaves import HERE
from paidevents.wire.refusals import MISSING, NOT_ONE_OF, UNKNOWN_KEY

ONLY_ONE = Reason("only_one", "Only one of these can stand here: {keys}.")

Schema = dict[str, Any]

_ATTRIBUTE = re.compile(r"^    ([a-z_]+): (.+(?:\n {5,}.+)*)", re.MULTILINE)


@frozen
class Ground:
    """What a file's amounts and local times are meant in."""

    zone: ZoneInfo
    currency: Currency


@frozen
class Reader:
    """
    How the value of a key is read.

    Attributes:
        read: The value to what it stands for; an InvalidValueError if it stands for nothing.
        schema: JSON Schema of the value.
        needed: The key must be there.
        attribute: What it is called in code, if not as in the file. Of several
            keys for one attribute only one can be given.
    """

    read: Callable[[object, Ground], Any]
    schema: Schema
    needed: bool = False
    attribute: str = ""

    def to(self, attribute: str) -> "Reader":
        """The same for a key that is called *attribute* in code."""
        return evolve(self, attribute=attribute)

    def then(self, make: Callable[[Any], Any]) -> "Reader":
        """The same, and what was read goes into *make*, whose complaints are about the whole of it."""
        return evolve(self, read=lambda form, ground: _blamed(make, self.read(form, ground)))


def needed(reader: Reader) -> Reader:
    """The same for a key that must be there."""
    return evolve(reader, needed=True)


@frozen
class Shape:
    """
    A table of keys, and what is made of their values.

    Attributes:
        keys: Each key with its reader, in the order in which they are read.
        make: The values, by the names they have in code, to what they stand for.
        of: The class whose docstring says what the keys mean.
    """

    keys: Mapping[str, Reader]
    make: Callable[[dict[str, Any], Ground], Any]
    of: type | None = None

    def read(self, form: object, ground: Ground) -> Any:
        """
        What a table of a file stands for.

        Raises:
            InvalidValueError: No table, a key that is unknown, missing or one
                of several that exclude each other, or a value that cannot be;
                `field` is the path from here.
        """
        table = checks.instance(form, HERE, dict)
        for key in table:
            if key not in self.keys:
                raise InvalidValueError(shown(key), UNKNOWN_KEY)
        values: dict[str, Any] = {}
        given: dict[str, str] = {}
        for key, reader in self.keys.items():
            attribute = reader.attribute or key
            if key in table:
                if attribute in given:
                    raise InvalidValueError(key, ONLY_ONE.given(keys=", ".join(self._rivals(attribute))))
                given[attribute] = key
                with under(key):
                    values[attribute] = reader.read(table[key], ground)
            elif reader.needed:
                raise InvalidValueError(key, MISSING)
        try:
            return self.make(values, ground)
        except InvalidValueError as error:
            raise InvalidValueError(self._path(error.field, given), error.reason) from None

    @property
    def schema(self) -> Schema:
        """JSON Schema of the table."""
        meanings = meanings_of(self.of)
        return {
            "type": "object",
            "properties": {
                key: {"description": meanings[name], **reader.schema} if name in meanings else reader.schema
                for key, reader in self.keys.items()
                for name in (reader.attribute or key,)
            },
            "required": [key for key, reader in self.keys.items() if reader.needed],
            "additionalProperties": False,
        }

    def _rivals(self, attribute: str) -> list[str]:
        return [key for key, reader in self.keys.items() if (reader.attribute or key) == attribute]

    def _path(self, field: str, given: Mapping[str, str]) -> str:
        """Where in the file that lies which code calls *field*."""
        first, dot, rest = field.partition(".")
        name, bracket, index = first.partition("[")
        key = given.get(name, name)
        return f"{key}{bracket}{index}{dot}{rest}" if key in self.keys else HERE


def meanings_of(kind: type | None) -> dict[str, str]:
    """What the docstring of a class says of its attributes."""
    _, _, section = (getdoc(kind) or "").partition("Attributes:\n") if kind else ("", "", "")
    lines = section.partition("\n\n")[0]
    return {name: " ".join(text.split()) for name, text in _ATTRIBUTE.findall(lines)}


@contextmanager
def under(key: str) -> Iterator[None]:
    """Paths of complaints in here begin with *key*, a name or an index in brackets."""
    try:
        yield
    except InvalidValueError as error:
        between = "." if error.field and not error.field.startswith("[") else ""
        raise InvalidValueError(f"{key}{between}{error.field}", error.reason) from None


def _blamed(make: Callable[[Any], Any], value: object) -> Any:
    """What *make* makes of *value*; its complaints name no field, for the value has none."""
    try:
        return make(value)
    except InvalidValueError as error:
        raise InvalidValueError(HERE, error.reason) from None


def leaf(read: Callable[[Any], Any], schema: Schema) -> Reader:
    """A value that is read as it stands, whatever it is meant in."""
    return Reader(lambda form, _: _blamed(read, form), schema)


def meant(read: Callable[[Any, Ground], Any], schema: Schema) -> Reader:
    """A value that needs the file's zone or currency."""
    return Reader(lambda form, ground: _blamed(lambda value: read(value, ground), form), schema)


def one_of(kind: type[Enum]) -> Reader:
    """A value of an enum."""
    allowed = [member.value for member in kind]
    return choice({value: kind(value) for value in allowed})


def choice(meanings: Mapping[str, Any]) -> Reader:
    """One of these texts."""

    def read(form: object) -> object:
        if not isinstance(form, str) or form not in meanings:
            raise InvalidValueError(HERE, NOT_ONE_OF.given(allowed=", ".join(meanings)))
        return meanings[form]

    return leaf(read, {"enum": list(meanings)})


def made(kind: Callable[..., Any]) -> Callable[[dict[str, Any], Ground], Any]:
    """What a shape makes whose values are all that *kind* is called with."""
    return lambda values, _: kind(**values)


def table(shape: Shape) -> Reader:
    """A table of its own."""
    return Reader(shape.read, shape.schema)


def many(reader: Reader) -> Reader:
    """A list."""

    def read(form: object, ground: Ground) -> tuple[Any, ...]:
        found = []
        for place, inner in enumerate(checks.instance(form, HERE, list)):
            with under(f"[{place}]"):
                found.append(reader.read(inner, ground))
        return tuple(found)

    return Reader(read, {"type": "array", "items": reader.schema})


def by_name(reader_of: Callable[[str], Reader], schema: Schema) -> Reader:
    """A table whose keys are names of something; each value is read as *reader_of* says of that name."""

    def read(form: object, ground: Ground) -> tuple[Any, ...]:
        found = []
        for name, inner in checks.instance(form, HERE, dict).items():
            with under(shown(name)):
                found.append(reader_of(name).read(inner, ground))
        return tuple(found)

    return Reader(read, {"type": "object", "additionalProperties": schema})


def either(kind: type, one: Reader, other: Reader) -> Reader:
    """What is read as *one* if it is a *kind*, else as *other*."""
    return Reader(
        lambda form, ground: (one if isinstance(form, kind) else other).read(form, ground),
        {"anyOf": [other.schema, one.schema]},
    )
