"""Facts asked without naming the page: they are about the page talked about, or the guide being walked."""

from __future__ import annotations

import pytest

from actions.buttons import MOST_READINGS
from actions.facts import ActionAnswerFact
from actions.topics import ActionOpenTopic
from actions.walkthrough import ActionWalkControl
from hocvu.guidance.walkthrough import Say
from tests.unit.action_world import WalkthroughsStandIn, make_tracker, make_view, offered_pages, responses
from tests.unit.factories import page_data

FACTS = {
    "ask_fee": "fee",
    "ask_time": "time",
    "ask_papers": "papers",
    "ask_place": "place",
    "ask_age": "age",
    "ask_validity": "valid",
    "ask_condition": "condition",
    "ask_proxy": "proxy",
}


@pytest.mark.parametrize(("intent", "name"), FACTS.items())
async def test_a_fact_of_the_page_talked_about_is_said(run, intent, name):
    page = page_data("mot", "answer", facts={name: f"Điều về {name}."})

    said, slots = await run(ActionAnswerFact, make_tracker(intent, topic="mot"), page)

    assert (said[0]["response"], said[0]["fact"]) == ("utter_fact", f"Điều về {name}.")
    assert slots["topic"] == "mot"


@pytest.mark.parametrize("intent", [*FACTS, "ask_safety"])
async def test_an_unknown_fact_is_not_made_up(run, intent):
    said, _ = await run(ActionAnswerFact, make_tracker(intent, topic="mot"), page_data("mot", "answer", facts={}))

    assert responses(said) == ["utter_fact_unknown"]


async def test_whether_it_is_safe_is_answered_by_the_page_itself(run):
    page = page_data("mot", safety="Đừng đưa mã cho ai.")

    said, _ = await run(ActionAnswerFact, make_tracker("ask_safety", topic="mot"), page)

    assert said[0]["fact"] == "Đừng đưa mã cho ai."


async def test_what_comes_out_is_the_end_of_the_guide(run):
    said, _ = await run(ActionAnswerFact, make_tracker("ask_result", topic="mot"), page_data("mot"))

    assert (said[0]["response"], said[0]["done"]) == ("utter_page_result", "[Bác] đã xong.")


async def test_what_comes_out_of_a_page_without_steps_is_not_known(run):
    said, _ = await run(ActionAnswerFact, make_tracker("ask_result", topic="mot"), page_data("mot", "answer"))

    assert responses(said) == ["utter_fact_unknown"]


async def test_sources_are_named_with_address_and_the_day_they_were_checked(run):
    said, _ = await run(ActionAnswerFact, make_tracker("ask_source", topic="mot"), page_data("mot"))

    assert (said[0]["response"], said[0]["title"]) == ("utter_page_sources", "Trang mot")
    assert said[0]["sources"] == "- Báo: Quên mật khẩu (01/11/2026) https://example.org/a"
    assert said[0]["custom"]["sources"][0]["url"] == "https://example.org/a"


async def test_a_fact_of_the_guide_being_walked_is_said_and_the_guide_offered_again(run):
    walkthroughs = WalkthroughsStandIn(open_view=make_view())

    said, _ = await run(ActionAnswerFact, make_tracker("ask_time"), walkthroughs=walkthroughs)

    assert responses(said) == ["utter_fact", "utter_walk_go_on"]


async def test_right_after_an_answer_page_the_fact_is_about_that_page(run):
    page = page_data("mot", "answer", facts={"fee": "50.000 đồng."})
    walkthroughs = WalkthroughsStandIn(open_view=make_view())
    _, slots = await run(ActionOpenTopic, make_tracker("ask_guide", guide="mot"), page, walkthroughs=walkthroughs)

    said, _ = await run(
        ActionAnswerFact, make_tracker("ask_fee", topic=slots["topic"]), page, walkthroughs=walkthroughs
    )

    assert (said[0]["fact"], responses(said)[-1]) == ("50.000 đồng.", "utter_walk_go_on")


async def test_right_after_a_finished_guide_the_fact_is_about_that_guide(run):
    view = make_view(Say.FINISHED)
    page = page_data(view.guide.slug)
    _, slots = await run(ActionWalkControl, make_tracker("control_done"), page, walkthroughs=WalkthroughsStandIn(view))

    said, _ = await run(ActionAnswerFact, make_tracker("ask_fee", topic=slots["topic"]), page)

    assert said[0]["fact"] == page["facts"]["fee"]


async def test_a_fact_of_nothing_is_asked_back_with_the_readings_at_hand(run):
    slugs = ["mot", "hai", "ba", "bon"]
    pages = [page_data(slug, "answer") for slug in slugs]

    said, slots = await run(ActionAnswerFact, make_tracker("ask_fee", readings=slugs), *pages)

    assert (responses(said), slots["turn_outcome"]) == (["utter_fact_of_what"], "clarified")
    assert offered_pages(said[0]) == slots["offered"] == slugs[:MOST_READINGS]
