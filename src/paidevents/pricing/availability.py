"""What is left of whatever is limited, and a memory of what was asked about it."""

from collections.abc import Mapping

# A question: a counter, its limit, and how much of it can matter at most.
Question = tuple[str, int, int]


class Availability:
    """
    What is left, counter by counter.

    Whoever makes a price asks only here. So the questions and their answers say
    all that a price owes to what was taken: the same answers, the same price.

    Attributes:
        questions: Every question so far, in order.
        answers: The answer to each.
    """

    __slots__ = ("_taken", "answers", "questions")

    def __init__(self, taken: Mapping[str, int]) -> None:
        self._taken = taken
        self.questions: list[Question] = []
        self.answers: list[int] = []

    def left(self, counter: str, limit: int, most: int) -> int:
        """How much of *counter* is left within *limit*: from 0 to *most*, since more does not matter."""
        left = min(max(limit - self._taken.get(counter, 0), 0), most)
        self.questions.append((counter, limit, most))
        self.answers.append(left)
        return left


def answers(questions: tuple[Question, ...], taken: Mapping[str, int]) -> tuple[int, ...]:
    """The answers of an `Availability` to *questions*; written out, for it is asked for every quote."""
    get = taken.get
    return tuple(
        [
            most if (left := limit - get(counter, 0)) >= most else left if left > 0 else 0
            for counter, limit, most in questions
        ]
    )
