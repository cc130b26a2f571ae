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
    r"\b(?:for|because\s+of|due\s+to|found\s+to\s+have|diagnosed\s+(?:with|as\s+having)|suffered\s+from)\s+(?!(?:\w+\s+){0,3}(?:recurren|residual|metasta|progress|this|these))(?:[\w-]+\s+){0,5}?"
    r"(?:cancer|\w*carcinoma|lymphoma|hodgkin\w*|leuk[ae]+mia|myeloma|\w*blastoma|melanoma|seminoma|germinoma|teratoma|craniopharyngioma"
    r"|ependymoma|\w*adenoma|astrocytoma|glioma|h[ae]+mangiomas?|wilms\w*|ringworm|tinea|acne|keloids?|goit(?:er|re))\b",
    re.I,
)
_LONG_AGO = Pattern(
    r"\b(?:had\s+(?:\w+ly\s+)?(?:been|received|undergone|had|taken)|years?\s+(?:ago|earlier|before|previously|prior)|previous\w*|prior|history|at\s+(?:the\s+)?age)\b",
    re.I,
)


@spared
def is_past_treatment(text: str) -> bool:
    """Whether the sentence tells a treatment given in youth, or long ago for another disease."""
    return bool(_IN_YOUTH.search(text) or (_ANOTHER_DISEASE.search(text) and _LONG_AGO.search(text)))
