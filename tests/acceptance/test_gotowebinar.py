"""
What GoToWebinar's page promises, rule by rule.

Source: https://support.goto.com/webinar/help/accept-payments-faqs, read in
French in 2026. A rule that speaks of a sum, a payment or a person stands
further down, with what decides it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from paidevents import USD, Currency, Deadline, InvalidValueError, Money, Rate, Span
from paidevents.access import (
    LINK_IS_PERSONAL,
    Action,
    Attachment,
    HostKey,
    Pass,
    Purpose,
    Recording,
    admit,
    admit_viewer,
    audience,
    may,
    permit,
    recording_refusals,
    token,
)
from paidevents.catalog import (
    Actor,
    Approval,
    Attendance,
    Cancellation,
    Capture,
    Charging,
    Disclaimer,
    Event,
    EventKind,
    EventSession,
    Policy,
    PromoCode,
    Promotion,
    Question,
    RefundStep,
    RegistrationForm,
    Role,
    SetPrice,
    Ticket,
    refused_changes,
)
from paidevents.errors import NotAllowedError
from paidevents.explain import explain
from paidevents.presets import gotowebinar
from paidevents.wire import dumps, loads

RULES = gotowebinar(attendance_limit=100)
START = datetime(2026, 4, 14, 16, tzinfo=UTC)


def dollars(amount: str) -> Money:
    return Money.of(amount, USD)


def standard(price: str = "100.00") -> Ticket:
    return Ticket(id="standard", name="Standard", price=dollars(price))


def webinar(**changed: Any) -> Event:
    """A live webinar for 1000 registrants, of whom 100 can be present, at 100 dollars."""
    dated = "sessions" not in changed and changed.get("kind") is not EventKind.ON_DEMAND
    plain = {
        "id": "project-management",
        "title": "Project management for beginners",
        "zone": "America/New_York",
        "currency": USD,
        "tickets": [standard()],
        "starts_at": START if dated else None,
        "duration": Span.of("1 h") if dated else None,
        "capacity": 1000,
        "policy": RULES.policy,
        "fees": RULES.fees(USD),
        "providers": RULES.providers(USD),
    }
    return Event(**{**plain, **changed})


def code(text: str, price: str) -> Promotion:
    return Promotion(id=text.lower(), effect=SetPrice((dollars(price),)), codes=(PromoCode(text),))


def weekly(count: int) -> list[EventSession]:
    return [
        EventSession(id=f"week_{week}", starts_at=START + timedelta(weeks=week), duration=Span.of("1 h"))
        for week in range(1, count + 1)
    ]


def test_stripe_is_the_only_provider() -> None:
    """GT-01: in every currency that can be charged."""
    for currency in RULES.policy.currencies:
        assert [provider.name for provider in RULES.providers(currency)] == ["stripe"]
        assert not RULES.policy.offers("paypal", currency)


def test_the_platform_takes_no_fee() -> None:
    """GT-03: there is no fee but the provider's own."""
    assert webinar().fees == ()
    assert all(RULES.fees(currency) == () for currency in RULES.policy.currencies)


def test_payment_is_switched_off_or_lost_without_any_change_of_price() -> None:
    """GT-06, GT-11: free while switched off or disconnected; that quotes are free then is pricing's."""
    event = webinar()
    for charging in (Charging.SWITCHED_OFF, Charging.DISCONNECTED):
        free = evolve(event, charging=charging)
        assert refused_changes(event, free) == refused_changes(free, event) == ()
        assert free.tickets == event.tickets


@pytest.mark.parametrize(("present", "registered"), [(100, 1000), (3000, 30_000)])
def test_ten_times_as_many_may_register_as_can_be_present(present: int, registered: int) -> None:
    """GT-07: "100 participants, 1 000 inscriptions"; both limits are data of the policy."""
    policy = gotowebinar(attendance_limit=present).policy
    assert (policy.attendance_limit, policy.max_capacity) == (present, registered)
    assert (gotowebinar().policy.attendance_limit, gotowebinar().policy.max_capacity) == (None, None)


def test_registrations_are_not_stopped_at_the_attendance_limit() -> None:
    """GT-07: the event offers more places than can be present."""
    assert (webinar().capacity, webinar().policy.attendance_limit) == (1000, 100)


