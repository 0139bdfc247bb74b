"""Strategies: found without an import, bounded when asked, and every value one that the library accepts."""

import subprocess
import sys
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from paidevents import Money, Rate, Recurrence, Window
from paidevents.access import Revocation
from paidevents.catalog import SYSTEM, Event, Role
from paidevents.ledger import Account, Book, EntryKind
from paidevents.lifecycle import (
    MACHINES,
    PAYMENT,
    WAITING_LIST,
    EventState,
    OrderState,
    PaymentState,
    RefundState,
    RegistrationState,
    WaitingState,
)
from paidevents.money import EUR, Currency
from paidevents.payments import DisputeStatus, Status
from paidevents.ports import Dossier, Task
from paidevents.registration import Order
from paidevents.testing import strategies
from paidevents.testing.strategies import BY_TYPE, currencies, days, moneys, rates, recurrences, windows

# The first that is found will do; and the same ones every time.
SOON = settings(phases=[Phase.generate], derandomize=True, database=None, max_examples=2_000)


def in_a_fresh_interpreter(script: str) -> str:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_project_that_only_installed_us_draws_our_types() -> None:
    """Hypothesis calls our entry point; nothing of `paidevents.testing` is imported by hand."""
    script = (
        "from hypothesis import find, strategies as st\n"
        "from paidevents import Money, Recurrence\n"
        "print(repr(find(st.from_type(Money), lambda amount: amount.minor > 999)))\n"
        "from hypothesis import Phase, settings\n"
        "once = settings(phases=[Phase.generate], derandomize=True, database=None)\n"
        "print(type(find(st.from_type(Recurrence), lambda _: True, settings=once)).__name__)"
    )
    assert in_a_fresh_interpreter(script).splitlines() == ["Money.of('10.00', 'AED')", "Recurrence"]


def test_it_does_not_matter_who_is_imported_first() -> None:
    script = (
        "from paidevents.testing import strategies\n"
        "from hypothesis import find, strategies as st\n"
        "from paidevents import Rate\n"
        "print(type(find(st.from_type(Rate), lambda _: True)).__name__)"
    )
    assert in_a_fresh_interpreter(script) == "Rate\n"


def test_without_hypothesis_the_extra_is_named() -> None:
    script = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "import paidevents.errors\n"
        "try:\n    import paidevents.testing.strategies\n"
        "except paidevents.errors.MissingExtraError as error:\n    print(error.extra, error)"
    )
    assert in_a_fresh_interpreter(script) == "testing This needs an extra: pip install 'paidevents[testing]'\n"


