"""How an answer looks: hints on words, and an example of made-up evidence with ids of its own."""

from ops.advise.context.concept import Concept

HINTS, EXAMPLE = "hints:1", "example:1"
_FIRST = 1000.0  # before every line of a draft
LINES = """\
C9001 drift | warn | "Oil level PUMP-A" | 1999-01-01 | allowed creep: clean, keep
E9001 slope | "slope" | "mm/h" | 0.5 mm/h (95 % 0.4 to 0.6) | warn
E9002 level-now | "level now" | "mm" | 7 mm (95 % 6 to 8) | reference "upper limit" 9 mm | info"""
ANSWER = """\
{"refusal":null,"judged":[{"case":"C9001","cause":"creep","action":"clean"}],"claims":[
{"case":"C9001","role":"finding","places":[{"id":"E9001","label":"slope","unit":"mm/h"}],\
"comparisons":[{"left":"E9001","relation":"rises","right":"reference"}],"cites":["E9001"],\
"text":"Oil level PUMP-A rises by {E9001.full}."},
{"case":"C9001","role":"finding","places":[{"id":"E9002","label":"level now","unit":"mm"}],\
"comparisons":[{"left":"E9002","relation":"below","right":"reference"}],"cites":["E9002"],\
"text":"The level now is {E9002.full}, below the upper limit of {E9002.reference}."},
{"case":"C9001","role":"cause","places":[],"comparisons":[],"cites":["E9001"],\
"text":"The likely cause is creep."},
{"case":"C9001","role":"action","places":[],"comparisons":[],"cites":["E9001"],\
"text":"Clean PUMP-A."}]}"""
_TOLD = f"""\
An example, made up: of these lines
{LINES}
this would be an answer, if nothing else were known:
{ANSWER}
None of it is evidence, and its ids name nothing here."""
_HINTS = """\
How to word it
- Plain and short, one thing in a sentence, with the label near its place: "Cpk is {E2.full}." \
Call a thing by the title of its case.
- Each claim stands alone: name the thing instead of "it" or "this", and begin none with however, \
but, therefore, instead or otherwise. A claim that does not pass is left out by itself.
- A place brings its unit and its sign: write nothing of them behind it, and no id as E2 in words.
- Words that compare or judge (above, below, exceeds, rises, falls, meets, misses, better, worse, \
stable, clearly, significant) need a comparison that says the same.
- Never say amounts (one, both, several, half, most), how far (well, far, slightly), names that \
stand nowhere below, another cause or action than the chosen one, or that something is not the \
cause. Cause and action are said without "not".
- Roles: finding; cause, with the chosen cause: "The likely cause is creep."; action, with the \
chosen action as an order: "Clean the tool."; cost; alternative; tipping; note; memory, which \
cites an M id."""


def example() -> tuple[Concept, Concept]:
    """Say how an answer looks, hints and example; the same bytes always."""
    return Concept(HINTS, "draft", _HINTS, "", _FIRST), Concept(EXAMPLE, "draft", _TOLD)
