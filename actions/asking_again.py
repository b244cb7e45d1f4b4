"""Asking what is meant: two or three readings to tap, a person after two misses."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.executor import CollectingDispatcher

from actions.base import Answered
from actions.buttons import MOST_READINGS, pages_on_shelf, reading_buttons
from actions.services import Services
from actions.turn import TurnContext
from hocvu.content.library import AnyPage
from hocvu.content.wordings import compared_words
from hocvu.outcomes import TurnOutcome

FEWEST_WORDS_OF_A_SYMPTOM = 4
"""Fillers aside. Chosen for this project: "chưa thấy gì" only says that something is wrong, "cứ đòi mật khẩu" what."""
MISSES_BEFORE_PERSON = 2
"""Misunderstood twice in a row is where people give up: then a person is offered, too."""


def ask_again(
    pages: Sequence[AnyPage],
    services: Services,
    turn: TurnContext,
    dispatcher: CollectingDispatcher,
    *,
    instead: str = "utter_say_again",
) -> Answered:
    """Readings, or `instead` when there are none. From the second miss in a row on a person is offered, too; that offer
    asks for other words by itself."""
    shown = pages[:MOST_READINGS]
    offers_person = turn.misunderstood + 1 >= MISSES_BEFORE_PERSON
    if shown:
        say_readings(shown, services, turn, dispatcher)
    elif not offers_person:
        dispatcher.utter_message(response=instead)
    if offers_person:
        dispatcher.utter_message(response="utter_offer_person", json_message={"kind": "choice"})
    return Answered(TurnOutcome.CLARIFIED, offered=[page.slug for page in shown], missed=True)


def say_readings(
    pages: Sequence[AnyPage], services: Services, turn: TurnContext, dispatcher: CollectingDispatcher
) -> None:
    other = {"title": services.phrases.other_topic, "payload": "/none_of_these"}
    readings = reading_buttons(pages, services.shelf.own_words, turn.question)
    dispatcher.utter_message(response="utter_readings", buttons=[*readings, other], json_message={"kind": "choice"})


def ask_what_is_wrong(services: Services, turn: TurnContext, dispatcher: CollectingDispatcher) -> Answered | None:
    """ "It keeps asking for the password", with no guide open, is a question by its symptom: the pages that may help.

    None, and nothing said, when a button was pressed, when the words name no symptom, or when no page may help.
    """
    if turn.said or len(compared_words(turn.question or turn.text)) < FEWEST_WORDS_OF_A_SYMPTOM:
        return None
    pages = pages_on_shelf(turn.readings, services.shelf.library)
    return ask_again(pages, services, turn, dispatcher) if pages else None
