"""Names of things: none but those that the evidence, the question or the plant knows."""

import re
from collections.abc import Iterator

from ops.advise.guard.reading import MASK, Look

_CODE = re.compile(
    r"(?<![\w])(?:[A-Z]{2,}[A-Za-z]*|[a-zß-ÿ]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*|\w*\d\w*[A-Za-z]\w*"
    r"|[A-Za-z]\w*\d\w*|[A-Za-z]+_\w+)(?![\w])"
)
_HALF_KNOWN = re.compile(rf"[A-Za-z0-9_]{MASK}|{MASK}[A-Za-z0-9_]|[A-Za-z0-9][-./]{MASK}")
_CAPITAL = re.compile(r"(?<![\w'])[A-Z][a-zà-ÿ]+(?![\w])")
_BEGIN = re.compile(r"(?:^|[.:!?;]\s+|[(\"“„']|[\ue000\ue001]\W*:?\s*)$")
_GERMAN = re.compile(
    r"\b(?:der|die|das|des|den|dem|und|ist|sind|nicht|ein|eine|wird|bei|mit|seit|unter|liegt|von|zur"
    r"|zum|auf|bitte)\b"
)
ACRONYMS = frozenset(["SPC", "MSA", "CPK", "CP", "PPK", "PPM", "GRR", "NDC", "WAPE", "OK"])


def names(look: Look) -> Iterator[str]:
    """Find words that look like a code or a proper name and are none that is known."""
    bare = look.reading.bare
    for found in _CODE.finditer(bare):
        if found[0] not in ACRONYMS:
            yield f"{found[0]!r} names nothing that is known"
            return
    if _HALF_KNOWN.search(bare):
        yield "a known name is part of a longer word"
    if _GERMAN.search(look.reading.shadow):
        return  # nouns have capitals there
    said = _words(look)
    for found in _CAPITAL.finditer(bare):
        opens = _BEGIN.search(bare[: found.start()]) is not None
        if not opens and found[0].lower() not in said:
            yield f"{found[0]!r} is a name that is not known"
            return


def _words(look: Look) -> set[str]:
    """Words of labels, titles and terms: they may have a capital anywhere."""
    known = [e.label for e in look.context.evidence.values()]
    known += [case.title for case in look.context.cases.values()]
    known += [look.reading.text[t.start : t.end] for t in look.reading.terms]
    known += [*look.context.names, "Weibull", "Gauss", "Pareto", "Shewhart"]
    return {word.lower() for text in known for word in re.findall(r"[A-Za-zà-ÿ]+", text)}
