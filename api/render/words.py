"""The reader's language: translated text, numbers, dates and units as that language writes them."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cache
from gettext import GNUTranslations, NullTranslations
from math import isfinite
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.dates import format_date, format_datetime, format_timedelta
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from ops.numeral import is_tiny_p
from ops.page import Verdict
from ops.page_value import Number, Phrase
from ops.shown_unit import shown_unit, unitless
from ops.values import LARGEST, ZERO, fits

LANGUAGES = {"en": "English", "de": "Deutsch", "zh-Hans": "简体中文"}
CATALOGUES = Path(__file__).parents[1] / "locale"
ABSENT = "\N{EN DASH}"
_SIGNS = {"um": "\N{MICRO SIGN}m", "degC": "\N{DEGREE SIGN}C"}  # as files and gauges write them
_UNIT = re.compile(r"\b(um|degC)\b")


@dataclass(frozen=True)
class Words:
    """How one reader is spoken to.

    Parameters
    ----------
    language
        One of `LANGUAGES`.
    zone
        Where the reader's clock stands.
    """

    language: str = "en"
    zone: tzinfo = UTC
    translations: NullTranslations = field(default_factory=NullTranslations)

    @property
    def locale(self) -> Locale:
        """Locale of numbers and dates."""
        return Locale.parse(self.language, sep="-")

    def text(self, message: str) -> str:
        """Translate a fixed text; the plant's own words come back as they are."""
        return self.translations.gettext(message) if message else ""

    def title(self, title: str) -> str:
        """Translate the title of a page; what stands behind a colon is what it is about."""
        whole = self.text(title)
        kind, colon, about = title.partition(": ")
        return whole if whole != title or not colon else f"{self.text(kind)}: {about}"

    def counted(self, one: str, many: str, num: int) -> str:
        """Say how many, by the plural rules of the language."""
        return self.translations.ngettext(one, many, num) % {"num": self.number(num)}

    def texts(self, messages: Iterable[str]) -> dict[str, str]:
        """Translate fixed texts, for scripts."""
        return {message: self.text(message) for message in messages}

    def unit(self, unit: str) -> str:
        """Write a unit as readers do: by its sign, and nothing for mere numbers."""
        return _UNIT.sub(lambda found: _SIGNS[found[0]], shown_unit(unit))

    def phrase(self, phrase: Phrase) -> str:
        """Say a clause."""
        values = {
            name: self.number_in(value, name) if isinstance(value, Number) else self.text(value)
            for name, value in phrase.values.items()
        }
        if "unit" in values:
            values["unit"] = self.unit(values["unit"])
        template = unitless(self.text(phrase.template), phrase.values.get("unit"))
        return template.format_map(values).replace("= <", "<")

    def said(self, text: str, phrases: Iterable[Phrase]) -> str:
        """Say a text by its phrases; itself where it has none."""
        return " ".join(self.phrase(p) for p in phrases) or self.text(text)

    def verdict(self, verdict: Verdict) -> str:
        """Say a verdict: its clauses, or its sentence where it has none."""
        if not verdict.phrases:
            return self.text(verdict.sentence)
        return self.text("{clauses}.").format(clauses=self.clauses(verdict.phrases))

    def clauses(self, phrases: Iterable[Phrase]) -> str:
        """Say the clauses of a sentence, without the stop behind it."""
        return self.text("; ").join(self.phrase(p) for p in phrases)

    def number_in(self, number: Number, name: str = "") -> str:
        """Write a number that has a name in a phrase."""
        if number.value is None:
            return ABSENT
        if is_tiny_p(name, number.value):
            return self.labelled(name, number.value)
        if number.percent:
            return self.percent(number.value, number.decimals)
        return self.number(number.value, number.decimals)

    def percent(self, share: float, decimals: int | None = None) -> str:
        """Write a share of 1 as percent; without `decimals` to six significant digits."""
        if decimals is not None and fits(100 * share, decimals):
            share = round(share, decimals + 2)
        else:
            share = round(float(f"{share:.6g}" if decimals is None else f"{share:.2g}"), 12)
        text: str = format_percent(
            share, format=None, locale=self.locale, decimal_quantization=False
        )
        return text

    def labelled(self, label: str, value: float | None, decimals: int | None = None) -> str:
        """Write a number that stands under a label: a tiny p-value is told to be below a bound."""
        if is_tiny_p(label, value):
            return f"< {self.number(ZERO, 0)}"
        return self.number(value, decimals)

    def number(self, value: float | None, decimals: int | None = None) -> str:
        """Write a number; without `decimals` to six significant digits."""
        if value is None or not isfinite(value):
            return ABSENT
        if decimals is None:
            value = float(f"{value:.6g}")
            pattern = "#,##0.##########" if abs(value) < LARGEST else "0.#####E0"
        elif fits(value, decimals):
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        else:  # two digits: p = 0.000012 and 3E20 are told, not 0.0000 and twenty zeros
            value = float(f"{value:.2g}")
            pattern = "#,##0.##########" if 1e-6 <= abs(value) < LARGEST else "0.#E0"
        text: str = format_decimal(value, format=pattern, locale=self.locale)
        return text.replace("-", "\N{MINUS SIGN}", 1) if value < 0 else text

    def instant(self, at: datetime | None) -> str:
        """Write a moment in the reader's zone, to the minute."""
        if at is None:
            return ABSENT
        return format_datetime(at, "medium", tzinfo=self.zone, locale=self.locale)

    def day(self, at: datetime) -> str:
        """Write a day in the reader's zone."""
        return format_date(at.astimezone(self.zone).date(), "medium", locale=self.locale)

    def ago(self, at: datetime, now: datetime) -> str:
        """Say how long ago, or in how long."""
        return format_timedelta(at - now, add_direction=True, locale=self.locale)

    def listed(self, things: Iterable[str]) -> str:
        """Join names as a sentence does."""
        return format_list(list(things), locale=self.locale)


def words_for(language: str | None, accepted: str = "", zone: str | None = None) -> Words:
    """Words for a chosen language, or for what a browser accepts; unknown ones mean English.

    Examples
    --------
    >>> words_for(None, "de-AT,de;q=0.9,en;q=0.5").language
    'de'
    """
    wanted = [language or "", *_preferred(accepted)]
    chosen = next((found for w in wanted if (found := _known(w))), "en")
    return Words(chosen, _zone(zone), translations(chosen))


@cache
def translations(language: str) -> NullTranslations:
    """Messages of a language, from its catalogue; English needs none."""
    path = CATALOGUES / f"{language.replace('-', '_')}.po"
    if not path.exists():
        return NullTranslations()
    binary = io.BytesIO()
    with path.open("rb") as source:
        write_mo(binary, read_po(source, locale=language.replace("-", "_")))
    binary.seek(0)
    return GNUTranslations(binary)


def _preferred(accepted: str) -> list[str]:
    weighted: list[tuple[float, str]] = []
    for part in accepted.split(","):
        name, _, quality = part.strip().partition(";q=")
        try:
            weighted.append((-float(quality or 1), name))
        except ValueError:
            continue
    return [name for _, name in sorted(weighted, key=lambda pair: pair[0])]


def _known(tag: str) -> str | None:
    lowered = tag.lower()
    if lowered.startswith("zh"):
        return "zh-Hans"
    return next((code for code in LANGUAGES if lowered.split("-")[0] == code.lower()), None)


def _zone(name: str | None) -> tzinfo:
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC
