"""The presets by their names, as a file names them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from paidevents.checks import instance
from paidevents.errors import InvalidValueError
from paidevents.presets.click_meeting import clickmeeting
from paidevents.presets.go_to_webinar import gotowebinar
from paidevents.presets.ruleset import Preset
from paidevents.reason import Reason

UNKNOWN_PRESET = Reason("unknown_preset", "No preset has this name; known are {known}.")

PRESETS: Mapping[str, Callable[[], Preset]] = MappingProxyType(
    {"clickmeeting": clickmeeting, "gotowebinar": gotowebinar}
)


def preset(name: str) -> Preset:
    """
    The rules of the platform *name*, with nothing known of the organizer's plan.

    Raises:
        InvalidValueError: No preset has this name.

    Example:
        >>> preset("gotowebinar").policy.providers
        ('stripe',)
    """
    make = PRESETS.get(instance(name, "preset", str))
    if make is None:
        raise InvalidValueError("preset", UNKNOWN_PRESET.given(known=", ".join(sorted(PRESETS))))
    return make()
