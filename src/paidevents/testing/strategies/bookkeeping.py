"""Strategies for what is booked: entries of every kind, each made as the ledger makes it, and books of an order."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from attrs import evolve
from hypothesis import strategies as st

from paidevents.ledger.account import Account, Bearer, fee_party, tax_party
from paidevents.ledger.book import Book
from paidevents.ledger.entry import OF_A_PAYMENT, OF_A_REFUND, Entry, EntryKind, Occasion, Posting
from paidevents.ledger.movements import (
    capture,
    dispute_lost,
    dispute_opened,
    dispute_won,
    forgiven,
    goodwill,
    payment_lost,
    provider_fee_seen,
    recovered,
    refund_dropped,
    refund_failed,
    refund_paid,
    surplus,
    surplus_returned,
    surplus_used,
)
from paidevents.ledger.refunds import refund_owed, repriced
from paidevents.ledger.sales import sale, waiver
from paidevents.money.amount import Money
from paidevents.money.rate import Rate
from paidevents.pricing.plan import Plan
from paidevents.pricing.refunds import refund_due
from paidevents.testing.strategies.amounts import Dice, made
from paidevents.testing.strategies.living import an_event_on_sale
from paidevents.testing.strategies.offers import NEW_YEAR
from paidevents.testing.strategies.prices import SHARES, a_quote

K = EntryKind

PROVIDERS = ("stripe", "bank transfer", "caisse du théâtre")
PARTIES = (
    "",
    *PROVIDERS,
    tax_party("FR", Rate(1, 5), "TVA"),
    fee_party("service", Bearer.BUYER),
    fee_party("stripe", Bearer.ORGANIZER),
)


def postings() -> st.SearchStrategy[Posting]:
    """Debits and credits of every account."""

    def make(dice: Dice) -> Posting:
        amount = _an_amount(dice)
        return Posting(dice.choice(tuple(Account)), -amount if dice.one_in(2) else amount, dice.choice(PARTIES))

    return made(make)


def entries() -> st.SearchStrategy[Entry]:
    """Entries of every kind; what is sold, waived and given back is of a real price."""
    return made(_an_entry)


def _an_entry(dice: Dice) -> Entry:
    kind = dice.choice(tuple(EntryKind))
    at = NEW_YEAR + timedelta(seconds=dice.below(10**7))
    on = _an_occasion(
        f"E{dice.below(100)}",
        at,
        payment="p1" if kind in OF_A_PAYMENT or dice.one_in(2) else "",
        refund="r1" if kind in OF_A_REFUND or dice.one_in(2) else "",
    )
    for entry in _of_a_quote(dice, on, kind) if kind in _OF_A_QUOTE else _MOVES[kind](on, _an_amount(dice), dice):
        return entry
    return forgiven(on, _an_amount(dice))[0]  # nothing was moved


def _an_occasion(id: str, at: datetime, order: str = "A1", payment: str = "p1", refund: str = "r1") -> Occasion:
    return Occasion(id=id, at=at, order=order, payment=payment, refund=refund)


def _an_amount(dice: Dice) -> Money:
    prices = dice.prices(None)
    return dice.amount(prices, prices.step, prices.most)


_Make = Callable[[Occasion, Money, Dice], tuple[Entry, ...]]


def _with(provider: Callable[[Occasion, Money, str], tuple[Entry, ...]]) -> _Make:
    return lambda on, amount, dice: provider(on, amount, dice.choice(PROVIDERS))


def _fee_seen(on: Occasion, amount: Money, dice: Dice) -> tuple[Entry, ...]:
    estimated = Money(dice.below(1000), amount.currency)
    return provider_fee_seen(on, estimated, amount, dice.choice(PROVIDERS))


def _failed(on: Occasion, amount: Money, dice: Dice) -> tuple[Entry, ...]:
    give_back = surplus_returned if dice.one_in(3) and on.payment else refund_paid
    return refund_failed(on, give_back(on, amount, dice.choice(PROVIDERS))[0])


_MOVES: Mapping[EntryKind, _Make] = {
    K.CAPTURE: _with(capture),
    K.PROVIDER_FEE: _fee_seen,
    K.GOODWILL: lambda on, amount, _: goodwill(on, amount),
    K.REFUND_PAID: _with(refund_paid),
    K.REFUND_FAILED: _failed,
    K.REFUND_DROPPED: lambda on, amount, _: refund_dropped(on, amount),
    K.FORGIVEN: lambda on, amount, _: forgiven(on, amount),
    K.RECOVERED: lambda on, amount, _: recovered(on, amount),
    K.SURPLUS: lambda on, amount, _: surplus(on, amount),
    K.SURPLUS_USED: lambda on, amount, _: surplus_used(on, amount),
    K.SURPLUS_RETURNED: _with(surplus_returned),
    K.PAYMENT_LOST: _with(payment_lost),
    K.DISPUTE_OPENED: _with(dispute_opened),
    K.DISPUTE_WON: _with(dispute_won),
    K.DISPUTE_LOST: _with(dispute_lost),
}
_OF_A_QUOTE = (K.SALE, K.WAIVER, K.REFUND_OWED, K.REPRICED)


def _of_a_quote(dice: Dice, on: Occasion, kind: EntryKind) -> tuple[Entry, ...]:
    plan = Plan(an_event_on_sale(dice.at_once()))
    quote = a_quote(dice, plan)
    some = dice.some(range(len(quote.charges)), 5, 1)
    if kind is K.SALE:
        return sale(on, quote, some if dice.one_in(2) else None)
    if kind is K.WAIVER:
        return waiver(on, quote, some)
    if kind is K.REFUND_OWED:
        return refund_owed(on, quote, refund_due(quote, some, share=dice.choice(SHARES)))
    return repriced(on, quote, plan.requote(quote, some), some)


def books() -> st.SearchStrategy[Book]:
    """Books of up to three orders: sold, paid, given back in part, disputed."""
    return made(_a_book)


def _a_book(dice: Dice) -> Book:
    book, at = Book(), NEW_YEAR + timedelta(seconds=dice.below(10**7))
    for number in range(dice.below(4)):
        at += timedelta(minutes=dice.below(3000))
        for entry in _a_story(dice, f"A{number}", at):
            # Each is known by its place in the book.
            book = book.added([evolve(entry, id=f"E{len(book.entries)}")])
    return book


def _a_story(dice: Dice, order: str, at: datetime) -> Iterator[Entry]:
    """What is booked for an order, up to some moment of its life."""
    quote = a_quote(dice, Plan(an_event_on_sale(dice.at_once())))
    on, provider, ends = _an_occasion("E", at, order), dice.choice(PROVIDERS), dice.below(6)
    yield from sale(on, quote)
    if quote.charged and ends:
        yield from capture(on, quote.charged, provider)
        yield from provider_fee_seen(on, quote.totals.provider_fees, Money(dice.below(300), quote.currency), provider)
        if ends in (1, 2):
            due = refund_due(quote, dice.some(range(len(quote.charges)), 5, 1), share=dice.choice(SHARES))
            yield from refund_owed(on, quote, due)
            if due.amount and ends == 1:
                yield from refund_paid(on, due.amount, provider)
        if ends == 3:
            yield from dispute_opened(on, quote.charged, provider)
            yield from (dispute_won if dice.one_in(2) else dispute_lost)(on, quote.charged, provider)
