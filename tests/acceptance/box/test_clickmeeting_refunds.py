"""ClickMeeting's rule about refunds, through the box office: people are told, and the organizer makes them."""

import pytest
from acceptance.box.webinars import balances, letters, owed, ref_of, said, seat, webinar
from box_office.offices import BUYER, ORGANIZER, Office, person

from paidevents import Money, RefusedError
from paidevents.box_office import flows
from paidevents.catalog import Cancellation
from paidevents.errors import IllegalTransitionError, NotAllowedError, ProviderUnavailableError
from paidevents.ports import Dossier
from paidevents.providers import Fault

FORTY_NINE = Money.of("49.00", "EUR")


def given_back(office: Office, paid: Dossier) -> list[str]:
    """What the provider's books say was given back of the only payment."""
    return [str(refund.amount) for refund in office.world.card.fetch(ref_of(paid)).refunds]


def test_who_has_a_place_is_told_that_the_event_is_cancelled_and_the_refund_is_owed(office: Office) -> None:
    """CM-21: two paid 49.00 each and one has not paid; nothing is given back by itself, however often we look."""
    office.publish(webinar())
    paid, held = office.sell(2, event="webinar"), seat(office)
    office.run(flows.cancel_event("webinar", by=ORGANIZER))
    told = letters(office, "cancelled")
    assert [letter.person for letter in told] == [person("Ana"), person("Bo"), person("Ana")]
    for letter, last in zip(told, ("The organizer will refund €49.00.",) * 2 + (f"Order: {held.id}",), strict=True):
        assert letter.subject == "Cancelled: Webinar"
        assert "We are sorry: “Webinar” will not take place, and your place is cancelled." in letter.body
        assert said(letter).endswith(last)
    office.world.clock.advance(days=30)
    office.run(flows.reconcile())
    assert (owed(office), given_back(office, paid)) == ([("refund_owed", "98.00 EUR")], [])
    (row,) = office.run(flows.owed("webinar", by=ORGANIZER)).rows
    assert (row.order, row.buyer_email, row.days) == (paid.id, "ana@example.com", 30)
    with pytest.raises(RefusedError):
        seat(office)


def test_who_is_refused_is_told_so_and_the_refund_is_owed(office: Office) -> None:
    """CM-21: one of two; 49.00 of the 98.00 are owed, the other place stays."""
    office.publish(webinar())
    paid = office.sell(2, event="webinar")
    office.run(flows.refuse(paid.id, [f"{paid.id}-2"], by=ORGANIZER))
    (letter,) = letters(office, "refused")
    assert (letter.person, letter.subject) == (person("Bo"), "Your registration was not accepted: Webinar")
    assert "the organizer could not accept your registration for “Webinar”" in letter.body
    assert said(letter).endswith("The organizer will refund €49.00.")
    assert (owed(office), given_back(office, paid)) == ([("refund_owed", "49.00 EUR")], [])
    assert str(office.dossier(paid.id).received) == "49.00 EUR"


def test_the_organizer_makes_the_refund_through_us(office: Office) -> None:
    """CM-21: once, however often it is asked for; the buyer is told; of 49.00 the platform's 2.45 are still owed to it."""
    office.publish(webinar())
    paid = office.sell(event="webinar")
    office.run(flows.refuse(paid.id, by=ORGANIZER))
    with pytest.raises(NotAllowedError):
        office.run(flows.refund(paid.id, by=BUYER))
    for _ in range(2):
        office.run(flows.refund(paid.id, by=ORGANIZER))
        office.deliver()
    assert (owed(office), given_back(office, paid)) == ([], ["49.00 EUR"])
    (letter,) = letters(office, "refunded")
    assert (letter.person, letter.subject) == (person("Ana"), "Your refund: Webinar")
    assert f"€49.00 was given back for your order {paid.id} for “Webinar”." in letter.body
    assert balances(office) == {"organizer": "2.45 EUR", "platform": "-2.45 EUR"}


def test_a_refund_made_at_the_provider_settles_what_is_owed(office: Office) -> None:
    """CM-21: in the provider's pages; its notification is all that we hear; asked afterwards, we give nothing twice."""
    office.publish(webinar())
    paid = office.sell(event="webinar")
    office.run(flows.refuse(paid.id, by=ORGANIZER))
    office.world.card.refund_in_dashboard(ref_of(paid), FORTY_NINE)
    assert (office.deliver(), owed(office)) == ([200], [])
    assert [letter.person for letter in letters(office, "refunded")] == [person("Ana")]
    office.run(flows.refund(paid.id, by=ORGANIZER))
    office.run(flows.reconcile())
    assert given_back(office, paid) == ["49.00 EUR"]
    (refund,) = office.dossier(paid.id).refunds
    assert (refund.state.value, refund.provider_id) == ("succeeded", "re_1")
    assert balances(office) == {"organizer": "2.45 EUR", "platform": "-2.45 EUR"}


