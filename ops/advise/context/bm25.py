"""Relevance of texts to a question by the words that they share (BM25)."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:[-.][^\W_]+)*")
_PART = re.compile(r"[^\W\d_]+|\d+")
_IDEOGRAPH = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_K1, _B = 1.2, 0.75


def words(text: str) -> list[str]:
    """Words of a text: folded; codes whole and in parts; scripts without spaces by two letters.

    Examples
    --------
    >>> words("Loop of WB-07")
    ['loop', 'of', 'wb-07', 'wb', '07']
    """
    found: list[str] = []
    for match in _WORD.finditer(unicodedata.normalize("NFKC", text).casefold()):
        word = match[0]
        if _IDEOGRAPH.search(word):
            found += [word[i : i + 2] for i in range(max(1, len(word) - 1))]
            continue
        found.append(word)
        parts = _PART.findall(word)
        found += parts if len(parts) > 1 else []
    return found


def relevances(question: str, texts: Sequence[str]) -> tuple[float, ...]:
    """BM25 of each text to a question; 0 where they share no word.

    The score of a text of n words is the sum over the different words w of the question of
    idf(w) f (k1 + 1) / (f + k1 (1 - b + b n / mean n)), with f how often w stands in the text,
    idf(w) = ln(1 + (N - m + 1/2) / (m + 1/2)) for m of N texts with w, k1 = 1.2, b = 0.75.

    References
    ----------
    Robertson and Zaragoza (2009), Foundations and Trends in Information Retrieval 3(4), 333-389;
    the idf that is never negative is that of Lucene.

    Examples
    --------
    >>> relevances("clean the clamp", ["Clean it.", "Nothing."])[1]
    0.0
    """
    counted = [Counter(words(text)) for text in texts]
    lengths = [sum(count.values()) for count in counted]
    mean = sum(lengths) / len(lengths) if lengths else 0.0
    asked = list(dict.fromkeys(words(question)))
    idf = {word: _idf(sum(word in count for count in counted), len(counted)) for word in asked}
    return tuple(
        math.fsum(
            idf[word] * _saturated(count[word], length / mean) for word in asked if count[word]
        )
        for count, length in zip(counted, lengths, strict=True)
    )


def _idf(holders: int, total: int) -> float:
    return math.log(1 + (total - holders + 0.5) / (holders + 0.5))


def _saturated(frequency: int, length: float) -> float:
    return frequency * (_K1 + 1) / (frequency + _K1 * (1 - _B + _B * length))
