"""Strategies for people: who buys and attends, and what they answer."""

from hypothesis import strategies as st

from paidevents.catalog.form import RegistrationForm
from paidevents.catalog.people import SYSTEM, Actor, Role
from paidevents.registration.person import Answer, Attendee, Person
from paidevents.testing.strategies.amounts import Dice, made

NAMES = ("Ana Lima", "Bö Åberg", "Cleo d’Arc", "岡 大", "Eve")
ADDRESSES = ("ana@example.org", "bo+news@example.org", "Cleo@Example.com", "eve@bücher.example")
QUESTIONS = ("level", "diet")
ANSWERS = ("A little", "Nichts.\nGar nichts.", "à l’heure")
ORGANIZER = Actor(Role.ORGANIZER, "42")
BUYER = Actor(Role.ATTENDEE, "7")
SOMEBODY = (SYSTEM, ORGANIZER, BUYER)


def persons() -> st.SearchStrategy[Person]:
    """People, with names and addresses of many alphabets."""
    return made(a_person)


def a_person(dice: Dice, before: str = "") -> Person:
    """A person; what stands *before* an address makes it another one."""
    return Person(name=dice.choice(NAMES), email=before + dice.choice(ADDRESSES))


def answers() -> st.SearchStrategy[Answer]:
    """Answers to questions of a form, of one line and of several."""
    return made(lambda dice: Answer(dice.choice(QUESTIONS), dice.choice(ANSWERS)))


def attendees() -> st.SearchStrategy[Attendee]:
    """People who register, with what they answered."""
    return made(_an_attendee)


def _an_attendee(dice: Dice) -> Attendee:
    given = [Answer(question, dice.choice(ANSWERS)) for question in dice.some(QUESTIONS, len(QUESTIONS))]
    return Attendee(person=a_person(dice), answers=tuple(given), accepted=dice.below(3))


def a_guest(dice: Dice, form: RegistrationForm, number: int) -> Attendee:
    """Who fills in *form* as it asks; with another *number* it is another person."""
    given = []
    for question in form.questions:
        if question.required or dice.one_in(2):
            said = dice.choice(question.choices or tuple(answer[: question.longest] for answer in ANSWERS))
            given.append(Answer(question.id, said))
    return Attendee(
        person=a_person(dice, f"{number}." if number else ""),
        answers=tuple(given),
        accepted=0 if form.disclaimer is None else form.disclaimer.version,
    )