def test_a_refund_made_at_the_provider_that_nobody_told_us_of_is_seen_all_the_same(office: Office) -> None:
    """CM-21: its notification is lost; whoever looks at everything sees it, and it is not made a second time."""
    office.publish(webinar())
    paid = office.sell(event="webinar")
    office.run(flows.refuse(paid.id, by=ORGANIZER))
    office.world.card.refund_in_dashboard(ref_of(paid), FORTY_NINE)
    office.world.clock.advance(hours=1)
    office.run(flows.reconcile())
    assert (owed(office), len(letters(office, "refunded"))) == ([], 1)
    assert office.run(flows.reconcile()).changes == 0


def test_what_was_given_back_at_the_provider_meanwhile_is_not_given_a_second_time(office: Office) -> None:
    """CM-21: of 98.00 one place's 49.00 are owed and were given back there, untold; asked for, they are seen, not repeated."""
    office.publish(webinar())
    paid = office.sell(2, event="webinar")
    office.run(flows.refuse(paid.id, [f"{paid.id}-2"], by=ORGANIZER))
    office.world.card.refund_in_dashboard(ref_of(paid), FORTY_NINE)
    office.run(flows.refund(paid.id, by=ORGANIZER))
    assert (owed(office), given_back(office, paid)) == ([], ["49.00 EUR"])
    assert len(letters(office, "refunded")) == 1 and letters(office, "refund_failed") == []


def test_while_the_provider_does_not_answer_nothing_is_given_back_and_it_stays_owed(office: Office) -> None:
    """CM-21: nobody knows what was given back there; the organizer is told so, and asks again later."""
    office.publish(webinar())
    paid = office.sell(event="webinar")
    office.run(flows.refuse(paid.id, by=ORGANIZER))
    office.world.card.script("fetch", Fault.LOST_REQUEST)
    with pytest.raises(ProviderUnavailableError):
        office.run(flows.refund(paid.id, by=ORGANIZER))
    assert (owed(office), given_back(office, paid)) == ([("refund_owed", "49.00 EUR")], [])
    office.run(flows.refund(paid.id, by=ORGANIZER))
    assert (owed(office), given_back(office, paid)) == ([], ["49.00 EUR"])


def test_two_refunds_are_told_apart_by_their_amounts(office: Office) -> None:
    """CM-21: of 98.00, one place was refused; 49.00 given back at the provider are its refund, and nothing more is owed."""
    office.publish(webinar())
    paid = office.sell(2, event="webinar")
    office.run(flows.refuse(paid.id, [f"{paid.id}-1"], by=ORGANIZER))
    office.run(flows.refuse(paid.id, [f"{paid.id}-2"], by=ORGANIZER))
    assert owed(office) == [("refund_owed", "49.00 EUR")] * 2
    office.world.card.refund_in_dashboard(ref_of(paid), FORTY_NINE)
    assert (office.deliver(), owed(office)) == ([200], [("refund_owed", "49.00 EUR")])
    office.run(flows.refund(paid.id, by=ORGANIZER))
    assert (owed(office), given_back(office, paid)) == ([], ["49.00 EUR", "49.00 EUR"])


def test_what_organizer_and_buyer_settled_otherwise_is_no_longer_owed(office: Office) -> None:
    """CM-21: a voucher, say; it is noted once, and the provider is not asked."""
    office.publish(webinar())
    paid = office.sell(event="webinar")
    office.run(flows.refuse(paid.id, by=ORGANIZER))
    office.run(flows.drop_refund(paid.id, f"{paid.id}-r1", by=ORGANIZER))
    office.run(flows.refund(paid.id, by=ORGANIZER))
    assert (owed(office), given_back(office, paid)) == ([], [])
    with pytest.raises(IllegalTransitionError):
        office.run(flows.drop_refund(paid.id, f"{paid.id}-r1", by=ORGANIZER))


def test_who_gives_a_place_up_is_owed_what_was_promised(office: Office) -> None:
    """CM-21: the same for a buyer's own wish, where that was promised: 49.00, owed until the organizer makes it."""
    office.publish(webinar(cancellation=Cancellation.full()))
    paid = office.sell(event="webinar")
    office.run(flows.cancel(paid.id, by=BUYER))
    (letter,) = letters(office, "cancelled")
    assert said(letter).endswith("The organizer will refund €49.00.")
    assert (owed(office), given_back(office, paid)) == ([("refund_owed", "49.00 EUR")], [])