def test_the_price_may_be_changed_at_any_time() -> None:
    """GT-08: up, down and to nothing; but neither id nor currency, for there are orders."""
    event = webinar()
    for price in ("120.00", "80.00", "0.00"):
        assert refused_changes(event, evolve(event, tickets=(standard(price),))) == ()
    in_pounds = evolve(
        event,
        currency=Currency("GBP"),
        tickets=(Ticket(id="standard", name="Standard", price=Money.of("80.00", "GBP")),),
    )
    assert [reason.code for reason in refused_changes(event, in_pounds)] == ["currency_stays"]


def test_there_are_any_number_of_codes_and_each_sets_the_price() -> None:
    """GT-09: "autant de codes promotionnels que vous le souhaitez"; the price is what is declared, not a reduction."""
    event = webinar(promotions=[code(f"CODE{number}", "60.00") for number in range(500)])
    assert len(event.promotions) == 500
    assert {promotion.effect for promotion in event.promotions} == {SetPrice((dollars("60.00"),))}


def test_two_codes_never_read_alike() -> None:
    """GT-09: else nobody could say which price a buyer meant."""
    with pytest.raises(InvalidValueError) as refused:
        webinar(promotions=[code("EARLY", "60.00"), evolve(code("Early", "50.00"), id="other")])
    assert refused.value.reason.code == "code_of_two"


def test_a_code_may_set_the_price_to_nothing() -> None:
    """GT-10: "GRATUIT" at 0 $; that no provider is asked is pricing's."""
    assert webinar(promotions=[code("GRATUIT", "0.00")]).promotions[0].codes[0].key == "gratuit"


@pytest.mark.parametrize("kind", [EventKind.LIVE, EventKind.RECORDED, EventKind.WEBCAST])
def test_live_recorded_and_webcast_events_can_be_paid(kind: EventKind) -> None:
    """GT-14: "en direct, enregistrés et Webcast", according to the plan, which is the same policy with less in it."""
    assert kind in RULES.policy.kinds
    assert webinar(kind=kind).kind is kind
    assert evolve(RULES.policy, kinds=(kind,)).kinds == (kind,)


def test_the_currencies_are_ten() -> None:
    """GT-15: no other currency is sold in."""
    codes = ["AUD", "CAD", "CHF", "DKK", "EUR", "GBP", "MXN", "NOK", "SEK", "USD"]
    assert sorted(currency.code for currency in RULES.policy.currencies) == codes
    with pytest.raises(InvalidValueError, match="gotowebinar has no events in PLN"):
        RULES.providers(Currency("PLN"))


@pytest.mark.parametrize("attendance", Attendance)
def test_a_series_is_registered_for_as_a_whole_or_by_session(attendance: Attendance) -> None:
    """GT-16: "Toutes" or "Individuelle"."""
    series = webinar(sessions=weekly(4), attendance=attendance)
    assert series.chooses_sessions is (attendance is Attendance.CHOSEN_SESSIONS)
    assert series.window.starts_at == START + timedelta(weeks=1)
    assert series.window.ends_at == START + timedelta(weeks=4, hours=1)


def test_the_recording_stays_on_sale_after_the_event() -> None:
    """GT-17: at the same address, so the sale of the event does not end with it."""
    assert not webinar().sale_ends_with_it
    assert evolve(webinar(), policy=evolve(RULES.policy, sells_recording=False)).sale_ends_with_it


def test_videos_on_demand_can_be_paid() -> None:
    """GT-21: a video has neither date nor end of sale."""
    assert EventKind.ON_DEMAND in RULES.policy.kinds
    video = webinar(kind=EventKind.ON_DEMAND)
    assert video.window.starts_at is None and not video.sale_ends_with_it


@pytest.mark.parametrize("approval", Approval)
def test_approval_is_automatic_or_manual(approval: Approval) -> None:
    """GT-22: automatic by default; by hand, the registrant pays first."""
    assert RULES.policy.approval is Approval.AUTOMATIC
    policy = evolve(RULES.policy, approval=approval)
    assert (policy.approval, policy.capture) == (approval, Capture.AT_ONCE)


def test_a_registrant_accepts_a_disclaimer_and_answers_questions() -> None:
    """GT-23: the organizer declares both; what is answered and accepted is the order's."""
    form = RegistrationForm(
        questions=(
            Question(id="company", text="Where do you work?", required=True),
            Question(id="role", text="What do you do there?", choices=("I manage", "I am managed")),
        ),
        disclaimer=Disclaimer(text="The webinar is recorded.\n\nYour voice may be heard."),
    )
    assert webinar(form=form).form == form
    assert [question.required for question in form.questions] == [True, False]
    assert webinar().form == RegistrationForm()


