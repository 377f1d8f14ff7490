"""Every text that a reader may see, for the catalogues: `make messages` brings them up to date.

Texts stand in templates (`_("...")`), in page values (titles, labels, phrases), and in the schemas
that forms are made from. A new text is added to each catalogue without a translation, which a test
refuses; one that nobody says any more is dropped.
"""

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

from api.alert_actions import AlertActionDraft
from api.analyses import described
from api.characteristics import CharacteristicChange, CharacteristicDraft
from api.keys import ApiKeyDraft
from api.limits import LimitsDraft
from api.memory_bodies import MemoryDraft
from api.pages.characteristics import SPANS
from api.pages.chart_filters import FIGURES, GROUPS, SETS, SUBGROUPS
from api.pages.navigation import labels
from api.problems import KINDS
from api.render.forms import FormField, fields_of
from api.render.stored_words import STORED
from api.render.words import CATALOGUES, LANGUAGES
from api.retention import RetentionView
from api.schedules import ScheduleChange, ScheduleDraft
from api.sites import SiteDraft
from api.users import UserDraft
from ops.analyses.registry import all_analyses
from ops.drift.reason import SENTENCES, clause_of
from ops.prediction import QUANTITIES
from ops.spc.rules import RULES

ROOT = Path(__file__).parents[2]
Message = str | tuple[str, str]
_OF_PAGES = {  # what of a call is shown: names of keywords, or places of arguments
    "of": (0,), "Phrase": ("template",), "Column": ("label",), "Section": ("title",),
    "Table": ("title",), "Chart": ("title",), "Axis": ("label",), "Layer": ("label",),
    "Figure": ("label",), "Page": ("title",), "Text": ("text",), "text": (0,), "counted": (0,),
    "Analysis": ("title", "summary"), "Note": (1,), "Matrix": ("title", "corner"),
    "Map": ("title",),
    "probability_chart": ("title", "label"), "survival_chart": ("title", "label"),
    "hazard_chart": ("title", "label"), "incidence_chart": ("title", "label"),
}  # fmt: skip
_WRITERS = ("_page", "_words", "_details", "_verdict")  # ends of their modules' names
_KERNELS = (  # kernels whose words stand on a page as they are
    "ops/capability/time_model.py", "ops/capability/tolerance.py", "ops/spc/estimate.py",
    "api/chart_promise.py", "ops/drift/reason.py",
    "ops/spc/broken_rule.py",
)  # fmt: skip
_NOT_SAID = ("guard", "what_if", "understand", "prompt")  # vocabularies, and words for a model
_TOLD = ("told",)  # of these: a dossier like those of the readers
_GATHERS = ("number", "estimate", "time", "name", "text")  # of a dossier: their label is second


@cache
def messages() -> tuple[Message, ...]:
    """Collect every text once, in a firm order; a pair is a singular and its plural."""
    found: dict[Message, None] = {}
    sources = (_templates(), _python(), _written(), _advised(), _forms(), _values(), STORED)
    for source in sources:
        found.update(dict.fromkeys(m for m in source if m))
    return tuple(found)


def _templates() -> Iterator[Message]:
    for path in sorted((ROOT / "api" / "templates").glob("*.html")):
        for _, text, _, _ in extract("jinja2", io.BytesIO(path.read_bytes()), options=_JINJA):
            yield text if isinstance(text, str) else (text[0], text[1])


_JINJA = {"trimmed": "true", "silent": "false"}


