"""Every notification twice, and in every order: the end is what is true at the provider, and a duplicate does nothing."""

from collections.abc import Callable, Sequence
from itertools import permutations

import pytest
from box_office.offices import BUYER, ORGANIZER, person, talk
from hypothesis import given
from hypothesis import strategies as st

from paidevents import Money
from paidevents.catalog import Approval, Capture, Policy
from paidevents.lifecycle import OrderState
from paidevents.payments import RefundSnapshot
from paidevents.ports import Dossier
from paidevents.providers.fake_script import Fault
from paidevents.testing.crashes import Watched, quiet
from paidevents.testing.promises import broken_promises
from paidevents.testing.world import World

Act = Callable[[World], object]

ORDER, PAGE = "A1", "cs_1"
_LOST = (Fault.LOST_ANSWER,)


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


def refund_there(amount: str) -> Act:
    return lambda world: world.card.refund_in_dashboard(PAGE, euros(amount))


def pays(amount: str) -> Act:
    return lambda world: world.card.pay_another_amount(PAGE, euros(amount))


def refund_fails(world: World) -> RefundSnapshot:
    return world.card.fail_refund("re_1")


def there(name: str) -> Act:
    """Something that happens at the provider."""
    return lambda world: getattr(world.card, name)(PAGE)


# What happens to one payment, each told by a notification, after the first: that it was opened.
LIVES: dict[str, tuple[Act, ...]] = {
    "paid": (there("pay"),),
    "declined, then paid": (lambda world: world.card.decline_next(), there("pay"), there("pay")),
    "on its way, then paid": (there("pend"), there("settle")),
    "on its way, then failed": (there("pend"), there("fail")),
    "paid, and failed after all": (there("pay"), there("fail")),
    "paid, and some of it given back there": (there("pay"), refund_there("5.00"), refund_there("3.00")),
    "paid, given back there, and that fails": (there("pay"), refund_there("5.00"), refund_fails),
    "paid, disputed, and lost": (there("pay"), there("dispute"), there("lose_dispute")),
    "paid, some given back, disputed, and won": (
        there("pay"),
        refund_there("5.00"),
        there("dispute"),
        there("win_dispute"),
    ),
    "too little": (pays("15.00"),),
    "too much, and the rest given back there": (pays("25.00"), refund_there("5.00")),
    "set aside, and taken": (there("authorize"),),
    "run out": (there("expire"),),
}


def begun() -> World:
    """The payment of one place of 20.00 can be paid, and nobody was told so yet."""
    world = World()
    world.box.publish(talk(), by=ORGANIZER)
    world.box = Watched(world.box, world.log)
    world.box.reserve("talk", {"standard": 1}, buyer=person(), by=BUYER, id=ORDER)
    world.box.checkout(ORDER, provider="card")
    return world


def bring(world: World, number: int) -> int:
    """One of the notifications that were sent, signed anew; how much was done because of it."""
    box, card = world.box, world.card
    assert isinstance(box, Watched)
    before = len(box.effects)
    headers, body = card.resend(number)
    assert box.receive(card.name, headers, body) == 200
    return len(box.effects) - before


def version(world: World) -> int:
    stored = world.store.get(Dossier, ORDER)
    assert stored is not None
    return stored.version


def money(world: World) -> tuple[object, ...]:
    """Where the payment stands, what of it came and went, and what the books make of it."""
    dossier, card = world.box.dossier(ORDER), world.card
    (payment,) = dossier.payments
    book = world.box.book("talk", by=ORGANIZER)
    seen = payment.snapshot
    return (
        None if seen is None else (seen.status, seen.received, seen.dispute),
        sorted((str(one.amount), one.state.value, one.purpose.value) for one in dossier.refunds),
        sorted((account.value, str(amount)) for account, amount in book.balances()[dossier.order.currency].items())
        if book.entries
        else [],
        card.payments(),
    )


def is_over(world: World) -> bool:
    """It has come to its end, and nothing that was promised is broken."""
    quiet(world)
    assert not broken_promises(world, world.log)
    assert not world.box.reconcile().changes
    return True


@pytest.mark.parametrize("name", LIVES)
def test_in_whatever_order_it_is_told_once_all_has_happened_it_comes_to_the_same(name: str) -> None:
    """Every permutation, each notification twice, and all once more: what is known does nothing, not even to a version."""
    ends = []
    for order in permutations(range(len(happened(name).card.notifications()))):
        world = happened(name)
        for number in order:
            bring(world, number)
            before = version(world)
            assert (bring(world, number), version(world)) == (0, before)
        assert [bring(world, number) for number in order] == [0] * len(order)
        ends.append(money(world))
        assert is_over(world)
    assert all(end == ends[0] for end in ends)


def happened(name: str) -> World:
    """All of it has happened, and nobody was told."""
    world = begun()
    for act in LIVES[name]:
        act(world)
    return world


def told(acts: Sequence[Act], schedule: Sequence[int]) -> World:
    """What happens, one thing after the other; and before each, and at the end, what the schedule brings by then."""
    world = begun()
    for place, act in enumerate((*acts, None)):
        sent = len(world.card.notifications())
        for number in schedule[place :: len(acts) + 1]:
            before = version(world)
            if not bring(world, number % sent):
                assert version(world) == before
        if act is not None:
            act(world)
    for number in range(len(world.card.notifications())):
        bring(world, number)
    return world


@given(name=st.sampled_from(list(LIVES)), schedule=st.lists(st.integers(0, 5), max_size=12))
def test_told_late_early_and_again_while_it_happens_what_is_true_is_known(name: str, schedule: list[int]) -> None:
    """What the provider says is known in the end; whether it was in time, its own moment decides."""
    world = told(LIVES[name], schedule)
    for number in range(len(world.card.notifications())):
        assert bring(world, number) == 0, "all of it is known"
    assert is_over(world)
    (seen,) = world.card.payments()
    assert money(world)[0] == (seen.status, seen.received, seen.dispute)


def test_told_of_a_refund_of_ours_before_its_answer_it_is_the_same_refund() -> None:
    """The answer to our refund is lost, and its notification comes: once, twice, and then the sweep asks."""
    for times in (0, 1, 2):
        world = begun()
        world.card.pay(PAGE)
        world.deliver()
        world.card.script("refund", *_LOST)
        world.box.cancel(ORDER, by=BUYER)
        for _ in range(times):
            bring(world, -1)
        assert is_over(world)
        (refund,) = world.box.dossier(ORDER).refunds
        assert (refund.state.value, world.box.dossier(ORDER).order.state) == ("succeeded", OrderState.CANCELLED)


@given(schedule=st.lists(st.integers(0, 4), max_size=8))
def test_what_is_set_aside_is_taken_once_however_often_it_is_told(schedule: list[int]) -> None:
    world = World()
    policy = Policy(approval=Approval.MANUAL, capture=Capture.ON_APPROVAL)
    world.box.publish(talk(policy=policy), by=ORGANIZER)
    world.box = Watched(world.box, world.log)
    world.box.reserve("talk", {"standard": 1}, buyer=person(), by=BUYER, id=ORDER)
    world.card.pay(world.box.checkout(ORDER, provider="card").url)
    bring(world, -1)
    for place, number in enumerate(schedule):
        if place == len(schedule) // 2:
            world.box.approve(ORDER, by=ORGANIZER)
        bring(world, number % len(world.card.notifications()))
    if not schedule:
        world.box.approve(ORDER, by=ORGANIZER)
    assert is_over(world)
    assert [str(seen.received) for seen in world.card.payments()] == ["20.00 EUR"]
