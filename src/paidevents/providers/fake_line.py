"""The line to the fake provider: what befalls a call on its way, and how a key is known again at its end."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

from attrs import frozen

from paidevents.errors import (
    OutcomeUnknownError,
    ProviderError,
    ProviderUnavailableError,
    RequestRejectedError,
)
from paidevents.providers.fake_script import Fault, Script

T = TypeVar("T")

_SAID: Mapping[Fault | None, tuple[type[ProviderError], str]] = {
    Fault.STICKY_ERROR: (OutcomeUnknownError, "internal_error"),
    Fault.REJECT: (RequestRejectedError, "rejected"),
}


@frozen
class Saved:
    """
    What a key stands for.

    Attributes:
        request: The call that it came with.
        answer: What was answered; an error as well.
        at: When it came first.
    """

    request: tuple[object, ...]
    answer: Any
    at: datetime


class Line:
    """
    What stands between the caller and the books.

    Args:
        provider: Whom errors name.
        retention: A key is forgotten once it is older.

    Attributes:
        script: The faults that are still to come.
    """

    def __init__(self, provider: str, retention: timedelta) -> None:
        self.script = Script()
        self._provider = provider
        self._retention = retention
        self._saved: dict[str, Saved] = {}

    def looked(self, method: str, look: Callable[[], T]) -> T:
        """What a look says, if nothing befalls it."""
        fault = self.script.next(method, is_new=True)
        self._on_the_way(fault)
        if fault in _SAID:
            raise self._error(*_SAID[fault])
        self._on_the_way_back(fault)
        return look()

    def done(
        self, method: str, request: tuple[object, ...], key: str, at: datetime, act: Callable[[Fault | None], T]
    ) -> T:
        """
        What comes of a call that does something: done once for each key, and answered each time.

        Args:
            method: That is called.
            request: All that it is called with.
            key: The key.
            at: The moment.
            act: Does it, as the fault has it that befalls it.
        """
        saved = self._known(key, at)
        fault = self.script.next(method, is_new=saved is None)
        self._on_the_way(fault)
        whole = (method, *request)
        if saved is None or fault is Fault.FORGET_KEYS:
            saved = self._saved[key] = Saved(whole, self._outcome(act, fault), at)
        if saved.request != whole:
            saved = Saved(whole, self._error(RequestRejectedError, "key_reused"), at)
        self._on_the_way_back(fault)
        if isinstance(saved.answer, ProviderError):
            raise self._error(type(saved.answer), saved.answer.vendor_code)
        answer: T = saved.answer
        return answer

    def _known(self, key: str, at: datetime) -> Saved | None:
        saved = self._saved.get(key)
        return None if saved is None or at - saved.at > self._retention else saved

    def _outcome(self, act: Callable[[Fault | None], T], fault: Fault | None) -> T | ProviderError:
        try:
            return self._error(*_SAID[fault]) if fault in _SAID else act(fault)
        except ProviderError as error:
            return error

    def _on_the_way(self, fault: Fault | None) -> None:
        if fault is Fault.LOST_REQUEST:
            raise self._error(ProviderUnavailableError, "connection_refused")
        if fault is Fault.FORGET_KEYS:
            self._saved.clear()

    def _on_the_way_back(self, fault: Fault | None) -> None:
        if fault is Fault.LOST_ANSWER:
            raise self._error(OutcomeUnknownError, "answer_lost")
        if fault is Fault.GARBLED:
            raise KeyError("status")  # as an adapter does that relies on what is not there

    def _error(self, kind: type[ProviderError], code: str) -> ProviderError:
        return kind(self._provider, code)
