"""A value that nobody reads by accident: not in a log, a report of an error, a dump or a copy."""

from typing import Any, Generic, NoReturn, SupportsIndex, TypeVar

from attrs.exceptions import FrozenInstanceError

from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

SECRET_STAYS = Reason("secret_stays", "A secret is not written down.")

T = TypeVar("T")


class Secret(Generic[T]):
    """
    The wrapper of a secret value.

    Whatever prints it prints "…". A copy is itself; a pickle is refused, and it
    has no dictionary that a dump could walk.
    """

    __slots__ = ("_hidden",)

    _hidden: T

    def _hide(self, value: T) -> None:
        """Take *value* in; for constructors."""
        object.__setattr__(self, "_hidden", value)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise FrozenInstanceError

    def __delattr__(self, name: str) -> NoReturn:
        raise FrozenInstanceError

    def __repr__(self) -> str:
        return f"{type(self).__name__}(…)"

    def __format__(self, spec: str) -> str:
        return format(repr(self), spec)

    def __copy__(self) -> "Secret[T]":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Secret[T]":
        return self

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise InvalidValueError(type(self).__name__, SECRET_STAYS)

    def __getstate__(self) -> NoReturn:
        raise InvalidValueError(type(self).__name__, SECRET_STAYS)
