"""What goes wrong at the fake provider, in the order in which a test wants it."""

from collections import deque
from enum import Enum

from paidevents.checks import instance
from paidevents.errors import InvalidValueError
from paidevents.wire.refusals import NOT_ONE_OF


class Fault(Enum):
    """What goes wrong with one call."""

    LOST_REQUEST = "lost_request"  # nothing happened, and that is certain
    LOST_ANSWER = "lost_answer"  # it happened, and nobody here knows
    GARBLED = "garbled"  # it happened, and the adapter breaks on the answer, with an error of Python's own
    FORGET_KEYS = "forget_keys"  # no key is known there any more; then the call goes well
    STICKY_ERROR = "sticky_error"  # nothing happened; an error is saved under the key, and told each time
    DECLINE = "decline"  # of the buyer's means of payment; what was set aside has failed
    REJECT = "reject"
    PENDING_CAPTURE = "pending_capture"  # what was set aside is on its way, for days perhaps
    PENDING_REFUND = "pending_refund"
    FAILED_REFUND = "failed_refund"

    @property
    def methods(self) -> tuple[str, ...]:
        """The methods that it can befall."""
        return _ONLY_IN.get(self, METHODS)


METHODS = ("start", "fetch", "capture", "void", "refund", "verify")

# These befall any call. The others befall what is done, and nothing is where a key is only repeated.
_ON_THE_WAY = (Fault.LOST_REQUEST, Fault.LOST_ANSWER, Fault.GARBLED, Fault.FORGET_KEYS)
_ONLY_IN = {
    Fault.DECLINE: ("start", "capture"),
    Fault.PENDING_CAPTURE: ("capture",),
    Fault.PENDING_REFUND: ("refund",),
    Fault.FAILED_REFUND: ("refund",),
}


class Script:
    """The faults that are still to come, for each method in their order."""

    def __init__(self) -> None:
        self._coming: dict[str, deque[Fault]] = {method: deque() for method in METHODS}

    def add(self, method: str, *faults: Fault) -> None:
        """
        Let these befall the next calls of a method, one each.

        Raises:
            InvalidValueError: No such method or fault, or one that cannot befall this method.
        """
        if not isinstance(method, str) or method not in self._coming:
            raise InvalidValueError("method", NOT_ONE_OF.given(allowed=", ".join(METHODS)))
        for place, fault in enumerate(faults):
            befallen = instance(fault, f"faults[{place}]", Fault).methods
            if method not in befallen:
                raise InvalidValueError("method", NOT_ONE_OF.given(allowed=", ".join(befallen)))
        self._coming[method].extend(faults)

    def clear(self) -> None:
        """Nothing is to go wrong any more."""
        for coming in self._coming.values():
            coming.clear()

    def next(self, method: str, *, is_new: bool) -> Fault | None:
        """
        What befalls this call, used up by it; None if all goes well.

        Args:
            method: That is called.
            is_new: Whether something is done, or a key only repeated.
        """
        coming = self._coming[method]
        return coming.popleft() if coming and (is_new or coming[0] in _ON_THE_WAY) else None
