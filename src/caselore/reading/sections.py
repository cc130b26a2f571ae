"""Which part of a report each paragraph belongs to."""

from __future__ import annotations

import re

import msgspec

from caselore.model.text import Section, SectionKind, TextSpan
from caselore.reading.blocks import Role
from caselore.reading.headings import Heading, heading_of, labels, run_in_heading
from caselore.reading.story import story_start

K = SectionKind


class Passage(msgspec.Struct, frozen=True):
    """A paragraph, heading or table line of the normalised text; `kind` as in Block."""

    role: Role
    span: TextSpan
    kind: SectionKind | None = None


class _Part(msgspec.Struct, frozen=True):
    """A stretch that opens a section, or goes on with the one before (`heading` None); `told` is what the format says."""

    passage: int
    start: int
    end: int
    role: Role
    heading: Heading | None = None
    alone: bool = False
    told: SectionKind | None = None


_BODY = (K.CASE, K.IMAGING, K.OPERATION, K.PATHOLOGY, K.OUTCOME)
_LATE = (K.DISCUSSION, K.CONCLUSION)
_OWN_PARAGRAPH = (K.BACK_MATTER, K.IMAGING, K.OPERATION, K.PATHOLOGY, K.OUTCOME, K.CAPTION)
_FUNCTION_WORD = re.compile(r"\b(?:the|is|are|was|were|has|had|and|with|of|in|to|that|we)\b")
_VERB = re.compile(r"\b(?:is|are|was|were|has|had|have|presented|underwent|developed|died|showed|revealed|we)\b", re.I)
_NARRATES = re.compile(
    r"\b(?:was|were|had|presented|underwent|developed|died|showed|revealed|he|she|his|her|the patient|year-old|years? old)\b",
    re.I,
)
_NARRATIVE_START = re.compile(
    r"(?:he|she|his|her|we)\b|(?:an?|this|the|our)\b[^.;:]{0,90}?\b(?:was|were|had|presented(?! as\b)|complained|consulted)\b"
    r"|(?:history|complain\w+) of\b",
    re.I,
)
_CITES = re.compile(r"\[\d|\(\d{1,2}(?:[,–-]\s?\d{1,2})*\)|et al")


def split_sections(text: str, passages: tuple[Passage, ...]) -> tuple[Section, ...]:
    """The sections of a report in the order of the text; together they cover every passage."""
    parts = _parts(text, passages)
    parts, kinds = _with_story(text, parts, _kinds(text, parts))
    sections: list[Section] = []
    for part, kind in zip(parts, kinds, strict=True):
        opens = part.heading is not None
        last = sections[-1] if sections else None
        apart = kind in (K.CAPTION, K.TABLE) and part.role is not Role.TABLE
        if last is not None and last.kind is kind and not opens and not apart:
            sections[-1] = Section(kind=kind, span=TextSpan(last.span.start, part.end), heading=last.heading)
        else:
            heading = part.heading.text if part.heading else ""
            sections.append(Section(kind=kind, span=TextSpan(part.start, part.end), heading=heading))
    return tuple(sections)


def _parts(text: str, passages: tuple[Passage, ...]) -> list[_Part]:
    """The passages, cut where a heading stands within one."""
    parts: list[_Part] = []
    for number, passage in enumerate(passages):
        start, end = passage.span.start, passage.span.end
        words = text[start:end]
        if passage.role is Role.HEADING:
            told = Heading(passage.kind, words) if passage.kind else None
            parts.append(_Part(number, start, end, passage.role, heading_of(words) or told, True, passage.kind))
            continue
        if passage.role is not Role.BODY or passage.kind not in (None, K.ABSTRACT):
            parts.append(_Part(number, start, end, passage.role, told=passage.kind))
            continue
        found = labels(words)
        cuts = [(place, heading) for place, heading in found if place]
        first = next((heading for place, heading in found if not place), None)
        run_in = run_in_heading(words)
        if run_in and (first is None or len(run_in[0].text) > len(first.text)):
            first = run_in[0]
        if len(cuts) + (first is not None) < 2:
            cuts = [(place, heading) for place, heading in cuts if heading.case]
        places = [0, *(place for place, _ in cuts), end - start]
        headings = [first, *(heading for _, heading in cuts)]
        for heading, a, b in zip(headings, places, places[1:], strict=False):
            parts.append(_Part(number, start + a, start + b, passage.role, heading, told=passage.kind))
    return parts


