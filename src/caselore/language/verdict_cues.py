"""The wordings that give a result, for `language.verdict`: cues before and behind a group, negations, exceptions, elisions.

Patterns work on masked text (see `language.coordination`); those before a group end where the group starts.
"""

from __future__ import annotations

import re

from caselore.language.coordination import MARK
from caselore.language.patterns import Pattern

NEGATION = Pattern(
    r"\b(?:no(?! longer than)|not(?! only)|without|lack\w*|absen\w*|loss|lost|fail\w*|neither|never"
    r"|devoid|nor|none|unable|deficien\w+|null(?=[- ](?:type|pattern|phenotype))"
    r"|(?:immuno)?-?negativ\w*|non-?(?:immuno)?-?reactiv\w*|unreactive|undetect\w+|unstained|free of|gone"
    r"|non(?=-))\b|n't\b|-ve\b",
    re.I,
)
EQUIVOCAL = Pattern(
    r"\b(?:equivocal|indeterminate|inconclusive|not contributory|non-?contributory|uninterpretable)\b", re.I
)
ADJECTIVE = r"(?:immuno[- ]?|immune?-?|non-?|un|co-?)*(?:positiv(?:e|es|ely)|negativ(?:e|es|ely)|reactive)"
POLAR_NOUN = r"(?:immuno[- ]?|immune?-?)?(?:positivity|negativity|reactivity|expressivity)"
PREPOSITION = r"(?:for|with|to|against|towards?|by|on)"
SEEN = r"seen|found|noted|observed|present|detected|demonstrated|obtained|identified|recorded|absent|shown|evident"
NEUTRAL_NOUN = (
    r"(?:immuno[- ]?)?(?:stain(?:ing|s)?|expression|labell?ing|histochemi\w+|marking|reactions?)|(?:co"
    r"|over)-?expression|IHC|(?:immuno)?signal|presence|retention|preservation|demonstration|detection|accumulation|up-?regulation|(?:re)?localization"
)
DESCRIPTION = (
    r"(?:(?:strong|weak|diffuse|focal|patchy|moderate|intense|faint|partial|variable|scattered"
    r"|multifocal|widespread|uniform|extensive|occasional|rare|nuclear|cytoplasmic|membran\w+"
    r"|perinuclear|dot-like|paranuclear|granular|complete|significant|any|immuno\w*|staining|stains?"
    r"|expression|reactivity|positivity|labell?ing|signal|markers?|evidence|of|for|to|with|the|that|those|both|either|and"
    r"|or|protein|nuclear|smooth|skeletal|muscle|pan|anti|specific|antibod\w+|\w+ly|in)[\s,-]+)*"
)
MANNER = r"(?:(?:\w+ly|positive|negative|and|but|in a \w+ (?:pattern|manner|fashion)),?\s+){0,6}"
""" "strongly and diffusely" """
LOOSE = (
    rf"(?:(?!\b(?:was|were|is|are|but|whereas|while|although|though|however|showed|revealed|had|which"
    rf"|who|except)\b)[^.;{MARK}]|\.(?=\d)|(?<=\b[ie])\.(?=[eg])|(?<=\b[ie]\.[eg])\.){{0,80}}$"
)

