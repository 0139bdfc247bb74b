"""Places held at a price: who is quicker, who has one already, what is known of who buys."""

from typing import Any

import pytest
from box_office.both_sides import on_sale, quick, taken
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import EUR, Money, Ticket
from paidevents.box_office import flows
from paidevents.catalog import (
    AmountOff,
    Limit,
    LimitOf,
    LimitPer,
    Policy,
    PromoCode,
    Promotion,
    Role,
    Tier,
)
from paidevents.errors import (
    DuplicateError,
    ExhaustedError,
    InvalidValueError,
    NotFoundError,
    PriceChangedError,
    RefusedError,
    SaleClosedError,
    SoldOutError,
    StoreError,
)
from paidevents.lifecycle import OrderState
from paidevents.ports import Commit, MessageKind, Obligation
from paidevents.pricing import Buyer
from paidevents.stores import MemoryStore

TWENTY = Money.of("20.00", EUR)


def five_off_once_a_customer(**changed: Any) -> Promotion:
    return Promotion(
        id="five",
        effect=AmountOff((Money.of("5.00", EUR),)),
        codes=(PromoCode("five"),),
        limits=(Limit(LimitOf.ORDERS, 1, LimitPer.CUSTOMER),),
        **changed,
    )


def test_of_an_event_that_is_not_there_nothing_is_held() -> None:
    with pytest.raises(NotFoundError):
        Office().reserve()
    with pytest.raises(NotFoundError):
        Office().run(flows.quote("nowhere", {"standard": 1}))


def test_what_is_not_on_sale_yet_is_not_sold() -> None:
    office = Office()
    office.run(flows.draft(talk(), by=ORGANIZER))
    with pytest.raises(SaleClosedError):
        office.reserve()


def test_a_price_that_is_not_the_one_that_was_shown_is_not_taken() -> None:
    office = quick()
    with pytest.raises(PriceChangedError) as refused:
        office.reserve(shown=Money.of("19.00", EUR))
    assert refused.value.quote.charged == TWENTY
    shown = office.run(flows.quote("talk", {"standard": 1}))
    assert office.reserve(shown=shown).state is OrderState.HELD
    with pytest.raises(InvalidValueError, match="shown"):
        office.reserve(shown="20.00")


def test_the_buyer_takes_all_places_if_nobody_else_is_named() -> None:
    office = quick(capacity=9)
    order = office.run(flows.reserve("talk", {"standard": 2}, buyer=person("Bo")))
    assert [one.attendee.person.name for one in order.registrations if one.attendee] == ["Bo", "Bo"]
    order = office.run(flows.reserve("talk", {"standard": 1}, buyer=person("Bo"), places=[[0]]))
    assert len(order.registrations) == 1
    with pytest.raises(InvalidValueError):
        office.reserve(2, attendees=[person()])


def test_an_order_has_one_id_for_ever() -> None:
    office = quick()
    office.reserve(id="A1")
    with pytest.raises(DuplicateError):
        office.reserve(id="A1")
    assert taken(office) == 1


def test_one_person_has_one_place() -> None:
    office = on_sale(policy=Policy(one_per_person=True))
    office.reserve()
    with pytest.raises(RefusedError, match="one already"):
        office.reserve()
    with pytest.raises(RefusedError):
        office.reserve(2, attendees=[person("Bo"), person("Bo")])
    office.run(flows.invite("talk", person("Dai"), Role.SPEAKER, by=ORGANIZER))
    with pytest.raises(RefusedError, match="one already"):
        office.run(flows.invite("talk", person("Dai"), Role.SPEAKER, by=ORGANIZER))
    assert taken(office) == 1


def test_a_place_is_handed_on_to_nobody_who_has_one() -> None:
    office = on_sale(policy=Policy(one_per_person=True))
    first = office.sell().id
    office.sell(buyer=person("Bo"), attendees=[person("Bo")])
    with pytest.raises(RefusedError, match="one already"):
        office.run(flows.transfer(first, f"{first}-1", person("Bo"), by=BUYER))
    after = office.run(flows.transfer(first, f"{first}-1", person("Cleo"), by=BUYER))
    assert after.registrations[0].attendee is not None
    assert after.registrations[0].attendee.person == person("Cleo")


