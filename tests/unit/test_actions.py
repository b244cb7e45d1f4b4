"""What every action does: it reads the turn, leaves an outcome, and keeps count in the slots."""

from __future__ import annotations

import pytest

from actions.base import Answered
from actions.small_talk import ActionGreet
from actions.turn import LEAST_LIKELY, read_turn
from hocvu.errors import HocvuError
from hocvu.outcomes import TurnOutcome
from tests.unit.action_world import WalkthroughsStandIn, make_message, make_tracker


def action_that_ends_as(answered):
    """A real action with another answer: a class of its own would be taken for one of the action server's."""

    async def answer(turn, dispatcher):
        return answered

    def make(services):
        action = ActionGreet(services)
        action.answer = answer
        return action

    return make


def test_a_turn_is_read_from_the_newest_user_event():
    tracker = make_tracker("control_done", guide="mot", readings=["mot"], topic="hai", at="b", app="VNeID")

    turn = read_turn(tracker)

    assert (turn.turn_id, turn.learner_id, turn.intent) == ("t1", "learner", "control_done")
    assert (turn.guide, turn.readings, turn.said, turn.topic) == ("mot", ["mot"], {"at": "b"}, "hai")


def test_a_turn_knows_its_text_its_family_its_second_question_and_the_slots():
    tracker = make_tracker(
        "x", text="cái thứ hai", family="law", second_guide="ba", offered=["mot", "hai"], misunderstood=1.0
    )

    turn = read_turn(tracker)

    assert (turn.text, turn.family, turn.second_guide) == ("cái thứ hai", "law", "ba")
    assert (turn.offered, turn.misunderstood) == (["mot", "hai"], 1)


def test_fields_that_an_older_model_does_not_give_are_empty():
    tracker = make_tracker("x")
    for name in ("family", "second_guide", "guide", "guide_ranking"):
        del tracker.events[0]["parse_data"][name]

    turn = read_turn(tracker)

    assert (turn.family, turn.second_guide, turn.guide, turn.readings) == (None, None, None, [])
    assert (turn.offered, turn.misunderstood) == ([], 0)


def test_the_text_of_a_turn_does_not_show_when_the_turn_is_printed():
    assert "bí mật" not in repr(read_turn(make_tracker("x", text="bí mật của tôi")))


def test_likely_readings_come_from_this_message_and_the_question_before_it():
    question = make_message("ask_guide", readings=[("mot", 0.8), ("hai", 0.2), ("ba", LEAST_LIKELY / 2)])
    tracker = make_tracker("correct_topic", earlier=[question], readings=[("bon", 0.3), ("hai", 0.01)])

    assert read_turn(tracker).likely_readings == ["mot", "bon", "hai"]


@pytest.mark.parametrize("between", ["correct_topic", "complain_bot", "none_of_these", "choose_guide", "choose_option"])
def test_what_is_said_about_an_answer_leads_back_to_its_question(between):
    earlier = [make_message("nlu_fallback", turn_id="a", readings=["mot"]), make_message(between, turn_id="b")]

    assert read_turn(make_tracker("correct_topic", earlier=earlier)).likely_readings == ["mot"]


def test_a_question_before_another_matter_is_left_alone():
    earlier = [make_message("ask_guide", turn_id="a", readings=["mot"]), make_message("control_done", turn_id="b")]

    assert read_turn(make_tracker("correct_topic", earlier=earlier)).likely_readings == []


def test_a_turn_that_is_run_again_does_not_come_before_itself():
    question = make_message("ask_guide", turn_id="t0", readings=["mot"])
    first_run = make_message("greet", turn_id="t1")

    assert read_turn(make_tracker("correct_topic", earlier=[question, first_run])).likely_readings == ["mot"]


def test_a_message_of_rasa_itself_has_no_turn_id_and_does_no_harm():
    started = {"event": "user", "text": "/session_start", "parse_data": {"intent": {"name": "session_start"}}}

    assert read_turn(make_tracker("correct_topic", earlier=[{**started, "metadata": None}])).likely_readings == []


async def test_misses_in_a_row_are_counted(run):
    missed = action_that_ends_as(Answered(TurnOutcome.CLARIFIED, missed=True))

    _, first = await run(missed, make_tracker("x"))
    _, second = await run(missed, make_tracker("x", misunderstood=1))

    assert (first["misunderstood"], second["misunderstood"]) == (1, 2)


@pytest.mark.parametrize("outcome", set(TurnOutcome) - {TurnOutcome.CLARIFIED})
async def test_a_turn_that_was_understood_ends_the_row_of_misses(run, outcome):
    _, slots = await run(action_that_ends_as(Answered(outcome)), make_tracker("x", misunderstood=1))

    assert slots["misunderstood"] == 0


async def test_asking_back_for_another_reason_leaves_the_row_of_misses(run):
    _, slots = await run(
        action_that_ends_as(Answered(TurnOutcome.CLARIFIED)), make_tracker("x", misunderstood=1, offered=["mot"])
    )

    assert slots == {"turn_outcome": "clarified"}


async def test_what_is_offered_takes_the_place_of_what_was_offered(run):
    offers = action_that_ends_as(Answered(offered=["ba"]))

    _, slots = await run(offers, make_tracker("x", offered=["mot", "hai"]))

    assert slots["offered"] == ["ba"]


async def test_with_a_page_open_the_list_before_it_is_forgotten(run):
    _, slots = await run(action_that_ends_as(Answered(topic="mot")), make_tracker("x", offered=["mot", "hai"]))

    assert slots == {"turn_outcome": "answered", "topic": "mot", "offered": []}


async def test_slots_that_do_not_change_are_not_set(run):
    _, slots = await run(action_that_ends_as(Answered()), make_tracker("x", offered=["mot"]))

    assert slots == {"turn_outcome": "answered"}


async def test_a_fault_of_ours_says_nothing_and_leaves_no_outcome(run):
    walkthroughs = WalkthroughsStandIn(open_view=HocvuError("locked"))

    said, slots = await run(ActionGreet, make_tracker("greet"), walkthroughs=walkthroughs)

    assert (said, slots) == ([], {})
