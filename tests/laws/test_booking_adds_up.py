"""Whatever happens to an order and its money, in whatever order: every minor unit is booked, once, where it is."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from itertools import pairwise
from typing import TypeVar

from box_office.bookkeeper import Bookkeeper
from hypothesis import given
from hypothesis import strategies as st
from laws.test_orders_keep_their_promises import CURVES, PROMOTIONS
from registration.desk import attendee
from worked.shop import euros, shop, taxes, ticket

from paidevents import IllegalTransitionError, Money, Rate, RefusedError
from paidevents.box_office.booking import booked
from paidevents.catalog import Approval, Fee, FeeTaker, LatePayment, Policy, TaxMode
from paidevents.errors import CurrencyMismatchError
from paidevents.ledger import Account, Book, Entry
from paidevents.lifecycle import PaymentState, RefundState, RegistrationTrigger
from paidevents.money import EUR, USD
from paidevents.payments import DisputeStatus, Payment, RefundStatus, Status
from paidevents.ports.dossier import Dossier
from paidevents.registration import (
    approved,
    called_off,
    cancelled,
    changed,
    declined,
    expired,
    honoured,
    refused,
    taken_without,
    transferred,
)
from paidevents.reports import reconciliation

T = TypeVar("T")

TAXES = (None, taxes(("20 %", "standard")), taxes(("20 %", "standard"), mode=TaxMode.EXCLUSIVE))
PROVIDERS = ("card", "bank")


@st.composite
def offices(draw: st.DrawFn) -> Bookkeeper:
    """A shop of two tickets with a group's discount, with a fee of the platform, and one that a provider is reckoned to take."""
    event = shop(
        ticket("19.95"),
        ticket("35.00", id="vip"),
        promotions=PROMOTIONS,
        fees=(
            Fee(
                id="service",
                rate=Rate.of("5 %"),
                per_order=draw(st.sampled_from((None, euros("0.30")))),
                buyer_share=draw(st.sampled_from((Rate(0, 1), Rate(1, 1), Rate(1, 3)))),
                refundable=draw(st.booleans()),
            ),
            Fee(
                id="card",
                taker=FeeTaker.PROVIDER,
                rate=Rate.of("1.5 %"),
                per_order=euros("0.25"),
                buyer_share=draw(st.sampled_from((Rate(0, 1), Rate(1, 1)))),
            ),
        )[: draw(st.integers(0, 2))],
        tax=draw(st.sampled_from(TAXES)),
        cancellation=draw(st.sampled_from(CURVES)),
        policy=Policy(approval=draw(st.sampled_from(Approval)), late_payments=draw(st.sampled_from(LatePayment))),
    )
    return Bookkeeper(event)


