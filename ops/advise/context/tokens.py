"""How many tokens a text is at most, where no server counts them."""

import unicodedata


def most_tokens(text: str) -> int:
    """Tokens of a text that no tokenizer with a byte for its smallest piece goes beyond.

    Every token stands for one byte of UTF-8 at least, after the text was normalized (NFKC, as
    some do) or left as it is; one more is for a space that some put in front. The bound holds for
    any vocabulary. It is loose: see the table in the documentation.

    Examples
    --------
    >>> most_tokens("Cpk"), most_tokens("µm")
    (4, 4)
    """
    if text.isascii():
        return len(text) + 1
    plain = len(text.encode("utf-8", "surrogatepass"))
    normal = len(unicodedata.normalize("NFKC", text).encode("utf-8", "surrogatepass"))
    return max(plain, normal) + 1
