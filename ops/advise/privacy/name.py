"""The ways in which a text may spell the name of a person, as rows of words of folded text."""

import re

from ops.advise.privacy.fold import folded, is_unspaced, spelled_out

ROLES = frozenset({
    "admin", "anonymous", "api", "none", "nobody", "operator", "person", "scheduler", "system",
    "unknown", "user", "worker",
})  # fmt: skip
_PARTICLES = frozenset({
    "al", "bin", "da", "das", "de", "del", "den", "der", "di", "dos", "dr", "du", "el", "frau",
    "herr", "ing", "jr", "la", "le", "mr", "mrs", "ms", "prof", "st", "van", "von", "zu",
})  # fmt: skip
_UNSPACED = "\u0e00-\u0eff\u1100-\u11ff\u3040-\u318f\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff"
WORD = re.compile(rf"[^\W_{_UNSPACED}]+")  # of scripts that put spaces between words
_TOKEN = re.compile(r"[^\W_]+")
_SHORTEST_NUMBER = 4  # a shorter row of digits is any number of the plant
_SHORTEST_BESIDE_DIGITS = 4  # OP-1 is whole or nothing, but anna2 holds a name
Row = tuple[str, ...]


def spellings(name: str) -> tuple[Row, ...]:
    """Rows of words that are a name, whole and in its parts.

    A name of a single letter, of fewer than four digits, or of a role (``admin``) names nobody
    and gives none. Parts have at least two letters; particles and titles are none. Forms with a
    genitive s, with umlauts spelled out, written together, and of a login (``jdoe``) are included.
    A name of a script without spaces is one word, to be found anywhere.

    Examples
    --------
    >>> [" ".join(row) for row in spellings("Jane Doe")][:4]
    ['jane doe', 'jane does', 'janedoe', 'janedoes']
    >>> spellings("7")
    ()
    """
    local = name.split("@", maxsplit=1)[0] if "@" in name else name
    forms = dict.fromkeys((folded(local).text, spelled_out(local)))
    return tuple(dict.fromkeys(row for form in forms for row in _of_form(form)))


def is_anywhere(row: Row) -> bool:
    """Whether a row is of a script without spaces, and so stands in the middle of words."""
    return len(row) == 1 and is_unspaced(row[0])


def _of_form(form: str) -> list[Row]:
    tokens = _TOKEN.findall(form)
    whole = "".join(tokens)
    is_number = whole.isdigit() and len(whole) < _SHORTEST_NUMBER
    if len(whole) <= 1 or whole in ROLES or is_number:
        return []
    if is_unspaced(form):
        longest_first = sorted({whole, *tokens}, key=lambda t: (-len(t), t))
        return [(t,) for t in longest_first if len(t) > 1]
    has_digits = any(c.isdigit() for c in whole)
    rows: list[Row] = [tuple(tokens), (whole,)]
    rows += [(part,) for part in _parts(tokens, has_digits=has_digits)]
    if len(tokens) > 1 and not has_digits:
        rows.append((tokens[0][0] + tokens[-1],))
    return [form for row in rows for form in _with_genitive(row)]


def _with_genitive(row: Row) -> tuple[Row, ...]:
    return (row,) if row[-1][-1].isdigit() else (row, (*row[:-1], f"{row[-1]}s"))


def _parts(tokens: list[str], *, has_digits: bool) -> list[str]:
    shortest = _SHORTEST_BESIDE_DIGITS if has_digits else 2
    letters = [re.sub(r"\d+", "", t) for t in tokens]
    return [t for t in letters if len(t) >= shortest and t not in _PARTICLES and t not in ROLES]
