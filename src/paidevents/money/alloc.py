"""
Sharing out a whole number by largest remainder: nothing is lost, nothing made up.

The one such function of the house. `Money.split` is its public face.
"""

from collections.abc import Sequence

from paidevents import checks
from paidevents.errors import InvalidValueError, WeightsError
from paidevents.reason import Reason

WEIGHTS_MISSING = Reason("weights_missing", "There is nobody to share with.")
WEIGHTS_NEGATIVE = Reason("weights_negative", "A weight is below zero.")
WEIGHTS_ALL_ZERO = Reason("weights_all_zero", "All weights are zero.")
NOT_A_MULTIPLE = Reason("not_a_multiple", "It is not a multiple of {step}.")


def alloc(total: int, weights: Sequence[int], step: int = 1) -> list[int]:
    """
    Share *total* in proportion to *weights*, in multiples of *step*.

    Each gets the whole steps of its exact share. The steps left over go to the
    largest remainders; ties to the larger weight, then to the earlier place. A
    negative total is shared like its opposite. *weights* and *step* are taken
    to be checked (see `checked_weights`); for speed nothing is checked twice.

    Returns:
        One share per weight, in order; their sum is exactly *total*.
    """
    if total < 0:
        return [-share for share in alloc(-total, weights, step)]
    whole = sum(weights)
    units = total // step
    shares = []
    remainders = []
    for weight in weights:
        share, remainder = divmod(units * weight, whole)
        shares.append(share)
        remainders.append(remainder)
    left = units - sum(shares)
    if left:
        first = sorted(range(len(shares)), key=lambda place: (-remainders[place], -weights[place], place))
        for place in first[:left]:
            shares[place] += 1
    return shares if step == 1 else [share * step for share in shares]


def checked_weights(weights: object) -> Sequence[int]:
    """
    The weights, if an amount can be shared by them.

    Raises:
        InvalidValueError: Not a list or tuple of ints.
        WeightsError: Empty, a negative one, or all zero.
    """
    if not isinstance(weights, list | tuple):
        got = type(weights).__name__
        raise InvalidValueError("weights", checks.WRONG_TYPE.given(expected="list, tuple", got=got))
    if not weights:
        raise WeightsError("weights", WEIGHTS_MISSING)
    for place, weight in enumerate(weights):
        if type(weight) is not int:
            checks.integer(weight, f"weights[{place}]")
        if weight < 0:
            raise WeightsError(f"weights[{place}]", WEIGHTS_NEGATIVE)
    if not any(weights):
        raise WeightsError("weights", WEIGHTS_ALL_ZERO)
    return weights


def checked_step(step: object, total: int) -> int:
    """
    The step, if *total* is a multiple of it.

    Raises:
        InvalidValueError: Not a positive int, or it does not divide *total*.
    """
    whole = checks.integer(step, "step", 1)
    if total % whole:
        raise InvalidValueError("amount", NOT_A_MULTIPLE.given(step=whole))
    return whole
