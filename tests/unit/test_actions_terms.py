"""What a word means: said from the glossary, opened as a page where a page explains it."""

from __future__ import annotations

import pytest

from actions.terms import ActionExplainTerm
from tests.unit.action_world import WalkthroughsStandIn, make_tracker, make_view, offered_pages, responses
from tests.unit.factories import page_data, term_data, write_glossary


@pytest.fixture
def explain(run, tmp_path):
    """Ask for the meaning of a word of these terms, with these pages on the shelf."""

    async def explain_term(text, *terms, pages=(), walkthroughs=None, **tracker):
        write_glossary(tmp_path / "knowledge", *terms)
        return await run(
            ActionExplainTerm, make_tracker("ask_term", text=text, **tracker), *pages, walkthroughs=walkthroughs
        )

    return explain_term


@pytest.mark.parametrize("text", ["sinh trắc học là gì", "SINH TRẮC HỌC nghĩa là sao", "sinh trac hoc la gi vay"])
async def test_a_word_of_the_glossary_is_explained_with_and_without_marks(explain, text):
    said, slots = await explain(text, term_data("otp"), term_data("sinh-trac-hoc", "sinh trắc học"))

    assert (responses(said), said[0]["says"]) == (["utter_term"], "Nghĩa của sinh-trac-hoc.")
    assert (said[0]["buttons"], slots["turn_outcome"]) == ([], "answered")


async def test_of_two_words_the_one_with_the_longer_name_is_explained(explain):
    said, _ = await explain("smart otp là gì", term_data("otp"), term_data("smart-otp", "smart otp"))

    assert said[0]["says"] == "Nghĩa của smart-otp."


async def test_the_page_where_a_word_is_used_is_offered(explain):
    said, slots = await explain("otp là gì", term_data("otp", topic="mot"), pages=[page_data("mot")])

    assert (responses(said), offered_pages(said[0])) == (["utter_term"], ["mot"])
    assert "topic" not in slots


async def test_a_word_that_a_page_explains_opens_the_page(explain):
    term = term_data("otp", topic="mot", explained_by_topic=True)

    said, slots = await explain("otp là gì", term, pages=[page_data("mot", "answer")])

    assert said[0]["text"].startswith("Không mất tiền.")
    assert (slots["topic"], slots["turn_outcome"]) == ("mot", "answered")


@pytest.mark.parametrize("explained", [True, False])
async def test_without_its_page_on_the_shelf_a_word_is_explained_by_the_glossary(explain, explained):
    said, _ = await explain("otp là gì", term_data("otp", topic="khong-co", explained_by_topic=explained))

    assert (responses(said), said[0]["buttons"]) == (["utter_term"], [])


async def test_after_the_meaning_the_open_guide_is_offered_again(explain):
    said, _ = await explain("otp là gì", term_data("otp"), walkthroughs=WalkthroughsStandIn(open_view=make_view()))

    assert responses(said) == ["utter_term", "utter_walk_go_on"]


async def test_an_unknown_word_is_told_and_counted_as_missed(explain):
    said, slots = await explain("blockchain là gì", term_data("otp"))

    assert responses(said) == ["utter_term_unknown"]
    assert (slots["turn_outcome"], slots["misunderstood"]) == ("clarified", 1)


async def test_of_an_unknown_word_the_likely_pages_are_offered(explain):
    pages = [page_data("mot", "answer"), page_data("hai", "answer")]

    said, slots = await explain("blockchain là gì", pages=pages, readings=["mot", ("hai", 0.01)])

    assert (responses(said), offered_pages(said[0])) == (["utter_readings"], ["mot"])
    assert slots["offered"] == ["mot"]


async def test_a_second_unknown_word_in_a_row_brings_a_person(explain):
    said, _ = await explain("blockchain là gì", misunderstood=1)

    assert responses(said) == ["utter_offer_person"]
