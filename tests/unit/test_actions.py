"""What actions say, with a shelf of their own and a stand-in for the learner's walkthroughs."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import read_turn
from actions.buttons import MOST_NEXT_TOPICS
from actions.services import Services
from actions.small_talk import ActionGreet, ActionRequestHandoff
from actions.topics import (
    MOST_READINGS,
    ActionAnswerFact,
    ActionOfferReadings,
    ActionOpenTopic,
    ActionOutOfScope,
)
from actions.walkthrough import NO_BRANCH, ActionCheckIn, ActionWalkControl
from hocvu.content.notices import ButtonTitles
from hocvu.content.shelf import Shelf
from hocvu.errors import HocvuError
from hocvu.guidance.walkthrough import Say
from hocvu.people.walkthroughs import Begun, NothingOpen, Resumable, WalkView, Withdrawn
from tests.unit.factories import make_branch, make_guide, make_step, page_data, write_knowledge


class WalkthroughsStandIn:
    """Gives prepared results and keeps what it was asked."""

    def __init__(self, result=None, *, open_view=None):
        self.result = result
        self.open_view = open_view
        self.asked = []

    async def open(self, guide, **asked):
        self.asked.append(asked)
        return self.result

    async def move(self, move, **asked):
        self.asked.append({"move": move, **asked})
        return self.result

    async def open_one(self, **asked):
        if isinstance(self.open_view, Exception):
            raise self.open_view
        return self.open_view


@pytest.fixture
def run(tmp_path):
    """Run an action on a turn; gives what was said and the slots that were set."""

    async def run_action(action, tracker, *pages, walkthroughs=None, today=datetime(2026, 11, 20, tzinfo=UTC)):
        shelf = Shelf(write_knowledge(tmp_path / "knowledge", *pages))
        titles = ButtonTitles(none_of_these="Không cái nào", other_topic="Việc khác")
        services = Services(shelf, walkthroughs or WalkthroughsStandIn(), titles, lambda: today)
        dispatcher = CollectingDispatcher()
        events = await action(services).run(dispatcher, tracker, {})
        return dispatcher.messages, {event["name"]: event["value"] for event in events}

    return run_action


def make_tracker(intent, *, guide=None, readings=(), topic=None, pressed_guide=None, **said):
    if pressed_guide is not None:
        said["guide"] = pressed_guide
    understood = {
        "intent": {"name": intent},
        "entities": [{"entity": name, "value": value} for name, value in said.items()],
        "guide": guide,
        "guide_ranking": [{"slug": slug, "confidence": 0.4} for slug in readings],
    }
    event = {"event": "user", "parse_data": understood, "metadata": {"turn_id": "t1"}}
    return Tracker("learner", {"topic": topic}, {}, [event], False, None, {}, None)


def make_view(say=Say.STEP, *, step_id="b", branch=None, **changes):
    guide = make_guide("a", make_step("b", make_branch("mo"), make_branch("doi")), "c").model_copy(update=changes)
    index = guide.step_index(step_id)
    return WalkView(say, guide, guide.steps[index], index + 1, branch)


def responses(messages):
    return [message["response"] for message in messages]


def payloads(message):
    return [button["payload"] for button in message["buttons"]]


def test_a_turn_is_read_from_the_newest_user_event():
    tracker = make_tracker("control_done", guide="mot", readings=["mot"], topic="hai", at="b", app="VNeID")

    turn = read_turn(tracker)

    assert (turn.turn_id, turn.learner_id, turn.intent) == ("t1", "learner", "control_done")
    assert (turn.guide, turn.readings, turn.said, turn.topic) == ("mot", ["mot"], {"at": "b"}, "hai")


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


async def test_a_fact_of_the_page_talked_about_is_said(run):
    said, slots = await run(ActionAnswerFact, make_tracker("ask_fee", topic="mot"), page_data("mot"))

    assert (said[0]["response"], said[0]["fact"], slots["topic"]) == ("utter_fact", "Không mất tiền.", "mot")


async def test_a_fact_of_the_guide_being_walked_is_said_and_the_guide_offered_again(run):
    walkthroughs = WalkthroughsStandIn(open_view=make_view())

    said, _ = await run(ActionAnswerFact, make_tracker("ask_time"), walkthroughs=walkthroughs)

    assert responses(said) == ["utter_fact", "utter_walk_go_on"]


async def test_an_unknown_fact_is_not_made_up(run):
    said, _ = await run(ActionAnswerFact, make_tracker("ask_place", topic="mot"), page_data("mot"))

    assert responses(said) == ["utter_fact_unknown"]


async def test_a_fact_of_nothing_is_asked_back(run):
    said, slots = await run(ActionAnswerFact, make_tracker("ask_fee"))

    assert (responses(said), slots["turn_outcome"]) == (["utter_fact_of_what"], "clarified")


async def test_readings_are_offered_with_a_way_out(run):
    slugs = ["mot", "hai", "ba", "bon"]
    pages = [page_data(slug, "answer") for slug in slugs]

    said, slots = await run(ActionOfferReadings, make_tracker("nlu_fallback", readings=["khong-co", *slugs]), *pages)

    assert len(payloads(said[0])) == MOST_READINGS + 1
    assert (payloads(said[0])[-1], slots["turn_outcome"]) == ("/none_of_these", "clarified")


async def test_without_readings_the_learner_is_asked_to_say_it_differently(run):
    said, slots = await run(ActionOfferReadings, make_tracker("nlu_fallback"))

    assert (responses(said), slots["turn_outcome"]) == (["utter_say_again"], "clarified")


@pytest.mark.parametrize(
    ("action", "outcome"), [(ActionOutOfScope, "out_of_scope"), (ActionRequestHandoff, "handed_off")]
)
async def test_an_end_of_the_talk_has_its_outcome(run, action, outcome):
    _, slots = await run(action, make_tracker("x"))

    assert slots == {"turn_outcome": outcome}


async def test_a_greeting_offers_to_go_on(run):
    said, _ = await run(ActionGreet, make_tracker("greet"), walkthroughs=WalkthroughsStandIn(open_view=make_view()))

    assert responses(said) == ["utter_greet", "utter_walk_go_on"]


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


async def test_a_fault_of_ours_says_nothing_and_leaves_no_outcome(run):
    walkthroughs = WalkthroughsStandIn(open_view=HocvuError("locked"))

    said, slots = await run(ActionGreet, make_tracker("greet"), walkthroughs=walkthroughs)

    assert (said, slots) == ([], {})
