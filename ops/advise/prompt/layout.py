"""Concepts laid out as messages, with a short name for each thing that an answer may name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ops.advise.context.concept import Concept
from ops.advise.context.gather import memory_id
from ops.advise.prompt.example import EXAMPLE, HINTS
from ops.advise.provider.chat import Message

EVIDENCE = "EVIDENCE"
MEMORIES = "MEMORIES"
DRAFT = """\
DRAFT
An answer to this question, made of the same evidence and true as it stands. Take its pairs and \
claims word for word, or word them better with the same places, comparisons and cites."""
QUESTION = "QUESTION"
END = "Answer this question with the JSON object alone."
SchemaOf = Callable[[Mapping[str, str]], str]
DraftOf = Callable[[Mapping[str, str]], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Messages, and what their short names stand for.

    Parameters
    ----------
    aliases
        E1, E2 ... to ids of evidence, C1 ... to ids of cases, M1 ... to ids of memories, each in
        the order of the text.
    named
        Id of a concept to its short name.
    """

    messages: tuple[Message, ...]
    aliases: Mapping[str, str]
    named: Mapping[str, str]


def laid_out(
    concepts: Sequence[Concept],
    heads: Mapping[str, str],
    *,
    schema_of: SchemaOf | None = None,
    draft_of: DraftOf | None = None,
    system_role: bool = True,
) -> Layout:
    """Messages of concepts, in their order.

    Parameters
    ----------
    concepts
        Among them one of the constraints and one of the question.
    heads
        Headings of cases by id.
    schema_of
        Text of the schema for these short names, if the prompt has to hold it.
    draft_of
        Lines of the draft for these short names, by id of their concept.
    system_role
        Whether the server knows a message of the system; else all is one of the user.
    """
    lines = _Lines(heads)
    for concept in concepts:
        if concept.kind not in ("question", "constraints", "draft"):
            lines.add(concept)
    told = "\n".join(
        c.text for c in concepts if c.kind == "constraints" or c.id in (HINTS, EXAMPLE)
    )
    drawn = {} if draft_of is None else draft_of(lines.aliases)
    drafted = [drawn[c.id] for c in concepts if c.kind == "draft" and c.id in drawn]
    asked = "\n".join(c.text for c in concepts if c.kind == "question")
    schema = () if schema_of is None else (schema_of(lines.aliases),)
    evidence = lines.evidence or ["There is none."]
    memories = (MEMORIES, *lines.memories) if lines.memories else ()
    draft = (DRAFT, *drafted) if drafted else ()
    body = "\n".join((EVIDENCE, *evidence, *memories, *draft, QUESTION, asked, END, *schema))
    apart = Message("system", told), Message("user", body)
    together = (Message("user", f"{told}\n\n{body}"),)
    return Layout(apart if system_role else together, lines.aliases, lines.named)


class _Lines:
    """Lines while they are written: every thing gets its short name when it first appears."""

    def __init__(self, heads: Mapping[str, str]) -> None:
        self._heads = heads
        self._counts: dict[str, int] = {}
        self._known: dict[tuple[str, str], str] = {}
        self._open = ""
        self.aliases: dict[str, str] = {}
        self.named: dict[str, str] = {}
        self.evidence: list[str] = []
        self.memories: list[str] = []

    def add(self, concept: Concept) -> None:
        memory = memory_id(concept)
        if memory is not None:
            alias = self._alias("M", str(memory))
            self.memories.append(f"{alias} {concept.text}")
        else:
            if concept.group != self._open:
                self._open = concept.group
                case = self._alias("C", concept.group)
                self.evidence.append(f"{case} {self._heads[concept.group]}")
            alias = self._alias("E", concept.id)
            self.evidence.append(f"{alias} {concept.text}")
        self.named[concept.id] = alias

    def _alias(self, letter: str, thing: str) -> str:
        if (letter, thing) not in self._known:
            self._counts[letter] = self._counts.get(letter, 0) + 1
            alias = f"{letter}{self._counts[letter]}"
            self._known[letter, thing] = alias
            self.aliases[alias] = thing
        return self._known[letter, thing]
