"""Who takes part: one row for each attendee, made of their order."""

from collections import Counter
from collections.abc import Iterable, Sequence

from paidevents.lifecycle.order import OrderState
from paidevents.lifecycle.registration import RegistrationTrigger
from paidevents.money.alloc import alloc
from paidevents.money.amount import Money
from paidevents.money.currency import Currency
from paidevents.payments.refund import Refund, RefundPurpose
from paidevents.registration.order import Order
from paidevents.registration.person import Person
from paidevents.registration.registration import Registration
from paidevents.reports.asked import named
from paidevents.reports.participant import Discount, Participant, PaymentStatus
from paidevents.reports.places import Place, places_of

_APPROVED = RegistrationTrigger.APPROVE.value
_FOR_PLACES = (RefundPurpose.PLACES, RefundPurpose.GOODWILL)


def participants(orders: Iterable[Order], refunds: Iterable[Refund] = ()) -> tuple[Participant, ...]:
    """
    Every attendee of *orders*, whatever was paid (CM-19): those that came first stand first.

    Args:
        orders: In any order.
        refunds: All that there are of them: what was decided, and is in none that
            waits to be made, counts as given back.

    Raises:
        InvalidValueError: An id twice, something that is no order or no refund, or an order that has
            given back what none of its quotes has.

    Example:
        >>> from datetime import UTC, datetime
        >>> from paidevents import EUR
        >>> from paidevents.catalog import Event, EventKind, Ticket
        >>> from paidevents.pricing import Plan
        >>> from paidevents.registration import Attendee, Person, reserve
        >>> plan = Plan(Event(
        ...     id="video", title="A video", zone="Europe/Paris", currency=EUR, kind=EventKind.ON_DEMAND,
        ...     tickets=[Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR))],
        ... ))
        >>> noon = datetime(2026, 3, 1, 12, tzinfo=UTC)
        >>> ana = Person(name="Ana", email="ana@example.com")
        >>> held = reserve(
        ...     plan, plan.quote({"standard": 1}, at=noon),
        ...     id="A1", buyer=ana, attendees=[Attendee(person=ana)], at=noon,
        ... )
        >>> row, = participants([held.order])
        >>> row.name, row.payment.value, str(row.charged)
        ('Ana', 'unpaid', '20.00 EUR')
    """
    owed: Counter[tuple[str, Currency]] = Counter()
    for refund in named(refunds, "refunds", Refund):
        if refund.is_owed and refund.purpose in _FOR_PLACES:
            owed[refund.order, refund.amount.currency] += refund.amount.minor
    found = sorted(named(orders, "orders", Order), key=lambda order: (order.hold.starts_at, order.id))
    return tuple(row for order in found for row in _of_order(order, owed[order.id, order.currency]))


def _of_order(order: Order, owed: int) -> list[Participant]:
    places = places_of(order)
    not_made = _not_made(order, places, owed)
    rows = []
    for one in order.registrations:
        own = [place for place in places if place.registration is one]
        rows.append(_row(order, one, own, not_made[one.id]))
    return rows


def _not_made(order: Order, places: Sequence[Place], owed: int) -> Counter[str]:
    """What is still *owed*, by registration: of what was decided last."""
    not_made: Counter[str] = Counter()
    for decision in reversed(range(len(order.given))):
        parts = [(place, amount) for place in places for number, amount in place.decided if number == decision]
        here = min(owed, sum(amount for _, amount in parts))
        owed -= here
        if here:
            for (place, _), part in zip(parts, alloc(here, [amount for _, amount in parts]), strict=True):
                not_made[place.registration.id] += part
    return not_made


def _row(order: Order, one: Registration, places: Sequence[Place], owed: int) -> Participant:
    currency = order.currency
    priced = [place for place in places if place.unit >= 0]
    charged = order.charge([one])
    tax = Money(sum(place.tax_in_price for place in places) if charged else 0, currency)
    given, kept = sum(place.given for place in places), sum(place.kept for place in places)
    name, email = _known(one.attendee.person if one.attendee is not None else None)
    buyer_name, buyer_email = _known(order.buyer)
    approved_by = next((move.by for move in one.history if move.trigger == _APPROVED), "")
    return Participant(
        event=order.event,
        order=order.id,
        registration=one.id,
        name=name,
        email=email,
        role=one.role,
        state=one.state,
        order_state=order.state,
        payment=_status(order, one, charged.minor, given=given, kept=kept, owed=owed),
        tickets=tuple(place.ticket for place in priced),
        tiers=tuple(place.tier for place in priced),
        sessions=tuple(place.session for place in priced),
        list_price=Money(sum(place.list_price for place in places), currency),
        discounts=_discounts(priced, currency),
        charged=charged,
        before_tax=charged - tax,
        tax=tax,
        given_back=Money(given, currency),
        refund_owed=Money(owed, currency),
        adjusted=Money(sum(place.adjusted for place in places), currency),
        buyer_name=buyer_name,
        buyer_email=buyer_email,
        answers=tuple((answer.question, answer.text) for answer in one.attendee.answers) if one.attendee else (),
        placed_at=order.hold.starts_at,
        approved_by=approved_by,
        waived_by=approved_by if one.is_waived else "",
    )


def _known(person: Person | None) -> tuple[str | None, str | None]:
    """Name and address; None for both once they were erased."""
    return (None, None) if person is None else (person.name, person.email)


def _discounts(places: Sequence[Place], currency: Currency) -> tuple[Discount, ...]:
    sums: Counter[tuple[str, str]] = Counter()
    for place in places:
        for promotion, code, amount in place.discounts:
            sums[promotion, code] += amount
    return tuple(Discount(promotion, code, Money(amount, currency)) for (promotion, code), amount in sums.items())


def _status(order: Order, one: Registration, charged: int, *, given: int, kept: int, owed: int) -> PaymentStatus:
    if not one.units:
        return PaymentStatus.COMPLIMENTARY
    if one.is_waived:
        return PaymentStatus.WAIVED
    if one.is_lost:
        return PaymentStatus.LOST
    if not charged:
        return PaymentStatus.FREE
    return _of_paid(given, kept, owed) if one.is_settled else _of_unpaid(order, one)


def _of_paid(given: int, kept: int, owed: int) -> PaymentStatus:
    if owed:
        return PaymentStatus.REFUND_OWED
    if not given:
        return PaymentStatus.PAID
    return PaymentStatus.PARTLY_GIVEN_BACK if kept > 0 else PaymentStatus.GIVEN_BACK


def _of_unpaid(order: Order, one: Registration) -> PaymentStatus:
    if not one.is_active:
        return PaymentStatus.VOID
    return PaymentStatus.SET_ASIDE if order.state is OrderState.AUTHORIZED else PaymentStatus.UNPAID
