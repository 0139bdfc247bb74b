"""The ledger says what prices and refunds say: sold together or apart, given back in any parts, priced anew."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from ledger.books import on
from pricing.carts import AT, basket_of, carts, event_of, quote_of

from paidevents import Money, Rate
from paidevents.cancellation import cancellation_due
from paidevents.catalog import Cancellation, Cause, Event, FeesBack, FeeTaker, Percent, Promotion, RefundStep
from paidevents.errors import RefundRefusedError
from paidevents.ledger import (
    Account,
    Book,
    EntryKind,
    refund_owed,
    repriced,
    sale,
    waiver,
)
from paidevents.pricing import FeeSettlement, Plan, Quote, RefundDue, refund_due, refund_of_amount
from paidevents.testing.strategies import events, quotes

prices = st.one_of(quotes(), carts(deals=3).map(quote_of))
FLAGS = st.sampled_from((None, True, False))
BITS = st.lists(st.integers(0, 3), min_size=20, max_size=20)
SHARES = tuple(Rate(n, 12) for n in (1, 3, 4, 6, 12))


def total(book: Book, account: Account) -> int:
    """What an account has come to, in minor units."""
    return sum(found[account].minor for found in book.balances().values())


def by_party(book: Book, account: Account) -> dict[str, int]:
    return {party: minor.minor for found in book.by_party(account).values() for party, minor in found.items()}


def without_zeros(amounts: dict[str, int]) -> dict[str, int]:
    return {party: minor for party, minor in amounts.items() if minor}


def taxed(quote: Quote, fee: FeeSettlement) -> int:
    """The tax in a passed-on fee; where tax is on top of everything, there is none in it."""
    return 0 if quote.record.taxation.exclusive else fee.tax.minor


def platform_fees(quote: Quote, *, stay: Callable[[bool], bool]) -> int:
    """What of the platform's fees, without tax, is absorbed, or passed on and such that it stays."""
    fees = [fee for fee in quote.fees if fee.taker is FeeTaker.PLATFORM]
    absorbed = sum(fee.amount.minor - fee.passed_on.minor for fee in fees)
    return absorbed + sum(fee.passed_on.minor - taxed(quote, fee) for fee in fees if stay(fee.refundable))


def booked(quote: Quote, made: list[RefundDue]) -> Book:
    book = Book(sale(on(), quote))
    for place, due in enumerate(made):
        book = book.added(refund_owed(on(), quote, due, before=made[:place]))
    return book


@given(quote=prices)
def test_a_sale_is_what_the_quote_says(quote: Quote) -> None:
    """`charged = tax + fees without their tax + organizer_keeps`; taxes by country, rate and name."""
    book, totals = Book(sale(on(), quote)), quote.totals
    assert total(book, Account.BUYER) == totals.charged.minor
    assert total(book, Account.TAX) == -totals.tax.minor
    assert total(book, Account.ORGANIZER) == -totals.organizer_keeps.minor
    for taker, account in ((FeeTaker.PLATFORM, Account.PLATFORM), (FeeTaker.PROVIDER, Account.PROVIDER_FEES)):
        fees = [fee for fee in quote.fees if fee.taker is taker]
        assert total(book, account) == -sum(fee.amount.minor - taxed(quote, fee) for fee in fees)
        borne = Counter({f"{fee.fee}:buyer": taxed(quote, fee) - fee.passed_on.minor for fee in fees})
        borne.update({f"{fee.fee}:organizer": fee.passed_on.minor - fee.amount.minor for fee in fees})
        assert by_party(book, account) == without_zeros(borne)
    owed: Counter[str] = Counter()
    for tax in quote.taxes:
        owed[f"{tax.country}:{tax.rate}:{tax.name}"] -= tax.amount.minor
    assert by_party(book, Account.TAX) == without_zeros(owed)


