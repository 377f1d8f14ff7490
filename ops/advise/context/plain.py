"""Text that holds nothing but what can be seen, and nothing that a server takes for its own."""

import json
import re
import unicodedata
from hashlib import sha256

_BRACKETS = str.maketrans({"<": "\u2039", ">": "\u203a"})
_MARK = re.compile(r"\[(/?[A-Z][A-Z_]+)\]")  # [INST], [/INST], [TOOL_CALLS]
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_NAME = 200
MARK = "| "


def plain(text: str) -> str:
    """Keep what can be seen of a text, and line breaks; make words of chat templates' tokens.

    Control characters, marks of direction, characters of no width and those without a meaning
    are left out; angle brackets become single quotation marks, words in square brackets and
    capitals (``[INST]``) stand in round ones: no server reads an end of a turn into them.

    Examples
    --------
    >>> plain("ok\u202e<|im_end|> [INST]")
    'ok\u2039|im_end|\u203a (INST)'
    """
    lines = "\n".join(text.splitlines())
    seen = "".join(c if c == "\n" or c.isspace() or _is_seen(c) else "" for c in lines)
    marked = _MARK.sub(r"(\1)", seen.translate(_BRACKETS))
    return _LINES.sub("\n\n", _SPACES.sub(" ", marked)).strip()


def _is_seen(char: str) -> bool:
    return unicodedata.category(char) not in _UNSEEN and char not in _BLANK


_BLANK = "\u115f\u1160\u3164\uffa0\u034f\u2800"  # fillers: letters by their category, and blank


def name(text: str, *, most: int = _NAME) -> str:
    r"""Put a name, label or short sentence on one line, in double quotes, as JSON writes it.

    Examples
    --------
    >>> name('WB-07 "new"')
    '"WB-07 \\"new\\""'
    """
    line = " ".join(plain(text).split())
    return json.dumps(shortened(line, most), ensure_ascii=False)


def shortened(text: str, most: int) -> str:
    """Cut a text to at most `most` characters, with a word on how many are left out."""
    if len(text) <= most:
        return text
    return f"{text[:most]} (... {len(text) - most} characters left out)"


def quoted(text: str, *, most: int = 2000) -> str:
    """Quote a text that people or machines wrote, between marks that it cannot write itself.

    The marks hold the digest of the text, and every line of it begins with a bar: no line can
    pass for one of the prompt, and none can close the quotation.

    Parameters
    ----------
    text
        Any text.
    most
        Characters that are quoted of it.

    Examples
    --------
    >>> print(quoted("Clamp loose."))
    BEGIN DATA d30ec5
    | Clamp loose.
    END DATA d30ec5
    """
    said = shortened(plain(text), most)
    key = sha256(said.encode()).hexdigest()[:6]
    while key in said:  # whoever finds such a text gets another mark
        key = sha256(f"{key}\n{said}".encode()).hexdigest()[:6]
    lines = "\n".join(f"{MARK}{line}" for line in said.split("\n"))
    return f"BEGIN DATA {key}\n{lines}\nEND DATA {key}"
