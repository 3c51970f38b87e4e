#!/usr/bin/env bash
# negspacy 1.1.0 (with spaCy 3.8.18) is NegEx, which tells whether a note denies a finding: "patient without asthma". On the
# sentences of a label it takes what is denied of the drug for what is denied of the patient. "Do not use in pregnancy" and
# "no dose adjustment in renal impairment" come out like "patients without ...", while "avoid in pregnancy", which says the
# same to the prescriber, does not: who filters by it loses every warning that is put with "not", "no" or "never".
#
# Output seen (True: denied):
#   Patients without renal impairment.                  -> True
#   No dose adjustment is needed in renal impairment.   -> True
#   Not recommended in severe hepatic impairment.       -> True
#   Do not use in pregnancy.                            -> True
#   Avoid in pregnancy.                                 -> False
#   Contraindicated in pregnancy.                       -> False
#   Never give to patients with asthma.                 -> True
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check negspacy==1.1.0 spacy==3.8.18
"$place/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import negspacy.negation  # noqa: F401  registers the pipe
import spacy

print("negspacy", version("negspacy"), "spaCy", version("spacy"))
seen = {
    "Patients without renal impairment.": True,
    "No dose adjustment is needed in renal impairment.": True,
    "Not recommended in severe hepatic impairment.": True,
    "Do not use in pregnancy.": True,
    "Avoid in pregnancy.": False,
    "Contraindicated in pregnancy.": False,
    "Never give to patients with asthma.": True,
}
reader = spacy.blank("en")
reader.add_pipe("sentencizer")
named = ("renal impairment", "hepatic impairment", "pregnancy", "asthma")
reader.add_pipe("entity_ruler").add_patterns([{"label": "CONDITION", "pattern": name} for name in named])
reader.add_pipe("negex", config={"ent_types": ["CONDITION"]})
for sentence, expected in seen.items():
    (condition,) = reader(sentence).ents
    print(f"{sentence:51} -> {condition._.negex}")
    assert condition._.negex is expected, condition._.negex
PYTHON
