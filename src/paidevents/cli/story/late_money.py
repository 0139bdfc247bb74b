"""Scenes about money that takes its time: bank transfers, in time and late."""

from paidevents.box_office import flows
from paidevents.box_office.checkout import Checkout
from paidevents.cli.story.stage import ORGANIZER, PODCAST, Stage, account
from paidevents.errors import SoldOutError
from paidevents.explain.translated import sentences
from paidevents.reason import Reason
from paidevents.registration.order import Order

TRANSFER_TITLE = Reason("phrase_demo_transfer", "Two transfers by bank, and nobody else gets in")
TRANSFER = Reason(
    "phrase_demo_say_transfer", "Dai and Eve take the last two places and pay by bank transfer. Dai reads:"
)
HELD = Reason("phrase_demo_say_held", "Their places are held until {until}. Fay wants one too, and reads meanwhile:")
CAME_TITLE = Reason("phrase_demo_came", "One transfer comes")
CAME = Reason("demo_came", "Olga sees {amount} from Dai on the account and records it: his place is confirmed.")

LATE_TITLE = Reason("phrase_demo_late", "The other one is late")
LATE = Reason(
    "demo_late",
    "Eve’s money did not come in time, so her hold ran out and her place went back on sale. Fay takes it, to be paid "
    "by bank transfer as well; and does not pay in time either.",
)
ROOM_TITLE = Reason("phrase_demo_room", "Late money, and there is room")
ROOM = Reason(
    "demo_room",
    "Now Eve’s {amount} come after all. A place is free, so it is honoured: she has it at the price that she was "
    "promised, and the workshop is full.",
)
NO_ROOM_TITLE = Reason("phrase_demo_no_room", "Late money, and there is no room")
NO_ROOM = Reason(
    "phrase_demo_say_no_room",
    "The day after, Fay’s {amount} come as well. Nothing is free any more, and no place is ever sold twice: her order "
    "stays expired, and the money is to go back to her. What the ledger says of it:",
)
NO_ROOM_LOOK = Reason("demo_no_room_look", "It was never income. It is held for her until it is back on her account.")


def transfers(stage: Stage) -> None:
    """Two hold the last places, a third is refused, one pays in time."""
    stage.scene(TRANSFER_TITLE, 3, 4, 11)
    tell = stage.tell
    tell.say(TRANSFER)
    _by_bank(stage, "Eve")
    checkout = _by_bank(stage, "Dai")
    tell.quoted(checkout.instructions)
    until = stage.dossier("Dai").order.hold.until.astimezone(stage.now.tzinfo)
    tell.say(HELD.given(until=until))
    try:
        stage.reserve("Fay", PODCAST)
    except SoldOutError as error:
        tell.quoted(sentences(error.reasons, tell.locale))
    stage.standing(PODCAST)
    stage.scene(CAME_TITLE, 3, 6, 8, 30)
    tell.say(CAME.given(amount=stage.dossier("Dai").order.due))
    _comes(stage, "Dai")
    stage.standing(PODCAST)


def late(stage: Stage) -> None:
    """The hold ran out, and the money came after it: first while there is room, then when there is none."""
    tell = stage.tell
    stage.scene(LATE_TITLE, 3, 11, 9)
    tell.say(LATE)
    _by_bank(stage, "Fay")
    stage.standing(PODCAST)
    stage.scene(ROOM_TITLE, 3, 17, 10)
    tell.say(ROOM.given(amount=stage.dossier("Eve").payments[0].amount))
    _comes(stage, "Eve")
    stage.standing(PODCAST)
    stage.scene(NO_ROOM_TITLE, 3, 18, 10)
    tell.say(NO_ROOM.given(amount=stage.dossier("Fay").payments[0].amount))
    _comes(stage, "Fay")
    stage.ledger("Fay")
    tell.look(NO_ROOM_LOOK)
    stage.standing(PODCAST)


def _by_bank(stage: Stage, who: str) -> Checkout:
    order = stage.reserve(who, PODCAST)
    return stage.world.box.checkout(order.id, provider="bank_transfer", by=account(who))


def _comes(stage: Stage, who: str) -> Order:
    """The organizer records what came."""
    payment = stage.dossier(who).payments[0]
    return stage.world.box.run(flows.record_payment(payment.order, payment.id, payment.amount, by=ORGANIZER))
