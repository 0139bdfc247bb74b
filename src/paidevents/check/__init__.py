"""The organizer's checker: what will go wrong with an event, before anybody buys."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.check.table import check as check
else:
    __all__, __getattr__, __dir__ = face(__name__, {"table": "check"})
