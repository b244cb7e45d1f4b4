from __future__ import annotations

import pytest

from hocvu.outcomes import DESCRIPTIONS, TurnOutcome


def test_every_outcome_has_a_description_and_no_other_has_one():
    assert DESCRIPTIONS.keys() == set(TurnOutcome)


@pytest.mark.parametrize("outcome", TurnOutcome)
def test_a_description_is_a_sentence(outcome):
    assert DESCRIPTIONS[outcome].strip().endswith(".")


def test_no_two_outcomes_are_described_alike():
    assert len(set(DESCRIPTIONS.values())) == len(TurnOutcome)
