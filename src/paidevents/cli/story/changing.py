"""Scenes of people who change their minds: a place given up, one for who waited, and one for somebody else."""

from paidevents.access.tokens import Purpose
from paidevents.box_office import flows
from paidevents.cli.reporting.words import HEADINGS
from paidevents.cli.story.stage import PODCAST, Stage, account, person
from paidevents.errors import NotAllowedError
from paidevents.explain.translated import sentences
from paidevents.ports.message import Message, MessageKind
from paidevents.reason import Reason

LIST_TITLE = Reason("phrase_demo_list", "A place is given up, and somebody waits for it")
WAITS = Reason(
    "demo_waits",
    "The workshop is full. Gus puts himself on the waiting list; nothing is held for him, and nothing paid.",
)
PREVIEW = Reason("phrase_demo_say_preview", "Abe cannot come. Ana looks up what she would get back for his place:")
PAID_FOR_IT = Reason("phrase_demo_paid_for_it", "paid for it")
PREVIEW_LOOK = Reason(
    "demo_preview_look", "She gives it up. What was shown is what is done: {amount} are on their way to her card."
)
OFFER = Reason("phrase_demo_say_offer", "In the same moment the place is offered to Gus, for a day. He reads:")
OFFER_TAKEN = Reason("demo_offer_taken", "He follows his link, pays {amount} by card, and is in.")

OTHER_TITLE = Reason("phrase_demo_other", "A place for another person")
OTHER = Reason("phrase_demo_say_other", "Bo is ill, and gives his place to Hal. Hal gets a link of his own:")
OTHER_DEAD = Reason("phrase_demo_say_other_dead", "Nobody pays again. Whoever still has Bo’s link and tries it, reads:")


def one_leaves(stage: Stage) -> None:
    """The preview is the refund, and the place goes to who waits first."""
    tell, box = stage.tell, stage.world.box
    stage.scene(LIST_TITLE, 3, 20, 14)
    tell.say(WAITS)
    waits = box.run(flows.join_list(PODCAST, "seat", person("Gus"), locale=tell.locale))
    tell.say(PREVIEW)
    order, abe = stage.orders["Ana"], f"{stage.orders['Ana']}-4"
    (shown,) = box.preview(order, [abe], by=account("Ana"))
    back = shown.refund.amount
    tell.table(
        [(PAID_FOR_IT, back + shown.kept), (HEADINGS["organizer_keeps"], shown.kept), (HEADINGS["given_back"], back)],
        right=(1,),
    )
    tell.quoted(sentences(shown.reasons, tell.locale))
    after = box.cancel(order, [abe], by=account("Ana"))
    assert after.given[-1].refund == shown.refund, "what is shown is what is done"
    stage.world.deliver()
    tell.look(PREVIEW_LOOK.given(amount=back))
    tell.gap()
    tell.say(OFFER)
    letter = stage.letters(MessageKind.OFFER, PODCAST)[-1]
    tell.quoted(letter.subject)
    stage.orders["Gus"] = box.run(flows.take_offer(waits.id, _token(letter, Purpose.OFFER))).id
    stage.world.clock.advance(minutes=40)
    tell.say(OFFER_TAKEN.given(amount=stage.pay_by_card("Gus").received))
    stage.standing(PODCAST)


def another_person(stage: Stage) -> None:
    """A confirmed place goes to somebody else, and every link that was sent for it is dead."""
    tell, box = stage.tell, stage.world.box
    stage.scene(OTHER_TITLE, 3, 21, 9)
    tell.say(OTHER)
    order = stage.orders["Bo"]
    sent = next(one for one in stage.letters(MessageKind.CONFIRMATION, PODCAST) if one.order == order)
    box.run(flows.transfer(order, f"{order}-1", person("Hal"), by=account("Bo")))
    tell.quoted(stage.letters(MessageKind.CONFIRMATION, PODCAST)[-1].subject)
    tell.say(OTHER_DEAD)
    try:
        box.run(flows.cancel_by_link(stage.dossier("Bo").passes[0].id, _token(sent, Purpose.CANCEL)))
    except NotAllowedError as error:
        tell.quoted(sentences(error.reasons, tell.locale))
    stage.standing(PODCAST)


def _token(letter: Message, purpose: Purpose) -> str:
    """The token in a personal link."""
    return dict(letter.links)[purpose].rpartition("/")[2]
