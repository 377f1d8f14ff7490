"""The known names that are nearest to a word that names nothing."""

import difflib
from collections.abc import Sequence

from ops.advise.question import Named
from ops.advise.understand.wording import key, tidy, words_of

MOST = 3
LEAST_LIKE = 0.6  # of difflib's ratio, 1 is the same


def nearest(word: str, names: Sequence[Named], most: int = MOST) -> tuple[str, ...]:
    """Codes that look most like a word, the likest first; fewer than `most` if few do.

    Examples
    --------
    >>> nearest("WB-99", (Named(kind="tool", code="WB-09"), Named(kind="tool", code="OPT-1")))
    ('WB-09',)
    """
    wanted = key(words_of(tidy(word)))
    if not wanted:
        return ()
    spelled = {name.code for name in names if any(sign.isalpha() for sign in name.code)}
    keys = {code: key(words_of(tidy(code))) for code in spelled}
    near = sorted((-_like(wanted, k), code) for code, k in keys.items() if k)
    return tuple(code for like, code in near if -like >= LEAST_LIKE)[:most]


def _like(wanted: str, known: str) -> float:
    match = difflib.SequenceMatcher(None, wanted, known, autojunk=False)
    if match.quick_ratio() < LEAST_LIKE:
        return 0.0
    return match.ratio()
