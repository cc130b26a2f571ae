"""Nouns whose size reports print: tumours, and everything else that is measured beside them."""

from __future__ import annotations

import re

from caselore.language.patterns import Pattern

_NOUNS = {
    "node": r"(?:lymph[- ]?)?nodes?|lymphadenopath(?:y|ies)|adenopath(?:y|ies)",
    "metastasis": r"metastas[ei]s|metastatic (?:lesions?|nodules?|deposits?|foci|focus|tumou?rs?)|deposits?|"
    r"satellites?",
    "margin": r"margins?|rim|collar|cuff|clearance|safety|resection lines?",
    "incision": (
        r"incisions?|craniectom(?:y|ies)|craniotom(?:y|ies)|burr(?: holes?)?|(?<!filling )defects?|flaps?|scars?|grafts?|"
        r"patch(?:es)?|"
        r"mesh|openings?|wounds?|punch|needles?|trocars?|ports?|windows?|stents?|catheters?|drains?|tubes?|clips?|"
        r"resections?(?=\s+of)|durotomy|laparotomy|slices?|sections? thickness|electrodes?|collimators?|isocent(?:er|re)s?|leaf"
    ),
    "specimen": r"specimens?|fragments?|pieces?|cores?|biops(?:y|ies)|tissue samples?|samples?",
    "other": (
        r"tails?|shift|deviation|displacement|distance|thickness|thick|thickening|depth|deep|uter(?:us|"
        r"ine size)|kidneys?|test[ie]s|testicles?|ovar(?:y|ies)|prostate|liver|"
        r"spleen|splenomegaly|hepatomegaly|liver span|thyroid|vertebra(?:e|l body)?|canal|aneurysms?|arter(?:y|"
        r"ies)|thromb(?:us|i)|veins?|vena cava|(?:bile |pancreatic )?ducts?|aorta|(?:azygos|aortic) arch|lumen|"
        r"(?:bowel|ileal|jejunal|intestinal) loops?|ileitis|colitis|stenosis|stricture|"
        r"gap|step|shortening|height|extension|infiltration|invasion|segments?|haematomas?|hematomas?|"
        r"cysts? wall|pupils?|exophthalmos|proptosis|expansion|GTV|CTV|PTV|target volume|gallstones?|stones?|"
        r"opening of the mouth|mouth opening|resected (?:bowel|colon|bone)|endometri(?:um|al)|"
        r"adenomas? of the colon|head circumference|length of stay|wide local|cells?|nuclei|follicles?"
    ),
    "tumour": (
        r"mass(?:es)?|tumou?rs?|lesions?|nodul(?:es?|arity)|neoplasms?|swellings?|lumps?|growths?|plaques?|"
        r"formations?|bulge|process|fibromatos[ei]s|desmoids?|"
        r"cysts?|polyps?|filling defects?|papules?|bumps?|foc(?:us|i)|protrusion|abnormality|opacit(?:y|"
        r"ies)|shadow|outgrowth|"
        r"ulcer(?:ation)?s?|tumefaction|prominence|proliferation|infiltrate|collection|hyperintensity|density|"
        r"macules?|fibroids?|patch(?:es)?|(?:indurated|ulcerated|erythematous|affected|pigmented|enhancing|involved|"
        r"thickened) areas?|(?:(?:hypo|hyper)(?:echoic|dense|intense|metabolic)|echogenic|(?:osteo)?lytic|radiolucent|lucent|"
        r"sclerotic|solid|cystic|suspicious|pathologic(?:al)?) (?:areas?|regions?|zones?|structures?|images?)|elevation|"
        r"(?!(?:ha?emat|glauc|scot|str|ser|hygr|granul|st|c|lymphocel|chrom|gen|"
        r"xanthogranul)omas?\b)\w{2,}omas?|MPNSTs?|GISTs?|SFTs?|PNETs?|PEComas?"
    ),
}
NOUN = Pattern(r"\b(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _NOUNS.items()) + r")\b", re.I)
_FUNCTION_WORD = (
    r"(?!(?:of|in|from|and|with|was|were|is|are|to|at|on|which|that|by|involving|occupying|arising|located|"
    r"within|over|after|"
    r"for|had|has|as|between|extending|along|through|by|into|via|without|until|a|an|the|his|her|its|this|around|under)\b)"
)
NOUN_PHRASE = Pattern(rf"^[\s-]*(?:{_FUNCTION_WORD}[\w-]+,?\s+){{0,6}}?(?={NOUN.pattern})", re.I)
