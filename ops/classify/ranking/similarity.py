"""How alike two items are: by the contexts that they are used in, and by their words."""

import re
from collections.abc import Mapping

import numpy as np

from ops.classify.ranking.case import CaseTable
from ops.values import FloatArray

_WORD = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
_OF_WORDS = 0.3  # the rest is the share of the contexts


def similarity(table: CaseTable) -> FloatArray:
    """Similarity of each pair of items, shape (a, a): 0 to 1, 1 on the diagonal.

    0.7 of it is the cosine of their context profiles (use of each level beyond the base rate,
    negative cosines count as 0), 0.3 the Jaccard index of their words.
    """
    of_level = np.maximum(table.x.sum(axis=0), 1.0)
    base = table.y.mean(axis=0) if table.y.size else np.zeros(len(table.items))
    profile = (table.x.T @ table.y) / of_level[:, None] - base
    size = np.linalg.norm(profile, axis=0)
    profile = profile / np.where(size > 0, size, 1.0)
    cosine = np.clip(profile.T @ profile, 0.0, 1.0)
    same = (1.0 - _OF_WORDS) * cosine + _OF_WORDS * _jaccard(table.items)
    np.fill_diagonal(same, 1.0)
    clipped: FloatArray = np.clip(same, 0.0, 1.0)
    return clipped


def words(name: str) -> frozenset[str]:
    """Words of a name, in lower case; numbers are left out: they tell lots apart, not kinds.

    Examples
    --------
    >>> sorted(words("Change capillary CAP-33"))
    ['cap', 'capillary', 'change']
    """
    return frozenset(_WORD.findall(name.lower()))


def _jaccard(items: tuple[str, ...]) -> FloatArray:
    vocabulary = sorted(frozenset().union(*(words(item) for item in items)))
    at = {word: i for i, word in enumerate(vocabulary)}
    has = np.zeros((len(items), max(len(vocabulary), 1)))
    for i, item in enumerate(items):
        has[i, [at[word] for word in words(item)]] = 1.0
    both = has @ has.T
    either = has.sum(axis=1)[:, None] + has.sum(axis=1)[None, :] - both
    index: FloatArray = both / np.maximum(either, 1.0)
    return index


def aspects_of(
    table: CaseTable, names: frozenset[str], given: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Aspects of each item: levels that it is used at more than elsewhere, and those given.

    Parameters
    ----------
    names
        Features of the context whose levels are aspects, e.g. the mechanism.
    given
        More aspects of items: module of the tool, family of the part.
    """
    base = table.y.mean(axis=0) if table.y.size else np.zeros(len(table.items))
    rate = (table.x.T @ table.y) / np.maximum(table.x.sum(axis=0), 1.0)[:, None]
    found: dict[str, frozenset[str]] = {}
    for a, item in enumerate(table.items):
        own = {
            f"{name} {level}"
            for f, (name, level) in enumerate(table.features)
            if name in names and rate[f, a] > base[a]
        }
        found[item] = frozenset(own) | given.get(item, frozenset())
    return found
