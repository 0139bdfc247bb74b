"""
The words around a price: the headings of its table, and the sentences of its story.

They are reasons, so that the catalogs have them and their values are written as a locale writes them.
"""

from paidevents.reason import Reason

# A table.
LIST_PRICE = Reason("phrase_list_price", "List price")
TOTAL = Reason("phrase_total", "Total")
TAX_CONTAINED = Reason("phrase_tax_contained", "of which {name} {rate} ({country})")
PLATFORM_FEES = Reason("phrase_platform_fees", "Platform fees")
PROVIDER_FEES = Reason("phrase_provider_fees", "Provider’s fees, estimated")
ORGANIZER_KEEPS = Reason("phrase_organizer_keeps", "The organizer keeps")
PAYOUT = Reason("phrase_payout", "Paid out to the organizer")
NOT_APPLIED = Reason("phrase_not_applied", "Not applied")
CONDITIONAL = Reason("phrase_conditional", "On condition")
NOT_ORDERABLE = Reason("phrase_not_orderable", "Cannot be ordered like this")
PAID_WITH = Reason("phrase_paid_with", "paid with {provider}")

# What a table and a story both end with.
REVERSE_CHARGE = Reason("phrase_reverse_charge", "Reverse charge: the buyer owes the tax.")
OTHER_TOTAL = Reason("phrase_other_total", "The total is another one with {providers}.")
GOOD_UNTIL = Reason("phrase_good_until", "Good until {at}.")

# A story.
ONE_PLACE = Reason("phrase_one_place", "{what}: {price}.")
SEVERAL_PLACES = Reason("phrase_several_places", "{count} × {what}, {price} each: {amount}.")
TOGETHER = Reason("phrase_together", "Together, at list price: {amount}.")
STEP = Reason("phrase_step", "{what}: {amount}.")
TO_PAY = Reason("phrase_to_pay", "To pay: {amount}.")
TAX_IN_IT = Reason("phrase_tax_in_it", "It contains {name} {rate} ({country}): {amount}.")
NOTHING_TO_PAY = Reason("phrase_nothing_to_pay", "There is nothing to pay.")
WAS_NOT_APPLIED = Reason("phrase_was_not_applied", "“{what}” was not applied: {why}")
HOLDS_IF = Reason("phrase_holds_if", "“{what}” was applied on a condition: {why}")
CANNOT_BE_ORDERED = Reason("phrase_cannot_be_ordered", "It cannot be ordered like this: {why}")

# A timeline.
FROM = Reason("phrase_from", "From {at}")
UNTIL = Reason("phrase_until", "until {at}")
ALWAYS = Reason("phrase_always", "At any time")
NOT_ON_SALE = Reason("phrase_not_on_sale", "not on sale")

# A check.
ERROR = Reason("phrase_error", "error")
WARNING = Reason("phrase_warning", "warning")
NOTE = Reason("phrase_note", "note")
NOTHING_FOUND = Reason("phrase_nothing_found", "Nothing to worry about.")
