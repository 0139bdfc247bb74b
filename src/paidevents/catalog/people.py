"""Who does something: a role, and the account of whoever has it."""

from enum import Enum

from attrs import frozen

from paidevents.checks import of_kind, settle, text

LONGEST_ACCOUNT = 100


class Role(Enum):
    """What somebody is to an event."""

    ORGANIZER = "organizer"
    CO_ORGANIZER = "co_organizer"
    SPEAKER = "speaker"
    ATTENDEE = "attendee"
    PLATFORM = "platform"  # whoever runs the host application, and what it does by itself


def account(value: object, field: str) -> str:
    """*value* if it can be the id of an account of the host application."""
    return text(value, field, LONGEST_ACCOUNT)


@frozen
class Actor:
    """
    Who does something, as it is recorded.

    The id is that of an account of the host application, never a name or an
    address: records are kept for longer than people may be known by them.

    Attributes:
        role: In which role.
        id: The account, of up to 100 characters.

    Raises:
        InvalidValueError: An attribute that cannot be.

    Example:
        >>> print(Actor(Role.ORGANIZER, "42"))
        organizer:42
    """

    role: Role
    id: str

    def __attrs_post_init__(self) -> None:
        settle(self, role=of_kind(Role), id=account)

    def __str__(self) -> str:
        return f"{self.role._value_}:{self.id}"


# What happens by itself: a hold runs out, a provider tells something.
SYSTEM = Actor(Role.PLATFORM, "system")
