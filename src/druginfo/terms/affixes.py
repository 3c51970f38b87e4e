"""Words before and after a medicine's name that make another medicine of it. They are apart from `prescribing`, whose
patterns take longer to load than a single name to answer."""

from __future__ import annotations

AFFIXES = frozenset(
    "plus comp compositum compuesto composto komp komb kombi comb combi combo duo dual duet trio hct hctz htz "
    "mix".split()
)
"""After a name, or its strength, these make another medicine of it, mostly one with a second ingredient (Cozaar plus,
Enalapril comp, Losartan 50 HCT)."""
AFFIXES_BY_PLACE = frozenset(
    "a ac allergy am as at cough day dia extra fever g l max night noche pain pm q sinus sleep u up".split()
)
"""These do so where they follow a name at once and no direction comes after them: Motrin PM, Olmesartan AM, Xyzal L.
"Amlodipine 5 mg pm" and "amlodipine at night" are directions."""
BEFORE_NAMES = ("co",)
"""Before a name, joined by a hyphen or not at all, they make a combination of it (Co-Diovan)."""
IN_SHORT = {
    **dict.fromkeys(("hct", "hctz", "htz"), "hydrochlorothiazide"),
    "amlo": "amlodipine",
    "clav": "clavulanic acid",
    "met": "metformin",
}
"""What names of combinations write for their second ingredient: losartan HCT, sitagliptin met."""
