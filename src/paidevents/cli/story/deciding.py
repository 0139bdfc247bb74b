"""Scenes of the book club: the organizer chooses who comes, moves it to another day, and calls it off."""

from attrs import evolve

from paidevents.cli.reporting.words import HEADINGS
from paidevents.cli.story.stage import BOOK_CLUB, ORGANIZER, Stage
from paidevents.explain.state_words import phrase_of
from paidevents.ports.message import MessageKind
from paidevents.reason import Reason

ASKED_TITLE = Reason("phrase_demo_asked", "The organizer decides who comes")
ASKED = Reason(
    "phrase_demo_say_asked",
    "For the book club Olga chooses her guests. Ida asks for two chairs, Jon and Kim for one each. Their cards are "
    "good for it, and the money is only set aside:",
)
DECIDED = Reason("phrase_demo_say_decided", "She lets Ida and Kim in, and refuses Jon:")
DECIDED_LOOK = Reason(
    "demo_decided_look",
    "From those who are in the money is taken now. What was set aside for Jon is let go of: it was never taken.",
)
PLACES = Reason("phrase_demo_places", "chairs")
RECEIVED = Reason("phrase_demo_received", "received and kept")

MOVED_TITLE = Reason("phrase_demo_moved", "The evening is moved")
MOVED = Reason(
    "phrase_demo_say_moved",
    "The author is on tour that week. Olga moves the evening by a week; everybody keeps their chair. They read:",
)
MOVED_LOOK = Reason("demo_moved_look", "Letters sent: {letters}, one to each who has a chair.")

OFF_TITLE = Reason("phrase_demo_off", "The evening is cancelled")
OFF = Reason(
    "phrase_demo_say_off",
    "The author is ill, there will be no evening. One call tells everybody and gives all of it back:",
)
OFF_LOOK = Reason(
    "demo_off_look",
    "What the platform and the provider took for it stays with them: that is Olga’s loss, and Ida’s ledger says so.",
)


def choosing(stage: Stage) -> None:
    """Money is set aside; two are let in, one is refused."""
    stage.scene(ASKED_TITLE, 3, 23, 20)
    stage.tell.say(ASKED)
    for who, count in (("Ida", 2), ("Jon", 1), ("Kim", 1)):
        stage.reserve(who, BOOK_CLUB, count, others=("Ian",) * (count - 1))
        stage.pay_by_card(who)
    _guests(stage)
    stage.standing(BOOK_CLUB)
    stage.tell.gap()
    stage.world.clock.advance(hours=14)
    stage.tell.say(DECIDED)
    for who in ("Ida", "Kim"):
        stage.world.box.approve(stage.orders[who], by=ORGANIZER)
    stage.world.box.refuse(stage.orders["Jon"], by=ORGANIZER)
    stage.world.deliver()
    _guests(stage)
    stage.tell.look(DECIDED_LOOK)
    stage.standing(BOOK_CLUB)


def moving(stage: Stage) -> None:
    """Another day, and everybody is told."""
    stage.scene(MOVED_TITLE, 3, 26, 9)
    stage.tell.say(MOVED)
    before = stage.events[BOOK_CLUB]
    assert before.starts_at is not None, "it has a date"
    after = evolve(before, starts_at=before.starts_at.replace(day=14))
    stage.events[BOOK_CLUB] = stage.world.box.reschedule(after, by=ORGANIZER).event
    letters = stage.letters(MessageKind.RESCHEDULED, BOOK_CLUB)
    stage.tell.quoted(letters[0].subject)
    for line in letters[0].body.split("\n\n")[2].splitlines():
        stage.tell.quoted(line)
    stage.tell.look(MOVED_LOOK.given(letters=len(letters)))


def calling_off(stage: Stage) -> None:
    """No evening, and all of the money goes back."""
    stage.scene(OFF_TITLE, 4, 1, 16)
    stage.tell.say(OFF)
    stage.world.box.cancel_event(BOOK_CLUB, by=ORGANIZER)
    stage.world.deliver()
    _guests(stage)
    stage.ledger("Ida")
    stage.tell.look(OFF_LOOK)
    stage.standing(BOOK_CLUB)


def _guests(stage: Stage) -> None:
    """Who asked for chairs, and where that stands."""
    rows = []
    for who in ("Ida", "Jon", "Kim"):
        dossier = stage.dossier(who)
        one, payment = dossier.order.registrations[0], dossier.payments[0]
        states = (phrase_of(one.state), phrase_of(payment.state))
        rows.append((who, len(dossier.order.registrations), payment.amount, *states, dossier.received))
    headings = (HEADINGS["name"], PLACES, *(HEADINGS[name] for name in ("price", "state", "payment")), RECEIVED)
    stage.tell.table(rows, headings, right=(1, 2, 5))