def _kinds(text: str, parts: list[_Part]) -> list[SectionKind]:
    """The kind of every part: a walk over the headings, with the front matter and the abstract told apart first."""
    front = _front(text, parts)
    abstract = _abstract(text, parts, front)
    has_body = abstract.stop < len(parts) and any(part.role is Role.BODY for part in parts[abstract.stop :])
    kinds: list[SectionKind] = []
    current = K.CASE
    resume: SectionKind | None = None
    seen_body = seen_prose = False
    for index, part in enumerate(parts):
        if resume is not None and part.heading is None and part.role is Role.BODY:
            current, resume = resume, None
        if part.role is Role.CAPTION or part.role is Role.TABLE:
            kinds.append(_caption_kind(text, part))
            continue
        if index < len(front):
            kinds.append(front[index])
            continue
        if part.role is Role.REFERENCE:
            kinds.append(K.REFERENCES)
            continue
        in_abstract = index in abstract
        if part.told and part.role is Role.BODY and not in_abstract:
            kinds.append(part.told)
            continue
        if index == abstract.start and in_abstract:
            current = K.ABSTRACT if has_body or _kind(part) is K.ABSTRACT else K.CASE
        elif index == abstract.stop and len(abstract):
            current, resume = _unlabelled(parts, index), None
        if part.role is Role.HEADING and part.heading is None and current is K.INTRODUCTION and not in_abstract:
            current = K.CASE  # a heading in words of its own behind the introduction is about the case
        if part.heading is not None:
            before = current if resume is None else resume
            current = _opened(part.heading, before, in_abstract, has_body)
            # Lone words above the first prose ("Authors", "Journals") are those of a web page: they open nothing.
            once = part.heading.kind in _OWN_PARAGRAPH and not (in_abstract and seen_prose)
            if once and (not part.alone or (part.heading.kind is K.BACK_MATTER and not seen_body)):
                resume = before
            elif not in_abstract:
                resume = None
            if part.alone and resume is not None:
                kinds.append(current)
                resume, current = _after_heading(parts, index, resume, current)
                continue
        seen_prose = seen_prose or _prose(text[part.start : part.end])
        seen_body = seen_body or (current in _BODY and part.role is Role.BODY and not in_abstract)
        kinds.append(current)
    listed = _works_at_the_end(text, parts)
    return [*kinds[: len(kinds) - listed], *[K.REFERENCES] * listed]


_BARE_NUMBER = re.compile(r"\s*\[?\d{1,3}[.)\]]?\s*")
_WORK = re.compile(r"\b(?:19|20)\d\d\s?;\s?\d+(?:\s?\(\d+\))?\s?:\s?[A-Za-z]?\d+")
"""Year, volume and page of a printed work: "2013;34:E1"."""
_LONGEST_WORK = 500


def _works_at_the_end(text: str, parts: list[_Part]) -> int:
    """How many parts at the end are a list of publications that no heading announces."""
    number = works = 0
    for part in reversed(parts):
        words = text[part.start : part.end]
        is_work = part.role is Role.BODY and len(words) < _LONGEST_WORK and _WORK.search(words) is not None
        if not is_work and not _BARE_NUMBER.fullmatch(words):
            break
        number, works = number + 1, works + is_work
    return number if works > 1 else 0


