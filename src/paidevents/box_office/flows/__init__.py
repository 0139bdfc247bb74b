"""Every use case, as a flow: what it asks for, decides, commits, and does afterwards."""

from paidevents._face import TYPE_CHECKING, face

if TYPE_CHECKING:
    from paidevents.box_office.flows.attending import attach_recording as attach_recording
    from paidevents.box_office.flows.attending import join as join
    from paidevents.box_office.flows.attending import publish_recording as publish_recording
    from paidevents.box_office.flows.attending import release_device as release_device
    from paidevents.box_office.flows.attending import watch as watch
    from paidevents.box_office.flows.attending import withdraw_recording as withdraw_recording
    from paidevents.box_office.flows.connecting import connect as connect
    from paidevents.box_office.flows.connecting import disconnect as disconnect
    from paidevents.box_office.flows.deciding import approve as approve
    from paidevents.box_office.flows.deciding import refuse as refuse
    from paidevents.box_office.flows.expiring import expire as expire
    from paidevents.box_office.flows.handing import change_ticket as change_ticket
    from paidevents.box_office.flows.handing import erase as erase
    from paidevents.box_office.flows.handing import resend as resend
    from paidevents.box_office.flows.handing import transfer as transfer
    from paidevents.box_office.flows.leaving import cancel as cancel
    from paidevents.box_office.flows.leaving import cancel_by_link as cancel_by_link
    from paidevents.box_office.flows.leaving import drop_refund as drop_refund
    from paidevents.box_office.flows.leaving import preview as preview
    from paidevents.box_office.flows.leaving import refund as refund
    from paidevents.box_office.flows.leaving import take_back as take_back
    from paidevents.box_office.flows.paying import checkout as checkout
    from paidevents.box_office.flows.performing import perform as perform
    from paidevents.box_office.flows.reading import book as book
    from paidevents.box_office.flows.reading import dossier as dossier
    from paidevents.box_office.flows.reading import dossiers as dossiers
    from paidevents.box_office.flows.reading import entries as entries
    from paidevents.box_office.flows.reading import listing as listing
    from paidevents.box_office.flows.reading import participants as participants
    from paidevents.box_office.flows.reconciling import reconcile as reconcile
    from paidevents.box_office.flows.reminding import remind as remind
    from paidevents.box_office.flows.reporting import conservation as conservation
    from paidevents.box_office.flows.reporting import fees as fees
    from paidevents.box_office.flows.reporting import owed as owed
    from paidevents.box_office.flows.reporting import reconciliation as reconciliation
    from paidevents.box_office.flows.reporting import sales as sales
    from paidevents.box_office.flows.reporting import taxes as taxes
    from paidevents.box_office.flows.scheduling import cancel_event as cancel_event
    from paidevents.box_office.flows.scheduling import declare as declare
    from paidevents.box_office.flows.scheduling import draft as draft
    from paidevents.box_office.flows.scheduling import end as end
    from paidevents.box_office.flows.scheduling import publish as publish
    from paidevents.box_office.flows.scheduling import reschedule as reschedule
    from paidevents.box_office.flows.scheduling import tick as tick
    from paidevents.box_office.flows.selling import invite as invite
    from paidevents.box_office.flows.selling import quote as quote
    from paidevents.box_office.flows.selling import reserve as reserve
    from paidevents.box_office.flows.settling import accept_payment as accept_payment
    from paidevents.box_office.flows.settling import decline_payment as decline_payment
    from paidevents.box_office.flows.settling import honour as honour
    from paidevents.box_office.flows.settling import look as look
    from paidevents.box_office.flows.settling import receive as receive
    from paidevents.box_office.flows.settling import record_payment as record_payment
    from paidevents.box_office.flows.settling import record_refund as record_refund
    from paidevents.box_office.flows.settling import turn_down as turn_down
    from paidevents.box_office.flows.steering import appoint as appoint
    from paidevents.box_office.flows.steering import dismiss as dismiss
    from paidevents.box_office.flows.steering import reopen_sales as reopen_sales
    from paidevents.box_office.flows.steering import stop_sales as stop_sales
    from paidevents.box_office.flows.steering import switch_payment as switch_payment
    from paidevents.box_office.flows.waiting import end_offer as end_offer
    from paidevents.box_office.flows.waiting import join_list as join_list
    from paidevents.box_office.flows.waiting import leave_list as leave_list
    from paidevents.box_office.flows.waiting import take_offer as take_offer
else:
    __all__, __getattr__, __dir__ = face(
        __name__,
        {
            "attending": "attach_recording join publish_recording release_device watch withdraw_recording",
            "connecting": "connect disconnect",
            "deciding": "approve refuse",
            "expiring": "expire",
            "handing": "change_ticket erase resend transfer",
            "leaving": "cancel cancel_by_link drop_refund preview refund take_back",
            "paying": "checkout",
            "performing": "perform",
            "reading": "book dossier dossiers entries listing participants",
            "reconciling": "reconcile",
            "reminding": "remind",
            "reporting": "conservation fees owed reconciliation sales taxes",
            "scheduling": "cancel_event declare draft end publish reschedule tick",
            "selling": "invite quote reserve",
            "settling": "accept_payment decline_payment honour look receive record_payment record_refund turn_down",
            "steering": "appoint dismiss reopen_sales stop_sales switch_payment",
            "waiting": "end_offer join_list leave_list take_offer",
        },
    )
