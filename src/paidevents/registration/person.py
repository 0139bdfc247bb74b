"""
Who buys and who attends.

Nothing here shows a name or an address in its `repr`: what is printed ends up in logs.
"""

from attrs import field, frozen

from paidevents import checks
from paidevents.catalog.form import LONGEST_ANSWER, MOST_QUESTIONS, RegistrationForm
from paidevents.catalog.names import identifier
from paidevents.checks import Prose, between, of_kind, prose, settle, several, text
from paidevents.errors import InvalidValueError
from paidevents.pricing.buyer import Buyer, email_key
from paidevents.reason import Reason

ANSWERED_TWICE = Reason("answered_twice", "The question {question} is answered twice.")
ANSWER_MISSING = Reason("answer_missing", "The question {question} has to be answered.")
NO_SUCH_QUESTION = Reason("no_such_question", "Nobody asked the question {question}.")
NO_SUCH_CHOICE = Reason("no_such_choice", "The answer to {question} is none of those to choose from.")
ANSWER_TOO_LONG = Reason("answer_too_long", "The answer to {question} is longer than {limit} characters.")
DISCLAIMER_NOT_ACCEPTED = Reason("disclaimer_not_accepted", "The organizer’s conditions have to be accepted.")


def email(value: object, field: str) -> str:
    """*value* if it is an e-mail address; as it was typed, without spaces around it."""
    typed = checks.instance(value, field, str)
    try:
        email_key(typed)
    except InvalidValueError as error:
        raise InvalidValueError(field, error.reason) from None
    return typed.strip(" ")


@frozen(kw_only=True, repr=False)
class Person:
    """
    A person, as the registration form knows them.

    Attributes:
        name: As the person writes it, up to 200 characters.
        email: As it was typed.

    Raises:
        InvalidValueError: A name or an address that cannot be.

    Example:
        >>> ana = Person(name="Ana Lima", email="Ana@Example.com")
        >>> ana, ana.key
        (Person(…), 'ana@example.com')
    """

    name: str
    email: str

    def __attrs_post_init__(self) -> None:
        settle(self, name=text, email=email)

    @property
    def key(self) -> str:
        """What tells whether two addresses are the same person's."""
        return email_key(self.email)

    @property
    def mark(self) -> str:
        """The same for counters and records: it tells nothing of the person."""
        return Buyer(identities=(self.key,)).marks[0]

    def __repr__(self) -> str:
        return "Person(…)"


@frozen(repr=False)
class Answer:
    """
    An answer to a question of the registration form.

    Attributes:
        question: The question's id.
        text: Up to 5000 characters, of several lines.

    Raises:
        InvalidValueError: An attribute that cannot be.
    """

    question: str
    text: Prose

    def __attrs_post_init__(self) -> None:
        settle(self, question=identifier, text=prose(LONGEST_ANSWER, needed=True))

    def __repr__(self) -> str:
        return f"Answer({self.question!r}, …)"


@frozen(kw_only=True)
class Attendee:
    """
    Who takes a place, and what they said when they registered.

    Attributes:
        person: Name and address.
        answers: To the questions of the form.
        accepted: Version of the disclaimer that was accepted; 0 for none.

    Raises:
        InvalidValueError: A question answered twice, or an attribute that cannot be.
    """

    person: Person
    answers: tuple[Answer, ...] = field(default=())
    accepted: int = 0

    def __attrs_post_init__(self) -> None:
        settle(
            self,
            person=of_kind(Person),
            answers=several(of_kind(Answer), MOST_QUESTIONS),
            accepted=between(0, checks.INT64_MAX),
        )
        answered: set[str] = set()
        for place, answer in enumerate(self.answers):
            if answer.question in answered:
                raise InvalidValueError(f"answers[{place}]", ANSWERED_TWICE.given(question=answer.question))
            answered.add(answer.question)


def form_refusals(form: RegistrationForm, attendee: Attendee) -> tuple[Reason, ...]:
    """
    What of *form* is not filled in as it asks. Empty if all is well.

    Raises:
        InvalidValueError: An argument is of another kind.

    Source:
        GT-23.

    Example:
        >>> from paidevents.catalog import Question
        >>> form = RegistrationForm(questions=[Question(id="level", text="Your level?", required=True)])
        >>> ana = Person(name="Ana", email="ana@example.com")
        >>> [str(reason) for reason in form_refusals(form, Attendee(person=ana))]
        ['The question level has to be answered.']
    """
    checks.instance(form, "form", RegistrationForm)
    given = {answer.question: answer.text for answer in checks.instance(attendee, "attendee", Attendee).answers}
    refusals = []
    for question in form.questions:
        answer = given.pop(question.id, None)
        if answer is None:
            refusals += [ANSWER_MISSING.given(question=question.id)] if question.required else []
        elif question.choices and answer not in question.choices:
            refusals.append(NO_SUCH_CHOICE.given(question=question.id))
        elif not question.choices and len(answer) > question.longest:
            refusals.append(ANSWER_TOO_LONG.given(question=question.id, limit=question.longest))
    refusals += [NO_SUCH_QUESTION.given(question=id) for id in given]
    if form.disclaimer is not None and attendee.accepted != form.disclaimer.version:
        refusals.append(DISCLAIMER_NOT_ACCEPTED)
    return tuple(refusals)
