"""Every promise of a payment provider, as tests: for those who write an adapter of their own."""

from collections.abc import Iterator
from enum import Enum
from typing import ClassVar
from unittest import SkipTest

from attrs import frozen

from paidevents.testing.providers.describing import Describing
from paidevents.testing.providers.giving_back import GivingBack
from paidevents.testing.providers.hearing import Hearing
from paidevents.testing.providers.looking import Looking
from paidevents.testing.providers.starting import Starting
from paidevents.testing.providers.taking import Taking


class Outcome(Enum):
    """What a test of a suite came to."""

    KEPT = "kept"
    NOT_OFFERED = "not offered"
    BROKEN = "broken"


@frozen
class Result:
    """
    One promise, and what became of it.

    Attributes:
        promise: As a sentence.
        outcome: Whether it is kept.
        why: What is not offered, or how it is broken; empty if it is kept.
    """

    promise: str
    outcome: Outcome
    why: str = ""


class ProviderSuite(Describing, Starting, Looking, Taking, GivingBack, Hearing):
    """
    What every provider promises: derive from it, and say how one is made and what its buyers do.

    Each method that begins with `test_` makes a provider and asks it; pytest
    collects them. A broken promise is an AssertionError that says which; what
    an adapter does not offer, or nobody said how to test, is a test that is
    skipped, with a sentence. `report` has all of it on one page. No test opens
    a socket: that is up to the provider.

    Example:
        >>> from paidevents.ports import SystemClock
        >>> from paidevents.providers import ManualProvider
        >>> class TestCash(ProviderSuite):
        ...     has_modes = False
        ...     def make_provider(self):
        ...         return ManualProvider.cash()
        >>> [result.why for result in TestCash.results() if result.outcome is Outcome.BROKEN]
        []
        >>> print(TestCash.report().splitlines()[0])
        cash: 25 promises kept, 30 not offered, 0 broken.
    """

    __test__: ClassVar[bool] = False

    @classmethod
    def results(cls) -> tuple[Result, ...]:
        """What every test comes to, each on an instance of its own, in the order in which they are written."""
        return tuple(_result(cls, name) for name in _names(cls))

    @classmethod
    def report(cls) -> str:
        """The conformance report: every promise, kept or not, and why not."""
        results = cls.results()
        counts = ", ".join(
            f"{sum(one.outcome is outcome for one in results)} {'promises ' if outcome is Outcome.KEPT else ''}"
            f"{outcome.value}"
            for outcome in Outcome
        )
        lines = [f"{cls().make_provider().name}: {counts}."]
        for outcome in Outcome:
            told = [one for one in results if one.outcome is outcome]
            lines += ["", f"{outcome.value.capitalize()}:"] if told else []
            lines += [f"  {one.promise}{one.why and f' — {one.why}'}" for one in told]
        return "\n".join(lines)


def _names(suite: type[ProviderSuite]) -> Iterator[str]:
    """The tests of a suite: those of its parts in their order, then its own."""
    told: set[str] = set()
    parts = ProviderSuite.__bases__
    for part in (*parts, *reversed(suite.__mro__)):
        for name in vars(part):
            if name.startswith("test_") and name not in told:
                told.add(name)
                yield name


def _result(suite: type[ProviderSuite], name: str) -> Result:
    promise = f"{name.removeprefix('test_').replace('_', ' ').capitalize()}."
    try:
        getattr(suite(), name)()
    except SkipTest as missing:
        return Result(promise, Outcome.NOT_OFFERED, str(missing))
    except Exception as error:
        why = str(error) if isinstance(error, AssertionError) else repr(error)
        return Result(promise, Outcome.BROKEN, " ".join(why.split()))
    return Result(promise, Outcome.KEPT)
