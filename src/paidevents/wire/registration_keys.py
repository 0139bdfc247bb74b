"""Keys of a file with an event: what a registration asks for, and what is given back when it is cancelled."""

from typing import Any

from paidevents.catalog.cancellation import Cancellation, FeesBack, RefundStep
from paidevents.catalog.form import Disclaimer, Question, RegistrationForm
from paidevents.timing.deadline import Deadline
from paidevents.wire.keys import Ground, Shape, leaf, made, many, needed, one_of, table
from paidevents.wire.written import amount, deadline, flag, number, rate, words

ANY_TIME = "any time"
_BUYER_UNTIL = {"anyOf": [{"const": ANY_TIME}, deadline.schema]}


def _step(values: dict[str, Any], _: Ground) -> RefundStep:
    return RefundStep(values.get("until"), values["share"])


STEP = Shape({"until": deadline, "share": needed(rate)}, _step, RefundStep)

CANCELLATION = Shape(
    {
        "text": words,
        "steps": many(table(STEP)),
        "kept": amount,
        "fees": one_of(FeesBack),
        "tax": flag,
        "clawback": flag,
        "pro_rata": flag,
        "buyer_until": leaf(lambda form: None if form == ANY_TIME else Deadline.of(form), _BUYER_UNTIL),
    },
    made(Cancellation),
    Cancellation,
)

QUESTION = Shape(
    {"id": needed(words), "text": needed(words), "required": flag, "choices": many(words), "longest": number},
    made(Question),
    Question,
)

DISCLAIMER = Shape({"text": needed(words), "version": number}, made(Disclaimer), Disclaimer)

FORM = Shape(
    {"questions": many(table(QUESTION)), "disclaimer": table(DISCLAIMER), "remark": words},
    made(RegistrationForm),
    RegistrationForm,
)
