"""The first scene: two events go on sale."""

from paidevents.catalog.event import Event
from paidevents.cli.story.stage import ORGANIZER, Stage
from paidevents.money.format import format_money
from paidevents.reason import Reason

BEFORE = Reason(
    "demo_before",
    "A box office sells two small events. Its books are a SQLite file, its payment provider is played by this "
    "program, and its clock is set by hand: nothing leaves this machine, and nobody’s card is charged. All the rest "
    "is what happens when you sell with paidevents.",
)
TITLE = Reason("phrase_demo_opening", "Two events go on sale")
PUBLISHED = Reason(
    "demo_published",
    "Olga, the organizer, puts a workshop and an evening on sale. What she declares is checked first: a price that "
    "cannot be charged would be refused here, and not at the first buyer.",
)
DATE = Reason("phrase_demo_date", "{title} · {at} · {places} places")


def opening(stage: Stage) -> None:
    """Tell it."""
    tell = stage.tell
    tell.say(BEFORE)
    stage.scene(TITLE, 3, 2, 9)
    tell.say(PUBLISHED)
    for event in stage.events.values():
        stage.world.box.publish(event, by=ORGANIZER, locale=tell.locale)
        tell.gap()
        at = event.window.starts_at
        assert at is not None, "both have a date"
        date = DATE.given(title=event.title, at=at.astimezone(event.zone), places=event.capacity or 0)
        tell.lines([tell.words(date)])
        tell.table(_prices(event, tell.locale), right=(0, 2))


def _prices(event: Event, locale: str) -> list[tuple[str, str, str]]:
    rows = []
    for ticket in event.tickets:
        rows += [(f"{tier.quantity} ×", tier.name, format_money(tier.price, locale)) for tier in ticket.tiers]
        assert ticket.price is not None, "none of them is a donation"
        rows.append(("", ticket.name, format_money(ticket.price, locale)))
    return rows
