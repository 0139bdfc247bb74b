"""Every error that a flow says it raises is raised once here; and none of the table is not said."""

import re

import pytest
from attrs import evolve
from box_office.arguments import good
from box_office.both_sides import FLOWS, late, quick
from box_office.offices import BUYER, ORGANIZER, Office, person, talk
from box_office.scenes import (
    Scene,
    after,
    begins,
    by_link_too_late,
    cash,
    euros,
    held,
    in_other_currency,
    left,
    lost,
    moved,
    offer_ended,
    on_sale,
    performed_while_it_is_down,
    published_twice_at_once,
    scripted,
    sold,
    stripe_below_minimum,
    too_late,
)

from paidevents import EUR, USD, Money, Ticket, errors
from paidevents.box_office import flows
from paidevents.catalog import LatePayment, Question, RegistrationForm
from paidevents.catalog.people import SYSTEM
from paidevents.errors import NotFoundError, PaidEventsError
from paidevents.providers import Fault

# Said by almost every flow, and tried by `test_roles` and `test_arguments` for all at once.
ALL_OVER = {"NotAllowedError", "NotFoundError", "InvalidValueError"}
TWO = [
    Ticket(id="standard", name="Standard", price=Money.of("20.00", EUR)),
    Ticket(id="vip", name="VIP", price=Money.of("35.00", EUR), quantity=1),
]

FORM = RegistrationForm(questions=(Question(id="level", text="Your level?", required=True),))

