"""Who does something."""

from typing import Any

import pytest

from paidevents import InvalidValueError
from paidevents.catalog import SYSTEM, Actor, Role


def test_an_actor_is_written_with_role_and_account() -> None:
    assert str(Actor(Role.ORGANIZER, "42")) == "organizer:42"
    assert str(Actor(Role.CO_ORGANIZER, "a:b")) == "co_organizer:a:b"


def test_what_happens_by_itself_is_done_by_the_platform() -> None:
    assert Actor(Role.PLATFORM, "system") == SYSTEM
    assert str(SYSTEM) == "platform:system"


def test_there_are_five_roles() -> None:
    assert [role.value for role in Role] == ["organizer", "co_organizer", "speaker", "attendee", "platform"]


@pytest.mark.parametrize("id", ["x" * 100, "Étienne", "a b"])
def test_an_account_is_one_line_of_up_to_a_hundred_characters(id: str) -> None:
    assert Actor(Role.SPEAKER, id).id == id


@pytest.mark.parametrize(
    ("role", "id", "field", "reason"),
    [
        ("organizer", "42", "role", "wrong_type"),
        (None, "42", "role", "wrong_type"),
        (Role.ATTENDEE, "", "id", "empty"),
        (Role.ATTENDEE, "x" * 101, "id", "too_long"),
        (Role.ATTENDEE, "4\n2", "id", "forbidden_characters"),
        (Role.ATTENDEE, 42, "id", "wrong_type"),
    ],
)
def test_an_actor_that_cannot_be_is_refused(role: Any, id: Any, field: str, reason: str) -> None:
    with pytest.raises(InvalidValueError) as error:
        Actor(role, id)
    assert (error.value.field, error.value.reason.code) == (field, reason)
