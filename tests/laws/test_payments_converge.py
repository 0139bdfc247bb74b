"""News of a payment lead to one end: told twice, late, in part or in another order; and nothing is given back twice."""

from typing import Any

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from payments.till import AT, REF, due, eur, starting

from paidevents.errors import IllegalTransitionError, RefundRefusedError
from paidevents.lifecycle import ORDER, OrderFacts, OrderState, OrderTrigger, PaymentState, RefundState
from paidevents.payments import (
    Action,
    Decision,
    DisputeStatus,
    Payment,
    Refund,
    RefundPurpose,
    RefundSnapshot,
    RefundStatus,
    Snapshot,
    Status,
    decide,
    made_elsewhere,
    refundable,
    requested,
    spread,
    told,
)

UNPAID = (Status.OPEN, Status.AUTHORIZED, Status.PENDING)
NO_MONEY = (PaymentState.FAILED, PaymentState.EXPIRED, PaymentState.LOST)


def snapshot(status: Status, **changed: Any) -> Snapshot:
    amount = changed.pop("received", eur(100)) if status is Status.PAID else None
    return Snapshot(ref=REF, reference="A7", status=status, requested=eur(100), received=amount, **changed)


@st.composite
def unpaid_lives(draw: st.DrawFn) -> list[Snapshot]:
    """What a provider can tell of a payment before money comes: on, or to a failure or an expiry that is not the end."""
    told_of = [status for status in UNPAID if draw(st.booleans())]
    ends = draw(st.lists(st.sampled_from((Status.FAILED, Status.EXPIRED)), max_size=1))
    return [snapshot(status) for status in (*told_of, *ends)]


@st.composite
def paid_lives(draw: st.DrawFn) -> list[Snapshot]:
    """What it can tell once money came: in parts, its fee, refunds that a person makes, a dispute and its end."""
    last = snapshot(Status.PAID, received=draw(st.sampled_from((eur(100), eur(100), eur(60), eur(120)))))
    life = [last]
    changes = draw(st.lists(st.sampled_from(("fee", "amount", "refund", "progress", "dispute", "end")), max_size=8))
    for change in changes:
        refunds = list(last.refunds)
        if change == "fee":
            last = evolve(last, fee=eur(3))
        elif change == "amount" and not refunds:
            last = evolve(last, received=eur(100))
        elif change == "refund" and len(refunds) < 3:
            new = RefundSnapshot(id=f"re_{len(refunds)}", amount=eur(10), status=RefundStatus.PENDING)
            last = evolve(last, refunds=(*refunds, new))
        elif change == "progress" and refunds and refunds[-1].status is not RefundStatus.FAILED:
            later = {RefundStatus.PENDING: RefundStatus.SUCCEEDED, RefundStatus.SUCCEEDED: RefundStatus.FAILED}
            refunds[-1] = evolve(refunds[-1], status=later[refunds[-1].status])
            last = evolve(last, refunds=tuple(refunds))
        elif change == "dispute" and last.dispute is None:
            last = evolve(last, dispute=DisputeStatus.OPEN)
        elif change == "end" and last.dispute is DisputeStatus.OPEN:
            last = evolve(last, dispute=draw(st.sampled_from((DisputeStatus.WON, DisputeStatus.LOST))))
        life.append(last)
    returned = last.dispute is None and draw(st.booleans())
    return [*life, snapshot(Status.FAILED, refunds=last.refunds)] if returned else life


lives = st.one_of(
    unpaid_lives().filter(bool),
    paid_lives(),
    st.builds(lambda before, after: before + after, unpaid_lives(), paid_lives()),
)


class World:
    """A payment with its order and its refunds: it does at once what is decided, and looks again each time."""

    def __init__(self) -> None:
        self.payment = starting()
        self.order, self.refunds = OrderState.HELD, dict[str, Refund]()
        self.confirmed = 0

    def decided(self, seen: Snapshot) -> Decision:
        return decide(self.payment, seen, due(self.order), tuple(self.refunds.values()), at=AT)

    def hears(self, seen: Snapshot) -> None:
        decision = self.decided(seen)
        if not decision.is_news:
            assert decision.payment is self.payment
        self.payment = decision.payment
        self.refunds |= {one.id: one for one in decision.moved}
        for one in decision.elsewhere:
            ours = made_elsewhere(self.payment, one, id=f"r-{one.id}", at=AT)
            self.refunds[ours.id] = ours
        if decision.order is not None:
            facts = OrderFacts(at=AT, hold_until=AT)
            self.confirmed += decision.order is OrderTrigger.PAY
            self.order = ORDER.fire(self.order, decision.order, facts).target
        again = self.decided(seen)
        assert again.payment is self.payment, "told twice, it is the same payment"
        assert not again.is_news
        assert (again.order, again.actions, again.elsewhere, again.refunds, again.moved) == (None, (), (), (), ())

    @property
    def end(self) -> tuple[object, ...]:
        """Where all stands; money that came and went is none, whether or not anybody saw it come."""
        state = self.payment.state
        refunds = {one.provider_id: one.amount for one in self.refunds.values() if one.is_reserved}
        return ("no money" if state in NO_MONEY else state, self.payment.received, refunds)