def _with_story(text: str, parts: list[_Part], kinds: list[SectionKind]) -> tuple[list[_Part], list[SectionKind]]:
    """The same, with the story cut out of an introduction where no other part tells one ("Main body: A 61-year-old man ...")."""
    told = [part for part, kind in zip(parts, kinds, strict=True) if kind in (*_BODY, K.ABSTRACT)]
    if any(story_start(text[part.start : part.end]) is not None for part in told):
        return parts, kinds
    for at, (part, kind) in enumerate(zip(parts, kinds, strict=True)):
        place = story_start(text[part.start : part.end]) if kind is K.INTRODUCTION and part.role is Role.BODY else None
        if place is None:
            continue
        lead = msgspec.structs.replace(part, end=part.start + place)
        story = msgspec.structs.replace(part, start=part.start + place, heading=None)
        behind = next((n for n in range(at + 1, len(parts)) if kinds[n] is not K.INTRODUCTION), len(parts))
        cut, kept = ([lead, story], [kind, K.CASE]) if place else ([part], [K.CASE])
        return [*parts[:at], *cut, *parts[at + 1 :]], [
            *kinds[:at],
            *kept,
            *[K.CASE] * (behind - at - 1),
            *kinds[behind:],
        ]
    return parts, kinds


def _unlabelled(parts: list[_Part], index: int) -> SectionKind:
    """The kind of text without a heading behind the abstract: an introduction if the case has a heading further on."""
    following = next((part.heading for part in parts[index:] if part.alone and part.heading), None)
    case_follows = following is not None and following.kind is K.CASE and not following.weak
    return K.INTRODUCTION if case_follows else K.CASE


def _after_heading(
    parts: list[_Part], index: int, resume: SectionKind, current: SectionKind
) -> tuple[SectionKind | None, SectionKind]:
    """Back matter before the case ("Keywords" alone on a line) covers the next paragraph only."""
    follows = parts[index + 1] if index + 1 < len(parts) else None
    if (
        follows is not None
        and follows.heading is None
        and follows.role is Role.BODY
        and follows.end - follows.start < 600
    ):
        parts[index + 1] = _Part(
            follows.passage, follows.start, follows.end, follows.role, Heading(current, ""), alone=False
        )
        return resume, current
    return None, resume


def _opened(heading: Heading, current: SectionKind, in_abstract: bool, has_body: bool) -> SectionKind:
    """The kind of the section that a heading opens, given where it stands."""
    kind = heading.kind
    if in_abstract:
        if kind in (K.INTRODUCTION, K.CONCLUSION, K.BACK_MATTER):
            return kind
        if has_body or kind is K.DISCUSSION:
            return K.ABSTRACT
        return K.CASE if kind is K.ABSTRACT and current is not K.ABSTRACT else kind
    if heading.weak and current in (*_LATE, K.REFERENCES, K.BACK_MATTER):
        return current
    if kind is K.INTRODUCTION and current in (*_LATE, K.BACK_MATTER, K.REFERENCES):
        return current
    return kind


def _caption_kind(text: str, part: _Part) -> SectionKind:
    words = text[part.start : part.start + 40].casefold()
    return K.TABLE if part.role is Role.TABLE or "table" in words.split(".")[0][:30] else K.CAPTION


def _front(text: str, parts: list[_Part]) -> list[SectionKind]:
    """The kinds of the parts before the first prose: article type, title, authors, addresses."""
    kinds: list[SectionKind] = []
    titled = False
    for index, part in enumerate(parts):
        words = text[part.start : part.end]
        following = parts[index + 1] if index + 1 < len(parts) else None
        if part.told in (K.TITLE, K.BACK_MATTER) and part.role is Role.BODY:
            kinds.append(part.told)
            titled = titled or part.told is K.TITLE
            continue
        if part.told is not None:
            break
        if part.role is Role.HEADING:
            more = following is not None and not titled and following.role is Role.BODY and following.heading is None
            article = part.heading is not None and part.heading.kind is K.CASE and not part.heading.case
            if (
                index == 0
                and article
                and more
                and following is not None
                and _title_like(text[following.start : following.end])
            ):
                kinds.append(K.TITLE)
                continue
            break
        if part.role is not Role.BODY or part.heading is not None or following is None:
            break
        if not titled and _title_like(words):
            kinds.append(K.TITLE)
            titled = True
        elif titled and not _prose(words) and not _narrates(words):
            kinds.append(K.BACK_MATTER)
        else:
            break
    return kinds


