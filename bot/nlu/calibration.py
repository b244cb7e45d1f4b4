"""Turning scores into probabilities that mean what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import logsumexp

Scores = NDArray[np.floating]
# With fewer held-out rows the temperature would be fitted to chance; the default is a typical fitted value.
FEWEST_ROWS = 20
COLDEST, HOTTEST = 0.02, 5.0


@dataclass(frozen=True)
class Calibration:
    """Temperature scaling (Guo et al. 2017, On Calibration of Modern Neural Networks)."""

    temperature: float = 0.3

    def probabilities(self, margins: Scores) -> Scores:
        """Probabilities over the last axis of `margins`; they sum to one."""
        logits = margins / self.temperature
        return np.exp(logits - logsumexp(logits, axis=-1, keepdims=True))


def fit_calibration(margins: Scores, targets: NDArray[np.int64]) -> Calibration:
    """The temperature under which held-out rows are most likely. Rows must come from models that never saw them."""
    if len(targets) < FEWEST_ROWS:
        return Calibration()

    def loss(log_temperature: float) -> float:
        logits = margins / np.exp(log_temperature)
        return float(np.mean(logsumexp(logits, axis=1) - logits[np.arange(len(targets)), targets]))

    fitted = minimize_scalar(loss, bounds=(np.log(COLDEST), np.log(HOTTEST)), method="bounded")
    return Calibration(float(np.exp(fitted.x)))