TABLE: dict[str, dict[str, Scene]] = {
    "accept_payment": {
        "IllegalTransitionError": sold(lambda o, order: flows.accept_payment(order, f"{order}-p1", by=ORGANIZER)),
        "CurrencyMismatchError": held(
            lambda o, order: flows.accept_payment(order, in_other_currency(o, order), by=ORGANIZER)
        ),
    },
    "approve": {
        "IllegalTransitionError": sold(lambda o, order: flows.approve(order, [f"{order}-1"], by=ORGANIZER)),
    },
    "attach_recording": {
        "DuplicateError": on_sale(
            lambda o: (
                after(o, flows.attach_recording("talk", id="film", by=ORGANIZER))
                and flows.attach_recording("talk", id="film", by=ORGANIZER)
            )
        ),
    },
    "cancel": {"IllegalTransitionError": sold(too_late)},
    "cancel_by_link": {"IllegalTransitionError": sold(by_link_too_late)},
    "cancel_event": {
        "IllegalTransitionError": on_sale(
            lambda o: after(o, flows.cancel_event("talk", by=ORGANIZER)) and flows.cancel_event("talk", by=ORGANIZER)
        )
    },
    "change_ticket": {
        "PriceChangedError": sold(
            lambda o, order: flows.change_ticket(order, f"{order}-1", {"vip": 1}, shown=euros("1.00"), by=BUYER),
            tickets=TWO,
        ),
        "SoldOutError": sold(
            lambda o, order: o.reserve({"vip": 1}) and flows.change_ticket(order, f"{order}-1", {"vip": 1}, by=BUYER),
            tickets=TWO,
        ),
        "RefusedError": held(
            lambda o, order: (
                after(o, flows.approve(order, by=ORGANIZER))
                and flows.change_ticket(order, f"{order}-1", {"vip": 1}, by=BUYER)
            ),
            tickets=TWO,
        ),
        "IllegalTransitionError": held(
            lambda o, order: flows.change_ticket(order, f"{order}-1", {"vip": 1}, by=BUYER), tickets=TWO
        ),
    },
    "checkout": {
        "SaleClosedError": held(lambda o, order: o.world.clock.advance(minutes=15) or flows.checkout(order)),
        "AmountRefusedError": cash(lambda o, order: flows.checkout(order)),
        "RefusedError": held(lambda o, order: flows.checkout(order, provider="paypal")),
        "PaymentDeclinedError": held(lambda o, order: scripted(o, "start", Fault.DECLINE) and flows.checkout(order)),
        "IllegalTransitionError": held(
            lambda o, order: o.world.clock.advance(minutes=10) or flows.checkout(order),
            policy=evolve(late(LatePayment.REVIEW), longest_hold=talk().policy.hold),
        ),
        "ProviderUnavailableError": held(
            lambda o, order: (
                (
                    after(o, flows.connect("42", "card:test", "main", by=ORGANIZER))
                    and o.world.box.outside.tills._known.clear()
                )
                or flows.checkout(order)
            )
        ),
    },
    "connect": {
        "RefusedError": on_sale(
            lambda o: o.world.card.breaks("key_invalid") or flows.connect("42", "card:test", "main", by=ORGANIZER)
        ),
        "ProviderError": on_sale(
            lambda o: (
                scripted(o, "verify", Fault.LOST_REQUEST) and flows.connect("42", "card:test", "main", by=ORGANIZER)
            )
        ),
    },
    "declare": {"RefusedError": on_sale(lambda o: flows.declare(moved(), by=ORGANIZER))},
    "decline_payment": {
        "IllegalTransitionError": sold(lambda o, order: flows.decline_payment(order, f"{order}-p1", by=ORGANIZER)),
    },
    "draft": {"DuplicateError": on_sale(lambda o: flows.draft(talk(), by=ORGANIZER))},
    "drop_refund": {
        "IllegalTransitionError": sold(
            lambda o, order: (
                after(o, flows.refund(order, euros("1.00"), by=ORGANIZER))
                and flows.drop_refund(order, f"{order}-r1", by=ORGANIZER)
            )
        ),
    },
    "end": {"IllegalTransitionError": on_sale(lambda o: flows.end("talk", by=ORGANIZER))},
    "honour": {"IllegalTransitionError": sold(lambda o, order: flows.honour(order, by=ORGANIZER))},
    "join_list": {
        "SaleClosedError": on_sale(
            lambda o: (
                after(o, flows.cancel_event("talk", by=ORGANIZER)) and flows.join_list("talk", "standard", person())
            )
        ),
        "RefusedError": on_sale(lambda o: flows.join_list("talk", "standard", person()), form=FORM),
    },
    "leave_list": {"IllegalTransitionError": on_sale(left)},
    "look": {
        "ProviderError": held(
            lambda o, order: (
                after(o, flows.checkout(order)) and scripted(o, "fetch", Fault.LOST_REQUEST) and flows.look(order)
            )
        )
    },
    "perform": {"StoreError": performed_while_it_is_down},
    "publish": {
        "RefusedError": lambda: (Office(), flows.publish(talk(providers=[]), by=ORGANIZER)),
        "IllegalTransitionError": on_sale(lambda o: flows.publish(talk(), by=ORGANIZER)),
        "DuplicateError": published_twice_at_once,
    },
    "record_payment": {
        "RefusedError": sold(lambda o, order: flows.record_payment(order, f"{order}-p1", euros("20.00"), by=ORGANIZER))
    },
    "record_refund": {
        "RefusedError": sold(
            lambda o, order: (
                after(o, flows.refund(order, euros("1.00"), by=ORGANIZER))
                and flows.record_refund(order, f"{order}-r1", by=ORGANIZER)
            )
        )
    },
    "refund": {
        "RefundRefusedError": sold(lambda o, order: flows.refund(order, euros("20.01"), by=ORGANIZER)),
        "ProviderError": sold(
            lambda o, order: (
                scripted(o, "refund", Fault.PENDING_REFUND)
                and after(o, flows.refund(order, euros("1.00"), by=ORGANIZER))
                and scripted(o, "fetch", Fault.LOST_REQUEST)
                and flows.refund(order, euros("1.00"), by=ORGANIZER)
            )
        ),
        "IllegalTransitionError": sold(lost),
        "CurrencyMismatchError": sold(lambda o, order: flows.refund(order, Money.of("1.00", USD), by=ORGANIZER)),
    },
    "refuse": {
        "IllegalTransitionError": on_sale(
            lambda o: (
                (order := o.sell(2).id)
                and after(o, flows.refuse(order, [f"{order}-2"], by=ORGANIZER))
                and flows.refuse(order, [f"{order}-2"], by=ORGANIZER)
            )
        )
    },
    "remind": {
        "RefusedError": on_sale(lambda o: begins(o) or flows.remind("talk", by=ORGANIZER)),
        "DuplicateError": on_sale(
            lambda o: (
                after(o, flows.remind("talk", id="soon", by=ORGANIZER))
                and flows.remind("talk", id="soon", by=ORGANIZER)
            )
        ),
    },
    "reopen_sales": {"RefusedError": on_sale(lambda o: flows.reopen_sales("talk", by=ORGANIZER))},
    "reschedule": {
        "RefusedError": on_sale(lambda o: flows.reschedule(talk(), by=ORGANIZER)),
        "IllegalTransitionError": on_sale(lambda o: flows.reschedule(moved(-300), by=ORGANIZER)),
    },
    "resend": {"IllegalTransitionError": held(lambda o, order: flows.resend(order, f"{order}-1", by=BUYER))},
    "reserve": {
        "PriceChangedError": on_sale(
            lambda o: flows.reserve("talk", {"standard": 1}, buyer=person(), shown=euros("1.00"))
        ),
        "SaleClosedError": on_sale(
            lambda o: (
                after(o, flows.stop_sales("talk", by=ORGANIZER))
                and flows.reserve("talk", {"standard": 1}, buyer=person())
            )
        ),
        "SoldOutError": on_sale(lambda o: flows.reserve("talk", {"standard": 4}, buyer=person())),
        "AmountRefusedError": stripe_below_minimum,
        "RefusedError": on_sale(lambda o: flows.reserve("talk", {"standard": 1}, buyer=person()), form=FORM),
        "DuplicateError": held(
            lambda o, order: flows.reserve("talk", {"standard": 1}, buyer=person(), id=order),
        ),
    },
    "take_back": {
        "IllegalTransitionError": on_sale(
            lambda o: (
                (order := o.sell(2).id)
                and after(o, flows.take_back(order, [f"{order}-2"], by=ORGANIZER))
                and flows.take_back(order, [f"{order}-2"], by=ORGANIZER)
            )
        )
    },
    "take_offer": {"IllegalTransitionError": sold(offer_ended, capacity=1)},
    "transfer": {
        "RefusedError": sold(lambda o, order: flows.transfer(order, f"{order}-1", person("Ana"), by=BUYER)),
        "IllegalTransitionError": held(lambda o, order: flows.transfer(order, f"{order}-1", person("Bo"), by=BUYER)),
    },
    "turn_down": {"IllegalTransitionError": sold(lambda o, order: flows.turn_down(order, by=ORGANIZER))},
}


