"""The ledger balances: whatever is sold, paid, given back, disputed or lost, every minor unit is somewhere."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from ledger.books import on
from pricing.carts import carts, quote_of

from paidevents import Money
from paidevents.ledger import (
    Account,
    Book,
    Conservation,
    Entry,
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
    refund_owed,
    refund_paid,
    sale,
    surplus,
    surplus_returned,
    surplus_used,
)
from paidevents.pricing import Quote, RefundDue, refund_of_amount


def total(book: Book, account: Account) -> int:
    """What an account has come to, in minor units."""
    return sum(found[account].minor for found in book.balances().values())


def sum_of(refunds: list[RefundDue], quote: Quote) -> Money:
    return sum((due.amount for due in refunds), Money.zero(quote.currency))


@dataclass
class Story:
    """
    What happens to an order, kept twice: as entries, and as plain sums.

    `owed` is what the buyer owes, below zero what is owed to the buyer; `with_provider` what lies there.
    """

    quote: Quote
    book: Book = field(default_factory=Book)
    refunds: list[RefundDue] = field(default_factory=list)
    paid_back: list[tuple[Entry, str]] = field(default_factory=list)
    owed: int = 0
    with_provider: int = 0
    open_disputes: int = 0
    is_sold: bool = False
    sums: Counter[str] = field(default_factory=Counter)

    def add(self, entries: tuple[Entry, ...], *, owed: int = 0, provider: int = 0, **sums: int) -> None:
        self.book = self.book.added(entries)
        self.owed += owed
        self.with_provider += provider
        self.sums.update(sums)

    def step(self, name: str, part: int) -> None:
        """Let *name* happen, to so many hundredths of what it can happen to; not at all where that is nothing."""
        limits = {
            "sell": self.quote.charged.minor * (not self.is_sold),
            "capture": 3 * self.quote.charged.minor,
            "give_back": self.is_sold * (self.quote.charged - sum_of(self.refunds, self.quote)).minor,
            "dispute": self.with_provider,
            "lose": self.with_provider,
            "win": self.open_disputes,
            "lose_dispute": self.open_disputes,
            "forgive": max(self.owed, 0),
            "use": self.sums["surplus"],
            "return_surplus": self.sums["surplus"],
            "fail": 100 * len(self.paid_back),
            **dict.fromkeys(("pay_back", "drop", "hold"), max(-self.owed, 0)),
        }
        minor = limits.get(name, 100) * part // 100
        if minor:
            getattr(self, name)(minor, Money(minor, self.quote.currency))

    def sell(self, minor: int, amount: Money) -> None:
        self.is_sold = True
        self.add(sale(on(), self.quote), owed=self.quote.charged.minor)

    def capture(self, minor: int, amount: Money) -> None:
        self.add(capture(on(), amount, "card"), owed=-minor, provider=minor, captured=minor)

    def give_back(self, minor: int, amount: Money) -> None:
        due = refund_of_amount(self.quote, amount, before=self.refunds)
        self.add(refund_owed(on(), self.quote, due, before=self.refunds), owed=-minor)
        self.refunds.append(due)

    def pay_back(self, minor: int, amount: Money) -> None:
        # Never more than came in, and was not given back: so much the provider makes sure of.
        if minor <= self.with_provider:
            paid = refund_paid(on(), amount, "card")
            self.add(paid, owed=minor, provider=-minor, refunded=minor)
            self.paid_back.append((paid[0], "owed"))

    def return_surplus(self, minor: int, amount: Money) -> None:
        if minor <= self.with_provider:
            paid = surplus_returned(on(), amount, "card")
            self.add(paid, provider=-minor, surplus=-minor, refunded=minor)
            self.paid_back.append((paid[0], "surplus"))

    def fail(self, minor: int, amount: Money) -> None:
        entry, whose = self.paid_back.pop(min(minor // 100, len(self.paid_back) - 1))
        back = -entry.amount(Account.PROVIDER).minor
        moved = {"surplus": back} if whose == "surplus" else {}
        self.add(
            refund_failed(on(), entry),
            owed=-back if whose == "owed" else 0,
            provider=back,
            refunded=-back,
            **moved,
        )

    def drop(self, minor: int, amount: Money) -> None:
        self.add(refund_dropped(on(), amount), owed=minor)

    def hold(self, minor: int, amount: Money) -> None:
        self.add(surplus(on(), amount), owed=minor, surplus=minor)

    def use(self, minor: int, amount: Money) -> None:
        self.add(surplus_used(on(), amount), owed=-minor, surplus=-minor)

    def forgive(self, minor: int, amount: Money) -> None:
        self.add(forgiven(on(), amount), owed=-minor)

    def recover(self, minor: int, amount: Money) -> None:
        self.add(recovered(on(), amount), owed=minor)

    def favour(self, minor: int, amount: Money) -> None:
        self.add(goodwill(on(), amount), owed=-minor)

    def dispute(self, minor: int, amount: Money) -> None:
        self.open_disputes += minor
        self.add(dispute_opened(on(), amount, "card"), provider=-minor, disputed=minor)

    def win(self, minor: int, amount: Money) -> None:
        self.open_disputes -= minor
        self.add(dispute_won(on(), amount, "card"), provider=minor, disputed=-minor)

    def lose_dispute(self, minor: int, amount: Money) -> None:
        self.open_disputes -= minor
        self.add(dispute_lost(on(), amount, "card"), owed=minor)

    def lose(self, minor: int, amount: Money) -> None:
        self.add(payment_lost(on(), amount, "card"), owed=minor, provider=-minor, lost=minor)

    def fee(self, minor: int, amount: Money) -> None:
        self.add(provider_fee_seen(on(), Money.zero(self.quote.currency), amount, "card"))

    def check(self) -> None:
        for currency, found in self.book.conservation().items():
            assert found.holds
            assert currency == self.quote.currency
            told: dict[str, Any] = {name: getattr(found, name).minor for name in self.sums}
            assert told == dict(self.sums)
            assert (found.unpaid.minor, found.owed.minor) == (max(self.owed, 0), max(-self.owed, 0))
            assert total(self.book, Account.PROVIDER) == self.with_provider
            assert total(self.book, Account.DISPUTED) == self.open_disputes
            assert sum(total(self.book, account) for account in Account) == 0


# What often follows from what; each part may come to nothing.
CHAINS = (
    ("capture",),
    ("capture", "hold", "return_surplus", "fail"),
    ("capture", "hold", "use"),
    ("give_back", "pay_back"),
    ("give_back", "pay_back", "fail", "pay_back"),
    ("give_back", "drop"),
    ("dispute", "fee", "win"),
    ("dispute", "lose_dispute", "give_back"),
    ("lose", "forgive"),
    ("lose", "forgive", "capture", "recover"),
    ("favour", "pay_back", "fail"),
    ("hold", "fee"),
    ("sell", "forgive"),
    ("sell", "use"),
)
BEGINNINGS = ((("sell", 100), ("capture", 33)), (("capture", 33), ("hold", 100)), (("sell", 100), ("capture", 50)), ())


@st.composite
def stories(draw: st.DrawFn) -> list[tuple[str, int]]:
    """Names of steps, each with so many hundredths of what it can happen to."""
    chains = draw(st.lists(st.sampled_from(CHAINS), max_size=8))
    parts = st.sampled_from((100, 50, 33, 1))
    return [*draw(st.sampled_from(BEGINNINGS)), *((name, draw(parts)) for names in chains for name in names)]


@given(quote=carts(deals=2).map(quote_of), steps=stories())
def test_no_minor_unit_is_lost_or_made_up(quote: Quote, steps: list[tuple[str, int]]) -> None:
    """P3: captured = organizer keeps + tax + fees + refunded + disputed + surplus held, at every moment of every story."""
    story = Story(quote)
    for name, part in steps:
        story.step(name, part)
        story.check()


@given(quote=carts(deals=2).map(quote_of), steps=st.lists(stories(), min_size=2, max_size=3))
def test_orders_add_up(quote: Quote, steps: list[list[tuple[str, int]]]) -> None:
    """P3, in total: what holds for each order holds for all of them, and each sum is the sum of theirs."""
    book, parts = Book(), list[Conservation]()
    for number, story_steps in enumerate(steps):
        story = Story(quote)
        for name, part in story_steps:
            story.step(name, part)
        entries = [evolve(entry, order=f"order-{number}") for entry in story.book.entries]
        book = book.added(entries)
        parts.extend(book.conservation(f"order-{number}").values())
    for found in book.conservation().values():
        assert found.holds
        for name in ("captured", "unpaid", "organizer_keeps", "tax", "refunded", "owed", "disputed", "lost", "surplus"):
            assert getattr(found, name).minor == sum(getattr(part, name).minor for part in parts)
