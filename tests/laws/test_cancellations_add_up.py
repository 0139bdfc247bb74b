"""Whoever gives up what, in whatever order: all that was paid is given back, kept, or pays for who stays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from pricing.carts import AT, Cart, basket_of, carts, event_of
from pricing.reference import nearest

from paidevents import Money, Rate
from paidevents.cancellation import CancellationDue, cancellation_due, difference_due
from paidevents.catalog import Cancellation, Cause, Event, FeesBack, RefundStep
from paidevents.money import EUR
from paidevents.money.alloc import alloc
from paidevents.pricing import Plan, Quote, RefundDue, refund_of_amount
from paidevents.testing.strategies import cancellations, events, quotes

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
ALWAYS = Cancellation.full()
# Before, while and after what is drawn takes place.
MOMENTS = st.integers(-40, 420).map(lambda days: NEW_YEAR + timedelta(days=days, hours=9))
SHARES = st.sampled_from((None, Rate(1, 4), Rate(1, 3), Rate(1, 1)))
TERMS = cancellations(EUR)


@st.composite
def bought(draw: st.DrawFn) -> tuple[Event, Quote, Cancellation]:
    """An event of any kind, what was bought of it, and terms in its currency that were promised."""
    event = draw(events())
    terms = draw(cancellations(event.currency))
    return evolve(event, cancellation=draw(cancellations(event.currency))), draw(quotes(event)), terms


@st.composite
def of_carts(draw: st.DrawFn) -> tuple[Event, Quote, Cancellation]:
    """The same with the small carts: discounts of every kind, and fees."""
    cart = draw(carts(deals=3, rejects=True))
    event = evolve(event_of(cart), cancellation=draw(TERMS))
    return event, Plan(event).quote(basket_of(cart), cart.codes, at=AT), draw(TERMS)


ORDERS = bought() | of_carts()
# Who leaves, by number; whose fault it is; the organizer's choice; goodwill before, in percent of what is left.
STEP = st.tuples(st.integers(1, 255), st.sampled_from(Cause), SHARES, st.sampled_from((0, 0, 0, 10, 55, 100)))
STEPS = st.lists(STEP, min_size=1, max_size=5)


@dataclass
class Order:
    """An order of which places are given up: it knows nothing but amounts, and keeps the books by itself."""

    event: Event
    quote: Quote
    promised: Sequence[Cancellation]
    stays: list[int] = field(init=False)
    before: list[RefundDue] = field(default_factory=list)
    paid: int = field(init=False)  # what pays for who stays
    given: int = 0
    kept: int = 0

    def __post_init__(self) -> None:
        self.stays = list(range(len(self.quote.charges)))
        self.paid = self.quote.charged.minor

    def due(self, units: Sequence[int], **asked: Any) -> CancellationDue:
        keep = [unit for unit in self.stays if unit not in units]
        plain: dict[str, Any] = {"promised": self.promised, "before": self.before, "keep": keep}
        return cancellation_due(Plan(self.event), self.quote, units, **{**plain, **asked})

    def goodwill(self, percent: int) -> None:
        """Some of what is left of who stays: what was due once for the order is not touched."""
        amount = sum(map(self.left, self.stays)) * percent // 100
        money = Money(amount, self.quote.currency)
        made = refund_of_amount(self.quote, money, units=self.stays, before=self.before)
        self.before.append(made)
        self.paid -= amount
        self.given += amount

    def left(self, unit: int) -> int:
        back = (each.amount.minor for made in self.before for each in made.units if each.unit == unit)
        return max(self.quote.charges[unit] - self.once[unit] - sum(back), 0)

    @property
    def once(self) -> list[int]:
        """What of each place is its part of fees that were due once for the order."""
        parts = [0] * len(self.quote.charges)
        for fee in self.quote.record.fee_records:
            if fee.order_part:
                shares = alloc(fee.order_part, fee.passed_on, self.quote.record.quantum)
                parts = [part + share for part, share in zip(parts, shares, strict=True)]
        return parts

    def leave(self, found: CancellationDue) -> None:
        self.given += found.refund.amount.minor
        self.kept += found.kept.minor
        self.paid -= found.refund.amount.minor + found.kept.minor
        self.before.append(found.refund)
        self.stays = [unit for unit in self.stays if unit not in found.units]
        if found.fresh is not None:
            self.quote, self.stays = found.fresh, list(range(len(found.fresh.charges)))
            self.before = [] if found.unpaid is None else [found.unpaid]
            unpaid = 0 if found.unpaid is None else found.unpaid.amount.minor
            assert self.paid == found.fresh.charged.minor - unpaid


def some(stays: Sequence[int], bits: int) -> list[int]:
    return [unit for number, unit in enumerate(stays) if bits >> number % 8 & 1] or [stays[bits % len(stays)]]


@given(order=ORDERS, steps=STEPS, now=MOMENTS, hours=st.integers(0, 500))
def test_all_that_was_paid_is_given_back_or_kept(
    order: tuple[Event, Quote, Cancellation], steps: list[Any], now: datetime, hours: int
) -> None:
    """Refunds of any sequence, goodwill among them, and what is kept, sum to what was charged; no part is too much."""
    event, quote, frozen = order
    books = Order(event, quote, (frozen, event.cancellation))
    for turn, (bits, cause, share, goodwill) in enumerate([*steps, (255, Cause.BUYER, None, 0)]):
        if not books.stays:
            break
        books.goodwill(goodwill)
        moment = now + turn * timedelta(hours=hours)
        found = books.due(some(books.stays, bits), cause=cause, at=moment, share=share)
        for each in found.refund.units:
            assert each.amount.minor <= books.left(each.unit)
            assert each.tax <= each.amount
            assert each.fee <= each.amount
        assert found.kept.minor >= 0
        assert found.reasons
        books.leave(found)
        assert books.paid >= 0
    assert books.stays or books.paid == 0
    assert books.paid + books.given + books.kept == quote.charged.minor


@given(order=ORDERS, steps=STEPS, now=MOMENTS)
def test_with_nothing_kept_all_comes_back_whatever_the_steps(
    order: tuple[Event, Quote, Cancellation], steps: list[Any], now: datetime
) -> None:
    """Everything is promised, and a claw-back: the buyer gets all of it with the last place, fees and goodwill included."""
    event, quote, _ = order
    books = Order(event, quote, (evolve(ALWAYS, clawback=True, fees=FeesBack.ALL),))
    for bits, _, _, goodwill in [*steps, (255, None, None, 0)]:
        if not books.stays:
            break
        books.goodwill(goodwill)
        found = books.due(some(books.stays, bits), cause=Cause.BUYER, at=now)
        assert found.kept.minor == 0
        before = books.paid
        books.leave(found)
        if found.fresh is not None:  # what stays is paid as if it had been bought alone, as far as there is money
            assert books.paid == min(before, found.fresh.charged.minor)
    if not books.stays:
        assert books.given == quote.charged.minor


@given(order=ORDERS, steps=STEPS, now=MOMENTS)
def test_taxes_and_fees_come_back_with_the_rest(
    order: tuple[Event, Quote, Cancellation], steps: list[Any], now: datetime
) -> None:
    """By whatever terms parts of it went before: the organizer's fault, and then the rest by hand, make it whole."""
    event, quote, frozen = order
    books = Order(event, quote, (evolve(frozen, clawback=False, pro_rata=False),))
    made: list[RefundDue] = []
    for bits, cause, share, _ in [*steps, (255, Cause.ORGANIZER, None, 0)]:
        if not books.stays:
            break
        found = books.due(some(books.stays, bits), cause=cause, at=now, share=share)
        made.append(found.refund)
        books.leave(found)
    rest = quote.charged.minor - sum(each.amount.minor for each in made)
    made.append(refund_of_amount(quote, Money(rest, quote.currency), before=made))
    for name, total in (("amount", quote.charged), ("tax", quote.totals.tax), ("fee", quote.totals.fees_passed_on)):
        assert sum(getattr(each, name).minor for each in made) == total.minor