@given(quote=prices, when=BITS)
def test_places_sold_apart_come_to_the_same_and_waived_to_nothing(quote: Quote, when: list[int]) -> None:
    book, waived = Book(), Book(sale(on(), quote))
    for turn in range(4):
        units = [unit for unit in range(len(quote.units)) if when[unit % len(when)] == turn]
        book, waived = book.added(sale(on(), quote, units)), waived.added(waiver(on(), quote, units))
    whole = Book(sale(on(), quote))
    assert book.balances() == whole.balances()
    for account in Account:
        assert without_zeros(by_party(book, account)) == by_party(whole, account)
        assert without_zeros(by_party(waived, account)) == {}


@given(quote=prices, data=st.data())
def test_refunds_of_any_kind_give_no_more_back_than_was_taken(quote: Quote, data: st.DataObject) -> None:
    """Shares and amounts, with or without fees, in any order: no tax and no fee ever beyond nothing."""
    made: list[RefundDue] = []
    for _ in range(data.draw(st.integers(1, 5))):
        fees = data.draw(FLAGS)
        units = data.draw(st.lists(st.integers(0, len(quote.units) - 1), min_size=1, unique=True))
        try:
            if data.draw(st.booleans()):
                made.append(refund_due(quote, units, share=data.draw(st.sampled_from(SHARES)), fees=fees, before=made))
            else:
                most = sum(quote.charges[unit] for unit in units)
                amount = Money(data.draw(st.integers(0, most)), quote.currency)
                made.append(refund_of_amount(quote, amount, units=units, fees=fees, before=made))
        except RefundRefusedError:
            continue
    sold, book = Book(sale(on(), quote)), booked(quote, made)
    assert total(book, Account.BUYER) == quote.charged.minor - sum(due.amount.minor for due in made)
    assert total(book, Account.TAX) == sum(due.tax.minor for due in made) - quote.totals.tax.minor
    assert total(book, Account.PROVIDER_FEES) == total(sold, Account.PROVIDER_FEES)
    for account in (Account.TAX, Account.PLATFORM):
        before = by_party(sold, account)
        assert all(before[party] <= minor <= 0 for party, minor in by_party(book, account).items() if minor)
    for entry in book.entries[1:]:
        assert entry.kind is EntryKind.REFUND_OWED
        assert all(posting.amount.minor > 0 for posting in entry.postings if posting.account is Account.TAX)
    # Then all that is left: no tax stays, and no fee but what nobody gives back.
    left = quote.charged - sum((due.amount for due in made), Money.zero(quote.currency))
    made.append(refund_of_amount(quote, left, fees=True, before=made))
    book = booked(quote, made)
    stays = platform_fees(quote, stay=lambda refundable: not refundable)
    assert total(book, Account.BUYER) == 0
    assert without_zeros(by_party(book, Account.TAX)) == {}
    assert total(book, Account.PLATFORM) == -stays
    assert total(book, Account.ORGANIZER) == stays - total(sold, Account.PROVIDER_FEES)


@given(quote=prices, when=BITS, fees=FLAGS)
def test_places_given_back_in_any_parts_leave_what_must_remain(
    quote: Quote, when: list[int], fees: bool | None
) -> None:
    """The buyer's debt is what was not given back, its tax stays, and the platform's fee where it is not the refund's."""
    made: list[RefundDue] = []
    for turn in range(4):
        units = [unit for unit in range(len(quote.units)) if when[unit % len(when)] == turn]
        if units:
            made.append(refund_due(quote, units, share=Rate(1, 3), fees=fees, before=made))
            made.append(refund_due(quote, units, share=Rate(2, 3), fees=fees, before=made))
    book = booked(quote, made)
    kept = sum(fee.passed_on.minor for fee in quote.fees if not (fee.refundable if fees is None else fees))
    assert total(book, Account.BUYER) == kept
    assert total(book, Account.PLATFORM) == -platform_fees(
        quote, stay=lambda refundable: fees is False or not refundable
    )
    assert 0 <= -total(book, Account.TAX) <= kept
    assert sum(total(book, account) for account in Account) == 0


