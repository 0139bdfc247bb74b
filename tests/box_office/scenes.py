"""Scenes in which a flow is refused: an office, and what is asked of it then."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from attrs import evolve
from box_office.both_sides import quick
from box_office.offices import BUYER, ORGANIZER, Office, person, talk

from paidevents import EUR, USD, Money, Ticket
from paidevents.access import Purpose, token
from paidevents.box_office import flows
from paidevents.box_office.asks import Recipe
from paidevents.catalog import Provider
from paidevents.errors import StoreError
from paidevents.ports import Commit, MessageKind, Obligation
from paidevents.providers import Fault, ManualProvider
from paidevents.stores import MemoryStore
from paidevents.testing.world import KEY

Scene = Callable[[], tuple[Office, Recipe[Any]]]


def euros(amount: str) -> Money:
    return Money.of(amount, EUR)


def on_sale(ask: Callable[[Any], Recipe[Any]], **changed: Any) -> Scene:
    """The talk is on sale."""

    def scene() -> tuple[Office, Recipe[Any]]:
        office = quick(**changed)
        return office, ask(office)

    return scene


def held(ask: Callable[[Any, str], Recipe[Any]], **changed: Any) -> Scene:
    """Somebody holds a place."""
    return on_sale(lambda office: ask(office, office.reserve().id), **changed)


def sold(ask: Callable[[Any, str], Recipe[Any]], **changed: Any) -> Scene:
    """Somebody has paid for a place."""
    return on_sale(lambda office: ask(office, office.sell().id), **changed)


def begins(office: Office) -> Any:
    starts_at = talk().starts_at
    assert starts_at is not None
    office.world.clock.set(starts_at)


def after(office: Office, *recipes: Recipe[Any]) -> Any:
    """The same office once these have been run."""
    for recipe in recipes:
        office.run(recipe)
    return office


def moved(days: int = 1, **changed: Any) -> Any:
    starts_at = talk().starts_at
    assert starts_at is not None
    return evolve(talk(**changed), starts_at=starts_at + timedelta(days=days))


def scripted(office: Office, method: str, fault: Fault) -> Any:
    office.world.card.script(method, fault)
    return office


def in_other_currency(office: Office, order: str) -> str:
    page = office.run(flows.checkout(order)).url
    office.world.card.pay_in_another_currency(page, Money.of("20.00", USD))
    office.deliver()
    return f"{order}-p1"


def by_link_too_late(office: Office, order: str) -> Recipe[Any]:
    begins(office)
    return flows.cancel_by_link(f"{order}-1", token(KEY, Purpose.CANCEL, f"{order}-1", 0))


def too_late(office: Office, order: str) -> Recipe[Any]:
    begins(office)
    return flows.cancel(order, by=BUYER)


def offer_ended(office: Office, order: str) -> Recipe[Any]:
    office.run(flows.join_list("talk", "standard", person("Zoe")))
    office.run(flows.cancel(order, by=BUYER))
    _, _, entry, secret = office.world.outbox.of(MessageKind.OFFER)[0].link(Purpose.OFFER).split("/")
    office.world.clock.advance(days=1)
    office.run(flows.reconcile())
    return flows.take_offer(entry, secret)


def left(office: Office) -> Recipe[Any]:
    entry = office.run(flows.join_list("talk", "standard", person("Zoe"))).id
    office.run(flows.leave_list(entry, by=ORGANIZER))
    return flows.leave_list(entry, by=ORGANIZER)


def lost(office: Office, order: str) -> Recipe[Any]:
    office.world.card.dispute("cs_1")
    office.deliver()
    office.run(flows.cancel(order, by=BUYER))
    office.world.card.lose_dispute("cs_1")
    office.deliver()
    return flows.refund(order, by=ORGANIZER)


class Racing(MemoryStore):
    """A store in which somebody else has just written what is not there yet."""

    def get(self, kind: Any, id: str) -> Any:
        return None if id == "talk" else super().get(kind, id)


class Down(MemoryStore):
    """A store that is down for writing once it is told so."""

    is_down = False

    def commit(self, commit: Commit) -> None:
        if self.is_down:
            raise StoreError(())
        super().commit(commit)


def published_twice_at_once() -> tuple[Office, Recipe[Any]]:
    return quick(Racing()), flows.publish(talk(), by=ORGANIZER)


def performed_while_it_is_down() -> tuple[Office, Recipe[Any]]:
    store = Down()
    office = quick(store)
    order = office.sell().id
    scripted(office, "refund", Fault.LOST_REQUEST).run(flows.cancel(order, by=BUYER))
    office.world.clock.advance(minutes=1)
    store.is_down = True
    numbers = range(1, office.dossier(order).obligations + 1)
    due = next(f"{order}/{n}" for n in numbers if _waits(store, f"{order}/{n}"))
    return office, flows.perform(due)


def _waits(store: MemoryStore, id: str) -> bool:
    stored = store.get(Obligation, id)
    return stored is not None and stored.record.next_at is not None


def cash(ask: Callable[[Any, str], Recipe[Any]]) -> Scene:
    """Only cash is taken, in coins of 0.05, and the talk costs 20.03."""

    def scene() -> tuple[Office, Recipe[Any]]:
        office = Office(providers=[ManualProvider.cash(step=5)])
        ticket = Ticket(id="standard", name="Standard", price=euros("20.03"))
        office.publish(talk(providers=[Provider(name="cash")], tickets=[ticket]))
        return office, ask(office, office.reserve().id)

    return scene


def stripe_below_minimum() -> tuple[Office, Recipe[Any]]:
    """What Stripe takes at least is more than what is asked for."""
    office = Office(card="stripe:test")
    office.world.store.commit(
        Commit(
            id="cheap",
            inserts=(
                evolve(
                    quick().run(flows.listing("talk")),
                    event=talk(
                        providers=[Provider(name="stripe")],
                        tickets=[Ticket(id="standard", name="Standard", price=euros("0.20"))],
                    ),
                ),
            ),
        )
    )
    return office, flows.reserve("talk", {"standard": 1}, buyer=person())
