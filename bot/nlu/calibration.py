"""Turning scores into probabilities that mean what they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp

Scores = NDArray[np.float64]
# With fewer held-out rows the weights would be fitted to chance; the defaults are typical fitted values.
FEWEST_ROWS = 20


@dataclass(frozen=True)
class Calibration:
    """Weights of both signals inside one softmax; the first is the inverse of a temperature."""

    margin_weight: float = 0.6
    similarity_weight: float = 4.0

    def probabilities(self, margins: Scores, similarities: Scores) -> Scores:
        """One row of probabilities per row of scores; every row sums to one."""
        logits = self.margin_weight * margins + self.similarity_weight * similarities
        return np.exp(logits - logsumexp(logits, axis=1, keepdims=True))


def fit_calibration(margins: Scores, similarities: Scores, targets: NDArray[np.int64]) -> Calibration:
    """The weights under which held-out rows are most likely. Rows must come from models that never saw them."""
    if len(targets) < FEWEST_ROWS:
        return Calibration()

    def loss(log_weights: NDArray[np.float64]) -> float:
        logits = np.exp(log_weights[0]) * margins + np.exp(log_weights[1]) * similarities
        return float(np.mean(logsumexp(logits, axis=1) - logits[np.arange(len(targets)), targets]))

    start = np.log([Calibration.margin_weight, Calibration.similarity_weight])
    fitted = minimize(loss, start, method="L-BFGS-B", bounds=[(-4.0, 3.0), (-4.0, 4.0)])
    return Calibration(*(float(weight) for weight in np.exp(fitted.x)))
