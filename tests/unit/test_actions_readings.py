"""When it is not clear what is meant: readings, choices in words, corrections, and a person after two misses."""

from __future__ import annotations

import pytest

from actions.buttons import MOST_READINGS
from actions.readings import (
    ActionChooseOption,
    ActionCorrectTopic,
    ActionNoneOfThese,
    ActionOfferReadings,
    ActionTakeComplaint,
)
from hocvu.guidance.walkthrough import Control, Say
from hocvu.people.walkthroughs import Begun, NothingOpen
from tests.unit.action_world import (
    WalkthroughsStandIn,
    make_message,
    make_tracker,
    make_view,
    offered_pages,
    payloads,
    responses,
)
from tests.unit.factories import make_branch, page_data

EVERY_MISS = [
    (ActionOfferReadings, "nlu_fallback"),
    (ActionNoneOfThese, "none_of_these"),
    (ActionCorrectTopic, "correct_topic"),
    (ActionTakeComplaint, "complain_bot"),
]
SLUGS = ["mot", "hai", "ba", "bon"]
PAGES = [page_data(slug, "answer") for slug in SLUGS]


async def test_readings_are_offered_with_a_way_out_and_remembered(run):
    said, slots = await run(ActionOfferReadings, make_tracker("nlu_fallback", readings=["khong-co", *SLUGS]), *PAGES)

    assert offered_pages(said[0]) == slots["offered"] == SLUGS[:MOST_READINGS]
    assert (payloads(said[0])[-1], slots["turn_outcome"]) == ("/none_of_these", "clarified")


async def test_without_readings_the_learner_is_asked_to_say_it_differently(run):
    said, slots = await run(ActionOfferReadings, make_tracker("nlu_fallback"))

    assert (responses(said), slots["turn_outcome"]) == (["utter_say_again"], "clarified")


async def test_with_none_of_the_readings_meant_they_are_forgotten(run):
    said, slots = await run(ActionNoneOfThese, make_tracker("none_of_these", offered=["mot", "hai"]), *PAGES)

    assert responses(said) == ["utter_none_of_these"]
    assert (slots["turn_outcome"], slots["offered"]) == ("clarified", [])


@pytest.mark.parametrize(
    ("action", "intent", "first"),
    [
        (ActionCorrectTopic, "correct_topic", "utter_wrong_topic"),
        (ActionTakeComplaint, "complain_bot", "utter_apology"),
    ],
)
async def test_a_correction_and_a_complaint_bring_an_apology_and_the_other_readings(run, action, intent, first):
    question = make_message("ask_guide", readings=["mot", "hai", "ba"])

    said, slots = await run(action, make_tracker(intent, earlier=[question], topic="mot"), *PAGES)

    assert responses(said) == [first, "utter_readings"]
    assert offered_pages(said[1]) == slots["offered"] == ["hai", "ba"]


async def test_a_second_correction_does_not_offer_the_same_again(run):
    earlier = [make_message("ask_guide", turn_id="a", readings=SLUGS), make_message("correct_topic", turn_id="b")]
    tracker = make_tracker("correct_topic", earlier=earlier, topic="mot", offered=["hai", "ba"], misunderstood=1)

    said, _ = await run(ActionCorrectTopic, tracker, *PAGES)

    assert offered_pages(said[1]) == ["bon"]


@pytest.mark.parametrize(("action", "intent"), EVERY_MISS)
async def test_every_miss_counts(run, action, intent):
    said, slots = await run(action, make_tracker(intent, readings=["mot"]), *PAGES)

    assert (slots["turn_outcome"], slots["misunderstood"]) == ("clarified", 1)
    assert "utter_offer_person" not in responses(said)


@pytest.mark.parametrize(("action", "intent"), EVERY_MISS)
@pytest.mark.parametrize("misses_before", [1, 2])
async def test_from_the_second_miss_in_a_row_a_person_is_offered(run, action, intent, misses_before):
    said, slots = await run(action, make_tracker(intent, misunderstood=misses_before), *PAGES)

    assert (responses(said)[-1], slots["misunderstood"]) == ("utter_offer_person", misses_before + 1)


async def test_a_person_is_offered_besides_the_readings(run):
    tracker = make_tracker("nlu_fallback", readings=["mot"], misunderstood=1)

    said, slots = await run(ActionOfferReadings, tracker, *PAGES)

    assert (responses(said), slots["offered"]) == (["utter_readings", "utter_offer_person"], ["mot"])


@pytest.mark.parametrize(
    ("text", "slug"), [("cái đầu tiên", "mot"), ("cái thứ hai", "hai"), ("cái cuối", "ba"), ("CAI THU HAI", "hai")]
)
async def test_a_choice_in_words_opens_the_page_that_was_offered_there(run, text, slug):
    tracker = make_tracker("choose_option", text=text, offered=["mot", "hai", "ba"])

    said, slots = await run(ActionChooseOption, tracker, *PAGES)

    assert said[0]["custom"]["title"] == f"Trang {slug}"
    assert slots == {"turn_outcome": "answered", "topic": slug, "offered": []}


