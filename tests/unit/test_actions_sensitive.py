"""What is refused, and what is not ours."""

from __future__ import annotations

import pytest

from actions.out_of_scope import FAMILIES, ActionOutOfScope
from actions.sensitive import ActionRefuse
from tests.unit.action_world import WalkthroughsStandIn, make_tracker, make_view, responses


@pytest.mark.parametrize("intent", ["disclose_secret", "disclose_identity", "ask_illegal"])
async def test_a_refusal_is_said_alone_also_in_a_guide(run, intent):
    said, slots = await run(ActionRefuse, make_tracker(intent), walkthroughs=WalkthroughsStandIn(open_view=make_view()))

    assert (responses(said), slots) == ([f"utter_{intent}"], {"turn_outcome": "refused_sensitive"})


@pytest.mark.parametrize("family", FAMILIES)
async def test_what_is_not_ours_is_told_in_the_words_for_its_family(run, family):
    said, slots = await run(ActionOutOfScope, make_tracker("out_of_scope", family=family))

    assert responses(said) == [f"utter_out_of_scope_{family}"]
    assert slots == {"turn_outcome": "out_of_scope"}


@pytest.mark.parametrize("family", [None, "khong-co"])
async def test_what_belongs_to_no_family_we_know_is_told_in_general_words(run, family):
    said, _ = await run(ActionOutOfScope, make_tracker("out_of_scope", family=family))

    assert responses(said) == ["utter_out_of_scope_other"]


async def test_after_what_is_not_ours_an_open_guide_is_gone_on_with(run):
    said, _ = await run(
        ActionOutOfScope,
        make_tracker("out_of_scope", family="law"),
        walkthroughs=WalkthroughsStandIn(open_view=make_view()),
    )

    assert responses(said) == ["utter_out_of_scope_law", "utter_walk_go_on"]
