"""Whether a text supposes a change of a plan: a condition or a question of what follows, a change.

"Wenn WH-FRA ausfällt", "demand rises by 10 %, what then": no fixed phrase opens such a question.
"""

from ops.advise.understand.vocabulary import says
from ops.advise.understand.wording import parted

_IF = (
    "if", "in case", "supposing", "provided", "wenn", "falls", "sofern", "im fall*", "sollte",
    "sollten", "gesetzt den fall", "what then", "then what", "and then", "what follows",
    "was dann", "und dann", "was folgt", "was wäre",
)  # fmt: skip
_IF_WITHIN = (
    "如果",
    "假如",
    "假设",
    "要是",
    "若是",
    "万一",
    "一旦",
    "的话",
    "会怎样",
    "会怎么样",
    "会如何",
    "怎么办",
)
_CHANGES = (
    "fail", "fails", "failed", "failing", "outage*", "close*", "closing", "shut*", "open*", "rise",
    "rises", "rising", "rose", "increas*", "grow", "grows", "growing", "go up", "goes up",
    "go down", "goes down", "is down", "drop*", "fall", "falls", "fell", "decreas*", "reduc*",
    "lose", "loses", "lost", "double*", "doubling", "halve*", "halving", "triple*", "strike*",
    "burn*", "block*", "flood*", "is gone", "abbrenn*", "brennt ab", "blockiert", "überflut*",
    "cut", "cuts", "break down", "breaks down", "is out", "dearer", "cheaper", "longer", "slower",
    "ausfäll*", "ausfall*", "ausfiele*", "ausgefallen", "fällt", "fallen", "fiele", "wegfäll*",
    "wegfiele", "wegbrech*", "wegbricht", "schliess*", "geschlossen", "schlösse*", "dichtmach*",
    "zumach*", "öffn*", "eröffn*", "steig*", "stieg*", "sink*", "sank*", "erhöh*", "verdoppel*",
    "doppelt*", "halbier*", "streik*", "stillsteh*", "still steht", "gesperrt", "verlier*",
    "teurer", "billiger", "länger", "langsamer", "wächst", "wachsen", "kürz*", "senk*", "reduzier*",
)  # fmt: skip
_CHANGES_WITHIN = (
    "关闭", "关掉", "停产", "中断", "停机", "断供", "罢工", "故障", "上涨", "增加", "提高",
    "上升", "增长",
    "减少", "下降", "降低", "翻倍", "减半", "延长", "涨",
)  # fmt: skip


def supposes(rest: str) -> bool:
    """Whether a tidied text, its names taken out, supposes that something changes.

    Examples
    --------
    >>> supposes("wenn ; ausfällt"), supposes("when does ; fail"), supposes("if it is so")
    (True, False, False)
    """
    whole = rest.casefold()
    apart = parted(whole)
    condition = says(apart, _IF, spaced=True) or says(whole, _IF_WITHIN, spaced=False)
    return condition and (
        says(apart, _CHANGES, spaced=True) or says(whole, _CHANGES_WITHIN, spaced=False)
    )
