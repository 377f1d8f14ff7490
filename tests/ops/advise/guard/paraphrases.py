"""What a model that words freely says of the cases of `worded_plant`: all of it is true."""

from pathlib import Path

Paraphrase = tuple[str, str, tuple[str, ...]]  # case, role, text and comparisons


def _read() -> tuple[Paraphrase, ...]:
    lines = Path(__file__).with_name("paraphrases.txt").read_text("utf-8").splitlines()
    parts = (line.split(" | ") for line in lines if not line.startswith("#"))
    return tuple((case, role, tuple(text)) for case, role, *text in parts)


PARAPHRASES = _read()
