"""Treatment of the past for another disease ("had received radiotherapy for breast cancer 12 years earlier")."""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern
from caselore.language.silence import spared

_IN_YOUTH = Pattern(
    r"\b(?:in\s+(?:his|her|early)\s+(?:\w+\s+)?(?:childhood|infancy|youth|adolescence)"
    r"|(?:irradiat\w+|radio\w+|radiation|treated|received|undergone)\s+(?:\w+\s+){0,4}in\s+(?:childhood|infancy|adolescence)|as\s+an?\s+(?:boy|girl|child|infant|teenager|young\s+\w+)"
    r"|at\s+(?:the\s+)?age\s+of\s+\S+(?:\s+(?:years|months))?,?\s+(?:he|she)\s+had)\b",
    re.I,
)
# another tumour than the sarcomas, which may be the reported one, or a benign condition that was irradiated
_ANOTHER_DISEASE = Pattern(
    r"\b(?:for|survivor\s+of|because\s+of|due\s+to|found\s+to\s+have|diagnosed\s+(?:with|as\s+having)|suffered\s+from)\s+(?!(?:\w+\s+){0,3}(?:recurren|residual|metasta|progress|this|these))(?:[\w-]+\s+){0,5}?"
    r"(?:cancer|\w*carcinoma|lymphoma|hodgkin\w*|leuk[ae]+mia|myeloma|\w*blastoma|melanoma|seminoma|germinoma|teratoma|craniopharyngioma"
    r"|ependymoma|\w*adenoma|astrocytoma|glioma|h[ae]+mangiomas?|wilms\w*|ringworm|tinea|acne|keloids?|goit(?:er|re))\b",
    re.I,
)
_LONG_AGO = Pattern(
    r"\b(?:had\s+(?:\w+ly\s+)?(?:been|received|undergone|had|taken)|years?\s+(?:ago|earlier|before|previously|prior)|previous\w*|prior|history|at\s+(?:the\s+)?age)\b",
    re.I,
)
_FORMER_TUMOUR = (
    r"(?:hodgkin\w*|(?:\w+\s+)?lymphoma|leuk[ae]+mia|myeloma|retinoblastoma|wilms\w*|nephroblastoma|neuroblastoma|medulloblastoma"
    r"|(?:breast|cervical|prostat\w+|ovarian|rectal|colon|colorectal|testicular|lung|thyroid)\s+(?:cancer|carcinoma)"
    r"|(?:cancer|carcinoma)\s+of\s+the\s+(?:(?:left|right)\s+)?(?:breast|cervix|prostate|ovary|rectum|colon|lung|thyroid|testis))"
)
# "appeared nine years after treatment of Hodgkin's disease", "in whom leukemia had been diagnosed at the age of 4"
_NEW_AFTER_IT = Pattern(
    r"\b(?<!recurrence\s)(?<!relapse\s)(?<!metastases\s)(?:developed|arose|appeared|occurred|(?:was|were)\s+(?:found|discovered|diagnosed|detected|noted))"
    r"(?!\s+(?:\w+\s+){0,3}(?:recurren|relapse|metasta|progress))\b[^.;]{0,60}?\b(?:after|following)\s[^.;]{0,60}?\b(?:of|for)\s+(?:the\s+|his\s+|her\s+|a\s+)?"
    + _FORMER_TUMOUR,
    re.I,
)
_DIAGNOSED_BEFORE = Pattern(
    rf"\b{_FORMER_TUMOUR}(?:\s+disease)?(?:'s)?(?:\s+disease)?\s+had\s+been\s+(?:diagnosed|found|treated)[^.;]{{0,40}}?"
    r"\b(?:ago|earlier|before|when\s+(?:he|she)\s+was|at\s+(?:the\s+)?age|in\s+(?:childhood|19\d\d|20\d\d))",
    re.I,
)


@spared
def is_past_treatment(text: str) -> bool:
    """Whether the sentence tells a treatment given in youth, or long ago for another disease."""
    if _NEW_AFTER_IT.search(text) or _DIAGNOSED_BEFORE.search(text):
        return True
    return bool(_IN_YOUTH.search(text) or (_ANOTHER_DISEASE.search(text) and _LONG_AGO.search(text)))
