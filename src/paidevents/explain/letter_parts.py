"""The parts that several letters have: when, what for how much, the terms, and what becomes of the money."""

from collections import Counter
from collections.abc import Iterator

from paidevents.access.pass_ import LINK_IS_PERSONAL
from paidevents.access.tokens import Purpose
from paidevents.cancellation.reasons import (
    AMOUNT_IS_KEPT,
    NO_REFUND_PROMISED,
    NOTHING_SINCE,
    SESSION_NOTHING_SINCE,
    SESSION_SHARE_UNTIL,
    SHARE_AT_ANY_TIME,
    SHARE_UNTIL,
)
from paidevents.catalog.cancellation import Cancellation, FeesBack, Refunding, passing
from paidevents.checks import FIRST_YEAR
from paidevents.explain import letter_phrases as say
from paidevents.explain.sheet import MOST_LINES, Sheet
from paidevents.lifecycle.registration import RegistrationTrigger
from paidevents.money.amount import Money
from paidevents.pricing.parts import FeeSettlement, Unit
from paidevents.reason import Reason
from paidevents.timing.window import Window

MOST_DATES = 150  # that many moments are no longer than a value may be

_AUTHORIZED = RegistrationTrigger.AUTHORIZE.value


def units(sheet: Sheet) -> list[Unit]:
    """What was bought for the places that it is about."""
    order = sheet.order
    return [order.quotes[one.quote].units[unit] for one in sheet.telling.places for unit in one.units]


def windows(sheet: Sheet) -> list[Window]:
    """
    When what the letter is about takes place: one session, those that were chosen, or all there is.

    Sessions that the event no longer has are left out.
    """
    event, one = sheet.event, sheet.telling.value("session")
    chosen = {one} if one else set()
    if not one and sheet.telling.dossier is not None:
        chosen = {unit.session for unit in units(sheet) if unit.session}
    if not event.sessions:
        return [event.window]
    return [session.window for session in event.sessions if not chosen or session.id in chosen]


def dates(sheet: Sheet) -> list[Reason]:
    """A line for each date; none for what has no date."""
    moments = [window.starts_at for window in windows(sheet) if window.starts_at is not None]
    if moments:
        sheet.note(starts_at=moments[0], dates=" ".join(moment.isoformat() for moment in moments[:MOST_DATES]))
    lines = [say.WHEN.given(at=sheet.local(moment)) for moment in moments[:MOST_LINES]]
    rest = len(moments) - len(lines)
    return [*lines, say.MORE.given(count=rest)] if rest else lines


def tickets(sheet: Sheet) -> list[Reason]:
    """A line for each kind of ticket."""
    names = {ticket.id: ticket.name for ticket in sheet.event.tickets}
    tiers = {(ticket.id, tier.id): tier.name for ticket in sheet.event.tickets for tier in ticket.tiers}
    bought = Counter((unit.ticket, unit.tier) for unit in units(sheet))
    counted = [
        (" · ".join(filter(None, (names.get(ticket, ticket), tiers.get((ticket, tier)) or tier))), count)
        for (ticket, tier), count in bought.items()
    ]
    sheet.note(tickets=", ".join(what for what, _ in counted))
    lines = [
        say.TICKET.given(what=what) if count == 1 else say.TICKETS.given(what=what, count=count)
        for what, count in counted[:MOST_LINES]
    ]
    rest = len(counted) - len(lines)
    return [*lines, say.MORE.given(count=rest)] if rest else lines


def price(sheet: Sheet) -> Money:
    """What the places cost that it is about; nothing where nobody pays."""
    return sheet.order.charge(sheet.telling.places)


def prices(sheet: Sheet) -> list[Reason]:
    """What the places cost, with the tax in it; and to who pays, what the whole order does."""
    order, places, person = sheet.order, sheet.telling.places, sheet.telling.person
    amount, nothing = price(sheet), Money.zero(order.currency)
    paying = [one for one in places if not one.is_waived]
    tax = sum((order.quotes[one.quote].units[unit].tax for one in paying for unit in one.units), nothing)
    sheet.note(price=amount, tax=tax)
    if not amount:
        line = say.FREE
    else:
        line = say.PRICE_WITH_TAX.given(amount=amount, tax=tax) if tax else say.PRICE.given(amount=amount)
    whole = order.charge(order.active)
    is_payer = person is not None and order.buyer is not None and order.buyer.key == person.key
    if is_payer and whole > amount:
        return [line, say.ORDER_IN_ALL.given(order=order.id, amount=whole)]
    return [line, say.ORDER]


def facts(sheet: Sheet) -> None:
    """A paragraph: when, what, for how much, under which order."""
    sheet.list([*dates(sheet), *tickets(sheet), *prices(sheet)])


def is_for_recording(sheet: Sheet) -> bool:
    """Whether the place was sold when all of it had taken place, and so is for the recording (GT-17)."""
    held = sheet.telling.known_dossier.pass_of(sheet.telling.registration)
    ends = [window.ends_at for window in windows(sheet)]
    return held is not None and bool(ends) and all(end is not None and end <= held.issued_at for end in ends)


