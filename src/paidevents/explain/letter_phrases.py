"""
The sentences of letters: what each is about, how it begins, what it says, and the words before a link.

They are reasons, so that the catalogs have them and their values are written as a locale writes them.
"""

from paidevents.payments.refund import RefundPurpose
from paidevents.ports.message import MessageKind
from paidevents.ports.obligation import Task
from paidevents.reason import Reason

K = MessageKind

SUBJECTS = {
    kind: Reason(f"phrase_subject_{kind.value}", words)
    for kind, words in {
        K.CONFIRMATION: "Your place: {title}",
        K.REMINDER: "Reminder: {title}",
        K.AWAITING_APPROVAL: "Your registration awaits approval: {title}",
        K.REFUSED: "Your registration was not accepted: {title}",
        K.CANCELLED: "Cancelled: {title}",
        K.RESCHEDULED: "New date: {title}",
        K.RECORDING: "The recording: {title}",
        K.OFFER: "A place for you: {title}",
        K.LIST_CLOSED: "The waiting list is closed: {title}",
        K.REFUNDED: "Your refund: {title}",
        K.MONEY_RETURNED: "Your payment goes back to you: {title}",
        K.DECISION_NEEDED: "Please decide on a payment: {title}",
        K.APPROVAL_NEEDED: "Please decide on a registration: {title}",
        K.CAPACITY_WARNING: "Many registrations: {title}",
        K.REFUND_FAILED: "A refund failed: {title}",
        K.PAYMENT_DISPUTED: "A payment is disputed: {title}",
        K.TASK_STUCK: "This needs your help: {title}",
    }.items()
}

GREETING = Reason("phrase_greeting", "Hello {name},")
GREETING_ALONE = Reason("phrase_greeting_alone", "Hello,")

# Lines of a list.
WHEN = Reason("phrase_when", "When: {at}")
OLD_DATE = Reason("phrase_old_date", "Before: {at}")
MORE = Reason("phrase_more", "And more: {count}")
TICKET = Reason("phrase_ticket", "Ticket: {what}")
TICKETS = Reason("phrase_tickets", "Ticket: {count} × {what}")
PRICE = Reason("phrase_price", "Price: {amount}")
PRICE_WITH_TAX = Reason("phrase_price_with_tax", "Price: {amount}, of which {tax} is tax")
FREE = Reason("phrase_free", "Price: free of charge")
ORDER = Reason("phrase_order", "Order: {order}")
ORDER_IN_ALL = Reason("phrase_order_in_all", "Order: {order}, {amount} in all")
WHAT = Reason("phrase_what", "What: {what}")
WHY = Reason("phrase_why", "Why: {why}")

# Before a link, and after it.
JOIN_HERE = Reason("phrase_join_here", "Join here:")
WATCH_HERE = Reason("phrase_watch_here", "Watch it here, whenever you like:")
RECORDING_HERE = Reason("phrase_recording_here", "See the recording here:")
RECORDING_ONCE_THERE = Reason(
    "phrase_recording_once_there", "It has taken place already: see the recording here, as soon as it is published:"
)
SEEN_UNTIL = Reason("phrase_seen_until", "It can be seen until {until}.")
DEVICES = Reason("phrase_devices", "Number of devices that you can use the link on: {most}.")
CANCEL_HERE = Reason("phrase_cancel_here", "If you no longer want your place, you can cancel it here:")
CANCEL_UNTIL = Reason("phrase_cancel_until", "You can cancel until {until}.")
OFFER_HERE = Reason("phrase_offer_here", "Take it here until {until}:")
OFFER_PASSES = Reason(
    "phrase_offer_passes", "If you do not want it, you need not do anything: it is then offered to somebody else."
)

# What the organizer wrote follows these.
REMARK = Reason("phrase_remark", "The organizer adds:")
WORDS = Reason("phrase_words", "The organizer writes:")
TERMS = Reason("phrase_terms", "The organizer’s cancellation policy:")

