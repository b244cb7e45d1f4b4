"""Greeting, help, a person, letters that cannot be read, and how the learner is called."""

from __future__ import annotations

import pytest

from actions.learner import ActionSetAddress
from actions.small_talk import (
    LARGER_LETTERS_PAGE,
    ActionGreet,
    ActionHelpToRead,
    ActionRequestHandoff,
    ActionShowHelp,
)
from hocvu.content.models import HELP_PAGE
from hocvu.content.topics import load_topics
from hocvu.settings import PROJECT_ROOT
from tests.unit.action_world import (
    LearnersStandIn,
    WalkthroughsStandIn,
    make_tracker,
    make_view,
    offered_pages,
    responses,
)
from tests.unit.factories import page_data


@pytest.mark.parametrize(("intent", "response"), [("greet", "utter_greet"), ("introduce_self", "utter_nice_to_meet")])
async def test_a_greeting_offers_to_go_on(run, intent, response):
    said, _ = await run(ActionGreet, make_tracker(intent), walkthroughs=WalkthroughsStandIn(open_view=make_view()))

    assert responses(said) == [response, "utter_walk_go_on"]


async def test_help_says_what_the_assistant_does_and_where_to_begin(run):
    said, slots = await run(ActionShowHelp, make_tracker("ask_help"), page_data(HELP_PAGE, "answer"))

    assert (said[0]["custom"]["kind"], said[1]["response"]) == ("answer", "utter_help_topics")
    assert slots == {"turn_outcome": "answered"}


async def test_who_asks_for_a_person_is_handed_off(run):
    said, slots = await run(ActionRequestHandoff, make_tracker("request_handoff"))

    assert (responses(said), slots) == (["utter_handoff"], {"turn_outcome": "handed_off"})


async def test_who_cannot_read_is_offered_the_page_about_larger_letters(run):
    said, slots = await run(ActionHelpToRead, make_tracker("cannot_read"), page_data(LARGER_LETTERS_PAGE))

    assert (responses(said), offered_pages(said[0])) == (["utter_cannot_read"], [LARGER_LETTERS_PAGE])
    assert slots == {"turn_outcome": "answered"}


async def test_a_page_about_larger_letters_that_is_not_written_yet_is_not_offered(run):
    said, _ = await run(ActionHelpToRead, make_tracker("cannot_read"))

    assert offered_pages(said[0]) == []


def test_the_page_about_larger_letters_is_a_topic():
    assert LARGER_LETTERS_PAGE in load_topics(PROJECT_ROOT / "knowledge" / "topics.tsv")


@pytest.mark.parametrize("again", [False, True], ids=["once", "repeated"])
async def test_a_form_of_address_is_kept_and_told(run, again):
    learners = LearnersStandIn()
    tracker = make_tracker("set_address", text="gọi chị thôi")
    if again:
        await run(ActionSetAddress, tracker, learners=learners)

    said, slots = await run(ActionSetAddress, tracker, learners=learners)

    assert learners.called == {"learner": "chi"}
    assert (responses(said), slots) == (["utter_address_set"], {"turn_outcome": "answered"})


async def test_with_a_new_form_of_address_an_open_guide_is_gone_on_with(run):
    said, _ = await run(
        ActionSetAddress,
        make_tracker("set_address", text="gọi chị thôi"),
        walkthroughs=WalkthroughsStandIn(open_view=make_view()),
    )

    assert responses(said) == ["utter_address_set", "utter_walk_go_on"]


async def test_a_form_of_address_we_have_not_is_asked_about_and_nothing_kept(run):
    learners = LearnersStandIn()

    said, slots = await run(ActionSetAddress, make_tracker("set_address", text="kêu dượng nghe"), learners=learners)

    assert (learners.called, slots["turn_outcome"]) == ({}, "clarified")
    assert said[0]["response"] == "utter_address_unknown"
    assert said[0]["forms"] == "bác, ông, bà, cô, chú, anh, chị, em, bạn"
