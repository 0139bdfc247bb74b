"""States and triggers are told in words, never by their codes."""

from datetime import UTC, datetime
from enum import Enum

import pytest

from paidevents import IllegalTransitionError, InvalidValueError, Machine, Reason, Row
from paidevents.explain import explain
from paidevents.explain.state_words import STATES, THINGS, TRIGGERS
from paidevents.lifecycle import (
    MACHINES,
    ORDER,
    REGISTRATION,
    WAITING_LIST,
    EventState,
    OrderEffect,
    OrderFacts,
    OrderState,
    OrderTrigger,
    PaymentState,
    PaymentTrigger,
    RegistrationFacts,
    RegistrationState,
    RegistrationTrigger,
    WaitingFacts,
    WaitingState,
    WaitingTrigger,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BOTH = pytest.mark.parametrize("locale", ["en", "fr"])


def test_every_table_state_and_trigger_has_a_phrase_and_there_are_no_others() -> None:
    """That each has its French, `test_reasons` says of every reason."""
    assert list(THINGS) == list(MACHINES)
    assert list(STATES) == [(name, state.value) for name, machine in MACHINES.items() for state in machine.states]
    assert list(TRIGGERS) == [(name, each.value) for name, machine in MACHINES.items() for each in machine.triggers]


@BOTH
@pytest.mark.parametrize("name", MACHINES)
def test_within_a_table_no_two_are_called_the_same(name: str, locale: str) -> None:
    for members in (MACHINES[name].states, MACHINES[name].triggers):
        words = [explain(member, locale) for member in members]
        assert len(set(words)) == len(words), words
        for word in words:
            assert word and "_" not in word and not word.endswith("."), word


def test_a_state_is_told_in_a_word_that_agrees_with_what_has_it() -> None:
    """French: une commande, un paiement, une inscription, un événement."""
    assert explain(OrderState.PAID, "en") == explain(PaymentState.PAID, "en") == "paid"
    assert explain(OrderState.PAID, "fr") == "payée"
    assert explain(PaymentState.PAID, "fr") == "payé"
    assert explain(RegistrationState.CANCELLED, "fr") == "annulée"
    assert explain(EventState.CANCELLED, "fr") == "annulé"
    assert explain(RegistrationState.AWAITING_APPROVAL, "en") == "awaiting approval"
    assert explain(RegistrationState.AWAITING_APPROVAL, "fr-CA") == "en attente d’approbation"


def test_a_trigger_is_told_as_what_somebody_does() -> None:
    assert explain(OrderTrigger.CANCEL, "fr") == "annuler"
    assert explain(RegistrationTrigger.RESEND, "fr") == "renvoyer la confirmation"
    assert explain(RegistrationTrigger.RESEND, "en") == "send the confirmation again"


def test_a_state_and_a_trigger_of_one_code_are_two_words() -> None:
    """An open payment is “ouvert”; to open one is “ouvrir”."""
    assert PaymentState.OPEN.value == PaymentTrigger.OPEN.value
    assert (explain(PaymentState.OPEN, "fr"), explain(PaymentTrigger.OPEN, "fr")) == ("ouvert", "ouvrir")


def test_who_may_not_is_told_in_words_and_a_log_keeps_the_codes() -> None:
    with pytest.raises(IllegalTransitionError) as refused:
        REGISTRATION.fire(
            RegistrationState.AWAITING_APPROVAL, RegistrationTrigger.APPROVE, RegistrationFacts(is_paid=False)
        )
    error = refused.value
    assert str(error) == (
        "“approve” is not possible for the registration while it is “awaiting_approval”. "
        "Its payment is set aside, and not yet taken."
    )
    assert explain(error, "en") == (
        "“approve” is not possible for the registration while it is “awaiting approval”. "
        "Its payment is set aside, and not yet taken."
    )
    assert explain(error, "fr") == (
        "Action impossible\xa0: «\xa0approuver\xa0» (inscription\xa0: en attente d’approbation). "
        "Le paiement est autorisé, mais pas encore encaissé."
    )


def test_a_place_in_the_waiting_list_is_called_that() -> None:
    with pytest.raises(IllegalTransitionError) as refused:
        WAITING_LIST.fire(WaitingState.CLOSED, WaitingTrigger.TAKE, WaitingFacts(at=NOON))
    assert explain(refused.value, "en") == (
        "“take” is not possible for the place in the waiting list while it is “closed”."
    )
    assert explain(refused.value, "fr") == (
        "Action impossible\xa0: «\xa0prendre\xa0» (place en liste d’attente\xa0: close)."
    )


def test_what_several_guards_say_alike_is_said_once() -> None:
    with pytest.raises(IllegalTransitionError) as refused:
        ORDER.fire(OrderState.HELD, OrderTrigger.EXPIRE, OrderFacts(at=NOON, hold_until=NOON.replace(hour=13)))
    assert explain(refused.value, "fr").count("Les places sont encore réservées.") == 1


def test_a_history_that_is_none_is_told_with_the_name_of_its_table() -> None:
    moves = REGISTRATION.moved((), RegistrationTrigger.SETTLE, RegistrationFacts(), at=NOON)[1]
    with pytest.raises(InvalidValueError) as refused:
        WAITING_LIST.replayed(moves, "history")
    assert explain(refused.value, "en") == "After 0 moves it breaks the table of the place in the waiting list."
    assert explain(refused.value, "fr") == (
        "L’historique enfreint la table «\xa0place en liste d’attente\xa0»\xa0; mouvements corrects avant\xa0: 0."
    )


class Lamp(Enum):
    OFF = "off"
    PAID = "paid"


class Switch(Enum):
    PRESS = "press_hard"


def test_a_table_of_the_host_is_told_by_its_codes() -> None:
    lamp: Machine[Lamp, Switch, None, OrderEffect] = Machine(
        "lamp", Lamp.OFF, Switch, (Row(Lamp.OFF, Switch.PRESS, Lamp.PAID),)
    )
    with pytest.raises(IllegalTransitionError) as refused:
        lamp.fire(Lamp.PAID, Switch.PRESS, None)
    assert explain(refused.value, "en") == "“press_hard” is not possible for the lamp while it is “paid”."
    assert explain(refused.value, "fr") == "Action impossible\xa0: «\xa0press_hard\xa0» (lamp\xa0: paid)."


def test_a_reason_with_the_same_code_and_other_values_is_told_as_it_is() -> None:
    assert explain(Reason("illegal_transition", "No: {why}.").given(why="so"), "de") == "No: so."


@pytest.mark.parametrize("member", [Lamp.PAID, Switch.PRESS, OrderEffect.CAPTURE, OrderState])
def test_other_enums_have_no_words(member: object) -> None:
    with pytest.raises(InvalidValueError, match=r"subject: Expected Reason, .*, a state, a trigger, got "):
        explain(member, "en")  # type: ignore[arg-type]