class Turn:
    """An office, and a number that says what of all that could be done is."""

    def __init__(self, office: Bookkeeper, number: int) -> None:
        self.office, self.number = office, number

    def some(self) -> list[str]:
        """One attendee, or several, or all."""
        ids = [one.id for one in self.office.order.active] or ["A1-1"]
        return ids if self.number % 4 == 0 else ids[self.number % len(ids) :][: 1 + self.number % 2]

    def payment(self, *states: PaymentState) -> str:
        """One of the payments that stand there."""
        found = [one.id for one in self.office.dossier.payments if one.state in (states or PaymentState)]
        return self.of(found)

    def of(self, found: list[T]) -> T:
        if not found:
            raise RefusedError(())
        return found[self.number % len(found)]

    def missing(self) -> Money:
        order = self.office.order
        lapsed = [one for one in order.registrations if not one.is_active and not one.is_settled]
        due = order.asked + order.charge(lapsed) - self.office.dossier.received
        return due if due.minor > 0 else euros("19.95")

    def part(self, amount: Money) -> Money:
        """More or less of it."""
        return Money(max(amount.minor * (3 + self.number % 5) // 5, 1), amount.currency)


P, R = PaymentState, RefundState


def disputed_of(payment: Payment) -> int:
    """What banks took of it until a dispute is decided, in minor units."""
    seen = payment.snapshot
    if seen is None or seen.received is None or seen.dispute is not DisputeStatus.OPEN:
        return 0
    return (seen.disputed or seen.received).minor


def pay(turn: Turn) -> None:
    turn.office.pay(turn.missing(), provider=PROVIDERS[turn.number % 2], has_room=turn.number % 3 > 0)


def pay_part(turn: Turn) -> None:
    turn.office.pay(turn.part(turn.missing()))


def pay_something_else(turn: Turn) -> None:
    came = Money(1000, USD) if turn.number % 7 == 0 else turn.part(turn.missing())
    turn.office.pay(turn.missing(), received=came)


def hear_another_amount(turn: Turn) -> None:
    undisputed = [
        one
        for one in turn.office.dossier.payments
        if one.received and (one.snapshot is None or one.snapshot.dispute is None)
    ]
    one = turn.of(undisputed)
    turn.office.hears(one.id, received=turn.part(one.amount))


def fee(turn: Turn) -> None:
    took = Money(turn.number * 7, USD if turn.number % 5 == 0 else EUR)
    turn.office.hears(turn.payment(P.PAID, P.REVIEW), fee=took)


def fail(turn: Turn) -> None:
    turn.office.hears(turn.payment(P.PAID, P.REVIEW), Status.FAILED)


def disputes(turn: Turn, known: DisputeStatus) -> list[tuple[str, Status]]:
    seen = [(one.id, one.snapshot) for one in turn.office.dossier.payments if one.snapshot is not None]
    return [(id, snapshot.status) for id, snapshot in seen if snapshot.dispute is known]


def dispute(turn: Turn) -> None:
    id = turn.payment(P.PAID, P.REVIEW)
    came = turn.office.dossier.payment(id).received
    part = min(turn.part(came), came) if turn.number % 3 == 0 and came else None
    turn.office.hears(id, dispute=DisputeStatus.OPEN, disputed=part)


def end_dispute(turn: Turn) -> None:
    end = (DisputeStatus.WON, DisputeStatus.LOST, DisputeStatus.LOST)[turn.number % 3]
    id, status = turn.of(disputes(turn, DisputeStatus.OPEN))
    turn.office.hears(id, status, dispute=end)


def reopen_dispute(turn: Turn) -> None:
    id, status = turn.of(disputes(turn, DisputeStatus.LOST))
    turn.office.hears(id, status, dispute=(DisputeStatus.OPEN, DisputeStatus.WON)[turn.number % 2])


def refund(turn: Turn) -> None:
    office = turn.office
    status = (RefundStatus.SUCCEEDED, RefundStatus.SUCCEEDED, RefundStatus.PENDING, RefundStatus.FAILED)
    office.refund(turn.of([one.id for one in office.dossier.refunds if one.is_owed]), status[turn.number % 4])


def end_refund(turn: Turn) -> None:
    under_way = [one.id for one in turn.office.dossier.refunds if one.state in (R.PENDING, R.SUCCEEDED)]
    status = RefundStatus.FAILED if turn.number % 3 else RefundStatus.SUCCEEDED
    turn.office.provider_says(turn.of(under_way), status)


def refund_by_hand(turn: Turn) -> None:
    id = turn.payment(P.PAID, P.REVIEW)
    here = turn.office.seen(id)
    assert here.received is not None
    left = here.received.minor - sum(one.amount.minor for one in here.refunds if one.status is not RefundStatus.FAILED)
    owed = [one.amount.minor for one in turn.office.dossier.refunds if one.is_owed]
    wanted = owed[0] if owed and turn.number % 3 == 0 else 1 + turn.number * 100
    if left <= 0:
        raise RefusedError(())
    turn.office.made_there(id, Money(min(left, wanted), here.received.currency))


def drop(turn: Turn) -> None:
    turn.office.drop(turn.of([one.id for one in turn.office.dossier.refunds if one.is_owed]))


def give_back(turn: Turn) -> None:
    quotes = turn.office.order.quotes
    turn.office.goodwill(euros(f"{turn.number % 7}.{turn.number % 10}0"), turn.number % len(quotes))


def change(turn: Turn) -> None:
    office, id = turn.office, turn.some()[0]
    taken = taken_without(office.order, office.plan, id, +office.taken)
    wanted = {("standard", "vip")[turn.number % 2]: 1}
    quote = office.plan.quote(wanted, ("ten",) * (turn.number % 3 == 0), at=office.at, taken=taken)
    office.do(changed, id, quote)


def honour(turn: Turn) -> None:
    turn.office.do(honoured, received=turn.office.dossier.received, has_room=True)


def send_back(turn: Turn) -> None:
    turn.office.do(declined, received=turn.office.dossier.received)


ACTS: Mapping[str, Callable[[Turn], object]] = {
    "pay": pay,
    "pay part": pay_part,
    "pay something else": pay_something_else,
    "hear another amount": hear_another_amount,
    "fee": fee,
    "fail": fail,
    "dispute": dispute,
    "end dispute": end_dispute,
    "reopen dispute": reopen_dispute,
    "accept": lambda turn: turn.office.accept(turn.payment(P.REVIEW)),
    "decline": lambda turn: turn.office.decline(turn.payment(P.REVIEW)),
    "refund": refund,
    "end refund": end_refund,
    "refund by hand": refund_by_hand,
    "drop": drop,
    "wait": lambda turn: turn.office.wait(7 * turn.number),
    "expire": lambda turn: turn.office.do(expired),
    "approve": lambda turn: turn.office.do(approved, turn.some(), received=turn.office.dossier.received),
    "refuse": lambda turn: turn.office.do(refused, turn.some()),
    "cancel": lambda turn: turn.office.do(cancelled, turn.some()),
    "call off": lambda turn: turn.office.do(called_off, turn.some()),
    "goodwill": give_back,
    "transfer": lambda turn: turn.office.do(transferred, turn.some()[0], attendee(f"Gus{turn.number}")),
    "change": change,
    "honour": honour,
    "send back": send_back,
}
OFTEN = ("pay", "pay", "cancel", "refund", "change")

BEGINNINGS: tuple[tuple[tuple[str, int], ...], ...] = (
    (),
    (("pay", 1),),
    (("pay", 1), ("approve", 0)),
    (("approve", 1), ("pay", 1)),
    (("pay", 1), ("approve", 0), ("cancel", 1), ("change", 1), ("pay", 1)),
    (("pay", 1), ("approve", 0), ("change", 1), ("pay", 1), ("dispute", 1), ("end dispute", 1)),
)
lives = st.builds(
    lambda begun, then: [*begun, *then],
    st.sampled_from(BEGINNINGS),
    st.lists(st.tuples(st.sampled_from((*OFTEN, *ACTS)), st.integers(0, 30)), max_size=12),
)


def lived(office: Bookkeeper, places: int, life: list[tuple[str, int]]) -> Bookkeeper:
    office.reserve({"standard": places, **({"vip": 1} if places > 2 else {})})
    for what, number in life:
        try:
            ACTS[what](Turn(office, number))
        except (IllegalTransitionError, RefusedError, CurrencyMismatchError):
            continue
        look(office)
    return office


def minor(book: Book, account: Account, currency: str = "EUR") -> int:
    return sum(found[account].minor for one, found in book.balances().items() if one.code == currency)


def look(office: Bookkeeper) -> None:
    """What holds at every moment."""
    dossier, book = office.dossier, office.book
    assert all(found.holds for found in book.conservation().values())
    seen = [one.snapshot for one in dossier.payments if one.snapshot is not None]
    for total in reconciliation([dossier.order], dossier.payments, dossier.refunds, seen, book).totals:
        assert total.booked == total.ours, "the provider has what came less what was given back"
    for currency in ("EUR", "USD"):
        disputed = sum(disputed_of(one) for one in dossier.payments if one.received.currency.code == currency)
        assert minor(book, Account.DISPUTED, currency) == disputed
    # Of what the buyer is owed there is a refund that is not made; of what the buyer owes, an order that lacks it.
    owed = sum(one.amount.minor for one in dossier.refunds if one.state not in (R.SUCCEEDED, R.DROPPED))
    lacks = max(dossier.order.due.minor - dossier.received.minor, 0)
    assert -owed <= minor(book, Account.BUYER) <= lacks
    assert minor(book, Account.BUYER, "USD") == 0


def quiet(office: Bookkeeper) -> None:
    """Nothing is open any more."""
    for one in office.dossier.payments:
        if one.state is P.REVIEW:
            try:
                office.decline(one.id)
            except IllegalTransitionError:
                office.accept(one.id)
        if one.is_disputed:
            known = one.snapshot
            assert known is not None
            office.hears(one.id, known.status, dispute=DisputeStatus.WON)
    office.settle()
    look(office)


@given(office=offices(), places=st.integers(1, 5), life=lives)
def test_what_came_is_somewhere_and_nobody_owes_when_all_is_quiet(
    office: Bookkeeper, places: int, life: list[tuple[str, int]]
) -> None:
    """captured = organizer keeps + tax + fees + refunded + disputed + lost + surplus, and the buyer's account is empty."""
    quiet(lived(office, places, life))
    dossier, book = office.dossier, office.book
    lacks = max(dossier.order.due.minor - dossier.received.minor, 0)
    assert 0 <= minor(book, Account.BUYER) <= lacks
    for found in book.conservation().values():
        assert not found.owed
        rest = found.organizer_keeps + found.tax + found.platform_fees + found.provider_fees + found.surplus
        assert found.captured + found.unpaid == rest + found.refunded + found.disputed + found.lost


EXACT = (RegistrationTrigger.CHANGE.value, RegistrationTrigger.LOSE_PAYMENT.value)


def by_account(entries: tuple[Entry, ...]) -> Counter[tuple[Account, str, str]]:
    """By party as well; but of several payments, it may be another that replaces what was reckoned to be taken."""
    sums: Counter[tuple[Account, str, str]] = Counter()
    for entry in entries:
        for posting in entry.postings:
            party = "" if posting.account is Account.PROVIDER_FEES else posting.party
            sums[posting.account, party, posting.amount.currency.code] += posting.amount.minor
    return Counter({key: amount for key, amount in sums.items() if amount})


def is_priced_anew(before: Dossier, after: Dossier) -> bool:
    """Whether tickets were changed, or priced anew, or lost meanwhile: then it matters what was before what."""
    had = {one.id: len(one.history) for one in before.order.registrations}
    moves = [move for one in after.order.registrations for move in one.history[had[one.id] :]]
    return after.order.repriced != before.order.repriced or any(move.trigger in EXACT for move in moves)


@given(office=offices(), places=st.integers(1, 5), life=lives, data=st.data())
def test_in_how_many_commits_something_happened_does_not_matter(
    office: Bookkeeper, places: int, life: list[tuple[str, int]], data: st.DataObject
) -> None:
    past = lived(office, places, life).past
    first, last = sorted(data.draw(st.tuples(st.integers(0, len(past) - 1), st.integers(0, len(past) - 1))))
    apart = tuple(
        entry for one, other in pairwise(past[first : last + 1]) for entry in booked(one, other, at=office.at)
    )
    at_once = booked(past[first], past[last], at=office.at)
    several, one = by_account(apart), by_account(at_once)
    if is_priced_anew(past[first], past[last]):
        priced = (Account.TAX, Account.PLATFORM, Account.ORGANIZER)
        several, one = (Counter({k: v for k, v in sums.items() if k[0] not in priced}) for sums in (several, one))
    assert one == several


@given(office=offices(), places=st.integers(1, 5), life=lives)
def test_what_changed_nothing_books_nothing(office: Bookkeeper, places: int, life: list[tuple[str, int]]) -> None:
    for one in lived(office, places, life).past:
        assert booked(one, one, at=office.at + timedelta(days=1)) == ()