def way_in(sheet: Sheet, *, needed: bool = True) -> None:
    """The join link, that it is personal, and how many devices it can be used on."""
    heading = say.JOIN_HERE if sheet.event.rules.has_dates or sheet.event.sessions else say.WATCH_HERE
    if sheet.link(Purpose.JOIN, heading, needed=needed):
        held = sheet.telling.known_dossier.pass_of(sheet.telling.registration)
        most = None if held is None else held.most_devices
        sheet.say(LINK_IS_PERSONAL, say.DEVICES if most else None, most=most)


def way_out(sheet: Sheet, *, needed: bool = True) -> None:
    """The link to cancel, and until when that is possible."""
    if not sheet.link(Purpose.CANCEL, say.CANCEL_HERE, needed=needed):
        return
    ends = [passing(sheet.order.cancellation.buyer_until, window, sheet.event.zone) for window in windows(sheet)]
    known = [end for end in ends if end is not None and end.year >= FIRST_YEAR]
    if known:
        sheet.note(cancel_until=max(known))
        sheet.say(say.CANCEL_UNTIL, until=sheet.local(max(known)))


def terms(sheet: Sheet) -> None:
    """The cancellation policy as it was when the order was made: what is given back, and the organizer's own words."""
    promised = sheet.order.cancellation
    if price(sheet):
        sheet.say(*_shares(sheet, promised), *_kept(sheet, promised))
    sheet.quote(say.TERMS, promised.text)


def _shares(sheet: Sheet, promised: Cancellation) -> Iterator[Reason]:
    """How much until when: for one date, and where there are several, for the first of them."""
    several = windows(sheet)
    window = several[0] if several else Window()
    values, latest = {}, None
    if len(several) > 1 and window.starts_at is not None:
        values["begins_at"] = sheet.local(window.starts_at)
    for step in promised.steps:
        until = passing(step.until, window, sheet.event.zone)
        if until is None:
            yield (SHARE_AT_ANY_TIME if latest is None else say.SHARE_LATER).given(share=step.share)
            break
        if until.year >= FIRST_YEAR and (latest is None or until > latest):
            latest = until
            since = sheet.local(until)
            yield (SESSION_SHARE_UNTIL if values else SHARE_UNTIL).given(share=step.share, until=since, **values)
    else:
        if latest is None:
            yield NO_REFUND_PROMISED
            return
        yield (SESSION_NOTHING_SINCE if values else NOTHING_SINCE).given(since=sheet.local(latest), **values)
    if values and latest is not None:
        yield say.OTHER_SESSIONS


def _kept(sheet: Sheet, promised: Cancellation) -> Iterator[Reason]:
    """What is taken off that; nothing where nothing is given back."""
    if not promised.steps:
        return
    order, places = sheet.order, sheet.telling.places
    fees = [fee for one in places if one.units for fee in order.quotes[one.quote].fees if fee.passed_on]
    if promised.kept:
        yield AMOUNT_IS_KEPT.given(amount=promised.kept)
    for applies, reason in (
        (not promised.tax and any(unit.tax for unit in units(sheet)), say.TAX_KEPT),
        (any(_stays(fee, promised.fees) for fee in fees), say.FEES_KEPT),
        (promised.pro_rata and len(windows(sheet)) > 1, say.BEGUN_KEPT),
        (promised.clawback and len(order.active) > len(places), say.DISCOUNT_KEPT),
    ):
        if applies:
            yield reason


def _stays(fee: FeeSettlement, promised: FeesBack) -> bool:
    """Whether a fee that the buyer paid is not given back."""
    return promised is FeesBack.NONE or (promised is FeesBack.AS_DECLARED and not fee.refundable)


def money_back(sheet: Sheet, *, wished: bool) -> None:
    """
    What becomes of the money for places that are gone; nothing is said where nobody had paid.

    Args:
        sheet: The letter.
        wished: They were given up, not taken back.
    """
    order, places = sheet.order, sheet.telling.places
    amount, tax = _given(sheet)
    if amount:
        sheet.note(refund=amount, refund_tax=tax)
        by_hand = sheet.event.policy.refunds is Refunding.OWED
        sheet.say(
            say.ORGANIZER_REFUNDS if by_hand else say.COMES_BACK,
            say.TAX_WITHIN if tax else None,
            amount=amount,
            tax=tax,
        )
    elif order.charge(one for one in places if one.is_settled):
        sheet.say(say.NOTHING_COMES_BACK if wished else None)
    elif price(sheet) and any(move.trigger == _AUTHORIZED for one in places for move in one.history):
        sheet.say(say.NOTHING_TAKEN)


def _given(sheet: Sheet) -> tuple[Money, Money]:
    """What is given back, and the tax in it: as it was decided, or what the order knows of these places."""
    order = sheet.order
    nothing = Money.zero(order.currency)
    gone = {(one.quote, unit) for one in sheet.telling.places for unit in one.units}
    parts = [part for one in order.given for part in one.refund.units if (one.quote, part.unit) in gone]
    amount, tax = sum((part.amount for part in parts), nothing), sum((part.tax for part in parts), nothing)
    said = sheet.amount("refund")
    return (amount, tax) if said in (None, amount) else (said, Money.zero(said.currency))
