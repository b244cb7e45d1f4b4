"""What is answered to words between the steps: in a guide with the step, elsewhere without one."""

from __future__ import annotations

import pytest

from actions.between_steps import (
    ActionReassure,
    ActionSayOverview,
    ActionSayProgress,
    ActionSaySimpler,
    ActionSayThenStep,
    ActionSayWhy,
)
from tests.unit.action_world import WalkthroughsStandIn, make_tracker, make_view, offered_pages, responses
from tests.unit.factories import page_data

EVERY_ACTION = [
    (ActionSaySimpler, "ask_simpler"),
    (ActionSayProgress, "ask_progress"),
    (ActionSayOverview, "ask_overview"),
    (ActionSayWhy, "ask_why"),
    (ActionReassure, "say_afraid"),
    (ActionSayThenStep, "pressed_wrong"),
    (ActionSayThenStep, "request_picture"),
]


def at_step(step_id="b", **changes):
    return WalkthroughsStandIn(open_view=make_view(step_id=step_id, **changes))


@pytest.mark.parametrize(("action", "intent"), EVERY_ACTION)
async def test_words_between_the_steps_move_nothing_and_are_about_the_open_guide(run, action, intent):
    walkthroughs = at_step()

    _, slots = await run(action, make_tracker(intent, topic="khac"), walkthroughs=walkthroughs)

    assert walkthroughs.asked == []
    assert slots == {"turn_outcome": "answered", "topic": "doi-mat-khau"}


@pytest.mark.parametrize(
    ("action", "intent", "said_by"),
    [
        (ActionSaySimpler, "ask_simpler", ["utter_walk_simpler"]),
        (ActionSayProgress, "ask_progress", ["utter_walk_progress"]),
        (ActionSayOverview, "ask_overview", ["utter_walk_overview", "utter_walk_step"]),
        (ActionSayThenStep, "pressed_wrong", ["utter_pressed_wrong", "utter_walk_step"]),
        (ActionSayThenStep, "request_picture", ["utter_no_picture", "utter_walk_step"]),
    ],
)
async def test_in_a_guide_the_answer_ends_with_the_step(run, action, intent, said_by):
    said, _ = await run(action, make_tracker(intent), walkthroughs=at_step())

    assert responses(said) == said_by
    assert (said[-1]["number"], said[-1]["custom"]["kind"]) == (2, "step")


@pytest.mark.parametrize(
    ("action", "intent", "said_by", "outcome"),
    [
        (ActionSaySimpler, "ask_simpler", ["utter_what_is_unclear"], "clarified"),
        (ActionSayProgress, "ask_progress", ["utter_walk_nothing_open"], "answered"),
        (ActionSayOverview, "ask_overview", ["utter_walk_nothing_open"], "answered"),
        (ActionSayWhy, "ask_why", ["utter_walk_nothing_open"], "answered"),
        (ActionReassure, "say_afraid", ["utter_reassure", "utter_not_alone"], "answered"),
        (ActionSayThenStep, "pressed_wrong", ["utter_pressed_wrong"], "answered"),
        (ActionSayThenStep, "request_picture", ["utter_no_picture"], "answered"),
    ],
)
async def test_without_a_guide_no_step_is_shown(run, action, intent, said_by, outcome):
    said, slots = await run(action, make_tracker(intent))

    assert (responses(said), slots["turn_outcome"]) == (said_by, outcome)


async def test_progress_tells_how_many_steps_remain(run):
    said, _ = await run(ActionSayProgress, make_tracker("ask_progress"), walkthroughs=at_step("a"))

    assert (said[0]["number"], said[0]["total"], said[0]["remaining"]) == (1, 3, 2)


async def test_at_the_last_step_nothing_remains(run):
    said, _ = await run(ActionSayProgress, make_tracker("ask_progress"), walkthroughs=at_step("c"))

    assert responses(said) == ["utter_walk_last_step"]


async def test_an_overview_numbers_all_steps(run):
    said, _ = await run(ActionSayOverview, make_tracker("ask_overview"), walkthroughs=at_step())

    assert said[0]["steps"].splitlines() == ["1. [Bác] bấm nút a.", "2. [Bác] bấm nút b.", "3. [Bác] bấm nút c."]


async def test_an_overview_of_the_guide_talked_about_last_offers_to_begin_it(run):
    said, slots = await run(ActionSayOverview, make_tracker("ask_overview", topic="mot"), page_data("mot"))

    assert (responses(said), said[0]["title"]) == (["utter_walk_overview"], "Trang mot")
    assert (offered_pages(said[0]), slots["topic"]) == (["mot"], "mot")


async def test_there_is_no_overview_of_a_page_without_steps(run):
    said, _ = await run(ActionSayOverview, make_tracker("ask_overview", topic="mot"), page_data("mot", "answer"))

    assert responses(said) == ["utter_walk_nothing_open"]


async def test_why_is_answered_in_the_words_of_the_step(run):
    said, _ = await run(ActionSayWhy, make_tracker("ask_why"), walkthroughs=at_step(why="Để chắc là [bác]."))

    assert (said[0]["response"], said[0]["why"]) == ("utter_walk_why", "Để chắc là [bác].")


async def test_why_of_a_step_without_a_reason_says_what_it_leads_to(run):
    said, _ = await run(ActionSayWhy, make_tracker("ask_why"), walkthroughs=at_step())

    assert (said[0]["response"], said[0]["see"]) == ("utter_walk_why_in_general", "Màn hình đổi.")


async def test_why_of_a_page_without_steps_is_not_made_up(run):
    said, _ = await run(ActionSayWhy, make_tracker("ask_why", topic="mot"), page_data("mot", "answer"))

    assert (said[0]["response"], said[0]["title"]) == ("utter_fact_unknown", "Trang mot")


@pytest.mark.parametrize(
    ("safety", "middle"), [("Đừng đưa mã cho ai.", ["utter_page_safety"]), (None, [])], ids=["safety", "no safety"]
)
async def test_fear_is_answered_with_what_the_step_does_the_warning_of_the_page_and_a_person(run, safety, middle):
    said, _ = await run(ActionReassure, make_tracker("say_afraid"), walkthroughs=at_step(safety=safety))

    assert responses(said) == ["utter_walk_reassure", *middle, "utter_walk_not_alone"]
    assert said[0]["do"] == "[Bác] bấm nút b."


async def test_fear_after_a_page_is_answered_with_the_warning_of_that_page(run):
    page = page_data("mot", "answer", safety="Đừng đưa mã cho ai.")

    said, _ = await run(ActionReassure, make_tracker("say_afraid", topic="mot"), page)

    assert responses(said) == ["utter_reassure", "utter_page_safety", "utter_not_alone"]
