"""What holds after any sequence of moves, also while the guide is edited under the learner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hocvu.content.models import Guide
from hocvu.guidance.walkthrough import Control, Move, Phase, Say, advance, current_step, start
from tests.unit.factories import make_branch, make_guide, make_step

STEP_IDS = [f"buoc-{number}" for number in range(9)]
BRANCH_IDS = ["mo", "doi", "goi"]
BUTTONS = [Control.DONE, Control.REPEAT, Control.STUCK, Control.STOP, Control.RESUME, Control.RESTART]


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    ids = draw(st.lists(st.sampled_from(STEP_IDS), unique=True, min_size=3, max_size=9))
    then = st.one_of(st.sampled_from(["retry", "next", "person"]), st.sampled_from(ids).map(lambda id_: f"step:{id_}"))
    branches = st.lists(st.sampled_from(BRANCH_IDS), unique=True)
    return make_guide(
        *(make_step(id_, *(make_branch(name, then=draw(then)) for name in draw(branches))) for id_ in ids)
    )


moves = st.builds(
    Move,
    st.sampled_from(Control),
    at=st.one_of(st.none(), st.sampled_from(STEP_IDS), st.text(max_size=3)),
    target=st.one_of(st.none(), st.sampled_from([*STEP_IDS, *BRANCH_IDS, "none"]), st.text(max_size=3)),
)


@st.composite
def walks(draw: st.DrawFn):
    """A state reached by any moves while the guide is edited between them, with the guide as it is now."""
    guide = draw(guides())
    state = start(guide).state
    for move, edited in draw(st.lists(st.tuples(moves, st.one_of(st.none(), guides())), max_size=8)):
        guide = edited or guide
        state = advance(state, move, guide).state
    return state, guide


@given(walks(), moves, st.one_of(st.none(), guides()))
def test_no_move_raises_or_leaves_the_guide(walk, move, edited):
    state, guide = walk
    guide = edited or guide

    after = advance(state, move, guide)

    assert guide.steps[after.state.step_index].id == after.state.step_id
    assert after.state.phase in Phase
    assert after.say in Say
    assert after.state.failures >= 0
    assert (after.say == Say.FINISHED) == (after.state.phase == Phase.FINISHED)


@given(walks(), moves)
def test_the_same_move_from_the_same_state_says_the_same(walk, move):
    state, guide = walk

    assert advance(state, move, guide) == advance(state, move, guide)


@given(walks(), moves)
def test_a_shown_branch_belongs_to_the_step_it_was_chosen_at(walk, move):
    state, guide = walk

    after = advance(state, move, guide)

    assert after.branch is None or after.branch in current_step(state, guide).stuck


@given(walks(), st.one_of(st.none(), guides()))
def test_done_again_and_again_always_finishes(walk, edited):
    state, guide = walk
    guide = edited or guide

    for _ in (*guide.steps, "once more, when the step stood at was edited away"):
        state = advance(state, Move(Control.DONE), guide).state

    assert state.phase == Phase.FINISHED


@given(walks(), st.one_of(st.none(), guides()))
def test_back_again_and_again_ends_at_the_first_step(walk, edited):
    state, guide = walk
    guide = edited or guide

    for _ in range(len(guide.steps) + 1):
        after = advance(state, Move(Control.BACK), guide)
        state = after.state

    assert (state.step_index, after.say) == (0, Say.AT_FIRST_STEP)


@given(walks(), st.sampled_from(BUTTONS))
def test_a_button_pressed_twice_ends_where_one_press_does(walk, control):
    state, guide = walk
    press = Move(control, at=current_step(state, guide).id)

    once = advance(state, press, guide).state
    twice = advance(once, press, guide).state

    assert twice.step_id == once.step_id


@given(walks())
def test_back_pressed_twice_goes_back_one_step(walk):
    state, guide = walk
    press = Move(Control.BACK, at=current_step(state, guide).id)

    once = advance(state, press, guide).state
    twice = advance(once, press, guide).state

    assert twice.step_id == once.step_id or state.phase == Phase.FINISHED


@given(walks(), st.sampled_from(BRANCH_IDS))
def test_a_branch_pressed_twice_ends_where_one_press_does(walk, branch):
    state, guide = walk
    press = Move(Control.CHOOSE_BRANCH, at=current_step(state, guide).id, target=branch)

    once = advance(state, press, guide).state
    twice = advance(once, press, guide).state

    assert twice.step_id == once.step_id


@given(walks(), moves)
def test_a_move_goes_on_by_at_most_one_step_unless_a_target_is_named(walk, move):
    state, guide = walk
    before = guide.step_index(current_step(state, guide).id)

    after = advance(state, Move(move.control, at=move.at), guide)

    assert after.state.step_index <= before + 1 or state.phase == Phase.FINISHED


@given(walks())
def test_a_stopped_walk_resumes_at_the_same_step(walk):
    state, guide = walk
    stopped = advance(state, Move(Control.STOP), guide).state

    resumed = advance(stopped, Move(Control.RESUME), guide).state

    assert resumed.step_id == stopped.step_id
    assert resumed.is_open or stopped.phase == Phase.FINISHED
