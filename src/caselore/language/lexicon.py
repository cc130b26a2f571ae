"""One matcher for the terms of all topics: it walks a text once and returns every mention of every kind.

Terms are folded before they are compared: lower case, hyphens and slashes as spaces. Written variants that differ in
length (a plural s, British spelling, "CD 34" for "CD34", Greek letters spelt out) are made when the lexicon is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import ahocorasick_rs
import msgspec

from caselore.language.kept import kept
from caselore.model.text import TextSpan


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A concept that topics can read, with all its written forms.

    `weak` forms are too general or too short to count alone; `defined` forms (mostly abbreviations) count only in a
    text that spells them out; `cased` forms must be written exactly so; `adjectives` ("hepatic") name the concept only
    as a property of something else. All four are also among `forms`.
    """

    kind: str
    concept: str
    label: str
    forms: tuple[str, ...]
    weak: frozenset[str] = frozenset()
    defined: frozenset[str] = frozenset()
    cased: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    parents: tuple[str, ...] = ()
    codes: Mapping[str, str] = {}
    attributes: Mapping[str, str] = {}


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A term where it stands in the normalised text."""

    term: Term
    span: TextSpan
    words: str
    weak: bool = False
    adjective: bool = False

    @property
    def kind(self) -> str:
        return self.term.kind

    @property
    def concept(self) -> str:
        return self.term.concept

    @property
    def label(self) -> str:
        return self.term.label

    def get(self, attribute: str) -> str:
        """The term's attribute of that name, or an empty string."""
        return self.term.attributes.get(attribute, "")


FOLD = {ord(c): " " for c in "-‐‑‒–—/\n\t\u00a0"} | {ord("’"): "'", ord("‘"): "'"}


