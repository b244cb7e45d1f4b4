"""How near a message is to the nearest sample question of every label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix


class NearestQuestions:
    """Cosine similarity to the nearest sample, by label. A look-up costs about 1 ms with 12,000 samples."""

    def __init__(self, vectors: csr_matrix, targets: NDArray[np.int64], *, label_count: int) -> None:
        """`vectors` are rows of length one; they are kept by feature, so that a look-up reads only shared n-grams."""
        self._by_feature = csr_matrix(vectors.T, dtype=np.float32)
        self._targets = targets
        self._label_count = label_count

    def similarities(self, vectors: csr_matrix) -> NDArray[np.float64]:
        """Similarities 0..1, one row per vector and one column per label; 0 for a label without samples."""
        nearest = np.zeros((vectors.shape[0], self._label_count))
        products = csr_matrix(vectors.astype(np.float32) @ self._by_feature)
        for row in range(vectors.shape[0]):
            span = slice(products.indptr[row], products.indptr[row + 1])
            np.maximum.at(nearest[row], self._targets[products.indices[span]], products.data[span])
        return nearest
