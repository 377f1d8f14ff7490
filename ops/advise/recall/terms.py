"""Terms of a text: what a memory is found by, the same on every database.

Codes and ids stay whole (``wb-07``, ``cl4-57``, ``loop-qfn32-au25``, a run's UUID); the parts of a
code are terms of a memory too, never of a question: who asks for WB-07 does not get WB-05 for its
"WB". Runs of Chinese and Japanese characters become overlapping pairs, as they have no spaces.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

LONGEST = 100  # characters of a term; beyond it is cut off
MOST = 2000  # terms of a text
_HYPHENS: dict[int, str] = dict.fromkeys(
    (0x2010, 0x2011, 0x2012, 0x2013, 0x2212), "-"
)  # as typed by others
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"[{_CJK}]+|[^\W{_CJK}]+(?:[-._/:][^\W{_CJK}]+)*")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SEPARATORS = re.compile(r"[-._/:]")
_STOP_TEXT = """
a about after all an and any are as at be because been before but by can could did do does for from
had has have how i if in into is it its me more my no not of on or our shall should so than that the
their then there these they this those to us was we were what when where which who why will with
would you your aber als am an auf aus bei das dem den der des die ein eine einen einer es hat im ist
mit nach nicht oder seit sich sind und uns von vor war warum was wann wenn wer wie wird zu zum zur
"""  # English and German
_STOP = frozenset(_STOP_TEXT.split())


def is_code(term: str) -> bool:
    """Whether a term is a code or an id: it has a digit, and a letter or a separator beside it.

    Examples
    --------
    >>> [is_code(t) for t in ("wb-07", "qfn32", "cl4-57", "loop", "150", "2026-03-05")]
    [True, True, True, False, False, True]
    """
    digit = any(c.isdigit() for c in term)
    return digit and (any(c.isalpha() for c in term) or "-" in term or ":" in term)


def asked_terms(text: str) -> tuple[str, ...]:
    """Terms that a question is searched by, each once, in the order of the text.

    Examples
    --------
    >>> asked_terms("Why does WB-07 drift since lot CL4-57?")
    ('wb-07', 'drift', 'since', 'lot', 'cl4-57')
    """
    return tuple(dict.fromkeys(_asked(text)))[:MOST]


def kept_terms(texts: Iterable[str]) -> tuple[str, ...]:
    """Terms that a memory is found by: those of its texts, and the parts of its codes.

    Examples
    --------
    >>> kept_terms(["Recalibrate WB-07"])
    ('recalibrate', 'wb-07', 'wb', '07')
    """
    found = (part for text in texts for term in _asked(text) for part in _with_parts(term))
    return tuple(dict.fromkeys(found))[:MOST]


def _asked(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text).translate(_HYPHENS).casefold()
    for token in _TOKEN.findall(plain):
        if _is_cjk(token):
            yield from _pairs(token)
        elif not is_code(token) and _SEPARATORS.search(token):
            yield token[:LONGEST]  # it may be a code without a digit
            yield from (word for word in _SEPARATORS.split(token) if word and word not in _STOP)
        elif token not in _STOP:
            yield token[:LONGEST]


def _with_parts(term: str) -> Iterator[str]:
    yield term
    if _UUID.fullmatch(term):
        yield term[:8]  # as links and case ids name a run
    elif is_code(term):
        yield from (part for part in _SEPARATORS.split(term) if part and part != term)


def _is_cjk(token: str) -> bool:
    return re.match(f"[{_CJK}]", token) is not None


def _pairs(run: str) -> Iterator[str]:
    if len(run) == 1:
        yield run
    for place in range(len(run) - 1):
        yield run[place : place + 2]
