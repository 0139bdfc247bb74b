"""Who may do what."""

from collections.abc import Callable

import pytest
from access.doors import refusals

from paidevents.access import RIGHTS, Action, may, permit
from paidevents.access.roles import PUBLIC
from paidevents.catalog import SYSTEM, Actor, Role
from paidevents.errors import InvalidValueError

# O organizer, C co-organizer, S speaker, A attendee, P platform: as one would write it down on paper.
ON_PAPER = """
    see_event               O C S A P
    change_event            O C     P
    schedule_event          O       P
    cancel_event            O       P
    change_prices           O C     P
    change_promotions       O C     P
    connect_provider        O       P
    see_participants        O C     P
    decide_on_participants  O C     P
    see_payments            O C     P
    record_payment          O C     P
    refund                  O C     P
    see_ledger              O C     P
    reconcile               O C     P
    see_registration        O C S A P
    resend_confirmation     O C S A P
    transfer_place          O C S A P
    cancel_registration     O C S A P
    attend                  O C S A P
    attend_unpaid           O C S
    publish_recording       O C     P
    manage_roles            O       P
"""
LETTERS = dict(zip("OCSAP", Role, strict=True))
EXPECTED = {
    words[0]: {LETTERS[letter] for letter in words[1:]} for words in map(str.split, ON_PAPER.strip().splitlines())
}
each_pair = pytest.mark.parametrize(("role", "action"), [(role, action) for action in Action for role in Role])


def test_every_action_stands_in_the_table() -> None:
    assert set(RIGHTS) == set(Action)
    assert {action.value for action in Action} == set(EXPECTED)


@each_pair
def test_a_role_may_do_what_the_table_says_with_what_is_its_own(role: Role, action: Action) -> None:
    actor = Actor(role, "7")
    assert may(role, action) is (role in EXPECTED[action.value])
    if may(role, action):
        permit(actor, action, owns=True)
    else:
        assert refusals(lambda: permit(actor, action, owns=True)) == ["role_may_not"]


@each_pair
def test_with_what_is_anothers_only_the_platform_may_do_anything(role: Role, action: Action) -> None:
    actor = Actor(role, "7")
    if may(role, action) and (role is Role.PLATFORM or action in PUBLIC):
        permit(actor, action, owns=False)
    else:
        assert refusals(lambda: permit(actor, action, owns=False)) == ["role_may_not"]


def test_what_is_public_is_to_be_seen_by_everybody() -> None:
    assert {action.value for action in PUBLIC} == {"see_event"}
    assert all(EXPECTED[action.value] == set(Role) for action in PUBLIC)


def test_what_happens_by_itself_may_happen() -> None:
    permit(SYSTEM, Action.RECONCILE, owns=False)


def test_a_refusal_names_role_and_action_and_nobody() -> None:
    with pytest.raises(Exception, match="As attendee you cannot do this: refund") as refused:
        permit(Actor(Role.ATTENDEE, "canary"), Action.REFUND, owns=True)
    assert "canary" not in f"{refused.value!r} {vars(refused.value)}"


@pytest.mark.parametrize(
    "ask",
    [
        lambda: may("organizer", Action.REFUND),  # type: ignore[arg-type]
        lambda: may(Role.ORGANIZER, "refund"),  # type: ignore[arg-type]
        lambda: may(Role.ORGANIZER, []),  # type: ignore[arg-type]
        lambda: permit(Role.ORGANIZER, Action.REFUND, owns=True),  # type: ignore[arg-type]
        lambda: permit(Actor(Role.SPEAKER, "7"), [], owns=False),  # type: ignore[arg-type]
        lambda: permit(SYSTEM, Action.REFUND, owns=1),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_asked_is_a_typed_error(ask: Callable[[], object]) -> None:
    with pytest.raises(InvalidValueError):
        ask()