def world_that_hears(told_of: list[Snapshot]) -> World:
    world = World()
    for seen in told_of:
        world.hears(seen)
    return world


@given(life=lives, data=st.data())
def test_however_often_a_provider_is_asked_the_end_is_the_same(life: list[Snapshot], data: st.DataObject) -> None:
    """It is asked at any moments of the life, any number of times, and at the end; what is told twice changes nothing."""
    moments = data.draw(st.lists(st.integers(0, len(life) - 1), max_size=12).map(sorted))
    asked = world_that_hears([life[moment] for moment in moments] + [life[-1]])
    assert asked.end == world_that_hears(life).end


@given(life=lives, data=st.data())
def test_the_order_is_confirmed_no_more_often_than_the_money_came(life: list[Snapshot], data: st.DataObject) -> None:
    moments = data.draw(st.lists(st.integers(0, len(life) - 1), max_size=12).map(sorted))
    world = world_that_hears([life[moment] for moment in moments])
    came_back = sum(move.trigger == "lose" for move in world.payment.history)
    assert world.confirmed <= 1 + came_back


@given(before=unpaid_lives(), data=st.data())
def test_where_money_came_to_stay_any_order_of_the_news_ends_paid(before: list[Snapshot], data: st.DataObject) -> None:
    """Each is told any number of times, the payment once at least; what was before it is old wherever it stands after."""
    life = [*before, snapshot(Status.PAID), snapshot(Status.PAID, fee=eur(3))]
    life = [seen for seen in life if seen.status is not Status.FAILED]
    news = data.draw(st.lists(st.sampled_from(life), max_size=12))
    place = data.draw(st.integers(0, len(news)))
    world = world_that_hears([*news[:place], snapshot(Status.PAID), *news[place:]])
    assert (world.payment.state, world.order, world.confirmed) == (PaymentState.PAID, OrderState.PAID, 1)


amounts = st.integers(1, 70).map(eur)


class Desk:
    """A payment of 100.00, refunds of ours, and a provider that makes them, and lets a person make some."""

    def __init__(self) -> None:
        self.payment = decide(starting(), snapshot(Status.PAID), due(), at=AT).payment
        self.refunds: list[Refund] = []
        self.books: dict[str, RefundSnapshot] = {}

    @property
    def made(self) -> int:
        """What the provider gave back, or is about to."""
        return sum(one.amount.minor for one in self.books.values() if one.status is not RefundStatus.FAILED)

    def books_one(self, amount: Any, key: str) -> None:
        """It takes no more than it has, and repeats what it answered under a key."""
        known = key and any(one.key == key for one in self.books.values())
        if not known and self.made + amount.minor <= 10_000:
            id = f"re_{len(self.books)}"
            self.books[id] = RefundSnapshot(id=id, amount=amount, status=RefundStatus.PENDING, key=key)

    def promise(self, data: st.DataObject) -> None:
        try:
            ((_, amount),) = spread(data.draw(amounts), [self.payment], self.refunds)
        except RefundRefusedError:
            return
        id = f"r{len(self.refunds)}"
        self.refunds.append(Refund(id=id, order="A7", payment="p1", amount=amount, purpose=RefundPurpose.PLACES))

    def request(self, data: st.DataObject) -> None:
        for place, one in enumerate(self.refunds):
            if one.is_owed and data.draw(st.booleans()):
                try:
                    self.refunds[place] = asked = requested(one, self.payment, self.refunds, at=AT)
                except IllegalTransitionError:
                    continue
                self.books_one(asked.amount, asked.key)

    def dashboard(self, data: st.DataObject) -> None:
        self.books_one(data.draw(amounts), "")

    def progress(self, data: st.DataObject) -> None:
        for id, one in self.books.items():
            if one.status is not RefundStatus.FAILED and data.draw(st.booleans()):
                later = (RefundStatus.SUCCEEDED, RefundStatus.FAILED)
                self.books[id] = evolve(one, status=data.draw(st.sampled_from(later)))

    def look(self, _: st.DataObject) -> None:
        seen = snapshot(Status.PAID, refunds=tuple(self.books.values()))
        decision = decide(self.payment, seen, due(OrderState.PAID), self.refunds, at=AT)
        self.payment = decision.payment
        moved = {one.id: one for one in decision.moved}
        self.refunds = [moved.get(one.id, one) for one in self.refunds]
        for one in decision.elsewhere:
            self.refunds.append(made_elsewhere(self.payment, one, id=f"r{len(self.refunds)}", at=AT))

    @property
    def under_way(self) -> int:
        """What of ours was asked for or made."""
        states = (RefundState.REQUESTED, RefundState.PENDING, RefundState.SUCCEEDED)
        return sum(one.amount.minor for one in self.refunds if one.state in states)