def test_a_registrant_joins_from_three_devices() -> None:
    """GT-25: the number is data of the policy. Whoever comes with a fourth is told so by the pass."""
    assert RULES.policy.devices == 3
    assert Policy().devices is None


def test_the_confirmation_has_a_remark_of_the_organizers() -> None:
    """GT-26: the remark is declared with the form."""
    remark = "The link is yours alone.\nPlease come five minutes early."
    assert webinar(form=RegistrationForm(remark=remark)).form.remark == remark


def test_the_policy_on_cancellations_is_free_text_shown_with_the_event() -> None:
    """GT-27: in the organizer's own words, of several lines, wherever the event is read."""
    words = "Annulation possible jusqu’à la veille.\n\nAprès cela, rien n’est remboursé."
    event = webinar(cancellation=Cancellation(text=words))
    assert event.cancellation.text == words
    assert loads(dumps(event), Event).cancellation.text == words


@pytest.mark.parametrize(
    ("terms", "before", "after"),
    [
        (Cancellation.full(), "100 %", "100 %"),
        (Cancellation.limited(RefundStep(Deadline.of("24 h before start"), Rate.of("50 %"))), "50 %", "0 %"),
        (Cancellation.none(), "0 %", "0 %"),
    ],
    ids=["full", "limited", "none"],
)
def test_a_refund_is_full_limited_or_none(terms: Cancellation, before: str, after: str) -> None:
    """GT-28: the organizer's choice. The webinar begins on April 14 at 16:00 UTC, the deadline is 24 hours before."""
    event = webinar(cancellation=terms)
    deadline = datetime(2026, 4, 13, 16, tzinfo=UTC)
    shares = [terms.share_at(at, event.window, event.zone) for at in (deadline - timedelta(seconds=1), deadline)]
    assert [str(share) for share in shares] == [before, after]


KEY = HostKey(b"0123456789abcdef0123456789abcdef")
IN_MARCH = datetime(2026, 3, 1, tzinfo=UTC)
END = START + timedelta(hours=1)


def place(id: str = "p1", event: Event | None = None, at: datetime = IN_MARCH) -> Pass:
    """The pass of somebody who has paid."""
    return Pass.issued(event or webinar(), id=id, registration_id=f"of-{id}", at=at)


def link(holder: Pass, purpose: Purpose = Purpose.JOIN) -> str:
    return token(KEY, purpose, holder.id, holder.generation).reveal()


def join(holder: Pass, device: str = "phone", presented: str | None = None, **changed: Any) -> Pass:
    asked = {"event": webinar(), "at": START, **changed}
    return admit(holder, KEY, link(holder) if presented is None else presented, device=device, **asked)


def film(**changed: Any) -> Recording:
    """The recording, attached and published an hour after the end."""
    at = END + timedelta(hours=1)
    plain = {"id": "film", "event_id": "project-management", "attached_at": at, "published_at": at}
    return Recording(**{**plain, **changed})


def unseen(recording: Recording, holder: Pass, event: Event | None = None, **changed: Any) -> list[str]:
    """Why the recording cannot be seen, a day after the event."""
    asked = {"event": event or webinar(), "at": START + timedelta(days=1), "account_active": True, "viewers": 0}
    return [reason.code for reason in recording_refusals(recording, holder, **{**asked, **changed})]


def test_the_account_with_the_provider_is_the_organizers_or_the_platforms_for_all() -> None:
    """GT-02: "pour l'intégralité de notre compte Corporate" or by organizer: one of the two connects it."""
    connects = [role for role in Role if may(role, Action.CONNECT_PROVIDER)]
    assert connects == [Role.ORGANIZER, Role.PLATFORM]


def test_co_organizers_and_speakers_attend_without_paying() -> None:
    """GT-12: a place of theirs costs nothing, which is the registration's; that they may is the roles'."""
    unpaid = [role for role in Role if may(role, Action.ATTEND_UNPAID)]
    assert unpaid == [Role.ORGANIZER, Role.CO_ORGANIZER, Role.SPEAKER]


def test_co_organizers_see_and_change_everything_about_payment() -> None:
    """GT-13: "codes promotionnels compris"; only in events that they organize."""
    anna = Actor(Role.CO_ORGANIZER, "anna")
    for action in (
        Action.CHANGE_PRICES,
        Action.CHANGE_PROMOTIONS,
        Action.SEE_PAYMENTS,
        Action.RECORD_PAYMENT,
        Action.REFUND,
        Action.SEE_LEDGER,
    ):
        assert may(Role.ORGANIZER, action)
        permit(anna, action, owns=True)
        with pytest.raises(NotAllowedError):
            permit(anna, action, owns=False)