@pytest.mark.parametrize("kind", BY_TYPE, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_a_type_draws_values_of_itself(kind: type, data: st.DataObject) -> None:
    assert type(data.draw(st.from_type(kind))) is kind


@given(amount=moneys(EUR, low=100, high=2000_00, step=5))
def test_amounts_keep_their_bounds(amount: Money) -> None:
    assert amount.currency == EUR and 100 <= amount.minor <= 2000_00 and amount.minor % 5 == 0


@given(amount=moneys(st.sampled_from((EUR, Currency("JPY")))))
def test_amounts_are_of_the_currencies_asked_for(amount: Money) -> None:
    assert amount.currency.code in {"EUR", "JPY"}


@given(rate=rates(Rate.of("5 %"), Rate.of("20 %"), finest=200))
def test_rates_keep_their_bounds(rate: Rate) -> None:
    assert Rate.of("5 %") <= rate <= Rate.of("20 %")
    assert rate.ratio[1] <= 200


@given(day=days(date(2026, 1, 1), date(2026, 12, 31)))
def test_days_keep_their_bounds(day: date) -> None:
    assert day.year == 2026


@pytest.mark.parametrize("name", MACHINES)
@given(data=st.data())
def test_a_history_follows_its_table_and_the_order_of_time(name: str, data: st.DataObject) -> None:
    moves = data.draw(strategies.histories(MACHINES[name], most=3))
    assert MACHINES[name].replayed(moves, "history") == moves
    assert len(moves) <= 3
    assert sorted(move.at for move in moves) == [move.at for move in moves]


@pytest.mark.parametrize(
    ("strategy", "wanted"),
    [
        (windows(), lambda window: window == Window()),
        (windows(), lambda window: window.starts_at is None and window.ends_at is not None),
        (windows(), lambda window: window.starts_at is not None and window.ends_at is not None),
        (currencies(), lambda currency: currency.digits == 3),
        (moneys(), lambda amount: amount.minor < 0),
        (rates(), lambda rate: rate.percent() is None),
        (recurrences(), lambda series: series.excluded and series.extra),
        (recurrences(), lambda series: len(series.occurrences()) == 0),
        (strategies.amount_rules(), lambda rule: rule.step > 1),
        (strategies.amount_rules("paypal"), lambda rule: rule.provider == "paypal"),
        (strategies.actors(), lambda actor: actor == SYSTEM),
        (strategies.actors(), lambda actor: actor.role is Role.SPEAKER),
        (strategies.refund_steps(), lambda step: step.until is None),
        (strategies.cancellations(EUR), lambda terms: terms.kept is not None and terms.kept.currency == EUR),
        (strategies.cancellations(), lambda terms: [step.share for step in terms.steps] == [Rate(0, 1), Rate(1, 1)]),
        (strategies.questions(), lambda question: question.required and not question.choices),
        (strategies.disclaimers(), lambda disclaimer: disclaimer.version > 1),
        (strategies.registration_forms(), lambda form: len(form.questions) == 3),
        (strategies.moves(), lambda move: move.by.startswith("organizer:")),
        (strategies.moves(), lambda move: (move.trigger, move.state, move.by) == ("honour", "paid", "")),
        (strategies.histories(WAITING_LIST), lambda moves: [move.state for move in moves] == ["offered", "lapsed"]),
        (strategies.histories(PAYMENT), lambda moves: moves == ()),
        (strategies.reasons(), lambda reason: any(isinstance(value, datetime) for _, value in reason.values)),
        *((strategies.orders(), lambda order, state=state: order.state is state) for state in OrderState),
        (strategies.orders(), lambda order: order.change is not None),
        (strategies.orders(), lambda order: order.repriced and len(order.quotes) > 1),
        (strategies.orders(), lambda order: order.given and order.adjustment.minor < 0),
        (strategies.orders(), lambda order: order.buyer is None and order.quotes),
        (strategies.orders(), lambda order: not order.quotes),
        (strategies.orders(), lambda order: len(order.registrations) == 1 and len(order.registrations[0].units) > 1),
        *((strategies.registrations(), lambda one, state=state: one.state is state) for state in RegistrationState),
        (strategies.registrations(), lambda one: one.attendee is None),
        (strategies.registrations(), lambda one: one.role is Role.SPEAKER),
        (strategies.registrations(), lambda one: one.is_waived),
        (strategies.repricings(), lambda fresh: fresh.unpaid is not None and len(fresh.units) > 1),
        *((strategies.listings(), lambda listing, state=state: listing.state is state) for state in EventState),
        (strategies.listings(), lambda listing: any(move.trigger == "reschedule" for move in listing.history)),
        *((strategies.waiting_entries(), lambda entry, state=state: entry.state is state) for state in WaitingState),
        (strategies.waiting_entries(), lambda entry: entry.person is None),
        (strategies.passes(), lambda held: held.sessions and held.generation > 1),
        (strategies.passes(), lambda held: held.window.ends_at is not None),
        (strategies.passes(), lambda held: len(held.devices) == held.most_devices == 3),
        (strategies.passes(), lambda held: held.suspended_at is not None and held.revoked_at is None),
        *((strategies.passes(), lambda held, why=why: held.revoked_for is why) for why in Revocation),
        (strategies.recordings(), lambda film: film.withdrawn_at is not None and film.published_at is not None),
        (strategies.recordings(), lambda film: film.session is None and film.lasts is not None),
        *((strategies.entries(), lambda entry, kind=kind: entry.kind is kind) for kind in EntryKind),
        (strategies.entries(), lambda entry: any(posting.account is Account.TAX for posting in entry.postings)),
        (strategies.entries(), lambda entry: entry.kind is EntryKind.SALE and not entry.payment and not entry.refund),
        (strategies.books(), lambda book: len({entry.order for entry in book.entries}) == 3),
        (strategies.books(), lambda book: not book.entries),
        *((strategies.payments(), lambda one, state=state: one.state is state) for state in PaymentState),
        (strategies.payments(), lambda one: one.attempt == 2 and one.ref is None),
        (strategies.payments(), lambda one: one.received.currency != one.amount.currency),
        *((strategies.refunds(), lambda one, state=state: one.state is state) for state in RefundState),
        (strategies.refunds(), lambda one: one.attempt == 2 and one.earlier and one.provider_id),
        (strategies.snapshots(), lambda seen: len(seen.refunds) == 2 and seen.disputed is not None),
        (strategies.snapshots(), lambda seen: len(seen.url) > 2000 and "\n" in seen.instructions),
        (strategies.snapshots(), lambda seen: seen.status is Status.FAILED and seen.dispute is DisputeStatus.LOST),
        (strategies.snapshots(), lambda seen: seen.fee is not None and seen.fee.currency != seen.requested.currency),
        (strategies.dues(), lambda due: due.set_aside is not None and due.is_promised and due.received),
        (strategies.cancellations_due(), lambda due: due.fresh is not None and due.unpaid is not None),
        (strategies.dossiers(), lambda one: len(one.payments) == 3 and one.received),
        (strategies.dossiers(), lambda one: len({refund.payment for refund in one.refunds}) == 2),
        (strategies.dossiers(), lambda one: len(one.passes) > 1 and one.pass_of(one.order.registrations[1].id)),
        (strategies.dossiers(), lambda one: one.account and one.locale != "en" and one.entries and one.obligations),
        (strategies.dossiers(), lambda one: not (one.order.quotes or one.payments)),
        *((strategies.obligations(), lambda due, task=task: due.task is task) for task in Task),
        (strategies.obligations(), lambda due: due.tries > 1 and due.leased_until is not None and due.cursor),
        (strategies.obligations(), lambda due: due.done_at is not None and not due.order and not due.subject),
        (strategies.obligations(), lambda due: due.stuck and any("\n" in text for _, text in due.values)),
        (strategies.connections(), lambda one: not one.is_connected and one.short_statement and one.support),
        (strategies.connections(), lambda one: one.is_connected and one.statement and not one.support),
    ],
)
def test_the_odd_ones_are_among_them(strategy: st.SearchStrategy[Any], wanted: Any) -> None:
    assert wanted(find(strategy, wanted, settings=SOON))


@given(order=strategies.orders())
def test_an_order_that_is_drawn_is_one_that_could_be(order: Order) -> None:
    """It owes nobody by itself; who is left says where it stands; and what was given back is of places that it sold."""
    assert order.due.minor >= 0
    assert (order.state in (OrderState.EXPIRED, OrderState.CANCELLED)) == (not order.active)
    assert all(
        len(order.quotes[given.quote].charges) > unit.unit for given in order.given for unit in given.refund.units
    )
    assert not any(quote.refusals for quote in order.quotes)


@given(data=st.data(), event=strategies.events())
def test_orders_are_of_the_event_asked_for(data: st.DataObject, event: Event) -> None:
    order = data.draw(strategies.orders(event))
    assert order.event == event.id and order.currency == event.currency
    assert order.cancellation == event.cancellation


@given(dossier=strategies.dossiers())
def test_a_dossier_that_is_drawn_is_one_that_could_be(dossier: Dossier) -> None:
    """What is given back was received; and who was confirmed has a pass, and nobody else."""
    for payment in dossier.payments:
        given = [one.amount for one in dossier.refunds if one.payment == payment.id]
        assert sum(given, Money.zero(payment.received.currency)) <= payment.received
    confirmed = {one.id for one in dossier.order.registrations if "confirmed" in {move.state for move in one.history}}
    assert {one.registration_id for one in dossier.passes} == confirmed


@given(data=st.data(), event=strategies.events())
def test_dossiers_are_of_the_event_asked_for(data: st.DataObject, event: Event) -> None:
    assert data.draw(strategies.dossiers(event)).order.event == event.id


@given(book=strategies.books())
def test_a_book_that_is_drawn_balances(book: Book) -> None:
    assert all(found.holds for found in book.conservation().values())


def test_a_series_can_be_drawn_whose_hour_the_clocks_skip() -> None:
    def skipped(series: Recurrence) -> bool:
        return any(at.time() != series.starts_at.time() for at in series.occurrences(20)) and not series.extra

    assert skipped(
        find(
            st.builds(
                Recurrence,
                st.just(datetime(2026, 3, 25, 2, 30)),
                st.sampled_from(("Europe/Paris",)),
                strategies.rules(),
            ),
            skipped,
            settings=SOON,
        )
    )