BEFORE = tuple(
    (name, Pattern(pattern, re.I))
    for name, pattern in (
        ("said", rf"\b(?:{ADJECTIVE})\b(?:\s+(?:(?!was\b|were\b)\w+\s+){{0,5}}?)?\s*\b(?:{PREPOSITION}|of)\b{LOOSE}"),
        (
            "said",
            rf"\b(?:positive|negative|retained|lost|absent"
            rf"|reactive)\s*(?:\(\s*[+-]\s*\)\s*)?(?:\w+\s+){{0,5}}?(?:[:=(]|include[ds]?|including|are|were"
            rf"|was|comprised|such as|consisted of|-)\s*{LOOSE}",
        ),
        ("said", rf"\b(?:co-?|over-?)?express(?:es|ed|ing)?\b(?!\s+(?:in|by)\b){LOOSE}"),
        (
            "said",
            rf"\b(?:immuno)?(?:stained|stains?(?=\s+\w+ly\b)|marked|label(?:l)?ed|react(?:s|ed)?|decorated"
            rf"|highlighted|marks?"
            rf"|labels?)\b\s+{MANNER}(?:{PREPOSITION})\b{LOOSE}",
        ),
        (
            "said",
            r"\b(?:nature|origin|differentiation|lineage|phenotype)\b[^,;.]{0,30}\b(?:was|were)\s+(?:\w+ly\s+)?"
            r"(?:proved|proven|confirmed|shown|demonstrated|established|supported)\s+by\s+(?:positive\s+)?$",
        ),
        (
            "noun",
            rf"\b(?:{POLAR_NOUN}|{NEUTRAL_NOUN})\b\s*(?:results?\s+|patterns?\s+|intensity\s+)?(?:(?:was"
            rf"|were|is|are|could be)"
            rf"\s+(?:also\s+|only\s+|not\s+|\w+ly\s+)*(?:{SEEN})\s+(?:only\s+)?)?(?:for|of|with|to|against"
            rf"|by)\b{LOOSE}",
        ),
        (
            "said",
            rf"\b(?:positive|positives|negative|retained|kept|preserved|intact|reduced|decreased"
            rf"|diminished)\s+(?!and\b|or\b){DESCRIPTION}(?:for\s+)?$",
        ),
        (
            "none",
            rf"\b(?:no|not(?: at all)?(?: for| with| to| by| against| on| in)?|neither|nor|without"
            rf"|lack(?:ed|s|ing)?(?: of)?|absence of"
            rf"|absent|loss of|lost|losing|none (?:for|with|of|to|against)|devoid of|fail(?:ed|s|ure|ing) to (?:express"
            rf"|show|stain|demonstrate|exhibit|reveal|label|react|display|mark)|(?:did|does|do) not (?:express"
            rf"|show|stain|demonstrate|exhibit|reveal|label|react|display|mark))\s+(?!and\b|or\b)(?:was |were "
            rf"|did |is |are )?{DESCRIPTION}$",
        ),
    )
)
AFFIRMING = Pattern(
    r"\b(?:cells|tumou?r|neoplasm|lesion|it|they|which|that|also|\w+ly)\s*$|\b(?:show|reveal"
    r"|demonstrat|display|exhibit|disclos|confirm|had|has|with|there (?:was|were|is)|noted|found"
    r"|retain|preserv|strong|diffuse|focal|weak|patchy|intense|moderate|faint|presence|partial"
    r"|variable|scattered|characteri[sz]ed by|positiv|nuclear|membranous|cytoplasmic|support|prove"
    r"|based|rest(?:s|ed) on|rel(?:y|ies|ied) on|took up|takes? up|owing|due to|because|by the)",
    re.I,
)
ADDED = Pattern(r"[^,;.]{0,20}?,?\s*(?:and|with|as well as|along with|together with)\s+(?:the\s+)?(?:\w+\s+)?", re.I)
""" "loss of INI1 as well as the expression of EMA": a noun added to one that already told a result."""
EXISTENTIAL = Pattern(
    r"\b(?:show|reveal|demonstrat|display|exhibit|disclos|had\b|has\b|have\b|with\b|there (?:was|were"
    r"|is)\b|noted\b|found\b|confirm|(?:cells|tumou?r)\s*$)",
    re.I,
)
PASSIVE = Pattern(r"\b(?:was|were|been|are|is)\s+(?:\w+ly\s+)?(?:immuno)?(?:stained|labell?ed|marked|reacted)\b", re.I)

