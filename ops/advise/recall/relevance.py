"""Relevance of a memory to a question: exact words first, meaning to order what they found.

By words: w = sum of the weights of the asked terms that the memory has / sum of those of all. The
weight is the inverse document frequency ln(1 + (N - n + 1/2) / (n + 1/2)), three times that for a
code or an id: of two memories about drift, the one about the asked tool comes first. A word that no
memory has weighs nothing; a code that none has keeps its weight, as it is what was asked for.

By meaning, where vectors are there: d = cosine of the best piece of the memory, at least 0.

- Without vectors, relevance = w.
- With them, what words found has relevance = w (1 + d) / 2: meaning orders it, and cannot lift it
  above its words.
- What words did not find has relevance = d / 2, if d >= 0.5 and the question names no code or id:
  these are decided by exact words alone.

Ranks are never added up. Where question and memory have different codes in a tag of the same name
(another tool, another lot), relevance is a quarter of that.

References
----------
Robertson and Zaragoza (2009), Foundations and Trends in IR 3(4), 333-389, eq. 3.1 (the weight).
"""

from collections.abc import Collection, Mapping
from math import log

from ops.advise.recall.terms import is_code

CODE_WEIGHT = 3.0
LEAST_COSINE = 0.5
OF_ANOTHER = 0.25


def weights_of(found_in: Mapping[str, int], *, total: int) -> dict[str, float]:
    """Weight of each asked term; a word that no memory has is left out, a code is not.

    Parameters
    ----------
    found_in
        Asked term to the number of memories that have it.
    total
        Number of all memories.
    """
    weights: dict[str, float] = {}
    for term, n in found_in.items():
        if n or is_code(term):
            rarity = log(1 + (max(total, n) - n + 0.5) / (n + 0.5))
            weights[term] = rarity * (CODE_WEIGHT if is_code(term) else 1.0)
    return weights


def word_relevance(weights: Mapping[str, float], terms: Collection[str]) -> float:
    """Share of the weights of asked terms that a memory has, in [0, 1]; 0 where none is asked."""
    whole = sum(weights.values())
    return sum(w for term, w in weights.items() if term in terms) / whole if whole > 0 else 0.0


def relevance_of(w: float, d: float | None, *, names_code: bool) -> float:
    """Relevance from words and meaning, in [0, 1].

    Parameters
    ----------
    w
        Relevance by words.
    d
        Cosine of its best piece; None without vectors.
    names_code
        Whether the question names a code or an id.

    Examples
    --------
    >>> relevance_of(0.5, None, names_code=True), relevance_of(0.5, 0.5, names_code=True)
    (0.5, 0.375)
    >>> relevance_of(0.0, 0.9, names_code=False), relevance_of(0.0, 0.9, names_code=True)
    (0.45, 0.0)
    """
    if d is None:
        return w
    if w > 0:
        return w * (1 + max(0.0, d)) / 2
    return d / 2 if d >= LEAST_COSINE and not names_code else 0.0


def fitting(asked: Mapping[str, str], tags: Mapping[str, str]) -> float:
    """1, or 0.25 for a memory of another thing: a tag of the same name has another code."""
    another = any(name in tags and tags[name] != code for name, code in asked.items())
    return OF_ANOTHER if another else 1.0