@given(order=ORDERS, bits=st.integers(1, 255), goodwill=st.integers(0, 100), now=MOMENTS, share=SHARES)
def test_the_organizers_fault_gives_no_less_and_all_there_is(
    order: tuple[Event, Quote, Cancellation], bits: int, goodwill: int, now: datetime, share: Rate | None
) -> None:
    event, quote, frozen = order
    books = Order(event, quote, (frozen, event.cancellation))
    books.goodwill(goodwill)
    units = some(books.stays, bits)
    wish, fault = (books.due(units, cause=cause, at=now, share=share) for cause in (Cause.BUYER, Cause.ORGANIZER))
    assert fault.refund.amount >= wish.refund.amount
    assert (fault.fresh, fault.unpaid) == (None, None)
    if not (frozen.pro_rata and event.cancellation.pro_rata):
        assert fault.kept.minor == 0
        if len(units) == len(books.stays):
            assert fault.refund.amount.minor == books.paid


@given(order=ORDERS, bits=st.integers(1, 255), now=MOMENTS, share=SHARES)
def test_the_same_is_due_when_it_is_asked_again_in_another_order(
    order: tuple[Event, Quote, Cancellation], bits: int, now: datetime, share: Rate | None
) -> None:
    event, quote, frozen = order
    books = Order(event, quote, (frozen, event.cancellation))
    units = some(books.stays, bits)
    asked: dict[str, Any] = {"cause": Cause.BUYER, "at": now, "share": share}
    first = books.due(units, **asked)
    keep = [unit for unit in books.stays if unit not in units]
    assert books.due(units[::-1], keep=keep[::-1], **asked) == first