def test_a_code_for_each_customer_is_known_again_by_address_and_by_account() -> None:
    office = quick(capacity=9, promotions=[five_off_once_a_customer()])
    assert office.reserve(1, "five").asked == Money.of("15.00", EUR)
    assert office.reserve(1, "five").asked == TWENTY, "the same address, and the same account"
    other: dict[str, Any] = {"buyer": person("Bo"), "attendees": [person("Bo")]}
    assert office.reserve(1, "five", **other).asked == TWENTY, "another address, and the same account"
    assert office.reserve(1, "five", by=ORGANIZER).asked == TWENTY, "the address, with another account"
    cleo: dict[str, Any] = {"buyer": person("Cleo"), "attendees": [person("Cleo")], "by": ORGANIZER}
    facts = Buyer(country="FR", identities=("member-7",))
    assert office.reserve(1, "five", **cleo, facts=facts).asked == Money.of("15.00", EUR)
    dai: dict[str, Any] = {"buyer": person("Dai"), "attendees": [person("Dai")], "by": ORGANIZER}
    assert office.reserve(1, "five", **dai, facts=facts).asked == TWENTY, "the same member"
    price = office.run(flows.quote("talk", {"standard": 1}, ["five"], person=person("Eve")))
    assert price.charged == Money.of("15.00", EUR)
    assert office.run(flows.quote("talk", {"standard": 1}, ["five"], person=person())).charged == TWENTY
    assert office.run(flows.quote("talk", {"standard": 1}, ["five"])).charged == Money.of("15.00", EUR)


class Quicker(MemoryStore):
    """A store in which somebody else is always quicker, so many times, and takes so many of a counter."""

    def __init__(self, times: int, counter: str = "event") -> None:
        super().__init__()
        self.times, self.counter = times, counter

    def commit(self, commit: Commit) -> None:
        if commit.takes and self.times:
            self.times -= 1
            raise ExhaustedError(self.counter, 1, 0)
        super().commit(commit)


def test_who_is_slower_is_asked_the_price_anew_and_told_after_five_times() -> None:
    for times in (1, 4, 5):
        store = Quicker(times)
        office = quick(store)
        if times == 5:
            with pytest.raises(SoldOutError) as refused:
                office.reserve()
            assert (refused.value.counter, refused.value.wanted, refused.value.left) == ("event", 1, 0)
        else:
            assert office.reserve().state is OrderState.HELD
        assert taken(office) == (0 if times == 5 else 1)


def test_who_is_slower_never_pays_more_than_was_shown() -> None:
    """The last place of the early bird goes to somebody else while this one is being held."""
    early = Tier(id="early", name="Early", price=Money.of("15.00", EUR), quantity=1)
    ticket = Ticket(id="standard", name="Standard", price=TWENTY, tiers=(early,))

    class Taken(Quicker):
        def commit(self, commit: Commit) -> None:
            if commit.takes and self.times:
                self.times -= 1
                office.reserve(buyer=person("Bo"), attendees=[person("Bo")])
            super().commit(commit)

    office = quick(Taken(1), tickets=[ticket])
    with pytest.raises(PriceChangedError) as refused:
        office.reserve()
    assert refused.value.quote.charged == TWENTY
    assert taken(office) == 1


def test_what_somebody_did_not_pay_in_time_is_there_for_the_next() -> None:
    office = quick(capacity=1)
    office.reserve()
    with pytest.raises(SoldOutError):
        office.reserve()
    office.world.clock.advance(minutes=15)
    assert office.reserve().state is OrderState.HELD
    assert taken(office) == 1


def test_what_has_run_out_in_another_event_is_left_to_it() -> None:
    office = quick(capacity=1)
    office.publish(talk(id="other", capacity=1))
    held = office.reserve(event="other").id
    office.reserve()
    office.world.clock.advance(minutes=15)
    office.reserve()
    assert office.dossier(held).order.state is OrderState.HELD
    with pytest.raises(SoldOutError):
        office.reserve()


def test_of_very_many_that_have_run_out_all_are_let_go_of() -> None:
    """They are looked at in pages of a hundred."""
    office = quick(capacity=101)
    for number in range(101):
        office.run(flows.reserve("talk", {"standard": 1}, buyer=person(), id=f"A{number}"))
    office.world.clock.advance(minutes=15)
    assert office.reserve(3).state is OrderState.HELD
    assert taken(office) == 3


class Blocked(MemoryStore):
    """A store that keeps no obligation of an event for a moment."""

    is_blocked = False

    def commit(self, commit: Commit) -> None:
        if self.is_blocked and any(isinstance(one, Obligation) and not one.order for one in commit.inserts):
            raise StoreError(())
        super().commit(commit)


def test_a_sale_stands_although_its_warning_could_not_be_kept() -> None:
    store = Blocked()
    office = quick(store, policy=Policy(attendance_limit=2))
    store.is_blocked = True
    office.reserve(2)
    assert office.world.outbox.of(MessageKind.CAPACITY_WARNING) == []
    store.is_blocked = False
    office.reserve()
    warned = office.world.outbox.of(MessageKind.CAPACITY_WARNING)
    assert [dict(one.values)["percent"] for one in warned] == ["80", "100"]


def test_where_people_are_told_by_whoever_reconciles_so_is_the_organizer() -> None:
    office = Office(at_once=False)
    office.publish(talk(policy=Policy(attendance_limit=1)))
    office.reserve()
    assert office.told() == []
    office.run(flows.reconcile())
    assert office.told() == ["capacity_warning", "capacity_warning"]
