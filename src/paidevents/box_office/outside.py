"""Everything that is not ours: the ports of a box office, held together."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from inspect import isawaitable
from string import Formatter
from threading import Lock
from typing import Any, TypeVar, cast

from paidevents.access.tokens import HostKey
from paidevents.catalog.event import Event
from paidevents.checks import WRONG_TYPE, instance, integer, text
from paidevents.errors import (
    InvalidValueError,
    NotifierError,
    OutcomeUnknownError,
    PaidEventsError,
    ProviderUnavailableError,
)
from paidevents.ports.connection import base_name
from paidevents.ports.message import Message, Notifier
from paidevents.ports.provider import PaymentProvider
from paidevents.ports.source import Clock, Ids
from paidevents.ports.store import Store
from paidevents.pricing.phase import Step
from paidevents.pricing.plan import Plan
from paidevents.reason import Reason

T = TypeVar("T")

PROVIDER_TWICE = Reason("provider_twice", "Two providers are called {name}, for the same account.")
BAD_LINK = Reason("bad_link", "An address has the places purpose, id and token in braces, each once.")

# The names in an address, each without a form or a conversion of its own.
_PLACES = {("purpose", "", None), ("id", "", None), ("token", "", None)}

NOT_CONFIGURED = "not_configured"
UNREADABLE = "unreadable_answer"

Providers = Iterable[PaymentProvider] | Callable[[str, str], PaymentProvider | None]


class Tills:
    """
    The accounts at payment providers that money can go through.

    Args:
        providers: All there are; or a function from a provider's name with its mode and
            an account to it, None for none, where organizers have accounts of their own.

    Raises:
        InvalidValueError: Two for the same account, or something else.
    """

    def __init__(self, providers: Providers) -> None:
        self._known: dict[tuple[str, str], PaymentProvider] = {}
        self._found: Callable[[str, str], PaymentProvider | None] = lambda name, account: None
        if callable(providers):
            self._found = providers
            return
        if not isinstance(providers, Iterable):
            raise InvalidValueError(
                "providers", WRONG_TYPE.given(expected="list, tuple, Callable", got=type(providers).__name__)
            )
        for one in providers:
            name, account = getattr(one, "name", None), getattr(one, "account", None)
            where = text(name, "providers.name"), text(account, "providers.account")
            if where in self._known:
                raise InvalidValueError("providers", PROVIDER_TWICE.given(name=where[0]))
            self._known[where] = one

    def get(self, name: str, account: str) -> PaymentProvider:
        """
        The provider of that name, for that account.

        Raises:
            ProviderUnavailableError: There is none now; it may be configured again.
        """
        one = self._known.get((name, account)) or self._found(name, account)
        if one is None:
            raise ProviderUnavailableError(name, NOT_CONFIGURED)
        return one

    def named(self, base: str) -> tuple[tuple[str, str], ...]:
        """The providers of that name, whatever their mode, or all of them if it is empty: pairs of name and account."""
        return tuple(where for where in self._known if base in ("", base_name(where[0])))


class Plans:
    """
    The prices of events, bound once and kept while the event stays the same.

    Args:
        steps: The pricing rules.
        most: Of how many events they are kept.
    """

    def __init__(self, steps: Sequence[Step], most: int = 1000) -> None:
        self._steps = tuple(steps)
        self._most = integer(most, "most", 1)
        self._plans: dict[str, Plan] = {}
        self._lock = Lock()

    def of(self, event: Event) -> Plan:
        """The prices of *event* as it is declared now."""
        plan = self._plans.get(event.id)
        if plan is None or (plan.event is not event and plan.event != event):
            plan = Plan(event, self._steps)
            with self._lock:
                while len(self._plans) >= self._most:
                    del self._plans[next(iter(self._plans))]
                self._plans[event.id] = plan
        return plan


class Outside:
    """
    The ports of a box office. Nothing else of it touches the world.

    Args:
        store: Where everything is kept.
        tills: Accounts at payment providers.
        notifier: What brings messages to people; None if nobody is told anything.
        clock: What time it is.
        ids: New names.
        key: What links are made with.
        links: What a personal address looks like, with `{purpose}`, `{id}` and `{token}` in it.
        plans: The prices of events.
        at_once: What is to be done in the world is tried at once, not only when somebody reconciles.

    Raises:
        InvalidValueError: An address without one of its places, or an argument of another kind.
    """

    def __init__(
        self,
        *,
        store: Store,
        tills: Tills,
        notifier: Notifier | None,
        clock: Clock,
        ids: Ids,
        key: HostKey,
        links: str,
        plans: Plans,
        at_once: bool,
    ) -> None:
        self.store = store
        self.tills = tills
        self.notifier = notifier
        self.clock = _port(clock, "clock", Clock)
        self.ids = _port(ids, "ids", Ids)
        self.key = instance(key, "key", HostKey)
        self.links = _address(links)
        self.plans = plans
        self.at_once = instance(at_once, "at_once", bool)

    def calling(self, name: str, account: str, call: Callable[[PaymentProvider], T]) -> T:
        """
        What *call* answers. Whatever a provider raises that it should not is taken for an unknown outcome.

        Raises:
            ProviderError: As the port says.
        """
        till = self.tills.get(name, account)
        return guarded(lambda: call(till), lambda: OutcomeUnknownError(name, UNREADABLE))

    def send(self, message: Message, key: str) -> None:
        """
        Hand *message* to the notifier, if there is one.

        Raises:
            NotifierError: It may not have been sent.
        """
        notifier = self.notifier
        if notifier is None:
            return None
        return guarded(lambda: notifier.send(message, key=key), NotifierError)


def guarded(call: Callable[[], T], failed: Callable[[], PaidEventsError]) -> T:
    """What *call* answers, now or when it is awaited; whatever else it raises becomes what *failed* makes."""
    try:
        answer = call()
    except PaidEventsError:
        raise
    except Exception:  # of a port that somebody else wrote: it may name a person, so it is not passed on
        raise failed() from None
    if isawaitable(answer):
        return cast(T, _awaited(answer, failed))
    return answer


async def _awaited(answer: Awaitable[Any], failed: Callable[[], PaidEventsError]) -> Any:
    try:
        return await answer
    except PaidEventsError:
        raise
    except Exception:
        raise failed() from None


def _port(value: T, field: str, kind: type) -> T:
    if not isinstance(value, kind):
        raise InvalidValueError(field, WRONG_TYPE.given(expected=kind.__name__, got=type(value).__name__))
    return value


def _address(links: object) -> str:
    shape = text(links, "links", 1000)
    try:
        places = [part[1:] for part in Formatter().parse(shape) if part[1] is not None]
    except ValueError:
        places = []
    if len(places) != len(_PLACES) or set(places) != _PLACES:
        raise InvalidValueError("links", BAD_LINK)
    return shape