@given(
    old=carts(deals=3).map(quote_of),
    new=carts(deals=3).map(quote_of),
    part=st.integers(0, 100),
    claims=st.sampled_from((0, 50, 100)),
)
def test_places_at_another_price_are_as_if_they_had_been_sold_at_it(
    old: Quote, new: Quote, part: int, claims: int
) -> None:
    """The debt is changed by what is asked for; given back at the new price, no tax stays but of what was kept."""
    back = refund_of_amount(old, Money(old.charged.minor * part // 100, old.currency))
    left = old.charged - back.amount
    short = max(new.charged - left, Money.zero(old.currency))
    asked = Money(short.minor * claims // 100, old.currency)
    unpaid = refund_of_amount(new, short - asked)
    entries = repriced(on(), old, new, asked=asked, unpaid=unpaid if unpaid.amount else None, before=[back])
    book = booked(old, [back]).added(entries)
    kept = left + short - new.charged
    assert total(book, Account.BUYER) == left.minor + asked.minor
    tax = new.totals.tax - unpaid.tax
    assert -total(book, Account.TAX) >= tax.minor
    if not kept:
        assert total(book, Account.TAX) == -tax.minor
    rest = refund_of_amount(new, new.charged - unpaid.amount, before=[unpaid])
    book = book.added(refund_owed(on(), new, rest, before=[unpaid]))
    assert total(book, Account.BUYER) == kept.minor
    assert 0 <= -total(book, Account.TAX) <= kept.minor
    assert total(book, Account.PROVIDER_FEES) == total(Book(sale(on(), old)), Account.PROVIDER_FEES)


def range_of(quote: Quote) -> list[int]:
    return list(range(len(quote.units)))


# Some of the discounts are for several places only, so that those who stay lose them.
CLAWED_BACK = tuple(
    Promotion(id=f"group{least}", effect=Percent(Rate(least, 10)), automatic=True, least_units=least)
    for least in (2, 4)
)


@st.composite
def sold(draw: st.DrawFn) -> tuple[Event, Quote]:
    """Any event, or a cart with discounts for groups; with terms of cancellation, and a price of it."""
    if draw(st.booleans()):
        event = draw(events())
        return event, draw(quotes(event))
    terms = Cancellation(
        steps=(RefundStep(None, draw(st.sampled_from(SHARES))),),
        fees=draw(st.sampled_from(FeesBack)),
        tax=draw(st.booleans()),
        clawback=True,
    )
    cart = draw(carts(deals=0))
    event = evolve(event_of(cart), promotions=CLAWED_BACK, cancellation=terms)
    return event, Plan(event).quote(basket_of(cart), at=AT)


@given(data=st.data(), priced=sold())
def test_cancellations_are_booked_to_the_last_minor_unit(data: st.DataObject, priced: tuple[Event, Quote]) -> None:
    """Under any terms, place by place, with and without claw-back: the debt is what was sold less what is given back."""
    event, quote = priced
    plan, book, charged = Plan(event), Book(sale(on(), quote)), quote.charged.minor
    given, before, active = 0, list[RefundDue](), range_of(quote)
    for _ in range(3):
        gone = data.draw(st.lists(st.sampled_from(active), min_size=1, unique=True)) if active else []
        if gone:
            keep = [unit for unit in active if unit not in gone]
            due = cancellation_due(
                plan,
                quote,
                gone,
                keep=keep,
                promised=[event.cancellation],
                cause=data.draw(st.sampled_from((Cause.BUYER, Cause.BUYER, Cause.ORGANIZER))),
                at=quote.at + timedelta(days=data.draw(st.integers(0, 60))),
                before=before,
            )
            book = book.added(refund_owed(on(), quote, due.refund, before=before))
            given, before, active = given + due.refund.amount.minor, [*before, due.refund], keep
            if due.fresh is not None:
                anew = repriced(on(), quote, due.fresh, [*gone, *keep], unpaid=due.unpaid, before=before)
                book, quote, active = book.added(anew), due.fresh, range_of(due.fresh)
                before = [] if due.unpaid is None else [due.unpaid]
    assert total(book, Account.BUYER) == charged - given
    assert 0 <= -total(book, Account.TAX) <= charged - given
    assert all(found.holds for found in book.conservation().values())