async def test_a_guide_chosen_in_words_is_begun(run):
    walkthroughs = WalkthroughsStandIn(Begun(make_view(step_id="a")))
    tracker = make_tracker("choose_option", text="cái thứ hai", offered=["mot", "hai"])

    said, _ = await run(ActionChooseOption, tracker, page_data("mot"), page_data("hai"), walkthroughs=walkthroughs)

    assert responses(said)[-1] == "utter_walk_step"


async def test_a_chosen_page_that_has_left_the_shelf_is_told(run):
    tracker = make_tracker("choose_option", text="cái đầu tiên", offered=["khong-co", "hai"])

    said, slots = await run(ActionChooseOption, tracker, *PAGES)

    assert (responses(said), slots["turn_outcome"]) == (["utter_page_missing"], "error_withdrawn_page")


@pytest.mark.parametrize("text", ["cái thứ ba", "cái đó đó", ""])
async def test_a_position_where_nothing_was_offered_repeats_the_readings(run, text):
    tracker = make_tracker("choose_option", text=text, offered=["mot", "hai"], misunderstood=1)

    said, slots = await run(ActionChooseOption, tracker, *PAGES)

    assert (responses(said), offered_pages(said[1])) == (["utter_no_such_choice", "utter_readings"], ["mot", "hai"])
    assert slots == {"turn_outcome": "clarified"}


async def test_a_choice_with_nothing_offered_is_told(run):
    said, slots = await run(ActionChooseOption, make_tracker("choose_option", text="cái thứ hai"))

    assert (responses(said), slots) == (["utter_no_such_choice"], {"turn_outcome": "clarified"})


async def test_a_choice_in_words_takes_the_stuck_branch_that_is_shown_there(run):
    fixed = make_view(Say.FIX, branch=make_branch("doi"))
    walkthroughs = WalkthroughsStandIn(fixed, open_view=make_view(is_stuck=True))

    said, slots = await run(
        ActionChooseOption, make_tracker("choose_option", text="cái thứ hai"), walkthroughs=walkthroughs
    )

    move = walkthroughs.asked[0]["move"]
    assert (move.control, move.target, responses(said)) == (Control.CHOOSE_BRANCH, "doi", ["utter_walk_fix"])
    assert slots["turn_outcome"] == "answered"


async def test_a_position_without_a_stuck_branch_shows_the_branches_again(run):
    walkthroughs = WalkthroughsStandIn(open_view=make_view(is_stuck=True))

    said, _ = await run(ActionChooseOption, make_tracker("choose_option", text="cái thứ ba"), walkthroughs=walkthroughs)

    assert (responses(said), walkthroughs.asked) == (["utter_no_such_choice", "utter_walk_branches"], [])


async def test_pages_offered_after_the_branches_are_the_ones_that_are_meant(run):
    walkthroughs = WalkthroughsStandIn(open_view=make_view(is_stuck=True))
    tracker = make_tracker("choose_option", text="cái thứ hai", offered=["mot", "hai"])

    _, slots = await run(ActionChooseOption, tracker, *PAGES, walkthroughs=walkthroughs)

    assert slots["topic"] == "hai"


async def test_a_choice_of_a_branch_that_is_run_again_is_told_the_same(run):
    """The first run moved the guide on: there the branches are no longer shown."""
    walkthroughs = WalkthroughsStandIn(make_view(Say.FIX, branch=make_branch("doi")), open_view=make_view(), known=True)

    said, _ = await run(
        ActionChooseOption, make_tracker("choose_option", text="cái thứ hai"), walkthroughs=walkthroughs
    )

    assert responses(said) == ["utter_walk_fix"]


async def test_a_choice_when_the_guide_was_closed_meanwhile_is_told(run):
    walkthroughs = WalkthroughsStandIn(NothingOpen(), open_view=make_view(is_stuck=True))

    said, _ = await run(
        ActionChooseOption, make_tracker("choose_option", text="cái thứ hai"), walkthroughs=walkthroughs
    )

    assert responses(said)[0] == "utter_no_such_choice"


async def test_readings_are_named_in_the_persons_words(run):
    page = page_data(
        "mot", "answer", text="Quên mật khẩu thì bấm nút.", questions=["quên mật khẩu thì bấm", *"bcdefgh"]
    )
    tracker = make_tracker("nlu_fallback", readings=["mot"], normalised="bấm vào mật khẩu")

    said, _ = await run(ActionOfferReadings, tracker, page)

    assert said[0]["buttons"][0]["title"] == "Quên mật khẩu thì bấm"


async def test_after_a_correction_the_words_are_those_of_the_question(run):
    page = page_data(
        "mot", "answer", text="Quên mật khẩu thì bấm nút.", questions=["quên mật khẩu thì bấm", *"bcdefgh"]
    )
    before = make_message("nlu_fallback", readings=["mot"], normalised="bấm vào mật khẩu")
    tracker = make_tracker("correct_topic", earlier=[before], normalised="không phải")

    said, _ = await run(ActionCorrectTopic, tracker, page)

    assert said[1]["buttons"][0]["title"] == "Quên mật khẩu thì bấm"
