"""The suffix of the T category and the depth of a sarcoma do not agree.

What it finds: T1b or T2b (deep, AJCC 5th to 7th edition) for a subcutaneous sarcoma.
Why it matters: depth changed the stage until the 8th edition dropped it.
Example: "a subcutaneous leiomyosarcoma ... pT1b".
What it leaves alone: tumours that reach the fascia, muscle or bone; tumours other than soft-tissue sarcoma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from caselore.lint.checked import Checked, facts, places
from caselore.lint.rule import Finding, Rule, found
from caselore.model.diagnostic import Severity
from caselore.topics.diagnosis import Diagnosis
from caselore.topics.site import TumourSite
from caselore.topics.staging import Tnm

_DEEP = re.compile(r"T[12]b")
_SUPERFICIAL = re.compile(r"\bsubcutaneous(?:ly)?\b(?! (?:extension|spread|nodules|metasta\w+))", re.I)
_DEEPER = re.compile(r"\b(?:subfascial|muscle|intramuscular|fascia|bone|deep-seated|retroperitone\w+)\b", re.I)
_SARCOMA = re.compile(r"sarcoma", re.I)


def check(checked: Checked) -> Iterator[Finding]:
    for case in checked.own:
        names = " ".join(f.value.label for f in facts(case, Diagnosis) if f.value.status in ("final", "named"))
        deep = [fact for fact in facts(case, Tnm) if _DEEP.search(fact.value.code)]
        if not deep or not _SARCOMA.search(names):
            continue
        if any(_DEEPER.search(fact.value.site) for fact in facts(case, TumourSite) if fact.value.role == "tumour"):
            continue
        superficial = [
            checked.place(view.place(match))
            for view in checked.sentences
            for match in view.find(_SUPERFICIAL)
            if not _DEEPER.search(view.text)
        ]
        if superficial:
            yield found(f"{deep[0].value.code} says deep, the text subcutaneous.", places(deep), superficial)


RULE = Rule(code="CL306", severity=Severity.WARNING, check=check)
