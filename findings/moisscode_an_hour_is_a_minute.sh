#!/usr/bin/env bash
# moisscode 3.0.2 is a language for protocols of intensive care whose engine converts, judges and records each dose. It compares
# what comes before the first slash and converts that: per hour becomes per minute, a whole dose a dose per kilogram of body
# weight, and the reverse, and the dose so recorded is "SAFE". Of interactions only the table of the second drug is looked at:
# heparin that is running does not let alteplase be given, alteplase that is running says nothing about heparin. A dose for the
# kidneys is rounded to one place: of digoxin's quarter, 0.0625 mg, it makes 0.1, and of a half, 0.125, the same.
#
# Output seen:
#   administer Propofol dose: 0.1 mg/kg/hr;         -> 100.0 mcg/kg/min SAFE
#   administer Norepinephrine dose: 0.001 mg/min;   -> 1.0 mcg/kg/min SAFE
#   administer Morphine dose: 100 mcg;              -> 0.1 mg/kg SAFE
#   administer Digoxin dose: 250 mcg/kg;            -> 0.25 mg SAFE
#   administer Digoxin dose: 250 mcg;               -> 0.25 mg SAFE
#   Heparin runs, add Alteplase                     -> SEVERE, safe to administer: False
#   Alteplase runs, add Heparin                     -> NONE, safe to administer: True
#   Ceftriaxone runs, add Calcium_Chloride          -> SEVERE, safe to administer: False
#   Calcium_Chloride runs, add Ceftriaxone          -> NONE, safe to administer: True
#   Warfarin runs, add Fluconazole                  -> SEVERE, safe to administer: False
#   Fluconazole runs, add Warfarin                  -> SEVERE, safe to administer: False
#   Warfarin runs, add TMP_SMX                      -> MAJOR, safe to administer: False
#   TMP_SMX runs, add Warfarin                      -> NONE, safe to administer: True
#   Digoxin, eGFR 20: 0.25 mg times 0.5             -> 0.1 mg
#   Digoxin, eGFR 10: 0.25 mg times 0.25            -> 0.1 mg
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check moisscode==3.0.2 numpy==2.2.6
cd "$place"  # the package leaves a database there
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
import io
from contextlib import redirect_stdout
from importlib.metadata import version

from moisscode import MOISSCodeInterpreter, MOISSCodeLexer, MOISSCodeParser, Patient

print("moisscode", version("moisscode"))
engine = MOISSCodeInterpreter().scope["med"]["value"].pk


def quiet(call, *given):
    with redirect_stdout(io.StringIO()):
        return call(*given)


def recorded(statement):
    program = MOISSCodeParser(
        MOISSCodeLexer().tokenize("protocol Ward {\n input: Patient p;\n " + statement + "\n}\n")
    ).parse_program()
    interpreter = MOISSCodeInterpreter()
    interpreter.scope["p"] = {"type": "Patient", "value": Patient(weight=70, age=60, sex="M")}
    (event,) = [event for event in quiet(interpreter.execute, program) if event["type"] == "ADMINISTER"]
    return f"{event['dose']} {event['dose_validation']}"


def added(running, drug):
    found = quiet(engine.check_interactions, drug, [running])
    return f"{found['max_severity']}, safe to administer: {found['safe_to_administer']}"


def for_kidneys(rate, factor):
    found = engine.renal_adjust("Digoxin", rate)
    assert (found["original_dose"], found["adjustment_factor"]) == (0.25, factor), found
    return f"{found['adjusted_dose']} {found['dose_unit']}"


severe, major = "SEVERE, safe to administer: False", "MAJOR, safe to administer: False"
nothing = "NONE, safe to administer: True"
seen = [
    ("administer Propofol dose: 50 mcg/kg/min;", recorded, "50.0 mcg/kg/min SAFE"),
    ("administer Propofol dose: 0.1 mg/kg/hr;", recorded, "100.0 mcg/kg/min SAFE"),
    ("administer Norepinephrine dose: 0.001 mg/min;", recorded, "1.0 mcg/kg/min SAFE"),
    ("administer Morphine dose: 100 mcg;", recorded, "0.1 mg/kg SAFE"),
    ("administer Digoxin dose: 250 mcg/kg;", recorded, "0.25 mg SAFE"),
    ("administer Digoxin dose: 250 mcg;", recorded, "0.25 mg SAFE"),
]
for one, other, there, back in [
    ("Heparin", "Alteplase", severe, nothing),
    ("Ceftriaxone", "Calcium_Chloride", severe, nothing),
    ("Warfarin", "Fluconazole", severe, severe),
    ("Warfarin", "TMP_SMX", major, nothing),
]:
    seen.append((f"{one} runs, add {other}", lambda _, a=one, b=other: added(a, b), there))
    seen.append((f"{other} runs, add {one}", lambda _, a=other, b=one: added(a, b), back))
seen.append(("Digoxin, eGFR 20: 0.25 mg times 0.5", lambda _: for_kidneys(20, 0.5), "0.1 mg"))
seen.append(("Digoxin, eGFR 10: 0.25 mg times 0.25", lambda _: for_kidneys(10, 0.25), "0.1 mg"))
for asked, call, expected in seen:
    found = call(asked)
    print(f"{asked:47} -> {found}")
    assert found == expected, found
PYTHON
