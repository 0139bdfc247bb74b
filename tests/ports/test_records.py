"""What a store keeps: by what it is found, when somebody has to look at it, and what cannot be."""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from box_office.offices import ORGANIZER, Office, person, talk
from payments import till

from paidevents import EUR, InvalidValueError, Money
from paidevents.box_office import flows
from paidevents.catalog import Listing
from paidevents.payments import Payment
from paidevents.ports import KINDS, Commit, Connection, Dossier, Expected, Obligation, RandomIds, Stored, Task, read_id
from paidevents.ports.message import Message, MessageKind, values_of
from paidevents.ports.obligation import LONGEST_WAIT
from paidevents.ports.records import found_by, kind_of
from paidevents.pricing import Take
from paidevents.reason import Reason
from paidevents.testing.world import START


def refused(call: object) -> str:
    assert callable(call)
    with pytest.raises(InvalidValueError) as caught:
        call()
    return caught.value.reason.code


def sold() -> Dossier:
    office = Office()
    office.publish()
    return office.sell(2)


def start(**changed: Any) -> Obligation:
    given: dict[str, Any] = {
        "id": "A1/1",
        "task": Task.START,
        "event": "talk",
        "order": "A1",
        "subject": "A1-p1",
        "key": "A1-p1:1",
    }
    return Obligation(**{**given, "made_at": START, "due_at": START, **changed})


def indexes(record: object) -> set[tuple[str, str]]:
    return set(KINDS[type(record)].indexes(record))


def test_an_order_is_found_by_its_event_account_payments_and_passes() -> None:
    dossier = sold()
    (payment,) = dossier.payments
    assert payment.ref is not None
    assert indexes(dossier) == {
        ("event", "talk"),
        ("account", "7"),
        ("payment", f"card:test/main/{payment.ref.id}"),
        ("pass", f"{dossier.id}-1"),
        ("pass", f"{dossier.id}-2"),
    }


def test_whatever_is_found_by_something_says_so() -> None:
    for record in (sold(), start(), start(done_at=START), start(stuck="why")):
        assert {by for by, _ in indexes(record)} <= set(kind_of(type(record)).found_by)


def test_an_order_has_to_be_looked_at_when_its_hold_runs_out_and_never_again() -> None:
    office = Office()
    office.publish()
    held = office.dossier(office.reserve().id)
    assert held.due_at == START + timedelta(minutes=15)
    assert sold().due_at is None


def test_an_event_has_to_be_looked_at_when_it_begins_and_when_it_ends() -> None:
    office = Office()
    listing, window = office.publish(), talk().window
    due = KINDS[Listing].due_at
    assert due(Listing(event=talk(), organizer="42")) is None
    assert due(listing) == window.starts_at
    assert window.starts_at is not None
    assert due(listing.started(at=window.starts_at)[1]) == window.ends_at


def test_what_is_done_or_stuck_is_found_by_nobody_who_looks_for_work() -> None:
    assert ("order", "A1") in indexes(start())
    assert indexes(start(done_at=START)) == set()
    assert indexes(start(stuck="why")) == {("stuck", "talk")}
    assert (start(done_at=START).next_at, start(stuck="why").next_at) == (None, None)


def test_a_lease_keeps_others_away_for_a_minute() -> None:
    claimed = start().claimed(START)
    assert (claimed.next_at, claimed.tries) == (START + timedelta(minutes=1), 1)


def test_each_wait_is_twice_the_one_before_and_six_hours_at_most() -> None:
    """1, 2, 4, 8 minutes; 2^10 = 1024 minutes would be 17 hours."""
    waits = [start(tries=tries).later(START).due_at - START for tries in (0, 1, 2, 3, 4, 11, 5000)]
    minutes = [1, 1, 2, 4, 8]
    assert waits == [*(timedelta(minutes=count) for count in minutes), LONGEST_WAIT, LONGEST_WAIT]


def test_what_only_a_person_can_go_on_with_is_never_tried_again() -> None:
    left = start().claimed(START).left_to_a_person(Reason("why", "For a reason."))
    assert (left.stuck, left.leased_until, left.next_at) == ("why", None, None)