def said(name: str) -> set[str]:
    """The errors that a flow's documentation names."""
    found = re.search(r"Raises:\n(.*?)(?:\n\s*\n|\Z)", getattr(flows, name).__doc__ or "", re.DOTALL)
    return set(re.findall(r"^\s+(\w+Error):", found[1], re.MULTILINE)) if found else set()


def test_the_table_has_every_error_that_is_said() -> None:
    assert {name: set(TABLE.get(name, {})) for name in FLOWS} == {name: said(name) - ALL_OVER for name in FLOWS}


@pytest.mark.parametrize(("name", "error"), [(name, error) for name, row in TABLE.items() for error in row])
def test_a_flow_raises_what_it_says(name: str, error: str) -> None:
    office, recipe = TABLE[name][error]()
    kind = getattr(errors, error)
    assert recipe.name == name
    with pytest.raises(PaidEventsError) as raised:
        office.run(recipe)
    assert type(raised.value) is kind or error == "ProviderError"
    assert isinstance(raised.value, kind)


@pytest.mark.parametrize("name", [name for name in FLOWS if "NotFoundError" in said(name)])
def test_of_what_is_not_there_whoever_may_know_is_told(name: str) -> None:
    """The host application may; whoever else asks learns nothing: see `test_roles`."""
    given = good("nowhere", "nowhere-p1")[name]
    changed = (
        {"event": "nowhere" if isinstance(given.get("event"), str) else talk(id="nowhere")} if "event" in given else {}
    )
    by = {"by": SYSTEM} if "by" in given else {}
    with pytest.raises(NotFoundError):
        quick().run(getattr(flows, name)(**{**given, **changed, **by}))
