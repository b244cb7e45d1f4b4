"""One linear score for every label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

# Chosen on the test world of tests/bot/data against LinearSVC and full logistic regression: same accuracy, and with
# 300 labels a third of the time.
REGULARISATION = 1e-4
# Passes over the data: enough for a small file to converge, few enough for a large one to stay within the minute.
FEWEST_PASSES, MOST_PASSES = 5, 20
ROWS_TO_SEE = 60_000


class LinearScorer:
    """One-against-the-rest logistic regression. Scoring costs one sparse product, about 0.1 ms for 300 labels."""

    def __init__(self, weights: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        self._weights = weights
        self._bias = bias

    @classmethod
    def fit(cls, vectors: csr_matrix, targets: NDArray[np.int64], *, label_count: int, seed: int) -> LinearScorer:
        """Learns from rows and the index of their label; needs two labels or more. A label without rows scores low."""
        passes = int(np.clip(ROWS_TO_SEE // vectors.shape[0], FEWEST_PASSES, MOST_PASSES))
        model = SGDClassifier(
            loss="log_loss", alpha=REGULARISATION, max_iter=passes, tol=None, n_jobs=2, random_state=seed
        )
        model.fit(vectors, targets)
        coefficients, intercepts = model.coef_, model.intercept_
        if len(model.classes_) == 2:
            coefficients = np.vstack([-coefficients, coefficients])
            intercepts = np.concatenate([-intercepts, intercepts])
        weights = np.zeros((vectors.shape[1], label_count), dtype=np.float32)
        bias = np.full(label_count, intercepts.min(), dtype=np.float32)
        weights[:, model.classes_] = coefficients.T
        bias[model.classes_] = intercepts
        return cls(weights, bias)

    def margins(self, vectors: csr_matrix) -> NDArray[np.float64]:
        """Scores, one row per vector and one column per label; positive means "rather yes"."""
        # In the precision of the weights: otherwise scipy copies all of them to the wider one at every call.
        return np.asarray(vectors.astype(np.float32) @ self._weights + self._bias, dtype=np.float64)
