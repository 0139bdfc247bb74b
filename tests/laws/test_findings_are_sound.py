"""Whatever an organizer declares, the checker answers; and what it says agrees with the prices that are quoted."""

import json
import re
from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from paidevents import InvalidValueError
from paidevents.catalog import Event, EventKind
from paidevents.check import check
from paidevents.explain.documents import finding_document
from paidevents.pricing import Plan, sold
from paidevents.reason import Severity, names_in
from paidevents.testing.strategies import events

ANY = st.one_of(events(), events(chargeable=False))
NOT_CHARGED = {"price_below_minimum", "price_above_maximum", "unaligned_amount"}
NOT_REACHED = {"tier_never_open", "tier_never_reached", "tier_without_places"}


def thing_at(event: Event, path: str) -> object:
    """What a path such as `tickets[0].price` leads to."""
    thing: object = event
    for name, place in re.findall(r"([a-z_]+)|\[([0-9]+)\]", path):
        if name:
            thing = getattr(thing, name)
        else:
            assert isinstance(thing, tuple)
            thing = thing[int(place)]
    return thing


@given(event=ANY)
def test_every_finding_is_about_something_and_can_be_told(event: Event) -> None:
    findings = check(event)
    assert findings == check(event)
    assert [found.severity for found in findings] == sorted(
        (found.severity for found in findings), key=list(Severity).index
    )
    for found in findings:
        thing_at(event, found.where)
        document = finding_document(found, "en")
        assert json.loads(json.dumps(document)) == document
        assert names_in(found.reason.text) <= set(document["values"])
        assert "{" not in document["text"]


@given(event=events())
def test_what_can_be_charged_is_not_called_wrong(event: Event) -> None:
    assert not NOT_CHARGED & {found.reason.code for found in check(event)}


@given(event=ANY)
def test_an_event_has_prices_unless_an_amount_is_off_the_step(event: Event) -> None:
    off = [found for found in check(event) if found.reason.code == "unaligned_amount"]
    off = [found for found in off if not found.where.endswith("suggestion")]
    try:
        Plan(event)
    except InvalidValueError as error:
        assert (error.field, error.reason) in [(found.where, found.reason) for found in off]
    else:
        assert off == []


@given(event=events(kinds=[EventKind.LIVE, EventKind.WEBCAST]), data=st.data())
def test_a_tier_that_somebody_gets_is_not_called_unreached(event: Event, data: st.DataObject) -> None:
    """Whatever was sold before, a quote that can be reserved never has a place at the price of such a tier."""
    reduced = [ticket for ticket in event.tickets if ticket.tiers]
    assume(reduced and not event.chooses_sessions)
    ticket = data.draw(st.sampled_from(reduced))
    limits = {f"{ticket.id}/{tier.id}": tier.quantity for tier in ticket.tiers}
    before = {name: data.draw(st.sampled_from((0, 1, most or 0))) for name, most in limits.items() if most != 0}
    at = event.window.starts_at
    assert at is not None
    at -= timedelta(days=data.draw(st.integers(0, 150)))
    quote = Plan(event).quote({ticket.id: ticket.least_per_order}, at=at, taken=sold(event, before))
    unreached = {found.where for found in check(event) if found.reason.code in NOT_REACHED}
    place = event.tickets.index(ticket)
    for number, tier in enumerate(ticket.tiers):
        path = f"tickets[{place}].tiers[{number}]"
        if unreached & {path, f"{path}.window", f"{path}.quantity"}:
            assert quote.refusals or tier.id not in {unit.tier for unit in quote.units}
