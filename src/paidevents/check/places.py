"""How many places there are, and how many an order or a customer may have."""

from collections.abc import Iterator

from paidevents.catalog.event import Event
from paidevents.catalog.ticket import Ticket
from paidevents.check.findings import error, note, warning
from paidevents.check.goods import places_of, places_offered
from paidevents.reason import Finding, Reason

TOO_MANY_OFFERED = Reason("too_many_offered", "At most {most} places can be offered here: {places}.")
CAPACITY_MISSING = Reason("capacity_missing", "At most {most} places can be offered here, and nothing limits them.")
MORE_THAN_CAN_ATTEND = Reason("more_than_can_attend", "More places are offered than people can be present: {most}.")
NO_PLACES = Reason("no_places", "There are no places with the ticket {ticket}.")
LEAST_NEVER_MET = Reason(
    "least_never_met", "Nobody can buy {ticket}: at least {least} are sold together, and at most {most} can be had."
)
LIMIT_NEVER_MET = Reason("limit_never_met", "At most {most} of {ticket} can be had, fewer than this limit: {limit}.")


def check_capacity(event: Event) -> Iterator[Finding]:
    """More places than the policy allows, without a limit as well (CM-23); or more than can be present."""
    places, most, present = places_offered(event), event.policy.max_capacity, event.policy.attendance_limit
    if most is not None and places is None:
        yield error("capacity", CAPACITY_MISSING.given(most=most))
    elif most is not None and places is not None and places > most:
        yield error("capacity", TOO_MANY_OFFERED.given(most=most, places=places))
    if present is not None and (places is None or places > present):
        yield note("capacity", MORE_THAN_CAN_ATTEND.given(most=present))


def check_orders(event: Event) -> Iterator[Finding]:
    """Limits for an order or a customer that there are not enough places for."""
    for place, ticket in enumerate(event.tickets):
        yield from _of_a_ticket(event, ticket, f"tickets[{place}]")


def _of_a_ticket(event: Event, ticket: Ticket, path: str) -> Iterator[Finding]:
    places = places_of(event, ticket)
    if places == 0:
        yield note(path, NO_PLACES.given(ticket=ticket.id))
        return
    in_an_order = event.policy.most_per_order if places is None else min(places, event.policy.most_per_order)
    if ticket.least_per_order > in_an_order:
        reason = LEAST_NEVER_MET.given(ticket=ticket.id, least=ticket.least_per_order, most=in_an_order)
        yield warning(f"{path}.least_per_order", reason)
    for name, limit, most in (
        ("most_per_order", ticket.most_per_order, in_an_order),
        ("most_per_customer", ticket.most_per_customer, places),
    ):
        if limit is not None and most is not None and limit > most:
            yield note(f"{path}.{name}", LIMIT_NEVER_MET.given(ticket=ticket.id, limit=limit, most=most))
