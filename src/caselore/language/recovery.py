"""That a patient came through the treatment: recovery, complaints that went, a return to the former life."""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern

_GOOD = (
    r"(?:smooth|uneventful|rapid|good|complete|full|satisfactory|uncomplicated|quick|excellent|unremarkable|fast|"
    r"prompt|speedy|"
    r"remarkable|near-complete|straightforward|gratifying|without (?:incident|complications?|event|sequelae|problems|"
    r"difficulty))"
)
_RECOVERY = Pattern(
    rf"\bmade (?:an? |his |her )?(?:\w+,? )?(?:and )?{_GOOD} (?:\w+ )?(?:recovery|convalescence)\b|"
    rf"\b(?:recovery|convalescence)(?: from [^,;.]{{1,30}}?)? (?:was|proved|has been|went)(?: \w+ly)? {_GOOD}|"
    r"\brecovered (?:without|rapidly|promptly|swiftly|nicely|gradually|from (?:the |his |her )?(?:surgery|operation|"
    r"procedure|anaesth\w+))|"
    r"\b(?:he|she|the (?:patient|child|boy|girl|man|woman|infant)) (?:has|had) (?:\w+ly )?recovered\b|"
    r"\b(?:he|she|the (?:patient|child|boy|girl|man|woman|infant)) (?:was|were) (?:allowed to leave|sent back|"
    r"transferred back|(?:very |quite |fully )?(?:pleased|satisfied|happy) with (?:the|his|her))|"
    r"\bcelebrated (?:his|her)\b",
    re.I,
)
_BACK_TO_LIFE = Pattern(
    r"\b(?:returned|went back|was able to return|could return) to (?:(?:his|her|a|an|full|all|the) )*"
    r"(?:(?:normal|usual|former|previous|daily) (?:life|living|work|job|dut(?:y|ies)|routine|activit\w+|occupation|level|"
    r"lifestyle|self|school)|work|job|duty|duties|school|college|university|sports?|routine|activit\w+|farming|employment|occupation|"
    r"profession|hobb\w+)\b|\b(?:was|is) back (?:at|to|in|on|\w+ing)\b(?! (?:pain|our|the (?:hospital|clinic|emergency)))",
    re.I,
)
_UNEVENTFUL = Pattern(
    r"\bfollow-?up (?:so far |to date |up to now )?(?:has been|is|remains) (?:\w+ )?(?:uneventful|unremarkable|"
    r"without|clear)\b|"
    r"\bcourse has (?:since |so far |otherwise )?been (?:\w+ly )?(?:uneventful|unremarkable|smooth|favou?rable|good|"
    r"excellent|benign|without)\b",
    re.I,
)
_COURSE = Pattern(
    r"\bcourse (?:was|remained) (?:\w+ly )?(?:uneventful|unremarkable|favou?rable|without (?:complications?|incident|"
    r"events?))\b",
    re.I,
)
"""Of the days in hospital, unless a longer time is told."""
_ABLE = Pattern(
    r"\b(?:able to|could) (?:run|walk|work|play|climb|drive|eat|speak|swallow|resume|perform|move|stand|sit|bear|ride|"
    r"dance|swim|cycle|read|write|live)\b",
    re.I,
)
_WENT = Pattern(
    r"\b(?:symptoms|complaints|pain|headaches?|weakness|seizures|dyspn\w+|cough|deficits?|swelling|numbness) (?:has|have) "
    r"(?:now |since |completely |fully |all |also |largely )*(?:resolved|disappeared|vanished|subsided|ceased|"
    r"improved|gone|regressed|settled|abated)\b",
    re.I,
)


def recovered(text: str, *, later: bool, lasting: bool) -> re.Match[str] | None:
    """Where the patient is said to have recovered.

    `later` tells that the sentence is of the time after the treatment, `lasting` that it names a length of a month or more.
    """
    found = _RECOVERY.search(text) or _BACK_TO_LIFE.search(text) or _UNEVENTFUL.search(text) or _WENT.search(text)
    if found is None and later:
        found = _ABLE.search(text)
    if found is None and lasting:
        found = _COURSE.search(text)
    return found
