"""Scenes of the workshop's first week: early birds, codes, and a guest."""

from paidevents.cli.story.stage import PODCAST, Stage, account, person
from paidevents.reason import Reason

EARLY_TITLE = Reason("phrase_demo_early", "The early birds run out in the middle of an order")
EARLY = Reason(
    "phrase_demo_say_early", "Ana wants four places. Three early birds are left, so her fourth place is at full price:"
)
EARLY_PAID = Reason(
    "phrase_demo_say_early_paid",
    "The four places are held for her while she pays by card. The provider’s notification comes in, it is asked what "
    "is true, and all four are confirmed in one write. What became of her money, below zero where it is somebody’s:",
)
EARLY_LOOK = Reason("demo_early_look", "Every entry of the ledger adds up to nothing, so all of them together do.")

CODES_TITLE = Reason("phrase_demo_codes", "Two codes: one counts, one says why it does not")
CODES = Reason("phrase_demo_say_codes", "Bo types SPRING20 and LAUNCH30. He is told before he pays:")
CODES_PAID = Reason("demo_codes_paid", "He pays {amount} by card, exactly what he was shown.")

FREE_TITLE = Reason("phrase_demo_free", "A guest pays nothing")
FREE = Reason("phrase_demo_say_free", "Cleo is a guest of the speaker, and has a code for it:")
FREE_DONE = Reason(
    "demo_free_done",
    "No payment is begun where nothing is to be paid: her place is confirmed at once, and she has her link.",
)


def early_birds(stage: Stage) -> None:
    """Three early birds and one at full price, paid by card."""
    stage.scene(EARLY_TITLE, 3, 2, 9, 20)
    stage.tell.say(EARLY)
    order = stage.reserve("Ana", PODCAST, 4, others=("Ari", "Aya", "Abe"))
    stage.price(order.quotes[0])
    stage.tell.gap()
    stage.tell.say(EARLY_PAID)
    stage.pay_by_card("Ana")
    stage.ledger("Ana")
    stage.tell.look(EARLY_LOOK)
    stage.standing(PODCAST)


def codes(stage: Stage) -> None:
    """A code that has ended is refused with its reason, another one is taken."""
    stage.scene(CODES_TITLE, 3, 3, 18, 5)
    stage.tell.say(CODES)
    shown = stage.world.box.quote(PODCAST, {"seat": 1}, ["SPRING20", "LAUNCH30"], person=person("Bo"))
    stage.price(shown)
    stage.reserve("Bo", PODCAST, 1, "SPRING20", "LAUNCH30")
    paid = stage.pay_by_card("Bo")
    stage.tell.gap()
    stage.tell.say(CODES_PAID.given(amount=paid.received))
    stage.standing(PODCAST)


def a_guest(stage: Stage) -> None:
    """A code that makes a place free."""
    stage.scene(FREE_TITLE, 3, 3, 18, 40)
    stage.tell.say(FREE)
    order = stage.reserve("Cleo", PODCAST, 1, "GUEST")
    stage.price(order.quotes[0])
    stage.tell.gap()
    checkout = stage.world.box.checkout(order.id, by=account("Cleo"))
    assert checkout.is_paid, "a guest pays nothing"
    stage.tell.say(FREE_DONE)
    stage.standing(PODCAST)