@given(steps=st.lists(st.sampled_from(("promise", "request", "progress", "look")), max_size=20), data=st.data())
def test_what_is_promised_is_never_more_than_what_came(steps: list[str], data: st.DataObject) -> None:
    desk = Desk()
    for step in steps:
        getattr(desk, step)(data)
        reserved = sum(one.amount.minor for one in desk.refunds if one.is_reserved)
        assert reserved + refundable(desk.payment, desk.refunds).minor <= 10_000
        assert desk.under_way <= 10_000 and desk.made <= 10_000


@given(
    steps=st.lists(st.sampled_from(("promise", "request", "progress", "look", "dashboard")), max_size=20),
    data=st.data(),
)
def test_nothing_is_given_back_twice_also_where_a_person_gives_back_too(steps: list[str], data: st.DataObject) -> None:
    """Having looked, all that the provider made is ours, once each, and nothing of ours is more than it made."""
    desk = Desk()
    for step in steps:
        getattr(desk, step)(data)
        desk.look(data)
        books = {one.id: one.amount for one in desk.books.values() if one.status is not RefundStatus.FAILED}
        ours = [(one.provider_id, one.amount) for one in desk.refunds if one.is_reserved and one.provider_id]
        assert sorted(id for id, _ in ours) == sorted(books)
        assert dict(ours) == books
        asked = [one for one in desk.refunds if one.state is RefundState.REQUESTED]
        assert not [one for one in asked if one.provider_id]


@given(data=st.data(), received=st.lists(st.integers(1, 200), max_size=4), amount=st.integers(0, 500))
def test_a_refund_that_is_spread_is_whole_and_within_what_each_payment_has(
    data: st.DataObject, received: list[int], amount: int
) -> None:
    payments: list[Payment] = []
    for number, minor in enumerate(received):
        one = evolve(starting(), id=f"p{number}", amount=eur(minor))
        seen = evolve(snapshot(Status.PAID), received=eur(minor))
        payments.append(decide(one, seen, due(), at=AT).payment)
    refunds = [
        Refund(id=f"r{one.id}", order="A7", payment=one.id, amount=eur(1), purpose=RefundPurpose.GOODWILL)
        for one in payments
        if data.draw(st.booleans())
    ]
    left = {one.id: refundable(one, refunds) for one in payments}
    try:
        parts = spread(eur(amount), payments, refunds)
    except RefundRefusedError:
        assert eur(amount) > sum(left.values(), eur(0))
    else:
        assert sum((part for _, part in parts), eur(0)) == eur(amount)
        assert all(eur(0) < part <= left[id] for id, part in parts)
        assert [id for id, _ in parts] == [one.id for one in payments if left[one.id]][: len(parts)]


@given(amount=amounts, status=st.sampled_from(RefundStatus), repeats=st.integers(1, 3))
def test_told_again_a_refund_is_the_same_object(amount: Any, status: RefundStatus, repeats: int) -> None:
    paid = decide(starting(), snapshot(Status.PAID), due(), at=AT).payment
    owed = Refund(id="r1", order="A7", payment="p1", amount=amount, purpose=RefundPurpose.LATE)
    seen = RefundSnapshot(id="re_1", amount=amount, status=status, key="r1:1")
    after = told(requested(owed, paid, [], at=AT), seen, at=AT)
    for _ in range(repeats):
        assert told(after, seen, at=AT) is after
    assert (
        Action.SETTLE_REFUNDS not in decide(paid, snapshot(Status.PAID, refunds=(seen,)), due(), [after], at=AT).actions
    )