# What is given back, beside the sentences that a cancellation is explained with.
OTHER_SESSIONS = Reason(
    "phrase_other_sessions", "The same holds for your other sessions, each counted from its own beginning."
)
SHARE_LATER = Reason("phrase_share_later", "After that, it is {share}.")
TAX_KEPT = Reason("phrase_tax_kept", "The tax is not given back.")
FEES_KEPT = Reason("phrase_fees_kept", "Not all of the fees are given back.")
BEGUN_KEPT = Reason("phrase_begun_kept", "Of sessions that have begun, nothing is given back.")
DISCOUNT_KEPT = Reason(
    "phrase_discount_kept",
    "A discount that the places which stay would not have had alone is taken off what is given back.",
)
COMES_BACK = Reason(
    "phrase_comes_back", "{amount} is given back, the way it was paid. It can take a few days to arrive."
)
ORGANIZER_REFUNDS = Reason("phrase_organizer_refunds", "The organizer will refund {amount}.")
TAX_WITHIN = Reason("phrase_tax_within", "That includes {tax} of tax.")
NOTHING_COMES_BACK = Reason("phrase_nothing_comes_back", "By the cancellation policy, nothing is given back.")
NOTHING_TAKEN = Reason("phrase_nothing_taken", "The money that was set aside is released: nothing was taken.")

# To who has a place, or hoped for one.
CONFIRMED = Reason("phrase_confirmed", "Your place for “{title}” is confirmed. It is good to have you with us!")
REMINDED = Reason("phrase_reminded", "“{title}” begins soon, and we look forward to seeing you.")
AWAITING = Reason(
    "phrase_awaiting",
    "Thank you for registering for “{title}”. The organizer looks at your registration now, "
    "and you hear from us as soon as it is decided.",
)
AWAITING_PAID = Reason(
    "phrase_awaiting_paid",
    "Your payment of {amount} has arrived. If your registration is not accepted, all of it is given back.",
)
AWAITING_SET_ASIDE = Reason(
    "phrase_awaiting_set_aside", "{amount} is set aside for it, and nothing has been taken yet."
)
REFUSED = Reason("phrase_refused", "We are sorry: the organizer could not accept your registration for “{title}”.")
LAPSED = Reason(
    "phrase_lapsed", "We are sorry: your registration for “{title}” was not decided on in time, and has lapsed."
)
CANCELLED = Reason("phrase_cancelled", "Your place for “{title}” is cancelled.")
WHY_CANCELLED = {
    "event_cancelled": Reason(
        "phrase_event_cancelled", "We are sorry: “{title}” will not take place, and your place is cancelled."
    ),
    "as_requested": Reason("phrase_as_requested", "Your place for “{title}” is cancelled, as requested."),
    "by_organizer": Reason(
        "phrase_by_organizer", "We are sorry: the organizer has cancelled your place for “{title}”."
    ),
    "payment_lost": Reason(
        "phrase_payment_lost", "The payment for your place for “{title}” was taken back, so the place is cancelled."
    ),
}
RESCHEDULED = Reason(
    "phrase_rescheduled", "“{title}” has a new date. Your place stays yours, and you need not do anything."
)
RECORDING_READY = Reason("phrase_recording_ready", "The recording of “{title}” is ready for you.")
OFFERED = Reason("phrase_offered", "Good news: a place for “{title}” has become free, and it is set aside for you.")
LIST_CLOSED = Reason(
    "phrase_list_closed",
    "We are sorry: the waiting list for “{title}” is closed, and no place has become free for you.",
)
NOTHING_TO_DO = Reason("phrase_nothing_to_do", "You need not do anything, and nothing was charged.")

