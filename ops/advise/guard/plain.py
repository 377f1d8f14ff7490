"""Plain words only: nothing that a page, a terminal or a reader could take for more than text."""

import re
import unicodedata
from collections.abc import Iterator

from ops.advise.guard.reading import HOLE, MASK, Look
from ops.advise.guard.said import LONGEST_TEXT, MOST_CITED, MOST_PLACES

_SIGNS = set(
    " .,;:!?'\"()-/\u2013\u2014\u2026\u2018\u2019\u201c\u201d\u201e\u00b0\u3001\u3002"
    "\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u300c\u300d"
)
_GLUE_BEFORE = re.compile(
    r"(?:[^\s(\"'\u201c\u201e\u2018\u3002-\uffef\u4e00-\u9fff]|[-\u2013\u2014]\s*)$"
)
_GLUE_BEHIND = re.compile(r"[^\s.,;:!?)\"'\u201d\u2019\u3002-\uffef\u4e00-\u9fff]|[.,;:!?]\S")
_ADDRESS = re.compile(
    r"https?\b|\bftps?\b|\bwww\b|\bmailto\b|javascript|vbscript|\bdata:|\bfile:|//"
    r"|[a-z0-9-]{2,}\.[a-z]{2,}\b|\bdot (?:com|org|net|io|de|cn)\b|\b\S+ at \S+ dot \S+"
)
_ORDERS = re.compile(
    r"\b(?:click|visit|download|install|execut\w*|browse|e-?mail\w*|password|passwort|token|api"
    r"|credential\w*|secret|sudo|curl|wget|bash|powershell|script|terminal|shell|sql"
    r"|select \w+ from"
    r"|drop table|ignore\w*|disregard\w*|override\w*|bypass\w*|disabl\w*|skip\w*|pretend|jailbreak"
    r"|system prompt|prompt|instructions?|anweisung\w*|ignorier\w*|überspring\w*|klick\w*|log ?in"
    r"|as an ai|language model|call me|phone|telephone|whatsapp|deaktivier\w*|umgeh\w*)\b"
    r"|点击|忽略|跳过|下载|访问|密码|执行脚本|指令|绕过|禁用|登录"
)


def plainness(look: Look) -> Iterator[str]:
    """Find what is not plain text, and words that tell to do something with a computer."""
    if len(look.claim.text) > LONGEST_TEXT:
        yield f"{len(look.claim.text)} characters are more than {LONGEST_TEXT}"
    if len(look.reading.places) > MOST_PLACES or len(look.claim.cites) > MOST_CITED:
        yield f"more than {MOST_PLACES} places or {MOST_CITED} citations"
    labelled = any(place.part == "label" for place in look.reading.places)
    if not labelled and not any(s.isalpha() or s == MASK for s in look.reading.shadow):
        yield "no words of its own"
    yield from _glued(look)
    for sign in look.reading.bare:
        if sign not in (MASK, HOLE) and not _is_plain(sign):
            yield f"the sign U+{ord(sign):04X} is no plain text"
            return
    yield from ordered(look)


def ordered(look: Look) -> Iterator[str]:
    """Find addresses, and words that tell to do something with a computer."""
    for pattern in (_ADDRESS, _ORDERS):
        for found in pattern.finditer(unicodedata.normalize("NFKC", look.reading.shadow)):
            yield f"{found[0]!r} is an address, or tells to do something with a computer"
            return


def _glued(look: Look) -> Iterator[str]:
    """Places that touch something that would change the number: a digit, a sign, a letter."""
    for place in look.reading.places:
        before, behind = look.claim.text[: place.start], look.claim.text[place.end :]
        if _GLUE_BEFORE.search(before) or _GLUE_BEHIND.match(behind):
            yield f"{place.id} touches another sign or word"
            return


def _is_plain(sign: str) -> bool:
    if sign in _SIGNS:
        return True
    if sign.isascii():
        return sign.isalnum()  # digits are told by the rule for numbers
    if unicodedata.category(sign)[0] == "N":
        return True
    latin = "\u00c0" <= sign <= "\u017f" and sign.isalpha()
    return latin or "\u4e00" <= sign <= "\u9fff" or sign in "µμ\u3007"
