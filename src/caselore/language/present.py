"""What a report tells of its patient in the present tense: whoever does or undergoes something now is alive.

Complaints and habits are told so too ("she is a smoker", "the patient has diabetes"): only verbs of the time after
a treatment count.
"""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern

_PERSON = r"(?:he|she|(?:the|our|this) (?:patient|child|boy|girl|man|woman|infant|baby|lady|gentleman|youngster|youth))"
_ADVERB = (
    r"(?: (?:still|now|currently|again|also|presently|thus|therefore|today|at present|at the moment|meanwhile|"
    r"otherwise|to date|so far|since|already|subsequently|regularly|then|thereafter|since then|fully|never|not))*"
)
_UNDERGOES = (
    r"(?:being (?:followed|seen|reviewed|monitored|observed|treated|considered|evaluated|watched|kept|given|managed|"
    r"prepared)|"
    r"(?:\w+ly )?followed|living|growing well|developing (?:well|normally)|(?:satisfied|pleased|happy) with|maintained on|"
    r"(?:an?|one of the|among the) (?:few |rare )?(?:long-term )?survivors?|seen|reviewed|examined|observed|kept|"
    r"awaiting|scheduled|planned to|attending|receiving|undergoing|recovering|"
    r"continuing|completing|responding|tolerating|leading|enjoying|expected to|due to (?:undergo|start|receive|have|"
    r"return|be)|(?:considered|regarded as|believed to be|thought to be|deemed|judged) (?:\w+ )?cured|"
    r"(?:in|under|on|off) (?:[\w-]+ ){0,2}(?:review|surveillance|observation|follow[- ]?up|active|treatment|therapy|"
    r"maintenance|adjuvant|"
    r"palliative|chemotherapy|immunotherapy|radiotherapy|hormonal|excellent|good|perfect|fine|satisfactory|stable|"
    r"remission)|"
    r"(?:feeling )?(?:fine|healthy|well|active|independent|asymptomatic|pain-free|fit|happy)\b(?! (?:built|nourished|"
    r"developed|known))|back (?:at|to|in|on)|in (?:his|her) \w+ (?:year|month) (?:after|since|of follow|post)|"
    r"(?:(?:about|almost|nearly|over|more than) )?[\w.½-]+ (?:weeks|months|years?)['’]? (?:post|out\b|after|from|"
    r"since|past|into))"
)
_HAS_DONE = (
    r"(?:(?:an? )?(?:normal|full|good|excellent|unrestricted|independent) (?:life|lifestyle|range|function|use|health|"
    r"mobility|quality)|"
    r"no (?:pain|complaints?|symptoms?|deficits?|limitations?|restrictions?|problems?|trouble|sequelae|impairment|"
    r"limp)|enjoyed|resumed|regained|returned to|gone back|remained|stayed|kept|fared|recovered|responded|tolerated|"
    r"completed|continued|been back|"
    r"had no (?:further|new|more|other)|experienced no|developed no|shown no|suffered no|needed no|required no|"
    r"been (?:free|spared|followed|under|on|off|without|relieved|asymptomatic|able|doing|fine))"
)
_DOES = (
    r"(?:attends|continues|remains|stays|receives|feels|fares|undergoes|visits|tolerates|awaits|keeps|enjoys|leads|"
    r"manages|copes|comes|returns|resumes|recovers|thrives|survives)"
)
_LIVES = (
    r"(?:lives|plays|works|goes|runs|speaks|eats|uses|studies|moves|wears|walks|drives|rides|swims|swallows|drinks|"
    r"talks|sees|sleeps|performs|carries|participates|takes part)"
)
_NOW = Pattern(
    rf"\b{_PERSON}{_ADVERB} (?P<does>is{_ADVERB} {_UNDERGOES}|has{_ADVERB} {_HAS_DONE}|{_DOES})\b",
    re.I,
)
_LIVES_ON = Pattern(rf"\b{_PERSON}{_ADVERB} (?P<does>{_LIVES})\b", re.I)
"""Verbs of a social history too: they count only where a later time is told."""
_TREATMENT_GOES_ON = Pattern(
    r"\b(?:\w*(?:therapy|ectomy|plasty)|treatment|consolidation|maintenance|surgery|follow-?up|surveillance|"
    r"rehabilitation|transplantation|(?:re-?)?(?:excision|"
    r"resection|irradiation|operation))(?: with [^,;.]{1,40})? is(?: still| now| currently| at present|"
    r" being)* (?:ongoing|under way|underway|"
    r"in progress|continuing|given|continued|administered|planned|scheduled|awaited|"
    r"(?:being )?considered)\b(?! (?:to be|as|the|an?|in|for|if|when|only|by)\b)",
    re.I,
)
""" "Chemotherapy is under way", "now a second resection is planned"."""
_HAS_SINCE = Pattern(
    rf"\b{_PERSON} has (?:since|so far|just|now|meanwhile)(?: then)? \w+\b|\bwe (?:continue to (?:follow|monitor|see|"
    rf"observe)|"
    r"are (?:now |still |closely )?(?:following|monitoring|observing)) (?:him|her|(?:the|this|our) (?:patient|child|"
    r"boy|girl|man|woman))\b|\b(?:\w*therapy|treatment) has (?:just|recently|now|so far) been \w+|"
    r"\bno (?:further|additional|other|more) (?:\w+ )?(?:treatment|therapy|surgery|intervention|operation|"
    r"\w+therapy) (?:has been|is) (?:\w+ )?(?:required|needed|necessary|given|planned)|"
    r"\b(?:scan|MRI|CT|visit|appointment|follow-?up|examination|review) is (?:\w+ )?(?:pending|due|awaited|scheduled)\b",
    re.I,
)
""" "He has since married", "we continue to follow her", "no further treatment has been needed"."""
_STATE = Pattern(
    r"\b(?:his|her|(?:the|our) (?:patient|child|boy|girl|man|woman|infant)['’]s)(?: (?:present|current|general|"
    r"overall|clinical|physical|"
    r"neurological|performance|functional))* (?:condition|state|health|status|function|gait|quality of life) "
    r"(?:is|remains|continues to be|has (?:remained|been))(?: (?:now|still|currently))? (?!unknown|not\b|unclear|poor)",
    re.I,
)
_AGAIN = Pattern(r"\b(?:again|normally|unaided|independently|without|once more)\b", re.I)
_FIRST = Pattern(r"\b(?:history of|known (?:to have|with|for)|presents? with|for (?:hypertension|diabetes))\b", re.I)


def present_tense(text: str, *, later: bool) -> re.Match[str] | None:
    """Where the patient is said to do or undergo something now.

    `later` tells that the sentence is of the time after treatment.
    """
    if _FIRST.search(text):
        return None
    if found := _NOW.search(text) or _TREATMENT_GOES_ON.search(text) or _STATE.search(text) or _HAS_SINCE.search(text):
        return found
    return _LIVES_ON.search(text) if later or _AGAIN.search(text) else None
