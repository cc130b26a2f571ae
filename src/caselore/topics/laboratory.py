"""Laboratory values: what was measured, the number with its unit, and whether the report calls it high, low or normal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.language.generality import is_general
from caselore.language.lexicon import Mention
from caselore.language.numbers import NUMBER, number
from caselore.language.patterns import Pattern
from caselore.language.view import SentenceView
from caselore.model.fact import Value
from caselore.model.text import TextSpan
from caselore.topics.topic import Draft, Topic


class LabValue(Value, frozen=True, tag="lab_value"):
    """A measured `analyte` (a label of laboratory.toml).

    `amount` is in `unit`, both as printed; `comparator` is "<", ">" or empty; `flag` is "high", "low", "normal" or None
    and never computed from a reference range; `reference` is the range as printed.
    """

    analyte: str
    amount: float | None = None
    unit: str = ""
    comparator: str = ""
    flag: str | None = None
    reference: str | None = None

    def __str__(self) -> str:
        amount = "" if self.amount is None else f" {self.comparator}{self.amount:g}"
        unit = "" if not self.unit else self.unit if self.unit == "%" else f" {self.unit}"
        reference = f" (normal {self.reference})" if self.reference else ""
        return f"{self.analyte}{amount}{unit}{f', {self.flag}' if self.flag else ''}{reference}"


_PER = r"\s?(?:/|per)\s?(?:d[lL]|m[lL]|[µμu][lL]|[lL](?:it(?:er|re))?|mm3|mm³|cumm|min|24\s?h|day|h)\b"
_UNIT = (
    r"(?:[x×*]\s?10\s?\^?\s?[369³⁶⁹](?:\s?(?:cells)?\s?/\s?(?:[µμu]?[lL]|mm3|mm³))?"
    rf"|(?:k|m|µ|μ|n|p|mc|u)?(?:g|mol|IU|U|units|Eq|copies|cells){_PER}|(?:international units|copies|cells){_PER}"
    r"|mm\s?(?:/|in|per)\s?(?:1st |the first |1 )?h(?:our|r)?\b|/\s?(?:[µμu][lL]|mm3|mm³|[lL])|mm\s?Hg|%)"
)
_LEVEL = (
    r"(?:\s*\([^()\d]{1,30}\)|\s*\([A-Za-z0-9 /-]{1,12}\)|,?\s*(?:serum|blood|plasma|levels?|counts?|values?|titers?|titres?"
    r"|concentrations?|results?|rates?|assays?|in (?:the )?(?:serum|blood|plasma))\b)*"
)
_LINK = (
    r"(?:\s*(?:was|were|is|are|had been|remained|rose to|fell to|had fallen to|had risen to|increased to"
    r"|decreased to|dropped to|of|at|to|being|found|measured|reached|showed|also|still|only|all|both|about"
    r"|approximately|around|to be|as|[:=,]))*"
)
_FLAG_WORDS = {
    "high": (
        r"(?:raised|elevated|high|increased|above (?:the )?normal(?: range| limits?)?"
        r"|above (?:the )?(?:reference|upper)\b(?: \w+)?)"
    ),
    "low": r"(?:low|decreased|reduced|lowered|below (?:the )?normal(?: range| limits?)?|undetectable)",
    "normal": (
        r"(?:normal|(?:with)?in (?:the )?(?:normal|reference) (?:limits?|ranges?)"
        r"|within (?:the )?limits|unremarkable|not (?:raised|elevated|increased))"
    ),
}
_FLAG = "|".join(f"(?P<{name}>{words})" for name, words in _FLAG_WORDS.items())
_HOW = r"(?:\s*(?:slightly|mildly|markedly|moderately|significantly|grossly|very|extremely|severely|highly|\w+-fold|all|both))*"
_AMOUNT = rf"(?P<comparator>[<>≤≥]|less than|more than|below|above|over)?\s*(?P<amount>{NUMBER})\s*(?P<unit>{_UNIT})?"
_BEHIND = Pattern(rf"{_LEVEL}{_LINK}{_HOW}\s*(?:(?:{_FLAG})\b(?:{_LINK}\s*\(?{_AMOUNT})?)(?![-\w])")
_NUMBER_BEHIND = Pattern(rf"{_LEVEL}{_LINK}\s*\(?\s*{_AMOUNT}", re.I)
_FLAG_BEHIND_NUMBER = Pattern(rf"[\s,;(]*{_HOW}\s*(?:{_FLAG})\b(?!\s*(?:range|values?|limits?|[<>≤≥:,]?\s*\d))", re.I)
_FRONT = Pattern(
    rf"(?:{_FLAG})\s+(?:(?:serum|blood|plasma|levels? of|concentrations? of|urinary|total|preoperative)\s+)*$", re.I
)
_REFERENCE = Pattern(
    r"^\s*[(\[,;]\s*(?:normal(?: (?:range|values?|limits?|level))?"
    r"|reference(?: (?:range|values?|interval|limits?))?|N|NR|ref\.?|upper limit(?: of normal)?)"
    r"\s*[:,=]?\s*(?:of |is |was )?(?P<range>(?:[<>≤≥]\s?|up to |less than )?"
    r"\d[\d.,]*(?:\s?(?:[-–]|to)\s?\d[\d.,]*\d|\s?(?:[-–]|to)\s?\d)?)",
    re.I,
)
_JOINED = Pattern(
    r"^(?:\s*\([^()]{1,12}\))?\s*(?:levels?\s*)?(?:,|and|,\s*and|or|as well as)\s*(?:serum\s+|the\s+)?$", re.I
)
# another fluid than blood, or a figure of a series
_NOT_THIS = Pattern(
    r"\b(?:urin(?:e|ary)|CSF|cerebrospinal\s+fluid|ascit\w+|pleural(?:\s+fluid)?|cyst\s+fluid|saliva\w*|median|mean|average)"
    r"\s+(?:(?:levels?|concentrations?)\s+of\s+|intact\s+|serum\s+|plasma\s+)?$",
    re.I,
)
_COMPARATORS = {
    "less than": "<",
    "below": "<",
    "≤": "<",
    "<": "<",
    "more than": ">",
    "above": ">",
    "over": ">",
    "≥": ">",
}


def extract(view: SentenceView) -> Iterator[Draft]:
    """One value for each analyte that has a number or a verdict; in a list the verdict at its end is of all of them."""
    waiting: list[Mention] = []
    analytes = view.of("analyte")
    for index, mention in enumerate(analytes):
        following = analytes[index + 1] if index + 1 < len(analytes) else None
        limit = following.span.start if following else view.span.end
        if is_general(view.text, mention.span.start - view.span.start) or _NOT_THIS.search(view.before(mention.span)):
            continue
        found = _read(view, mention, limit)
        if found is None:
            between = view.text[mention.span.end - view.span.start : limit - view.span.start]
            waiting = [*waiting, mention] if following and _JOINED.match(between) else []
            continue
        value, end = found
        if value.amount is None:
            for other in waiting:
                yield Draft(value=LabValue(analyte=other.label, flag=value.flag), spans=(other.span,))
        waiting = []
        yield Draft(value=value, spans=(mention.span, TextSpan(mention.span.start, end)))


def _read(view: SentenceView, mention: Mention, limit: int) -> tuple[LabValue, int] | None:
    """The value behind (or the verdict in front of) an analyte, and where it ends in the document."""
    start = view.span.start
    text = view.text[: limit - start]
    at = mention.span.end - start
    front = _FRONT.search(view.text[max(0, at - len(mention.words) - 60) : mention.span.start - start])
    match = _BEHIND.match(text, at) or _NUMBER_BEHIND.match(text, at)
    if match is None or (match["amount"] and not match["unit"] and not mention.get("unitless")):
        match = _BEHIND.match(text, at)
        if match is None or match["amount"]:
            return (LabValue(analyte=mention.label, flag=_flag(front)), mention.span.end) if front else None
    flag = _flag(match) or _flag(front)
    if match["amount"] is None:
        return LabValue(analyte=mention.label, flag=flag), match.end() + start
    behind = _FLAG_BEHIND_NUMBER.match(text, match.end())
    reference = _REFERENCE.match(view.text[match.end() :])
    value = LabValue(
        analyte=mention.label,
        amount=number(match["amount"]),
        unit=re.sub(r"\s", "", match["unit"] or ""),
        comparator=_COMPARATORS.get((match["comparator"] or "").lower(), match["comparator"] or ""),
        flag=flag or _flag(behind),
        reference=reference["range"].rstrip(".,") if reference else None,
    )
    return value, match.end() + start


def _flag(match: re.Match[str] | None) -> str | None:
    groups = match.groupdict() if match else {}
    return next((name for name in _FLAG_WORDS if groups.get(name)), None)


TOPIC = Topic(
    name="laboratory", extract=extract, values=(LabValue,), terms=("laboratory.toml",), reads=("analyte",), alone=False
)
