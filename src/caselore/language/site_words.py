"""Closed classes of words around the name of an anatomical site: what may stand between it and the word that governs it."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LEAD = words(
    """the a an his her its their this that one two three several multiple large small huge giant whole entire proper - – ‐ ' ’s s
    left right bilateral both midline median lt rt sided side upper lower middle mid anterior posterior lateral medial inner
    outer proximal distal superior inferior dorsal ventral deep superficial adjacent underlying neighboring neighbouring
    surrounding central anterolateral posterolateral anteromedial posteromedial posterosuperior anterosuperior
    third thirds half halves part parts portion portions aspect aspects wall walls surface level levels region regions area areas
    root base roof floor body head tail lobe lobes segment segments pole poles quadrant apex tip edge border margin lining insertion
    horn rim table tables dorsum cortex dome trigone division branch vessel vessels tributary sides bodies
    patient patient's of and or & / ( ) " * soft tissue tissues subcutaneous muscle muscles cavity space high low
    paramedian parasagittal supra infra peri retro fronto parieto temporo occipito naso oro anterosuperior anteroinferior
    posteroinferior transverse horizontal vertical tissue first second fourth fifth sixth seventh eighth ninth tenth
    eleventh twelfth bed bone bony also partly mainly
    predominantly common adult human native female male back front near-total extradural intradural"""
)
"""May stand between a relation word and a site, or between a site and the tumour word."""
PARTS = words(
    """third thirds half halves part parts portion aspect aspects wall surface level region area root base roof floor body head
    tail lobe segment quadrant apex tip edge border margin lining insertion side pole fundus neck tissue tissues skin
    muscle muscles horn trigone rim table tables cortex dome dorsum sides bodies branch division vessel tributary middle centre
    center end half halves shaft sole"""
)
"""Parts of an organ: the "of" behind them belongs to the name of the site."""
JOINS = frozenset([",", "and", "or", "&", "/", "as", "well", "plus", "with", "both", "then"])
CLAUSE = frozenset([";", ":", ".", "but", "whereas", "while", "although", "which", "who"])
VERBS = words(
    """was were is are be been being has have had showed shows revealed reveals demonstrated disclosed displayed
    appeared remained became did does seemed looked"""
)
NO_TUMOUR_MASS = words("bone body muscle lean fat red air mitotic")
"""In front of "mass" these make another thing of it: "bone mass", "body mass index"."""
SHOWN = words(
    "showed shows revealed reveals demonstrated disclosed displayed detected depicted identified found confirmed"
)
FINDING_VERBS = SHOWN | words("was were had has is suggested indicated")
"""What stands in front of these speaks of the means or the person, not of the finding."""
NOT_BETWEEN = VERBS | words(
    """of in at on to from with without by for as than that which who and or but not no nor the a an his her its
    , ; : . ( ) into through over under after before during until because"""
)
TO_HOLD = words(
    """harbored harboured harbors harbours contained contains housed bore bears held contain harbor harbour house hold seat
    containing harboring harbouring holding borne bear bearing carried carries"""
)
SOUND = r"(?:normal|intact|spared|unremarkable|free|clear|not|uninvolved|unaffected|healthy|negative|preserved)\b"
"""Said of an organ that holds no tumour."""
TURNS_OUT = VERBS | words("found seen shown noted to turned out proved also itself now the be thought discovered")
"""Between an organ and the verb of holding: "the uterus was found to contain", "turned out to be the seat of"."""
EXTENSION_PARTICIPLES = words(
    """infiltrated invaded involved eroded destroyed affected occupied replaced obliterated expanded lytic osteolytic moth
    permeated perforated"""
)
FILLED = words(
    "filled packed distended obstructed blocked plugged occluded studded taken narrowed closed stenosed bulged"
)
"""With a tumour named behind them: "the sinus was filled with a mass"."""
SAMPLED = words("biopsy biopsies aspiration aspirate curettage cytology puncture")
"""What is done to the place that the tumour is found in: "biopsy of the mandible showed osteosarcoma"."""
READ_AS = words(
    "showed revealed confirmed disclosed demonstrated gave yielded consistent diagnosed proved contained was :"
)
NOT_THE_TUMOUR = words("cell cells marker markers board boards thrombus bed suppressor registry")
"""Behind the word tumour these make another thing of it: "tumor cells"."""
ARTICLES = words("the a an his her its this that")
PLACE_NOUNS = words("site sites location localization localisation seat position place origin epicentre epicenter")
OF_THE_TUMOUR = words("of the this his her primary original main its tumour tumours tumors was were is being")
"""Between the noun of a place and its verb: "the location of the primary tumour was"."""
TRACED = words(
    "localised localized located traced confined pinned attributed ascribed assigned limited attached anchored connected"
)
"""In front of a tumour and "to": "CT localised the lesion to the duodenum"."""
NOT_A_LESION_GROWTH = words(
    "hormone factor factors plate pattern patterns retardation rate rates phase curve of restriction fraction"
)
"""Behind the word growth these make another thing of it."""
LESIONS = words("tumour metastasis presentation")
"""The heads of site.toml that are a lesion of this patient."""
FOUND = words("found seen felt detected noted palpated discovered visible palpable")
"""Right in front of a preposition these speak of the subject of the sentence: "a mass pressing on the cord was found at"."""
