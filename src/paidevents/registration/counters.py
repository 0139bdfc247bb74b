"""The counter that keeps a person from having two places where one is all that anybody gets."""

from collections.abc import Iterable

from paidevents.catalog.policies import Policy
from paidevents.pricing.counters import Take
from paidevents.registration.registration import Registration


def person_counter(mark: str) -> str:
    """Places that a person has, whoever paid for them; *mark* is `Person.mark`."""
    return f"person/{mark}"


def person_takes(registrations: Iterable[Registration], policy: Policy) -> list[Take]:
    """What the people of some registrations take, where each may have one place only."""
    if not policy.one_per_person:
        return []
    marks = [one.attendee.person.mark for one in registrations if one.attendee is not None]
    return [Take(person_counter(mark), 1, 1) for mark in marks]