# To who pays.
REFUNDED = Reason(
    "phrase_refunded",
    "{amount} was given back for your order {order} for “{title}”. It can take a few days to arrive.",
)
NOT_USED = Reason("phrase_not_used", "Your payment for the order {order} for “{title}” could not be used.")
WHY_RETURNED = {
    RefundPurpose.LATE: Reason(
        "phrase_came_late", "Your payment for the order {order} for “{title}” came when the place was no longer held."
    ),
    RefundPurpose.SURPLUS: Reason(
        "phrase_came_twice", "For your order {order} for “{title}”, more was paid than was needed."
    ),
    RefundPurpose.NOT_AS_DUE: Reason(
        "phrase_came_otherwise", "Your payment for the order {order} for “{title}” was not the amount that was due."
    ),
}
GOES_BACK = Reason("phrase_goes_back", "{amount} goes back to you, the way you paid. It can take a few days to arrive.")

# To the organizer.
NOT_AS_DUE = Reason("phrase_not_as_due", "For the order {order} for “{title}”, {amount} came, and {due} was due.")
CAME_LATE = Reason(
    "phrase_money_late", "For the order {order} for “{title}”, {amount} came after its places had been given up."
)
TAKEN_BACK = Reason(
    "phrase_taken_back",
    "{amount} that had come for the order {order} for “{title}” was taken back, "
    "although some of it had been given back or was promised.",
)
PLACES_GONE = Reason("phrase_places_gone", "Its places have been given up meanwhile.")
TAKE_OR_NOT = Reason(
    "phrase_take_or_not", "You can accept the payment as it is, or decline it: then all of it goes back."
)
TAKE_IF_ROOM = Reason(
    "phrase_take_if_room", "You can accept it while there are places, or decline it: then all of it goes back."
)
ONLY_BACK = Reason("phrase_only_back", "It is in another currency than the order, so it can only be given back.")
NOTHING_HAPPENS = Reason("phrase_nothing_happens", "Until you decide, nothing happens with this money.")
GIVEN_ELSEWHERE = Reason(
    "phrase_given_elsewhere",
    "At the payment provider, {amount} was given back for the order {order} for “{title}”, and nothing explains it.",
)
LOOK_THERE = Reason("phrase_look_there", "Please look into it in your account with the payment provider.")
APPROVAL = Reason("phrase_approval", "The order {order} for “{title}” waits for your decision.")
APPROVAL_PAID = Reason("phrase_approval_paid", "It is paid.")
APPROVAL_SET_ASIDE = Reason("phrase_approval_set_aside", "The money is set aside, and is taken when you approve.")
DECIDE_BEFORE = Reason("phrase_decide_before", "Please decide before {until}: then it lapses.")
CAPACITY = Reason("phrase_capacity", "For “{title}”, {sold} have registered; the limit is {limit}.")
CAPACITY_CHOICE = Reason(
    "phrase_capacity_choice", "This does not stop registrations. You can end the sale, or make room for more."
)
REFUND_FAILED = Reason(
    "phrase_refund_failed",
    "The refund of {amount} for the order {order} for “{title}” failed: the money is still owed to the buyer.",
)
REFUND_AGAIN = Reason(
    "phrase_refund_again", "Have it tried again, or make it yourself in your account with the payment provider."
)
DISPUTED = Reason("phrase_disputed", "The payment of {amount} for the order {order} for “{title}” is disputed.")
ANSWER_THERE = Reason(
    "phrase_answer_there",
    "Please answer in your account with the payment provider. Until it is settled, nothing of it is given back.",
)
STUCK = Reason("phrase_stuck", "Something for “{title}” could not be done by itself, and needs a person.")
TASKS = {
    task: Reason(f"phrase_task_{task.value}", words)
    for task, words in {
        Task.START: "start a payment",
        Task.CAPTURE: "take money that is set aside",
        Task.VOID: "let go of a payment",
        Task.REFUND: "refund",
        Task.TELL: "send a message",
        Task.TELL_ALL: "send a message to everybody",
        Task.CALL_OFF: "cancel all orders",
        Task.REQUOTE: "make the orders that are held free of charge",
        Task.CLOSE_LIST: "close the waiting list",
        Task.PUBLISH: "publish a recording",
    }.items()
}
