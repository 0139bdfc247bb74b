"""A place for another person; another ticket for the same person."""

from collections.abc import Mapping
from datetime import datetime

from attrs import evolve

from paidevents.cancellation.due import difference_due
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.checks import instance, integer, mapping
from paidevents.errors import RefusedError
from paidevents.lifecycle.order import OrderTrigger
from paidevents.lifecycle.registration import RegistrationFacts, RegistrationTrigger
from paidevents.pricing.plan import Plan
from paidevents.pricing.quote import Quote
from paidevents.reason import Reason
from paidevents.registration.counters import person_takes
from paidevents.registration.hold import Hold
from paidevents.registration.moving import meant_by, placed, together
from paidevents.registration.order import Order
from paidevents.registration.orderable import orderable
from paidevents.registration.outcome import Outcome, outcome
from paidevents.registration.parts import Change, Given
from paidevents.registration.person import Attendee, form_refusals
from paidevents.registration.swapping import applied, swap

TRANSFER_TO_SELF = Reason("transfer_to_self", "It is that person’s place already.")
NOTHING_PAID_FOR = Reason("nothing_paid_for", "Only a place that was paid for can be changed.")


def transferred(order: Order, plan: Plan, id: str, attendee: Attendee, *, at: datetime, by: Actor) -> Outcome:
    """
    Give a confirmed place to another person: at the same price, with a pass of its own.

    What the first person could do with it ends in the same moment.

    Raises:
        RefusedError: It is that person's already, or the form is not filled in.
        IllegalTransitionError: The place is not confirmed, or places of this event stay with their people.
        InvalidValueError: An unknown attendee, or an argument that cannot be.
    """
    event = instance(plan, "plan", Plan).event
    had = instance(order, "order", Order).registration(id)
    refusals = list(form_refusals(event.form, attendee))
    if had.attendee is not None and had.attendee.person.key == attendee.person.key:
        refusals.append(TRANSFER_TO_SELF)
    if refusals:
        raise RefusedError(refusals)
    facts = RegistrationFacts(is_transferable=event.policy.transferable)
    after, meant = together(order, [had], RegistrationTrigger.TRANSFER, facts, at=at, by=by)
    has = evolve(after.registration(id), attendee=attendee)
    after = evolve(after, registrations=tuple(has if one.id == id else one for one in after.registrations))
    takes, gives = person_takes([has], event.policy), person_takes([had], event.policy)
    return outcome(after, meant, takes=takes, gives=gives)


def taken_without(order: Order, plan: Plan, id: str, taken: Mapping[str, int]) -> dict[str, int]:
    """
    *taken* without the places and uses of one attendee: what to price a change of ticket with.

    Raises:
        InvalidValueError: An unknown attendee, or an argument that cannot be.
    """
    own = placed(instance(order, "order", Order), [order.registration(id)], instance(plan, "plan", Plan))
    left = {counter: integer(count, f"taken.{counter}", 0) for counter, count in mapping(taken, "taken").items()}
    for take in own:
        left[take.counter] = max(left.get(take.counter, 0) - take.count, 0)
    return left


def changed(order: Order, plan: Plan, id: str, quote: Quote, *, at: datetime, by: Actor = SYSTEM) -> Outcome:
    """
    Give a confirmed attendee other places instead.

    If they cost more, they are held until the difference is paid, and the old
    ones are kept until then. If they cost less, the change is made at once, and
    of the difference is given back what was promised for a cancellation.

    Args:
        order: Paid.
        plan: Of the event.
        id: Whose places.
        quote: The price of the new places, made just now, with `taken_without`.
        at: The moment.
        by: Who wishes it.

    Returns:
        The order, with the change made or open; `asked` says what is to be paid.

    Raises:
        RefusedError: The quote refuses it, or nobody paid for the old places.
        IllegalTransitionError: The order is not paid, the attendee not confirmed, or another change is open.
        InvalidValueError: An unknown attendee, a quote of another event, or an argument that cannot be.
    """
    policy = instance(plan, "plan", Plan).event.policy
    had = instance(order, "order", Order).registration(id)
    wanted = orderable(quote)
    if had.is_waived or not had.units:
        raise RefusedError((NOTHING_PAID_FOR,))
    # Asked of the table before anything is taken, and made only when it is paid.
    had.moved(RegistrationTrigger.CHANGE, RegistrationFacts(), at=at, by=by)
    row, moved = order.moved(OrderTrigger.CHANGE, order.facts(policy, at, order.due), by)
    takes = swap(order, had, wanted, plan)[0]
    change = Change(registration=id, quote=wanted, hold=Hold.under(policy, at), takes=takes)
    opened = evolve(moved, change=change)
    less = order.charge([had]) - wanted.charged
    if less.minor < 0:
        return outcome(opened, meant_by(row), takes=takes)
    after, gives, meant = applied(opened, plan, at=at, by=by)
    given: tuple[Given, ...] = ()
    kept = less
    if less:
        refund = difference_due(
            plan,
            order.quotes[had.quote],
            had.units,
            less,
            promised=(order.cancellation, plan.event.cancellation),
            at=at,
            before=order.refunds_of(had.quote),
        )
        given = (Given(quote=had.quote, refund=refund),)
        kept = less - refund.amount
    after = evolve(after, given=(*after.given, *given), adjustment=after.adjustment + kept)
    return outcome(after, [*meant_by(row), *meant], takes=takes, gives=gives, given=given)