def _python() -> Iterator[Message]:
    for folder in ("ops/analyses", "api", "solvers"):
        for path in sorted((ROOT / folder).glob("**/*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from _of_call(node)


def _written() -> Iterator[Message]:
    """Texts that modules choose at run time: those of pages and words, and of some kernels."""
    for path in sorted((ROOT / "ops/analyses").glob("*.py")):
        if path.stem.endswith(_WRITERS):
            yield from _of_writer(ast.parse(path.read_text(encoding="utf-8")))
        elif path.stem.endswith("_result"):  # only the sentences of their verdicts
            yield from (
                t for t in _of_writer(ast.parse(path.read_text(encoding="utf-8"))) if "{" in t
            )
    yield from map(clause_of, SENTENCES.values())
    for name in _KERNELS:
        yield from _of_writer(ast.parse((ROOT / name).read_text(encoding="utf-8")))


def _advised() -> Iterator[Message]:
    """Sentences of the advisor, and what its evidence is called."""
    for path in sorted((ROOT / "ops/advise").glob("**/*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        yield from _phrases(module)
        if path.parent.name in _NOT_SAID and path.stem not in _TOLD:
            continue
        if path.stem.endswith("_words") or path.parent.name == "read" or path.stem in _TOLD:
            yield from _of_writer(module)
        elif path.parent.name in ("digest", "rules"):
            yield from (text for text in _of_writer(module) if "{" in text)
        for node in ast.walk(module):
            if isinstance(node, ast.Call):
                yield from _of_evidence(node)


def _phrases(module: ast.Module) -> Iterator[str]:
    """Templates of phrases, and of why a what-if is not clear."""
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Phrase.of", "Unclear"):
            yield from map(_text_of, node.args[:1])


def _of_evidence(call: ast.Call) -> Iterator[str]:
    if isinstance(call.func, ast.Attribute) and call.func.attr in _GATHERS:
        yield from map(_text_of, call.args[1:2])
    wanted = ("label", "reference_label", "template")
    yield from (_text_of(k.value) for k in call.keywords if k.arg in wanted)


def _of_writer(module: ast.Module) -> Iterator[str]:
    """Texts of a module that writes for readers: every constant of several words."""
    notes = {
        id(node.body[0].value)
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    parts = {
        id(part)
        for node in ast.walk(module)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(module):
        if isinstance(node, ast.Constant) and id(node) not in notes | parts:
            text = _text_of(node)
            if " " in text.strip() and text[0].isalnum() | (text[0] in "{%"):
                yield text


def _of_call(call: ast.Call) -> Iterator[Message]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "counted":
        texts = [a.value for a in call.args[:2] if isinstance(a, ast.Constant)]
        if len(texts) == 2:
            yield str(texts[0]), str(texts[1])
        return
    for shown in _OF_PAGES.get(name, ()):
        if isinstance(shown, int):
            values = call.args[shown : shown + 1]
        else:
            values = [k.value for k in call.keywords if k.arg == shown]
        yield from map(_text_of, values)


def _text_of(node: ast.expr) -> str:
    value = node.value if isinstance(node, ast.Constant) else ""
    return value if isinstance(value, str) and len(value) > 1 else ""


def _forms() -> Iterator[Message]:
    drafts = (
        ScheduleDraft, ScheduleChange, SiteDraft, CharacteristicDraft, CharacteristicChange,
        LimitsDraft, ApiKeyDraft, UserDraft, AlertActionDraft, MemoryDraft,
    )  # fmt: skip
    schemas = [d.model_json_schema() for d in drafts]
    schemas += [described(analysis).params for analysis in all_analyses()]
    for schema in schemas:
        for field in fields_of(schema, {}):
            yield from _of_field(field)


def _of_field(field: FormField) -> Iterator[Message]:
    yield field.label
    yield field.help
    for variant in field.variants:
        yield variant.label
        for inner in variant.fields:
            yield from _of_field(inner)


def _values() -> Iterator[Message]:
    yield from labels()
    yield from SPANS.values()
    yield from QUANTITIES.values()
    for group, kinds in GROUPS.items():
        yield from (group, *kinds.values())
    yield from (*SETS.values(), *SUBGROUPS.values(), *(label for label, *_ in FIGURES.values()))
    for kind in KINDS.values():
        yield from (kind.title, kind.mend)
    yield from (rule.sentence for rules in RULES.values() for rule in rules)
    yield from (f.description or "" for f in RetentionView.model_fields.values())


def catalogue(language: str) -> Catalog:
    """Read the catalogue of a language."""
    path = _path(language)
    name = language.replace("-", "_")
    if not path.exists():
        return Catalog(locale=name, project="Longrun", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=name)


def _path(language: str) -> Path:
    return CATALOGUES / f"{language.replace('-', '_')}.po"


def update(language: str) -> None:
    """Bring the catalogue of a language up to date."""
    old = catalogue(language)
    new = Catalog(
        locale=old.locale,
        project="Longrun",
        version="1",
        header_comment=f"# Texts of Longrun in {LANGUAGES[language]}. Written by `make messages`.",
        msgid_bugs_address="-",
        last_translator="-",
        language_team="-",
        creation_date=_BEGUN,
        revision_date=_BEGUN,  # no clock: the same texts give the same file
        fuzzy=False,
    )
    for message in messages():
        known: Any = old.get(message if isinstance(message, str) else message[0])
        new.add(message, known.string if known else None)
    CATALOGUES.mkdir(exist_ok=True)
    with _path(language).open("wb") as target:
        write_po(target, new, width=120)


_BEGUN = datetime(2026, 11, 24, tzinfo=UTC)


if __name__ == "__main__":
    for language_ in LANGUAGES:
        if language_ != "en":
            update(language_)