def fold(text: str) -> str:
    """The text as terms are compared, of the same length: lower case; hyphens, slashes and line ends as spaces."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(FOLD)


_SPELLINGS = (
    (re.compile(r"tumor\b"), "tumour"),
    (re.compile(r"tumors\b"), "tumours"),
    (re.compile(r"edema"), "oedema"),
    (re.compile(r"(?<![a-z])hem(?=at|or|an|og|ip)(?!ip)"), "haem"),
    (re.compile(r"emia\b"), "aemia"),
    (re.compile(r"ization"), "isation"),
    (re.compile(r"esoph"), "oesoph"),
    (re.compile(r"estrogen"), "oestrogen"),
    (re.compile(r"fiber"), "fibre"),
    (re.compile(r"pnea\b"), "pnoea"),
    (re.compile(r"rrhea\b"), "rrhoea"),
    (re.compile(r"pediatr"), "paediatr"),
    (re.compile(r"leuk"), "leuc"),
    (re.compile(r"color"), "colour"),
)
_RESPELT = re.compile("tumor|edema|hem|emia|ization|esoph|estrogen|fiber|pnea|rrhea|pediatr|leuk|color")
"""Every spelling rule needs one of these; most forms have none."""
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "κ": "kappa", "λ": "lambda", "δ": "delta"}
_PLURALS_IN_S = {"ss": ("sses",), "sis": ("ses",), "us": ("uses", "i")}
"""Masses, metastases, sinuses, thrombi."""
_NEVER = r"(?!)"
_LETTER_DIGIT = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")


def variants(form: str) -> set[str]:
    """The folded written forms that stand for `form`."""
    base = re.sub(r"\s+", " ", fold(form)).strip()
    found = {base}
    if _RESPELT.search(base):
        for pattern, spelling in _SPELLINGS:
            found |= {pattern.sub(spelling, f) for f in found}
    if not base.isascii():
        for letter, name in _GREEK.items():
            found |= {f.replace(letter, name) for f in found}
    if len(base) <= 12 and _LETTER_DIGIT.search(base):
        found |= {re.sub(r"(?<=[a-z])(?=\d)", " ", f) for f in found}
        found |= {re.sub(r"(?<=[a-z]) (?=\d)", "", f) for f in found}
    if re.search(r"[a-z]{4}$", base) and not base.endswith(("s", "ed", "ing", "ly", "al", "ic", "ous")):
        found |= {f[:-1] + "ies" if re.search(r"[^aeiou]y$", f) else f + "s" for f in set(found)}
        found |= {f + "es" for f in set(found) if f.endswith(("x", "ch", "sh"))}
        found |= {f + "ta" for f in set(found) if f.endswith("oma")}
    for ending, plurals in _PLURALS_IN_S.items():
        if re.search(rf"[a-z]{{2}}{ending}$", base) and not base.endswith("ous"):
            found |= {f.removesuffix(ending) + plural for f in set(found) if f.endswith(ending) for plural in plurals}
    return found


_variants_of_term = kept(variants)
"""For the forms of term tables alone: what is kept in a file must hold no words of reports."""


def looks_like_abbreviation(form: str) -> bool:
    """Two to five letters, mostly capitals: "LMS", "SMA", "GTR"; such a form must be printed in its own case."""
    if len(form) > 6 or " " in form:
        return False
    letters = [c for c in form if c.isalpha()]
    return len(letters) >= 2 and sum(c.isupper() for c in letters) >= 2


class _Entry(msgspec.Struct, frozen=True):
    folded: str
    term: Term
    printed: str
    cased: bool
    weak: bool
    defined: bool
    adjective: bool


_Hit = tuple[int, int, bool, str, int, _Entry]
"""Start, end (negative, so that longer ones come first), whether weak, concept, number among those of its form, entry."""


class Lexicon:
    """All terms, compiled. `find` is pure: the same text gives the same mentions in the same order."""

    def __init__(self, terms: Iterable[Term]) -> None:
        entries: dict[tuple[str, str, str, bool], _Entry] = {}
        for term in terms:
            for form in term.forms:
                cased = form in term.cased or looks_like_abbreviation(form)
                for folded in _variants_of_term(form):
                    key = (folded, term.kind, term.concept, cased)
                    weak, defined = form in term.weak, form in term.defined
                    entry = _Entry(folded, term, form, cased, weak, defined, form in term.adjectives)
                    if key not in entries or (entries[key].weak and not entry.weak):
                        entries[key] = entry
        by_form: dict[str, list[_Entry]] = {}
        for entry in entries.values():
            by_form.setdefault(entry.folded, []).append(entry)
        self._entries = list(by_form.values())
        self._matcher = ahocorasick_rs.AhoCorasick(list(by_form))

    def find(self, text: str) -> tuple[Mention, ...]:
        """Mentions on word boundaries; of those of one kind that overlap, the longest. Ordered by start, then kind."""
        hits: dict[str, list[_Hit]] = {}
        for hit in self._hits(text, fold(text)):
            hits.setdefault(hit[-1].term.kind, []).append(hit)
        kept = [hit for found in hits.values() for hit in _longest(found)]
        kept.sort(key=lambda hit: (hit[0], hit[1], hit[-1].term.kind, hit[3]))
        return tuple([_mention(text, hit) for hit in kept])

    def _hits(self, text: str, folded: str) -> Iterator[_Hit]:
        defined: dict[tuple[str, str], bool] = {}
        for index, start, end in self._matcher.find_matches_as_indexes(folded, overlapping=True):
            if not _on_word_boundaries(folded, start, end):
                continue
            told: set[tuple[str, str]] = set()  # a form may be listed in its own case and in any
            for number, entry in enumerate(self._entries[index]):
                if entry.cased and not _same_case(entry.printed, text[start:end]):
                    continue
                if entry.defined:
                    key = (entry.term.concept, entry.printed)
                    if key not in defined:
                        defined[key] = _definition(entry.term.forms, entry.printed).search(folded) is not None
                    if not defined[key]:
                        continue
                if (kind := (entry.term.kind, entry.term.concept)) in told:
                    continue
                told.add(kind)
                yield start, -end, entry.weak, entry.term.concept, number, entry


def _on_word_boundaries(text: str, start: int, end: int) -> bool:
    if text[start].isalnum() and start and text[start - 1].isalnum():
        return False
    return not (text[end : end + 1].isalnum() and text[end - 1].isalnum())


def _same_case(printed: str, words: str) -> bool:
    """Capitals where the form has capitals; "LMSs" and "CD 34" are still LMS and CD34."""
    return [c for c in printed if c.isupper()] == [c for c in words if c.isupper()]


@cache
def _definition(forms: tuple[str, ...], abbreviation: str) -> re.Pattern[str]:
    """Finds the abbreviation spelt out: "solitary fibrous tumor (SFT)" or "SFT (solitary fibrous tumor)"."""
    short = re.escape(fold(abbreviation))
    spelt_out = [form for form in forms if form != abbreviation and len(form) > len(abbreviation)]
    long = "|".join(re.escape(variant) for form in spelt_out for variant in sorted(variants(form)))
    either = rf"(?:{long})s?\s*[(\[,]\s*{short}s?\b|\b{short}s?\s*[(\[=:,]\s*(?:{long})"
    return re.compile(either if long else _NEVER)


def _longest(hits: list[_Hit]) -> Iterator[_Hit]:
    """Leftmost-longest without overlap; the same words under two concepts are both kept."""
    hits.sort()
    last_start = last_end = 0
    for hit in hits:
        start, end = hit[0], -hit[1]
        if start < last_end and (start, end) != (last_start, last_end):
            continue
        last_start, last_end = start, end
        yield hit


def _mention(text: str, hit: _Hit) -> Mention:
    start, end, entry = hit[0], -hit[1], hit[-1]
    return Mention(
        term=entry.term, span=TextSpan(start, end), words=text[start:end], weak=entry.weak, adjective=entry.adjective
    )