WITH_OTHER_RESULT = (
    r"with\s+(?:\w+\s+)?(?:loss|lack|absence|no|negativ\w+|retained|retention|preserved|preservation|intact)\b"
)
""" "EMA positivity with complete loss of INI1": a second result, not what the first one governs."""
TAIL_END = Pattern(
    rf"\b{WITH_OTHER_RESULT}|[;{MARK}]|\.(?!\d)|,(?!\s*(?:(?:and\s+)?(?:which|that|all|both|each|none)|respectively|however|also|was|were)\b)"
    rf"|\b(?:but|whereas|while|although|though|however|except\w*|supporting|suggesting|indicating"
    rf"|confirming|consistent|excluding|ruling|in (?:keeping|line|favou?r))\b|\band\b(?!\s+(?:(?:still"
    rf"|only|also)\b|was\b|were\b|came back\b|turned out\b"
    rf"|returned\b|found\b|proved\b|both\b|all\b|\w+ly|strong|diffuse|intense|focal|weak)\b)",
    re.I,
)
STRONG = Pattern(
    r"\b(?:strong|positive|clear|weak|intense|negative|no) (?:immuno)?(?:reactions?|staining|results?) (?:was|were) "
    r"(?:obtained|seen|noted|found|observed)\b|"
    r"\btaken up\b|\bgone\b|\bno (?:immuno)?(?:reactions?|staining|stain|signal|labell?ing|reactivity)\b"
    r"|(?:immuno|non-?|un)?(?:positiv|negativ)\w*\b(?!\s+(?:pregnancy|tests?|culture|blood|margins?"
    r"|lymph|nodes?|history|family|outcome|response|correlation|pressure|control))|\b(?:immuno|non-?"
    r"|un)*reactiv(?:e(?!\s+(?:astro|glio|lympho|inflam|stroma|changes?\b|[TB][- ]))"
    r"|ity)\b|\bimmune-?reactivity\b|\b(?:over-?|co-?)?expressed\b|\babsent\b"
    r"|\blost\b|\b(?:retained|maintained)\b"
    r"|\bover-?expression\b|\bpreserved\b|\bintact\b|\bundetectable\b|(?<![\w+-])[+-]ve\b|\black(?:ed"
    r"|ing)\b|\b(?:highlight|decorat|label|labell|mark|stain|react)(?:ed|s|es)\b(?=[^,;.]*\b(?:cells|nuclei|elements|component|\w+blasts)\b)"
    r"|(?:did not|failed to|not|n't|does not|do not)\s+(?:immuno)?(?:stain|react|express|label"
    r"|mark|take up)\b|\b(?:immuno)?stained\b(?!\s+(?:sections|slides))|\breacted\b(?!\s+(?:to|with|against|for|in|similarly)\b)"
    r"|\bgave (?:an? )?(?:(?:strong|weak|clear|diffuse|focal|intense) )*(?:reactions?|staining|signals?)\b|\bunstained\b",
    re.I,
)
DESCRIBED = Pattern(
    r"\b(?:was|were|is|are|showed|shows|with|had|revealed|demonstrated|displayed|exhibited|gave|only"
    r"|found|:)\s+[^,;]{0,60}?"
    r"\b(?:strong(?:ly)?|diffuse(?:ly)?|focal(?:ly)?|weak(?:ly)?|patchy|intense|scattered|staining"
    r"|expression|immunostaining|loss|labell?ing|reduced|decreased|faint|moderate(?:ly)?|accumulation"
    r"|(?:less )?(?:distinct|prominent|marked|extensive)|confined|limited|restricted|dot-like|paranuclear|membranous|granular)\b",
    re.I,
)
OTHER_MEMBER = (
    r"\s*,?\s*(?:and|or|as well as)\s+(?:(?:the|all|any|other|further|several|various|multiple)\s+)*(?:[\w-]+\s+){0,2}?"
    r"(?:markers?|antigens?|(?:cyto)?keratins?|stains|antibodies|receptors?|hormones)(?:\s+(?:of|for)\s+[\w\s/-]{2,40}?)?"
    r"(?=\s+(?:was|were|is|are|stained|did|gave|showed)\b)"
)
""" "SMA, desmin and other muscle markers were negative": a last member that is no marker by name."""
INTERJECTION = Pattern(
    rf"\s*,\s*(?:(?:an?|the|both|all|one of the|considered|regarded as|known as|which is"
    rf"|which are)\s+)[^,;.(){MARK}]{{3,90}},(?=\s+(?:was|were|is|are|did"
    r"|showed|stained|gave|reacted|could|had)\b)|\s*,\s*(?:however|in contrast|by contrast"
    r"|on the other hand|though|instead|in turn|too),"
    r"|\s*(?:and|or|/|,)\s*\d+(?=\s)"
    rf"|{OTHER_MEMBER}"
    r"|(?:\s*(?:,\s*and|,|and|or|&|/)\s*(?-i:[A-Za-z]{0,6}\d[\w./-]{0,8}"
    r"|[A-Z]{2,8}[\w-]*)(?:\s*\([^()]{1,20}\))?)+(?=\s+(?:was|were|stain|immuno|negativ|positiv"
    r"|expression))",
    re.I,
)
WEAK = Pattern(
    r"\b(?:seen|noted|found|observed|present|detected|identified|demonstrated|evident|apparent"
    r"|visible|demonstrable|detectable|documented|recorded|revealed|confirmed|shown|disclosed)\b",
    re.I,
)
ELIDED = Pattern(
    r"\s*(?:stain(?:ing)?\s+)?(?:(?:was|were|did|is|are|does|could)\b(?P<not>\s+not|n't)?|(?P<not_at_all>not(?: at all)?)"
    r"|(?:(?:very|more|only|most) )?(?:\w+ly|less) so|likewise|as well|(?P<none>(?:was |were |showed |had )?none(?: at all)?))\s*",
    re.I,
)
NOUN_BEHIND = Pattern(rf"\s*(?:protein\s+|nuclear\s+|cytoplasmic\s+|membranous\s+|\)\s*)*(?:{NEUTRAL_NOUN})\b", re.I)
POLAR_BEHIND = Pattern(rf"\s+(?:\w+ly\s+)?{POLAR_NOUN}\b(?!\s+(?:for|to|with|was|were|is|are)\b)", re.I)
IN_CELLS = Pattern(
    r"\s*(?:only\s+|focally\s+)?in\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?:subset|few|some|most|all|many"
    r"|scattered|rare|occasional|isolated|single|minority|majority|\d+ ?%)",
    re.I,
)
IN_NONE = Pattern(r"\s*in\s+(?:none|no (?:tumou?r |neoplastic |other )?cells?)\b", re.I)
EXCEPT = Pattern(r"\b(?:except(?:ing|ions?)?|apart from|aside from|other than|save for|excluding)\b[^,;.]*$", re.I)
ADDITION = Pattern(r"\b(?:in addition to|besides|beside|along with|together with|as well as)\b[^,;.]*$", re.I)
""" "In addition to A, the cells expressed B": A has the result of B."""
ALSO = Pattern(r",[^,;.]{0,60}\b(?:also|additionally|in addition)\b", re.I)
""" "Apart from A, B was also positive": no exception."""
PREDICATE = Pattern(
    r"\s+(?:(?:protein|staining|stains?|expression|immuno\w+)\s+)?"
    r"(?:was|were|is|are|did|showed|stained|reacted|(?:immuno)?(?:positivity|reactivity))\b",
    re.I,
)
APART = Pattern(r",\s*(?!and\b|or\b)(?:[\w-]+\s+){0,4}", re.I)
EXCLUSION = Pattern(
    rf"\s*[,(]?\s*(?:but|and|yet|though)\s+not\s+(?:(?:for|with|to|the)\s+){{0,2}}{MARK}+"
    rf"(?:\s*(?:,|,?\s*(?:or|nor|and)|/)\s*{MARK}+)*\s*[,)]?(?=\s+(?:was|were|is|are|stained|showed|reacted)\b)",
    re.I,
)
DEMONSTRATED = Pattern(
    r"\b(?:immuno\w*|IHC|stain(?:s|ing)?|antibod\w+|cells|nuclei|histiocytes|lymphocytes)\b[^;.]{0,60}\b(?:(?:demonstrat|reveal|show"
    r"|highlight|disclos|identif|detect|contain|carri|carry|possess|harbou?r|bear|bore)\w*\s+"
    r"|(?:brings?|brought|picks?|picked) (?:out"
    r"|up)\s+|there (?:was|were|is)\s+)"
    r"(?:the presence of\s+|abundant\s+|strong\s+|diffuse\s+|focal\s+|intense\s+|weak\s+"
    r"|intracytoplasmic\s+|cytoplasmic\s+|nuclear\s+|membranous\s+|both\s+|strongly\s+)*$",
    re.I,
)
DEGREE = r"(?:strong|diffuse|focal|weak|patchy|intense|moderate|faint|variable|scattered)(?:ly)?"
_PLACE = r"(?:nuclear|cytoplasmic|membranous|perinuclear|dot-like)"
DESCRIBED_LEAD = Pattern(rf"\b(?:{DEGREE}|{_PLACE})(?:\s+and\s+{DEGREE})?\s+(?:{_PLACE}\s+(?:and\s+)?){{0,2}}$", re.I)
""" "strong and diffuse CD99" """
DEGREE_BEHIND = Pattern(
    rf"\s*[:,]?\s+(?:and\s+)?{DEGREE}(?:\s+(?:and|to)\s+{DEGREE})?(?=\s*(?:[,;.)]|$|\band\b))", re.I
)
""" "CD34 diffuse, EMA focal" """
ALONG_WITH = Pattern(
    r"\b(?:along with|together with|as well as)\s+(?:(?!no\b|not\b|loss\b|lack\b|absen)\w+\s+){0,2}$", re.I
)
INTERPRETED = Pattern(
    r"\s+(?:(?:in|by|of|the|these|tumou?r|neoplastic|cells|with|also|further|strongly)\s+){0,5}"
    r"(?:pointed to|supported|confirmed|favou?red|led to|established|suggested|argued|clinched"
    r"|(?:was|were) (?:consistent|compatible|in (?:keeping|line)|helpful|diagnostic|characteristic))",
    re.I,
)
""" "Expression of A and B pointed to a sarcoma" """
LISTED = Pattern(r"\bpositive\s+(?:\w+\s+){0,2}(?:staining|stains?|results?)\s*,\s*$", re.I)
AS_WERE = Pattern(r"\b(?:as|so)\s+(?:was|were|did|is|are)\b[^,;.]*$", re.I)
CONTRAST = Pattern(
    rf"[^.;{MARK}]{{0,90}}?\b(?:but|while|whereas|yet|although)\s+(?:it\s+|they\s+)?(?P<predicate>"
    rf"(?:(?:was|were|is|are|did|does|completely|entirely|not|lost|absent|negative|positive|retained)\b)[^.;{MARK}]{{0,60}})",
    re.I,
)
""" "INI1 was retained in vessels but lost in the tumour": the second half has no subject of its own."""
GOVERNS_NEXT = Pattern(
    rf"(?!\w+\s+(?:(?!in\b|of\b|the\b)\w+\s+){{0,2}}cells\s+(?:was|were|are|is|mixed|and)\b)\w*(?:(?!\b(?:but|and|whereas|while|with)\b)[^,;.{MARK}]){{0,30}}?\s+(?!{WITH_OTHER_RESULT})"
    rf"(?:(?!with\s+{MARK}+\s+{POLAR_NOUN}){PREPOSITION}|of)\b(?:(?!\b(?:was|were|is|are)\b)[^.;,{MARK}]){{0,60}}{MARK}"
    rf"|(?:co-?|over-?)?expressed\s+(?:\w+ly\s+|both\s+|only\s+|also\s+)*{MARK}",
    re.I,
)
APPOSED = Pattern(
    r",\s+(?:(?:all|both|\w+ly)\s+){0,2}(?:(?P<plus>positive|\+|retained|preserved|intact)|negative|lost|absent)(?=\s*(?:[;.)]|$|in\b|,\s+and\b))",
    re.I,
)
""" "Stains: CD31, ERG and CD34, positive; SMA, negative." """
