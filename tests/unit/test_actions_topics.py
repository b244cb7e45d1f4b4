"""Opening pages: what is said of a guide, an answer and an emergency."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from actions.buttons import MOST_NEXT_TOPICS
from actions.topics import ActionOpenTopic
from hocvu.people.walkthroughs import Begun, Resumable
from tests.unit.action_world import (
    WalkthroughsStandIn,
    make_tracker,
    make_view,
    offered_pages,
    payloads,
    responses,
)
from tests.unit.factories import page_data


async def test_an_answer_is_said_with_its_card(run):
    said, slots = await run(ActionOpenTopic, make_tracker("ask_guide", guide="mot"), page_data("mot", "answer"))

    assert said[0]["text"].startswith("Không mất tiền.")
    assert said[0]["custom"]["kind"] == "answer"
    assert slots == {"turn_outcome": "answered", "topic": "mot"}


async def test_an_answer_offers_pages_that_are_on_the_shelf(run):
    first = page_data("mot", "answer", next=["khong-co", "hai", "ba", "bon"])
    others = [page_data(slug, "answer") for slug in ("hai", "ba", "bon")]

    said, _ = await run(ActionOpenTopic, make_tracker("ask_guide", guide="mot"), first, *others)

    assert payloads(said[0]) == ['/choose_guide{"guide": "hai"}', '/choose_guide{"guide": "ba"}'][:MOST_NEXT_TOPICS]


async def test_an_answer_offers_to_go_on_with_an_open_guide(run):
    walkthroughs = WalkthroughsStandIn(open_view=make_view())

    said, _ = await run(
        ActionOpenTopic, make_tracker("ask_guide", guide="mot"), page_data("mot", "answer"), walkthroughs=walkthroughs
    )

    assert responses(said)[-1] == "utter_walk_go_on"


async def test_the_safety_line_of_an_answer_is_said(run):
    page = page_data("mot", "answer", safety="Đừng đưa mã cho ai.")

    said, _ = await run(ActionOpenTopic, make_tracker("ask_guide", guide="mot"), page)

    assert "Đừng đưa mã cho ai." in json.dumps(said, ensure_ascii=False)


async def test_the_safety_line_of_an_emergency_is_said(run):
    page = page_data("mot", "emergency", safety="Đừng đưa mã cho ai.")

    said, _ = await run(ActionOpenTopic, make_tracker("ask_guide", guide="mot"), page)

    assert "Đừng đưa mã cho ai." in json.dumps(said, ensure_ascii=False)


async def test_an_emergency_says_calm_words_and_hotlines(run):
    said, _ = await run(ActionOpenTopic, make_tracker("ask_guide", guide="mot"), page_data("mot", "emergency"))

    assert said[0]["text"].startswith("[Bác] bình tĩnh.")
    assert said[0]["custom"]["hotlines"][0]["number"] == "113"


async def test_a_chosen_page_counts_more_than_a_guessed_one(run):
    pages = [page_data("mot", "answer"), page_data("hai", "answer")]

    _, slots = await run(ActionOpenTopic, make_tracker("choose_guide", guide="mot", pressed_guide="hai"), *pages)

    assert slots["topic"] == "hai"


async def test_a_guide_begins_with_introduction_safety_and_first_step(run):
    begun = Begun(make_view(step_id="a", safety="Cẩn thận."))

    said, _ = await run(
        ActionOpenTopic,
        make_tracker("ask_guide", guide="mot"),
        page_data("mot"),
        walkthroughs=WalkthroughsStandIn(begun),
    )

    assert (said[0]["intro"], said[0]["safety"]) == (begun.view.guide.intro, "Cẩn thận.")
    assert responses(said)[-1] == "utter_walk_step"


async def test_a_guide_half_done_is_asked_about(run):
    walkthroughs = WalkthroughsStandIn(Resumable(make_view()))

    said, _ = await run(
        ActionOpenTopic, make_tracker("ask_guide", guide="mot"), page_data("mot"), walkthroughs=walkthroughs
    )

    assert responses(said) == ["utter_walk_resumable"]
    assert walkthroughs.asked == [{"learner_id": "learner", "turn_id": "t1"}]


@pytest.mark.parametrize("guide", ["khong-co", None])
async def test_a_page_that_is_not_on_the_shelf_is_told_and_counted(run, guide):
    said, slots = await run(ActionOpenTopic, make_tracker("ask_guide", guide=guide))

    assert (responses(said), slots["turn_outcome"]) == (["utter_page_missing"], "error_withdrawn_page")


async def test_an_expired_page_says_so_first(run):
    late = datetime(2027, 11, 1, 17, tzinfo=UTC)  # the next day in Vietnam

    said, _ = await run(ActionOpenTopic, make_tracker("ask_guide", guide="mot"), page_data("mot", "answer"), today=late)

    assert responses(said)[0] == "utter_page_expired"


@pytest.mark.parametrize("kind", ["guide", "answer", "emergency"])
async def test_a_second_question_of_the_message_is_kept_as_a_button(run, kind):
    tracker = make_tracker("ask_guide", guide="mot", second_guide="hai")
    walkthroughs = WalkthroughsStandIn(Begun(make_view(step_id="a")))

    said, slots = await run(
        ActionOpenTopic, tracker, page_data("mot", kind), page_data("hai"), walkthroughs=walkthroughs
    )

    assert (said[-1]["response"], said[-1]["title"]) == ("utter_second_question", "Trang hai")
    assert (offered_pages(said[-1]), slots["topic"]) == (["hai"], "mot")


@pytest.mark.parametrize("second", ["mot", "khong-co", None])
async def test_a_second_question_without_a_page_of_its_own_is_not_spoken_of(run, second):
    tracker = make_tracker("ask_guide", guide="mot", second_guide=second)

    said, _ = await run(ActionOpenTopic, tracker, page_data("mot", "answer"))

    assert "utter_second_question" not in responses(said)


async def test_the_second_question_comes_before_the_offer_to_go_on_with_a_guide(run):
    tracker = make_tracker("ask_guide", guide="mot", second_guide="hai")
    pages = [page_data("mot", "answer"), page_data("hai")]

    said, _ = await run(ActionOpenTopic, tracker, *pages, walkthroughs=WalkthroughsStandIn(open_view=make_view()))

    assert responses(said)[1:] == ["utter_second_question", "utter_walk_go_on"]