def test_who_pays_after_the_event_sees_its_recording_and_nothing_else() -> None:
    """GT-17: the pass is issued at the same address after the end; the doors are shut, the recording is open."""
    newcomer = place(at=END + timedelta(hours=3))
    with pytest.raises(NotAllowedError, match="It is over"):
        join(newcomer, at=END + timedelta(hours=4))
    assert unseen(film(), newcomer) == unseen(film(included=False), newcomer) == []


def test_a_recording_is_seen_while_published_active_within_limit_and_period() -> None:
    """GT-18: each of the four conditions alone closes it. The period is 30 days; 100 can be present."""
    holder = place()
    event = webinar(policy=evolve(RULES.policy, recording_lasts=Span(days=30)))
    assert unseen(film(), holder, event, viewers=99) == []
    assert unseen(film().withdrawn(END), holder, event) == ["recording_withdrawn"]
    assert unseen(film(), holder, event, account_active=False) == ["account_not_active"]
    assert unseen(film(), holder, event, viewers=100) == ["attendance_limit_reached"]
    assert unseen(film(), holder, event, at=START + timedelta(days=31)) == ["recording_expired"]
    assert unseen(film(), holder, webinar(), at=START + timedelta(days=3650)) == []


def test_each_payer_has_a_link_of_their_own_to_the_recording() -> None:
    """GT-18: "un lien unique vers la vidéo"."""
    mine, yours = place("mine"), place("yours")
    asked: dict[str, Any] = {"event": webinar(), "at": START + timedelta(days=1), "account_active": True, "viewers": 0}
    assert admit_viewer(mine, KEY, link(mine, Purpose.RECORDING), film(), **asked) is mine
    with pytest.raises(NotAllowedError, match="This link is not valid"):
        admit_viewer(mine, KEY, link(yours, Purpose.RECORDING), film(), **asked)


def test_present_or_absent_who_paid_sees_it_without_paying_again() -> None:
    """GT-19: if the organizer includes it; whether absentees do too is data of the policy."""
    absent, present = place(), join(place())
    assert (absent.has_attended(), present.has_attended()) == (False, True)
    assert unseen(film(), absent) == unseen(film(), present) == []
    assert unseen(film(included=False), present) == ["recording_not_included"]
    strict = webinar(policy=evolve(RULES.policy, absentees_see_recording=False))
    assert (unseen(film(), absent, strict), unseen(film(), present, strict)) == (["not_for_absentees"], [])


@pytest.mark.parametrize("attachment", Attachment)
def test_a_recording_attached_by_hand_or_automatically_is_sent_at_the_end(attachment: Attachment) -> None:
    """GT-20: attached before the event it is due at its end, and goes to the registrants who still have a place."""
    early = film(attachment=attachment, attached_at=IN_MARCH, published_at=None)
    assert early.due_at(webinar()) == END
    registered = [place("anna"), place("ben").renewed(), place("carl").suspended(START)]
    assert [holder.id for holder in audience(early.published(END), registered, webinar())] == ["anna", "ben"]


def test_the_confirmation_that_is_sent_again_has_the_same_link() -> None:
    """GT-24: it is derived anew each time; that one registrant's can be sent again is the hosts' right, and their own."""
    assert link(place()) == link(place()) != link(place("p2"))
    assert all(may(role, Action.RESEND_CONFIRMATION) for role in (Role.ORGANIZER, Role.CO_ORGANIZER, Role.ATTENDEE))


def test_the_fourth_device_gets_an_error() -> None:
    """GT-25: three join, the fourth is told so, and the three stay."""
    holder = place()
    for device in ("phone", "laptop", "tablet"):
        holder = join(holder, device)
    with pytest.raises(NotAllowedError) as refused:
        join(holder, "television")
    assert [reason.code for reason in refused.value.reasons] == ["too_many_devices"]
    assert dict(refused.value.reasons[0].values) == {"most": 3}
    assert join(holder, "tablet") is holder


def test_the_join_link_is_personal_and_the_message_says_so() -> None:
    """GT-26: no other place opens with it; the sentence for the message is ours, the remark the organizer's."""
    mine, yours = place("mine"), place("yours")
    assert join(mine).has_attended()
    with pytest.raises(NotAllowedError, match="This link is not valid"):
        join(mine, presented=link(yours))
    assert explain(LINK_IS_PERSONAL, "en") == "This link was made for you alone: please do not pass it on."
    assert explain(LINK_IS_PERSONAL, "fr").startswith("Ce lien a été créé pour vous seul")
