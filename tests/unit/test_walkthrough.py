from __future__ import annotations

import pytest

from hocvu.guidance.walkthrough import (
    FAILURES_BEFORE_PERSON,
    Control,
    Move,
    Phase,
    Say,
    WalkState,
    advance,
    current_step,
    start,
)
from tests.unit.factories import make_branch, make_guide, make_state, make_step

OPEN_OR_STOPPED = [Phase.STEP, Phase.STUCK, Phase.STOPPED]


def press_stuck(times, guide, step_id):
    """What is said after each of so many "chưa được" at one step."""
    state, said = make_state(guide, step_id), []
    for _ in range(times):
        transition = advance(state, Move(Control.STUCK, at=step_id), guide)
        state = transition.state
        said.append(transition.say)
    return said


def test_a_guide_starts_at_its_first_step():
    guide = make_guide("a", "b", "c")

    transition = start(guide)

    assert (transition.state, transition.say) == (WalkState("a", 0), Say.STEP)


@pytest.mark.parametrize("phase", OPEN_OR_STOPPED)
@pytest.mark.parametrize(
    ("control", "target", "step_id", "phase_after", "say"),
    [
        (Control.DONE, None, "c", Phase.STEP, Say.STEP),
        (Control.REPEAT, None, "b", Phase.STEP, Say.STEP),
        (Control.BACK, None, "a", Phase.STEP, Say.STEP),
        (Control.STUCK, None, "b", Phase.STUCK, Say.BRANCHES),
        (Control.STOP, None, "b", Phase.STOPPED, Say.STOPPED),
        (Control.RESUME, None, "b", Phase.STEP, Say.STEP),
        (Control.RESTART, None, "a", Phase.STEP, Say.STEP),
        (Control.CHOOSE_BRANCH, "khong-thay-nut", "b", Phase.STEP, Say.FIX),
        (Control.JUMP, "c", "c", Phase.STEP, Say.STEP),
    ],
)
def test_every_control_has_a_meaning_before_the_end(phase, control, target, step_id, phase_after, say):
    guide = make_guide("a", make_step("b", make_branch()), "c")

    after = advance(make_state(guide, "b", phase), Move(control, target=target), guide)

    assert (after.state.step_id, after.state.phase, after.say) == (step_id, phase_after, say)


@pytest.mark.parametrize("control", sorted(set(Control) - {Control.BACK, Control.RESTART, Control.JUMP}))
def test_a_finished_guide_stays_finished(control):
    guide = make_guide("a", "b", "c")

    after = advance(make_state(guide, "c", Phase.FINISHED), Move(control, target="khong-thay-nut"), guide)

    assert (after.state, after.say) == (make_state(guide, "c", Phase.FINISHED), Say.FINISHED)


@pytest.mark.parametrize(
    ("move", "step_id"),
    [(Move(Control.BACK), "c"), (Move(Control.RESTART), "a"), (Move(Control.JUMP, target="b"), "b")],
)
def test_a_finished_guide_can_be_opened_again_on_purpose(move, step_id):
    guide = make_guide("a", "b", "c")

    after = advance(make_state(guide, "c", Phase.FINISHED), move, guide)

    assert (after.state, after.say) == (make_state(guide, step_id), Say.STEP)


def test_done_at_the_last_step_finishes():
    guide = make_guide("a", "b", "c")

    after = advance(make_state(guide, "c"), Move(Control.DONE, at="c"), guide)

    assert (after.state.phase, after.say) == (Phase.FINISHED, Say.FINISHED)


def test_back_at_the_first_step_stays_there_and_says_so():
    guide = make_guide("a", "b", "c")

    after = advance(make_state(guide, "a"), Move(Control.BACK), guide)

    assert (after.state.step_id, after.say) == ("a", Say.AT_FIRST_STEP)


def test_the_given_state_is_left_as_it_was():
    guide = make_guide("a", "b", "c")
    state = make_state(guide, "b", failures=1)

    advance(state, Move(Control.DONE), guide)

    assert state == WalkState("b", 1, Phase.STEP, 1)


@pytest.mark.parametrize("control", [Control.DONE, Control.BACK, Control.STUCK, Control.STOP, Control.CHOOSE_BRANCH])
def test_a_button_of_another_step_only_shows_the_present_one(control):
    guide = make_guide("a", "b", "c")

    after = advance(make_state(guide, "b"), Move(control, at="a", target="khong-thay-nut"), guide)

    assert (after.state.step_id, after.say) == ("b", Say.STALE_BUTTON)


def test_a_jump_to_a_step_that_is_not_there_stays():
    guide = make_guide("a", "b", "c")

    after = advance(make_state(guide, "b"), Move(Control.JUMP, target="khong-co"), guide)

    assert (after.state.step_id, after.say) == ("b", Say.STEP)


def test_a_step_without_ways_out_says_so():
    guide = make_guide("a", "b", make_step("c", make_branch()))

    assert press_stuck(1, guide, "a") == [Say.NO_BRANCHES]