def _title_like(words: str) -> bool:
    ends = words.rstrip().endswith((".", ";")) and (len(words) > 120 or bool(_VERB.search(words)))
    if _NARRATIVE_START.match(words):
        return False
    return len(words) < 350 and not ends and not (len(_FUNCTION_WORD.findall(words)) > 12) and words[:1] not in "(["


def _prose(words: str) -> bool:
    """Running text, as opposed to names and addresses."""
    many = len(_FUNCTION_WORD.findall(words)) >= 3
    return many and len(words) > 80 and bool(re.search(r"[a-z)\]%][.?!]", words))


def _narrates(words: str) -> bool:
    """A sentence about a patient, however short: whatever is taken for names and addresses is lost."""
    return _NARRATES.search(words) is not None


def _abstract(text: str, parts: list[_Part], front: list[SectionKind]) -> range:
    """The parts of the abstract, with its heading; empty where there is none, all where there is nothing else."""
    first = len(front)
    told = [i for i, part in enumerate(parts) if part.told is K.ABSTRACT]
    if any(parts[i].role is Role.BODY for i in told):
        return range(told[0], told[-1] + 1)
    alone = [i for i, part in enumerate(parts) if part.alone and part.heading is not None and i >= first]
    explicit = next((i for i in range(first, len(parts)) if _kind(parts[i]) is K.ABSTRACT and i <= first + 8), None)
    restart = _restart(parts, alone)
    if explicit is not None:
        if restart is not None and restart > explicit:
            return range(explicit, restart)
        if not parts[explicit].alone:
            return range(explicit, _end_of_run_in(parts, explicit))
        later = [i for i in alone if i > explicit]
        structured = [i for i in later if i == explicit + 1]
        if structured:
            return range(explicit, len(parts))
        body = next((i for i in later if _kind(parts[i]) is not K.BACK_MATTER), None)
        if body is not None:
            return range(explicit, next(i for i in later if i <= body))
        return range(explicit, len(parts))
    if restart is not None:
        return range(first, restart)
    major = next((i for i in alone if _kind(parts[i]) is not K.BACK_MATTER), None)
    if major is None:
        labelled = any(part.heading is not None for part in parts)
        return range(first, len(parts)) if labelled else range(0)
    kind = _kind(parts[major])
    before = [part for part in parts[first:major] if part.role is Role.BODY]
    if not before or kind is K.ABSTRACT:
        return range(0)
    prose = " ".join(text[part.start : part.end] for part in before)
    labelled = any(part.heading is not None for part in before)
    if kind is K.INTRODUCTION or labelled or (kind in (K.CASE,) and not _CITES.search(prose)):
        return range(first, next(i for i in alone if i <= major))
    return range(0)


def _end_of_run_in(parts: list[_Part], first: int) -> int:
    """Behind the paragraph that begins "Abstract:", and behind the labelled parts that follow it before a lone heading."""
    end = first + 1
    while end < len(parts) and not parts[end].alone and parts[end].heading is not None:
        if parts[end].passage != parts[first].passage and _kind(parts[end]) in (K.INTRODUCTION, K.BACK_MATTER):
            break
        end += 1
    return end


def _kind(part: _Part) -> SectionKind | None:
    return part.heading.kind if part.heading else None


def _restart(parts: list[_Part], alone: list[int]) -> int | None:
    """Where the paper begins anew behind a structured abstract whose labels stand alone on their lines.

    That is an introduction or case heading behind a conclusion, with a discussion or conclusion of its own to come.
    """
    conclusion = next((i for i in alone if _kind(parts[i]) is K.CONCLUSION), None)
    if conclusion is None:
        return None
    for index in alone:
        heading = parts[index].heading
        if index > conclusion and heading and heading.kind in (K.INTRODUCTION, K.CASE) and not heading.weak:
            return index
    return None
