"""What a registration asks for besides name and address: questions, and a disclaimer to accept."""

from attrs import frozen

from paidevents import checks
from paidevents.catalog.names import identifier, listed
from paidevents.checks import Prose, between, of_kind, optional, prose, settle, several
from paidevents.errors import InvalidValueError
from paidevents.reason import Reason

CHOICE_TWICE = Reason("choice_twice", "The choice {choice} stands there twice.")

MOST_QUESTIONS = 100
MOST_CHOICES = 200
LONGEST_ANSWER = 5000
LONGEST_DISCLAIMER = 20_000
LONGEST_REMARK = 5000


def line(value: object, field: str) -> str:
    """*value* if it is one line of a form."""
    return checks.text(value, field, 500)


@frozen(kw_only=True)
class Question:
    """
    A question of the registration form.

    Attributes:
        id: Unique in its form.
        text: As it is asked.
        required: There is no registration without an answer.
        choices: The answers to choose from; empty for the registrant's own words.
        longest: The most characters of an answer in own words, from 1 to 5000.

    Raises:
        InvalidValueError: A choice twice, or an attribute that cannot be.

    Example:
        >>> Question(id="level", text="How much do you know?", choices=["Nothing", "A little"]).choices
        ('Nothing', 'A little')
    """

    id: str
    text: str
    required: bool = False
    choices: tuple[str, ...] = ()
    longest: int = 500

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            id=identifier,
            text=line,
            required=of_kind(bool),
            choices=several(line, MOST_CHOICES),
            longest=between(1, LONGEST_ANSWER),
        )
        for place, choice in enumerate(self.choices):
            if choice in self.choices[:place]:
                raise InvalidValueError(f"choices[{place}]", CHOICE_TWICE.given(choice=choice))


@frozen(kw_only=True)
class Disclaimer:
    """
    What a registrant must accept.

    Who accepted one version has not accepted the next.

    Attributes:
        text: What is accepted; up to 20,000 characters, of several lines.
        version: Raised whenever the text becomes another.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    text: Prose
    version: int = 1

    def __attrs_post_init__(self) -> None:
        settle(self, text=prose(LONGEST_DISCLAIMER, needed=True), version=between(1, 1_000_000))


@frozen(kw_only=True)
class RegistrationForm:
    """
    What is asked of everybody who registers, and what the confirmation adds.

    Attributes:
        questions: The questions, in order.
        disclaimer: What must be accepted; None for nothing.
        remark: What the organizer adds to the confirmation; up to 5000 characters, of several lines.

    Raises:
        InvalidValueError: Two questions of one id, or an attribute that cannot be.

    Source:
        GT-23, GT-26.

    Example:
        >>> form = RegistrationForm(questions=[Question(id="company", text="Where do you work?", required=True)])
        >>> [question.id for question in form.questions if question.required]
        ['company']
    """

    questions: tuple[Question, ...] = ()
    disclaimer: Disclaimer | None = None
    remark: Prose = ""

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            questions=listed(Question, MOST_QUESTIONS),
            disclaimer=optional(of_kind(Disclaimer)),
            remark=prose(LONGEST_REMARK),
        )