def test_a_branch_that_retries_shows_the_fix_at_the_same_step():
    branch = make_branch("mo", then="retry")
    guide = make_guide("a", make_step("b", branch), "c")

    after = advance(make_state(guide, "b", Phase.STUCK), Move(Control.CHOOSE_BRANCH, at="b", target="mo"), guide)

    assert (after.state.step_id, after.say, after.branch) == ("b", Say.FIX, branch)


def test_a_branch_that_goes_on_shows_the_fix_and_the_next_step():
    branch = make_branch("mo", then="next")
    guide = make_guide("a", make_step("b", branch), "c")

    after = advance(make_state(guide, "b", Phase.STUCK), Move(Control.CHOOSE_BRANCH, at="b", target="mo"), guide)

    assert (after.state, after.say, after.branch) == (WalkState("c", 2), Say.FIX_AND_STEP, branch)


def test_a_branch_that_goes_on_from_the_last_step_finishes():
    guide = make_guide("a", "b", make_step("c", make_branch("mo", then="next")))

    after = advance(make_state(guide, "c", Phase.STUCK), Move(Control.CHOOSE_BRANCH, target="mo"), guide)

    assert (after.state.phase, after.say, after.branch.id) == (Phase.FINISHED, Say.FINISHED, "mo")


def test_a_branch_can_continue_at_a_named_step():
    guide = make_guide("a", "b", make_step("c", make_branch("mo", then="step:a")))

    after = advance(make_state(guide, "c", Phase.STUCK), Move(Control.CHOOSE_BRANCH, target="mo"), guide)

    assert (after.state, after.say) == (WalkState("a", 0), Say.FIX_AND_STEP)


def test_a_branch_that_needs_a_person_keeps_the_place():
    branch = make_branch("mo", then="person")
    guide = make_guide("a", make_step("b", branch), "c")

    after = advance(make_state(guide, "b", Phase.STUCK), Move(Control.CHOOSE_BRANCH, target="mo"), guide)

    assert (after.state.step_id, after.say, after.branch) == ("b", Say.FIX, branch)


@pytest.mark.parametrize("target", ["none", "khong-co", "", None])
def test_none_of_the_branches_offers_a_person(target):
    guide = make_guide("a", make_step("b", make_branch()), "c")

    after = advance(make_state(guide, "b", Phase.STUCK), Move(Control.CHOOSE_BRANCH, target=target), guide)

    assert (after.state.step_id, after.say, after.branch) == ("b", Say.PERSON, None)


def test_the_first_failure_offers_ways_out_before_a_person():
    guide = make_guide("a", make_step("b", make_branch()), "c")

    assert press_stuck(1, guide, "b") == [Say.BRANCHES]


@pytest.mark.parametrize("step_id", ["a", "b"])
def test_a_person_is_offered_when_failures_go_on(step_id):
    guide = make_guide("a", make_step("b", make_branch()), "c")

    assert press_stuck(FAILURES_BEFORE_PERSON + 1, guide, step_id)[-1] == Say.PERSON


def test_the_second_failure_at_a_step_without_ways_out_offers_a_person_as_promised():
    # utter_walk_no_branches says: press "Chưa được" once more and I tell you where somebody helps.
    guide = make_guide("a", "b", make_step("c", make_branch()))

    assert press_stuck(2, guide, "a") == [Say.NO_BRANCHES, Say.PERSON]


def test_a_fix_keeps_the_count_of_failures():
    guide = make_guide("a", make_step("b", make_branch()), "c")
    state = make_state(guide, "b", Phase.STUCK, failures=1)

    after = advance(state, Move(Control.CHOOSE_BRANCH, target="khong-thay-nut"), guide)

    assert after.state.failures == 1


@pytest.mark.parametrize("control", [Control.DONE, Control.BACK, Control.RESTART])
def test_failures_are_counted_anew_at_another_step(control):
    guide = make_guide("a", "b", "c")

    after = advance(make_state(guide, "b", failures=2), Move(control), guide)

    assert after.state.failures == 0


def test_a_step_that_moved_in_the_guide_is_found_by_its_id():
    edited = make_guide("moi", "a", "b", "c")

    assert current_step(WalkState("b", 1), edited).id == "b"


def test_a_step_that_left_the_guide_is_replaced_by_the_one_in_its_place():
    edited = make_guide("a", "c", "d")

    assert current_step(WalkState("b", 1), edited).id == "c"


def test_a_guide_that_became_shorter_leaves_the_learner_at_its_last_step():
    edited = make_guide("a", "b", "c")

    assert current_step(WalkState("h", 7), edited).id == "c"


def test_a_button_of_a_step_that_left_the_guide_shows_the_one_in_its_place():
    edited = make_guide("a", "c", "d")

    after = advance(WalkState("b", 1), Move(Control.DONE, at="b"), edited)

    assert (after.state.step_id, after.say) == ("c", Say.STALE_BUTTON)


def test_a_typed_done_at_a_step_that_left_the_guide_does_not_skip_the_one_in_its_place():
    edited = make_guide("a", "c", "d")

    after = advance(WalkState("b", 1), Move(Control.DONE), edited)

    assert after.state.step_id == "c"
