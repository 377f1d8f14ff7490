"""How like a row is to the rows of training: distance in all features together.

References
----------
Cheng, Chen, Su and Zeng (2008), IEEE Transactions on Semiconductor Manufacturing 21(1), 92-103
(global similarity index); Mahalanobis (1936), Proc. Nat. Inst. Sci. India 2, 49-55.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ops.values import FloatArray

USUAL = 0.99  # share of the training rows whose distance counts as usual
RIDGE = 0.02  # of the mean variance is added to each: features that training never varied
MOST = 400  # features: above, the matrix says more of chance than of rows


@dataclass(frozen=True, slots=True)
class Similarity:
    """Mahalanobis distance from the mean of training, of standardised features.

    Parameters
    ----------
    center : shape (k,)
    root : shape (k, k)
        Distance of x is the length of (x - center) @ root over the square root of k.
    limit
        Distance of the 99 % row of training.
    """

    center: FloatArray
    root: FloatArray
    limit: float

    def distance(self, x: FloatArray) -> FloatArray:
        """Distance of rows of features, shape (n, k); shape (n,)."""
        away = (x - self.center) @ self.root
        return np.asarray(np.sqrt(np.square(away).mean(axis=1)))

    def nearness(self, x: FloatArray) -> FloatArray:
        """1 for a row as near as 99 % of training, else the limit over its distance; (n,)."""
        return np.minimum(1.0, self.limit / np.maximum(self.distance(x), 1e-12))

    def to_document(self) -> dict[str, Any]:
        """Similarity as JSON; exact."""
        return {
            "center": self.center.tolist(),
            "root": self.root.tolist(),
            "limit": self.limit,
        }


def fit_similarity(x: FloatArray) -> Similarity | None:
    """Similarity to rows of features, shape (n, k); None for no rows or too many features."""
    n, k = x.shape
    if n < 2 or not 0 < k <= MOST:
        return None
    center = x.mean(axis=0)
    values, vectors = np.linalg.eigh((x - center).T @ (x - center) / n)
    spare = RIDGE * max(float(values.mean()), 1e-12)
    root = vectors / np.sqrt(np.maximum(values, 0.0) + spare)
    plain = Similarity(center, root, 1.0)
    limit = float(np.quantile(plain.distance(x), USUAL))
    return Similarity(center, root, max(limit, 1e-9))


def similarity_from(document: Mapping[str, Any]) -> Similarity:
    """Similarity of what `Similarity.to_document` gave."""
    center, root = (np.array(document[name], dtype=np.float64) for name in ("center", "root"))
    return Similarity(center, root, float(document["limit"]))
