"""The organ that a study looks at: whoever says "the bone scan showed metastases" tells where they are."""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern

_SHOWS = (
    r"(?:shows?|showed|showing|reveal(?:s|ed|ing)|disclos(?:es|ed)|demonstrat(?:es|ed|ing)|detected|found|confirmed|"
    r"(?:was|were) positive for|diagnosed|uncovered|identified)"
)
_FILM = r"(?:x-?rays?|radiographs?|radiography|films?|CT|CT scans?|computed tomography|tomography|roentgenograms?|scans?|imaging)"
_STUDY = Pattern(
    r"\b(?:(?P<bone>bone (?:scans?|scintigra\w+|scanning)|skeletal (?:survey|scintigra\w+)|radionuclide bone \w+)|"
    rf"(?P<lung>(?:chest|thoracic) {_FILM}|{_FILM} of (?:the |his |her )?(?:chest|thorax))|"
    rf"(?P<brain>(?:brain|cranial|head|cerebral) (?:{_FILM}|MRI?)|(?:{_FILM}|MRI?) of (?:the |his |her )?(?:brain|"
    rf"head|skull)))"
    rf"[^,;.]{{0,25}}? {_SHOWS} (?:(?:multiple|several|numerous|new|an?|two|three|many|bilateral|diffuse|widespread|"
    rf"distant|further|"
    r"solitary|single|small|large|also|extensive|innumerable|the presence of|evidence of) )*$",
    re.I,
)
"""In front of the word of spread."""


def organ_of_study(before: str) -> str | None:
    """ "bone", "lung" or "brain": what the study that found metastases had looked at, by the words in front of them."""
    match = _STUDY.search(before)
    return match.lastgroup if match else None