def test_a_call_to_a_provider_is_for_an_order_and_what_is_told_has_a_kind() -> None:
    assert refused(lambda: start(order="")) == "task_needs_order"
    assert refused(lambda: start(subject="")) == "task_needs_order"
    assert refused(lambda: start(task=Task.TELL)) == "task_needs_message"
    assert refused(lambda: start(message=MessageKind.OFFER)) == "task_needs_message"


def test_a_dossier_keeps_nothing_of_another_order() -> None:
    dossier = sold()
    other = Payment(id="p9", order="B2", provider="card", account="main", amount=Money.of("20.00", EUR))
    assert refused(lambda: evolve(dossier, payments=(other,))) == "other_payment"
    assert refused(lambda: dossier.with_payment(other)) == "other_payment"
    assert refused(lambda: evolve(dossier, refunds=(till.refund(10),))) == "other_payment"
    assert refused(lambda: dossier.with_refund(till.refund(10))) == "other_payment"


def test_what_a_dossier_does_not_have_is_said() -> None:
    dossier = sold()
    assert refused(lambda: dossier.payment("p9")) == refused(lambda: dossier.refund("r9")) == "unknown_id"
    assert dossier.pass_of("nobody") is None


def test_what_is_put_into_a_dossier_replaces_what_has_its_id_or_comes_last() -> None:
    dossier = sold()
    (first,) = dossier.payments
    second = evolve(first, id="p9", ref=None, snapshot=None, history=())
    assert dossier.with_payment(second).payments == (first, second)
    assert dossier.with_payment(second).with_payment(evolve(second, attempt=2)).payments[1].attempt == 2


def test_stores_keep_six_kinds_of_records_and_find_them_as_they_say() -> None:
    assert {kind.name for kind in KINDS.values()} == {
        *("event", "order", "waiting", "recording", "connection", "obligation"),
    }
    assert refused(lambda: kind_of(str)) == "wrong_type"
    assert refused(lambda: found_by(Dossier, "color")) == "no_such_index"
    assert refused(lambda: Stored("no record", 1)) == "wrong_type"  # type: ignore[type-var]
    assert refused(lambda: Expected(str, "x", 1)) == "wrong_type"


def test_counters_are_an_events() -> None:
    assert refused(lambda: Commit(id="c1", takes=(Take("event", 1),))) == "counts_of_no_event"


def test_a_message_is_for_a_person_or_an_account() -> None:
    said: dict[str, Any] = {"kind": MessageKind.REMINDER, "event": "talk", "subject": "Soon", "body": "It begins."}
    assert refused(lambda: Message(**said)) == "told_to_nobody"
    assert refused(lambda: Message(**said, person=person(), account="42")) == "told_to_nobody"
    assert Message(**said, account="42").account == "42"


@pytest.mark.parametrize("pairs", ["ab", [("a",)], [("a", "b", "c")], ["ab"], [1]])
def test_values_are_pairs_of_a_name_and_a_text(pairs: object) -> None:
    assert refused(lambda: values_of(pairs, "values")) in {"bad_pair", "wrong_type"}


def test_values_stand_in_order_of_their_names() -> None:
    assert values_of({"b": "2", "a": "1"}, "values") == (("a", "1"), ("b", "2"))


def test_a_connection_is_called_after_its_owner_and_the_provider_whatever_its_mode() -> None:
    made = Connection(owner="42", provider="stripe:test", account="acct_1", connected_at=START)
    assert (made.id, made.is_connected, made.disconnected(START).is_connected) == ("stripe/42", True, False)


def test_only_helpers_are_in_a_team() -> None:
    assert refused(lambda: Listing(event=talk(), organizer="42", team=(ORGANIZER,))) == "not_of_a_team"


def test_the_language_of_a_buyer_is_one() -> None:
    office = Office()
    office.publish()
    assert (
        refused(lambda: office.run(flows.reserve("talk", {"standard": 1}, buyer=person(), locale="!"))) == "bad_format"
    )


def test_links_are_pairs_of_a_purpose_and_an_address() -> None:
    said: dict[str, Any] = {"kind": MessageKind.REMINDER, "event": "talk", "subject": "Soon", "body": "It begins."}
    for links in ([("a",)], ["ab"], [1]):
        assert refused(lambda given=links: Message(**said, account="42", links=given)) == "bad_pair"


def test_a_source_of_names_is_one() -> None:
    assert refused(lambda: read_id(None)) == "wrong_type"  # type: ignore[arg-type]
    assert len(read_id(RandomIds())) == 16
