"""The controls of a guide, typed or pressed."""

from __future__ import annotations

import json

import pytest

from actions.walkthrough import NO_BRANCH, ActionCheckIn, ActionTakeDontKnow, ActionWalkControl
from hocvu.content.pictures.alternative import alternative
from hocvu.content.screens import Screen
from hocvu.guidance.walkthrough import Control, Say
from hocvu.people.walkthroughs import Begun, NothingOpen, Withdrawn
from tests.unit.action_world import WalkthroughsStandIn, make_tracker, make_view, payloads, responses
from tests.unit.factories import make_branch, page_data


@pytest.mark.parametrize(("view", "response"), [(None, "utter_what_next"), (make_view(), "utter_walk_check_in")])
async def test_a_bare_yes_is_checked_against_the_step(run, view, response):
    said, _ = await run(ActionCheckIn, make_tracker("affirm"), walkthroughs=WalkthroughsStandIn(open_view=view))

    assert responses(said) == [response]


@pytest.mark.parametrize(
    ("result", "response", "outcome"),
    [
        (NothingOpen(), "utter_walk_nothing_open", "answered"),
        (Withdrawn("mot"), "utter_walk_withdrawn", "error_withdrawn_page"),
        (Begun(make_view()), "utter_walk_step", "answered"),
        (make_view(Say.STEP), "utter_walk_step", "answered"),
        (make_view(Say.STALE_BUTTON), "utter_walk_stale_button", "answered"),
        (make_view(Say.AT_FIRST_STEP), "utter_walk_at_first_step", "answered"),
        (make_view(Say.NO_BRANCHES), "utter_walk_no_branches", "answered"),
        (make_view(Say.PERSON), "utter_walk_person", "answered"),
        (make_view(Say.STOPPED), "utter_walk_stopped", "answered"),
        (make_view(Say.FIX, branch=make_branch("mo")), "utter_walk_fix", "answered"),
        (make_view(Say.FIX, branch=make_branch("mo", then="person")), "utter_walk_fix_person", "answered"),
        (make_view(Say.FINISHED), "utter_walk_finished", "answered"),
    ],
)
async def test_a_move_is_said_in_the_response_that_belongs_to_it(run, result, response, outcome):
    said, slots = await run(ActionWalkControl, make_tracker("control_done"), walkthroughs=WalkthroughsStandIn(result))

    assert (responses(said), slots["turn_outcome"]) == ([response], outcome)


@pytest.mark.parametrize(
    ("say", "last"), [(Say.FIX_AND_STEP, "utter_walk_step"), (Say.FINISHED, "utter_walk_finished")]
)
async def test_a_fix_that_leads_on_is_said_before_what_follows(run, say, last):
    walkthroughs = WalkthroughsStandIn(make_view(say, branch=make_branch("mo", then="next")))

    said, _ = await run(ActionWalkControl, make_tracker("choose_branch", branch="mo"), walkthroughs=walkthroughs)

    assert responses(said) == ["utter_walk_fix_only", last]


async def test_a_step_is_said_with_its_picture_and_the_card_with_its_alternative(run):
    screen = Screen.model_validate({"parts": [{"button": "Tiếp tục"}], "tap": "Tiếp tục"})

    said, _ = await run(
        ActionWalkControl, make_tracker("control_repeat"), walkthroughs=WalkthroughsStandIn(make_view(picture=screen))
    )

    assert said[0]["image"].startswith("/pictures/doi-mat-khau/b.svg?v=")
    assert said[0]["custom"]["picture"] == alternative(screen)


async def test_a_step_without_a_picture_has_none(run):
    said, _ = await run(
        ActionWalkControl, make_tracker("control_repeat"), walkthroughs=WalkthroughsStandIn(make_view())
    )

    assert (said[0].get("image"), "picture" in said[0]["custom"]) == (None, False)


async def test_branches_are_buttons_with_none_of_these_behind(run):
    walkthroughs = WalkthroughsStandIn(make_view(Say.BRANCHES))

    said, _ = await run(ActionWalkControl, make_tracker("control_stuck"), walkthroughs=walkthroughs)

    chosen = [json.loads(payload.removeprefix("/choose_branch"))["branch"] for payload in payloads(said[0])]
    assert chosen == ["mo", "doi", NO_BRANCH]


async def test_a_finished_guide_offers_its_next_pages(run):
    view = make_view(Say.FINISHED, next=("hai",))

    said, _ = await run(
        ActionWalkControl, make_tracker("control_done"), page_data("hai"), walkthroughs=WalkthroughsStandIn(view)
    )

    assert "hai" in json.dumps(said, ensure_ascii=False)


async def test_a_button_says_which_guide_step_and_branch_it_belongs_to(run):
    walkthroughs = WalkthroughsStandIn(make_view())

    await run(ActionWalkControl, make_tracker("choose_branch", at="b", branch="mo"), walkthroughs=walkthroughs)

    assert (walkthroughs.asked[0]["move"].at, walkthroughs.asked[0]["move"].target) == ("b", "mo")


@pytest.mark.parametrize("intent", ["control_done", "control_skip"])
async def test_a_step_that_is_done_or_skipped_is_moved_on_from(run, intent):
    walkthroughs = WalkthroughsStandIn(make_view())

    await run(ActionWalkControl, make_tracker(intent), walkthroughs=walkthroughs)

    assert walkthroughs.asked[0]["move"].control == Control.DONE


async def test_not_knowing_in_a_guide_is_being_stuck(run):
    walkthroughs = WalkthroughsStandIn(make_view(Say.BRANCHES))

    said, slots = await run(ActionTakeDontKnow, make_tracker("say_dont_know"), walkthroughs=walkthroughs)

    assert walkthroughs.asked[0]["move"].control == Control.STUCK
    assert (responses(said), slots["turn_outcome"]) == (["utter_walk_branches"], "answered")


async def test_not_knowing_elsewhere_is_asked_about_and_is_no_misunderstanding(run):
    walkthroughs = WalkthroughsStandIn(NothingOpen())

    said, slots = await run(ActionTakeDontKnow, make_tracker("say_dont_know"), walkthroughs=walkthroughs)

    assert (responses(said), slots) == (["utter_say_again"], {"turn_outcome": "clarified"})


@pytest.mark.parametrize(
    ("words", "response"),
    [("nó cứ đòi mật khẩu hoài", "utter_readings"), ("chưa thấy gì", "utter_walk_nothing_open")],
)
async def test_a_symptom_told_with_no_guide_open_is_a_question(run, words, response):
    tracker = make_tracker("control_stuck", normalised=words, readings=["mot"])

    said, _ = await run(
        ActionWalkControl, tracker, page_data("mot", "answer"), walkthroughs=WalkthroughsStandIn(NothingOpen())
    )

    assert responses(said) == [response]


async def test_a_pressed_button_is_no_symptom(run):
    tracker = make_tracker("control_stuck", normalised="nó cứ đòi mật khẩu hoài", readings=["mot"], at="mot")

    said, _ = await run(
        ActionWalkControl, tracker, page_data("mot", "answer"), walkthroughs=WalkthroughsStandIn(NothingOpen())
    )

    assert responses(said) == ["utter_walk_nothing_open"]