@given(order=ORDERS, bits=st.integers(1, 255), goodwill=st.integers(0, 60), now=MOMENTS, share=SHARES)
def test_another_promise_never_hurts(
    order: tuple[Event, Quote, Cancellation], bits: int, goodwill: int, now: datetime, share: Rate | None
) -> None:
    """What is due by two promises and a choice is the most that is due by one of them."""
    event, quote, frozen = order
    books = Order(event, quote, (frozen, event.cancellation))
    books.goodwill(goodwill)
    units = some(books.stays, bits)
    both = books.due(units, cause=Cause.BUYER, at=now, share=share)
    each = [
        books.due(units, cause=Cause.BUYER, at=now, promised=[terms], share=chosen)
        for terms in books.promised
        for chosen in {None, share}
    ]
    assert both.refund.amount == max(one.refund.amount for one in each)
    assert both in each


@given(order=ORDERS, bits=st.integers(1, 255), percent=st.integers(0, 110), now=MOMENTS, cause=st.sampled_from(Cause))
def test_where_less_was_paid_no_more_comes_back(
    order: tuple[Event, Quote, Cancellation], bits: int, percent: int, now: datetime, cause: Cause
) -> None:
    """What there is money for is given back or kept, where it does not pay for who stays."""
    event, quote, frozen = order
    books = Order(event, quote, (frozen, event.cancellation))
    units = some(books.stays, bits)
    paid = sum(map(books.left, units)) + (0 if len(units) < len(books.stays) else sum(books.once))
    most = Money(paid * percent // 100, quote.currency)
    whole, less = (books.due(units, cause=cause, at=now, most=each) for each in (None, most))
    assert less.refund.amount <= most
    assert less.refund.amount <= whole.refund.amount
    if less.fresh is None:
        assert (less.refund.amount + less.kept).minor == min(most.minor, paid)
    if whole.fresh is None and whole.refund.amount <= most:
        assert less.refund == whole.refund


def falling(terms: Cancellation) -> Cancellation:
    shares = sorted((step.share for step in terms.steps), reverse=True)
    return evolve(terms, steps=tuple(map(RefundStep, (step.until for step in terms.steps), shares)))


@given(order=bought(), bits=st.integers(1, 255), now=MOMENTS, hours=st.integers(0, 4000), cause=st.sampled_from(Cause))
def test_a_later_moment_never_gives_more(
    order: tuple[Event, Quote, Cancellation], bits: int, now: datetime, hours: int, cause: Cause
) -> None:
    """Where shares fall from step to step."""
    event, quote, frozen = order
    books = Order(event, quote, (falling(frozen), falling(event.cancellation)))
    units = some(books.stays, bits)
    earlier, later = (
        books.due(units, cause=cause, at=moment).refund.amount for moment in (now, now + timedelta(hours=hours))
    )
    assert later <= earlier


@given(order=bought(), bits=st.integers(1, 255), now=MOMENTS)
def test_the_share_of_a_place_is_that_of_the_terms_for_its_own_window(
    order: tuple[Event, Quote, Cancellation], bits: int, now: datetime
) -> None:
    """`R(gross × k)`, the share being what the terms answer for the window of the session, or of the event."""
    event, quote, frozen = order
    terms = Cancellation(steps=frozen.steps, fees=FeesBack.ALL)
    assume(all(not fee.per_order for fee in event.fees))
    books = Order(event, quote, (terms,))
    windows = {session.id: session.window for session in event.sessions}
    for each in books.due(some(books.stays, bits), cause=Cause.BUYER, at=now).refund.units:
        share = terms.share_at(now, windows.get(quote.units[each.unit].session, event.window), event.zone)
        exact = quote.charges[each.unit] * share.fraction
        assert each.amount.minor == nearest(exact, quote.record.quantum)


@given(
    cart=carts(deals=2),
    terms=TERMS,
    bits=st.integers(1, 255),
    share=st.sampled_from((Fraction(1), Fraction(1, 2), Fraction(1, 3))),
)
def test_an_amount_is_what_the_terms_say_of_it(cart: Cart, terms: Cancellation, bits: int, share: Fraction) -> None:
    """
    Without a claw-back: `R((charged - fees that stay) × share × (1 - tax / charged) - kept)`, from nothing to what is left.

    Fees of the order aside, and at any time the same share.
    """
    cart = replace(cart, dues=tuple(replace(one, per_order=0) for one in cart.dues))
    terms = evolve(terms, steps=(RefundStep(None, Rate(*share.as_integer_ratio())),), clawback=False)
    event = event_of(cart)
    quote = Plan(event).quote(basket_of(cart), cart.codes, at=AT)
    books = Order(event, quote, (terms,))
    stays: dict[FeesBack, Callable[[bool], bool]] = {
        FeesBack.ALL: lambda refundable: False,
        FeesBack.NONE: lambda refundable: True,
        FeesBack.AS_DECLARED: lambda refundable: not refundable,
    }
    for each in books.due(some(books.stays, bits), cause=Cause.BUYER, at=AT).refund.units:
        unit = quote.units[each.unit]
        fees = sum(fee.passed_on_per_unit[each.unit] for fee in quote.fees if stays[terms.fees](fee.refundable))
        whole = unit.charged.minor - fees
        exact = whole * share
        if not terms.tax and unit.charged:
            exact *= Fraction(unit.before_tax.minor, unit.charged.minor)
        exact -= 0 if terms.kept is None else terms.kept.minor
        assert each.amount.minor == min(max(nearest(max(exact, Fraction(0)), cart.quantum), 0), whole)


@given(order=ORDERS, bits=st.integers(1, 255), percent=st.integers(0, 120), goodwill=st.integers(0, 100), now=MOMENTS)
def test_of_a_difference_comes_back_no_more_than_it_is_or_than_is_left(
    order: tuple[Event, Quote, Cancellation], bits: int, percent: int, goodwill: int, now: datetime
) -> None:
    event, quote, frozen = order
    books = Order(event, quote, (frozen, event.cancellation))
    books.goodwill(goodwill)
    units = some(books.stays, bits)
    charged = sum(quote.charges[unit] for unit in units)
    amount = Money(charged * percent // 100, quote.currency)
    made = difference_due(Plan(event), quote, units, amount, promised=books.promised, at=now, before=books.before)
    assert made.amount.minor <= sum(books.left(unit) for unit in units)
    # What fees cost once is in what places are charged, and stays; rounding may reach the next step.
    assert (
        made.amount.minor < nearest(Fraction(amount.minor), quote.record.quantum) + quote.record.quantum
        or percent > 100
    )
    assert {each.unit for each in made.units} <= set(units)
