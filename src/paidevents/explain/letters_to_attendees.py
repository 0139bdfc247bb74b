"""What is written to who has a place or hoped for one, and to who pays."""

from paidevents.access.pass_ import LINK_IS_PERSONAL
from paidevents.access.tokens import Purpose
from paidevents.checks import EMPTY
from paidevents.errors import InvalidValueError
from paidevents.explain import letter_phrases as say
from paidevents.explain.letter_parts import (
    dates,
    facts,
    is_for_recording,
    money_back,
    price,
    terms,
    tickets,
    way_in,
    way_out,
)
from paidevents.explain.sheet import Sheet
from paidevents.lifecycle.event import EventState
from paidevents.lifecycle.registration import RegistrationState, RegistrationTrigger
from paidevents.money.amount import Money

T = RegistrationTrigger

_ENDED_BY = {
    T.CANCEL.value: "as_requested",
    T.CALL_OFF.value: "by_organizer",
    T.LOSE_PAYMENT.value: "payment_lost",
}


def confirmation(sheet: Sheet) -> None:
    """The place is confirmed: everything there is to know, and always the link to cancel (CM-16, GT-26, GT-27)."""
    sheet.say(say.CONFIRMED)
    facts(sheet)
    if is_for_recording(sheet):
        sheet.link(Purpose.RECORDING, say.RECORDING_ONCE_THERE)
        sheet.say(LINK_IS_PERSONAL)
    else:
        way_in(sheet)
    sheet.quote(say.REMARK, sheet.event.form.remark)
    way_out(sheet)
    terms(sheet)


def reminder(sheet: Sheet) -> None:
    """It begins soon: the link to cancel is in it as well, and what that gives back (GT-27)."""
    sheet.say(say.REMINDED)
    sheet.list(dates(sheet))
    way_in(sheet)
    way_out(sheet)
    terms(sheet)


def awaiting_approval(sheet: Sheet) -> None:
    """The organizer decides; what was paid, or set aside, is told apart (GT-22)."""
    amount = price(sheet)
    is_paid = all(one.is_settled for one in sheet.telling.places)
    sheet.say(say.AWAITING)
    facts(sheet)
    if amount:
        sheet.say(say.AWAITING_PAID if is_paid else say.AWAITING_SET_ASIDE, amount=amount)
    way_out(sheet, needed=False)


def refused(sheet: Sheet) -> None:
    """There is no place, and what becomes of the money (CM-21)."""
    lapsed = all(one.state is RegistrationState.LAPSED for one in sheet.telling.places)
    sheet.say(say.LAPSED if lapsed else say.REFUSED)
    sheet.quote(say.WORDS, _words(sheet))
    sheet.list([say.ORDER])
    money_back(sheet, wished=False)


def cancelled(sheet: Sheet) -> None:
    """The place is gone, why, and what becomes of the money (CM-21)."""
    given = sheet.telling.value("why")
    last = next((one.history[-1].trigger for one in sheet.telling.places if one.history), "")
    why = given if given in say.WHY_CANCELLED else _ENDED_BY.get(last, "")
    if why == "by_organizer" and sheet.telling.listing.state is EventState.CANCELLED:
        why = "event_cancelled"
    sheet.say(say.WHY_CANCELLED.get(why, say.CANCELLED))
    sheet.quote(say.WORDS, _words(sheet))
    sheet.list([*dates(sheet), *tickets(sheet), say.ORDER])
    money_back(sheet, wished=why == "as_requested")


def _words(sheet: Sheet) -> str:
    """What the organizer says to it, if anything."""
    why = sheet.telling.value("why")
    return "" if why in say.WHY_CANCELLED else why


def rescheduled(sheet: Sheet) -> None:
    """It takes place at another time, and the place stays (CM-18)."""
    before = sheet.moment("old_starts_at")
    sheet.say(say.RESCHEDULED)
    old = [] if before is None else [say.OLD_DATE.given(at=sheet.local(before))]
    sheet.list([*old, *dates(sheet)])
    way_in(sheet, needed=False)
    way_out(sheet, needed=False)


def recording(sheet: Sheet) -> None:
    """There is a recording to be seen (GT-19, GT-20)."""
    one = sheet.telling.recording
    until = None if one is None else one.seen_until(sheet.event)
    sheet.say(say.RECORDING_READY)
    sheet.link(Purpose.RECORDING, say.RECORDING_HERE)
    if until is not None:
        sheet.note(until=until)
        sheet.say(say.SEEN_UNTIL, until=sheet.local(until))
    sheet.say(LINK_IS_PERSONAL)


def offer(sheet: Sheet) -> None:
    """A place is held for somebody who waited: what it is, what it costs, until when."""
    entry = sheet.telling.entry
    made = None if entry is None else entry.offer
    until = sheet.order.hold.until if made is None else made.until
    sheet.note(until=until)
    sheet.say(say.OFFERED)
    facts(sheet)
    sheet.link(Purpose.OFFER, say.OFFER_HERE, until=sheet.local(until))
    sheet.say(LINK_IS_PERSONAL)
    sheet.say(say.OFFER_PASSES)


def list_closed(sheet: Sheet) -> None:
    """There will be no place."""
    sheet.say(say.LIST_CLOSED)
    sheet.say(say.NOTHING_TO_DO)


def refunded(sheet: Sheet) -> None:
    """Money was given back."""
    sheet.say(say.REFUNDED, amount=_amount(sheet))


def money_returned(sheet: Sheet) -> None:
    """Money that came late or in vain goes back."""
    amount = _amount(sheet)
    refunds = reversed(sheet.telling.known_dossier.refunds)
    known = (one.purpose for one in refunds if one.amount == amount and one.purpose in say.WHY_RETURNED)
    purpose = next(known, None)
    sheet.say(say.NOT_USED if purpose is None else say.WHY_RETURNED[purpose])
    sheet.say(say.GOES_BACK, amount=amount)


def _amount(sheet: Sheet) -> Money:
    amount = sheet.amount("amount")
    if amount is None:
        raise InvalidValueError("values.amount", EMPTY)
    return amount
