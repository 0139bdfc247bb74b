"""A place for somebody else, another ticket for the same person, the confirmation once more, and being forgotten."""

from collections.abc import Mapping, Sequence

from attrs import evolve

from paidevents.access.roles import Action
from paidevents.box_office.asking_store import Taken
from paidevents.box_office.asks import Flow, ask, flow, run
from paidevents.box_office.flows.loading import work_on, written
from paidevents.box_office.flows.performing import afterwards
from paidevents.box_office.flows.selling import HAS_A_PLACE, Wanted, attendee_of, known_buyer, total_of
from paidevents.box_office.flows.waiting import offer_next
from paidevents.catalog.people import SYSTEM, Actor
from paidevents.errors import ExhaustedError, PriceChangedError, RefusedError, SoldOutError
from paidevents.money.amount import Money
from paidevents.pricing.basket import Basket
from paidevents.pricing.quote import Quote
from paidevents.pricing.watching import watched
from paidevents.registration.deciding import erased, resent
from paidevents.registration.order import Order
from paidevents.registration.person import Attendee, Person
from paidevents.registration.transferring import changed, taken_without, transferred


@flow
def transfer(order: str, registration: str, attendee: Attendee | Person, *, by: Actor) -> Flow[Order]:
    """
    Give a confirmed place to another person. Every link that was sent for it is dead at once.

    Raises:
        NotAllowedError: Not their place; or it is suspended while its payment is disputed.
        RefusedError: It is that person's already, they have one, or the form is not filled in.
        IllegalTransitionError: The place is not confirmed, or places of this event stay with their people.
        InvalidValueError: An unknown attendee, or an argument that cannot be.
    """
    after = yield from run(_transferred(order, registration, attendee, by))
    yield from afterwards(order)
    return after


@flow
def _transferred(order: str, registration: str, attendee: Attendee | Person, by: Actor) -> Flow[Order]:
    work = yield from work_on(order, by, Action.TRANSFER_PLACE)
    who = attendee_of(attendee, "attendee")
    work.decided(transferred(work.order, work.plan, registration, who, at=work.at, by=by))
    try:
        yield from written(work)
    except ExhaustedError:
        raise RefusedError((HAS_A_PLACE,)) from None
    return work.order


@flow
def change_ticket(
    order: str,
    registration: str,
    wanted: Wanted,
    codes: Sequence[str] = (),
    *,
    shown: Quote | Money | None = None,
    by: Actor = SYSTEM,
) -> Flow[Order]:
    """
    Give a confirmed attendee other places instead.

    If they cost more, they are held until the difference is paid with `checkout`,
    and the old ones are kept until then; if less, the change is made at once.

    Args:
        order: Id of the order.
        registration: Whose places.
        wanted: What instead: counts by ticket, or items.
        codes: As they were typed.
        shown: The price of the new places that the buyer saw, or its total; None if it is not to be compared.
        by: Who wishes it.

    Raises:
        NotAllowedError: Not their order.
        PriceChangedError: The price of the new places is not the one that was shown.
        SoldOutError: They are gone.
        RefusedError: The quote refuses it, or nobody paid for the old places.
        IllegalTransitionError: The order is not paid, the attendee not confirmed, or another change is open.
        InvalidValueError: An unknown attendee, or an argument that cannot be.
    """
    after = yield from run(_changed(order, registration, wanted, codes, shown, by))
    yield from afterwards(order)
    yield from offer_next(after.event)
    return after


@flow
def _changed(
    order: str, registration: str, wanted: Wanted, codes: Sequence[str], shown: Quote | Money | None, by: Actor
) -> Flow[Order]:
    work = yield from work_on(order, by, Action.CANCEL_REGISTRATION)
    event = work.plan.event
    buyer = known_buyer(work.plan, None, work.order.buyer, work.dossier.account)
    marks = () if buyer is None else buyer.marks
    taken: Mapping[str, int] = yield from ask(Taken(event.id, watched(event, codes, marks)))
    without = taken_without(work.order, work.plan, registration, taken)
    price = work.plan.quote(Basket.of(wanted), codes, at=work.at, taken=without, buyer=buyer)
    if shown is not None and total_of(shown) != price.charged:
        raise PriceChangedError(price)
    work.decided(changed(work.order, work.plan, registration, price, at=work.at, by=by))
    try:
        yield from written(work)
    except ExhaustedError as error:
        raise SoldOutError(error.counter, error.wanted, error.left) from None
    return work.order


@flow
def resend(order: str, registration: str, *, by: Actor) -> Flow[Order]:
    """
    Send the confirmation of one attendee once more (CM-16, GT-24).

    Raises:
        NotAllowedError: Not their order.
        IllegalTransitionError: There is nothing to confirm.
        InvalidValueError: An unknown attendee, or an argument that cannot be.
    """
    after = yield from run(_resent(order, registration, by))
    yield from afterwards(order)
    return after


@flow
def _resent(order: str, registration: str, by: Actor) -> Flow[Order]:
    work = yield from work_on(order, by, Action.RESEND_CONFIRMATION)
    work.decided(resent(work.order, registration, at=work.at, by=by))
    yield from written(work)
    return work.order


@flow
def erase(order: str, *, by: Actor) -> Flow[Order]:
    """
    Forget the people of an order. What was paid and done stays, in amounts and ids.

    Raises:
        NotAllowedError: Not theirs to forget.
        InvalidValueError: An argument that cannot be.
    """
    work = yield from work_on(order, by, Action.CANCEL_REGISTRATION)
    work.decided(erased(work.order, work.plan))
    work.dossier = evolve(work.dossier, account="")
    yield from written(work)
    return work.order
