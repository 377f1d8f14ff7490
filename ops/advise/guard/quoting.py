"""What people wrote: it may be reported as written, and it proves and commands nothing."""

import re
from collections.abc import Iterator

from ops.advise.guard.citation import GROUNDED
from ops.advise.guard.reading import Look

_REPORTS = re.compile(
    r"\b(?:comments?|events?|entry|entries|notes?|remarks?|says?|said|reads?|wrote|written|reported|reports?|document"
    r"|kommentar\w*|notiz\w*|bemerkung\w*|schreibt|steht|vermerk\w*)\b|事件|备注|注释|评论|写道|记录"
)
_EVENT = re.compile(r"\bevents?\b|事件")
_RUN = 4  # words in a row that count as repeated
_WORD = re.compile(r"[a-zà-ÿ]+|[\u4e00-\u9fff]")


def quotes(look: Look) -> Iterator[str]:
    """Find quoted text that is used as proof, or repeated outside a place."""
    evidence = look.context.evidence
    quoted = {alias for alias, one in evidence.items() if one.quoted}
    for one in look.claim.comparisons:
        if quoted & {one.left, one.right}:
            yield f"{one.left} {one.relation} {one.right} compares what people wrote"
    cited = {*look.claim.cites, *(p.id for p in look.reading.places)} & set(evidence)
    if look.claim.role in GROUNDED and cited and cited <= quoted and look.claim.role != "finding":
        yield f"a claim of role {look.claim.role} rests on what people wrote"
    for place in look.reading.places:
        if place.id in quoted:
            clause = look.reading.clause_at(place.start)
            before = look.reading.shadow[max(0, clause.start - 40) : place.start]
            if look.claim.role not in ("finding", "note") or not _REPORTS.search(
                _EVENT.sub("", before) if evidence[place.id].quantity == "comment" else before
            ):
                yield f"{place.id} was written by people, and the words do not say so"
    if cited & quoted and not _REPORTS.search(look.reading.shadow):
        yield f"{sorted(cited & quoted)[0]} was written by people, and the words do not say so"
    yield from repeated(look)


def repeated(look: Look) -> Iterator[str]:
    """Find words that people wrote, told as if they were the answer's own."""
    own = _runs(look.reading.shadow)
    texts = [(a, e.value) for a, e in look.context.evidence.items() if e.quoted]
    texts += [(a, m.text) for a, m in look.context.memories.items()]
    for alias, text in texts:
        if isinstance(text, str) and own & _runs(text):
            yield f"words of {alias} are repeated as if they were the answer's own"
            return


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    run = _RUN if any(word.isascii() for word in words) else 2 * _RUN
    return {tuple(words[i : i + run]) for i in range(len(words) - run + 1)}
