"""Orders for the example events, priced: each with the command that asks for it, and what to look at."""

from collections.abc import Iterable

from attrs import frozen

from paidevents.cli import asking, timeline
from paidevents.cli.event_files import DEMO, read_event_file
from paidevents.cli.sheet import INDENT, Sheet
from paidevents.explain.translated import translated
from paidevents.pricing import timelines
from paidevents.reason import Reason

# Titles, and what to look at.
TIERS = Reason("demo_tiers", "The early birds run out in the middle of an order.")
TIERS_LOOK = Reason(
    "demo_tiers_look", "Two prices in one order; two codes add up, and the third one says why it does not."
)
FEE = Reason("demo_fee", "The buyer pays the fee, and value added tax is in both.")
FEE_LOOK = Reason("demo_fee_look", "The tax is rounded once, for ticket and fee together.")
REVERSE = Reason("demo_reverse", "The same seat for a business in another country of the European Union.")
REVERSE_LOOK = Reason("demo_reverse_look", "Without tax the price falls; what the organizer keeps stays.")
GROSS_UP = Reason("demo_gross_up", "The buyer covers what the payment costs.")
GROSS_UP_LOOK = Reason(
    "demo_gross_up_look", "The least total of which the whole price is left, the fee on the fee included."
)
GROUP = Reason("demo_group", "A group, a voucher, and a code that beats each of them, but not both.")
GROUP_LOOK = Reason(
    "demo_group_look", "The best for the buyer, in whichever order the codes are typed; all in steps of 0.05."
)
MINIMUM = Reason("demo_minimum", "A code leaves less than the payment provider takes.")
MINIMUM_LOOK = Reason("demo_minimum_look", "The price is raised to the least that can be charged, and says so.")
TIMELINE = Reason("demo_timeline", "What a seat will cost, by date and by seats sold.")
TIMELINE_LOOK = Reason("demo_timeline_look", "Known before the first one is sold.")


@frozen
class Scene:
    """
    An order to look at.

    Attributes:
        title: What happens.
        command: What is asked for.
        look: What is worth a look in the answer.
    """

    title: Reason
    command: str
    look: Reason


SCENES = (
    Scene(
        TIERS,
        f"{DEMO}masterclass -n standard=7 --sold early_bird=48 --code SAVE15 --code FRIEND10 --code LAUNCH30 "
        "--at 2026-02-20T12:00+01:00",
        TIERS_LOOK,
    ),
    Scene(FEE, f"{DEMO}workshop -n seat=1 --at 2026-05-04T09:00+02:00", FEE_LOOK),
    Scene(
        REVERSE,
        f"{DEMO}workshop -n seat=1 --country DE --business DE123456789 --at 2026-05-04T09:00+02:00",
        REVERSE_LOOK,
    ),
    Scene(GROSS_UP, f"{DEMO}benefit -n link=1 --at 2026-05-04T09:00-04:00", GROSS_UP_LOOK),
    Scene(GROUP, f"{DEMO}conference -n talks=5 --code BERN50 --code TRIO --at 2026-06-01T09:00+02:00", GROUP_LOOK),
    Scene(MINIMUM, f"{DEMO}lunch -n participant=1 --code PARTNER --at 2026-05-04T09:00+02:00", MINIMUM_LOOK),
)
CALENDAR = Scene(TIMELINE, f"{DEMO}masterclass", TIMELINE_LOOK)


def show_prices(locale: str) -> None:
    """
    Print every scene.

    Raises:
        InvalidValueError: *locale* is unknown.
    """
    for number, scene in enumerate(SCENES, start=1):
        _show(number, scene, f"quote {scene.command}", _price(scene, locale), locale)
    event = read_event_file(CALENDAR.command)
    calendar = timeline.lines(timelines.timeline(event), event, locale)
    _show(len(SCENES) + 1, CALENDAR, f"timeline {CALENDAR.command}", calendar, locale)


def _show(number: int, scene: Scene, command: str, lines: Iterable[str], locale: str) -> None:
    print(f"{number}. {translated(scene.title, locale)}")
    print(f"   $ paidevents {command}")
    for line in lines:
        print(f"{INDENT} {line}")
    print(f"   → {translated(scene.look, locale)}\n")


def _price(scene: Scene, locale: str) -> Iterable[str]:
    answer = asking.answer_to(scene.command, "--locale", locale)
    return Sheet(answer.quote, answer.event, locale).compact()
