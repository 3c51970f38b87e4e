#!/usr/bin/env bash
# brightohir 2.1.2 turns orders of medicines in HL7 v2 (RDE, with ORC, RXE and TQ1) into FHIR and back. Of the order control
# only the ServiceRequest that it makes beside the MedicationRequest hears: a medicine that is discontinued, cancelled or put
# on hold is an active MedicationRequest, the same as a new one. "5 to 10 mg" is 5 mg, "for 5 days" is lost, and of two
# repeat patterns, each morning for 3 days and then every other day, the second is all. The other way, FHIR's stopped and
# doNotPerform make the RXE of a medicine to be given, and of a dose of 500 mg and then 250 mg, 500 mg is left.
#
# Output seen:
#   ORC|NW                                 -> MedicationRequest active, 5.0 mg, QD {}
#   ORC|DC                                 -> MedicationRequest active, 5.0 mg, QD {}
#   ORC|CA                                 -> MedicationRequest active, 5.0 mg, QD {}
#   ORC|HD                                 -> MedicationRequest active, 5.0 mg, QD {}
#   RXE|..|5|10|mg                         -> MedicationRequest active, 5.0 mg, QD {}
#   TQ1 BID for 5 days                     -> MedicationRequest active, 5.0 mg, BID {}
#   TQ1 QAM for 3 days, then QOD for 6     -> MedicationRequest active, 5.0 mg, QOD {}
#   FHIR active                            -> RXE||855332^warfarin 5 MG^RXN|5||mg
#   FHIR stopped                           -> RXE||855332^warfarin 5 MG^RXN|5||mg
#   FHIR active, doNotPerform              -> RXE||855332^warfarin 5 MG^RXN|5||mg
#   FHIR active, 500 mg and then 250 mg    -> RXE||855332^warfarin 5 MG^RXN|500||mg
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check brightohir==2.1.2 hl7apy==1.3.5 fhir.resources==8.3.0
PYTHONUTF8=1 "$place/venv/bin/python" -W ignore - <<'PYTHON'
from importlib.metadata import version

from brightohir import r5_to_v2, v2_to_r5

print("brightohir", version("brightohir"), "hl7apy", version("hl7apy"), "fhir.resources", version("fhir.resources"))


def to_fhir(control="NW", most="", timing=("TQ1|1||QD",)):
    head = r"MSH|^~\&|ORDERS|WARD|PHARMACY|WARD|20261130120000||RDE^O11^RDE_O11|1|P|2.5.1"
    order = [f"ORC|{control}|1", f"RXE||855332^warfarin 5 MG^RXN|5|{most}|mg", *timing, "RXR|PO^Oral^HL70162"]
    bundle = v2_to_r5("\r".join([head, "PID|1||1^^^WARD^MR||TEST^PATIENT", *order]))
    (made,) = [
        entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "MedicationRequest"
    ]
    (dosage,) = made["dosageInstruction"]
    dose = dosage["doseAndRate"][0]["doseQuantity"]
    pattern = dosage["timing"]["code"]["coding"][0]["code"]
    repeat = dosage["timing"].get("repeat", {})
    return f"MedicationRequest {made['status']}, {dose['value']} {dose['unit']}, {pattern} {repeat}"


def from_fhir(status="active", doses=(5,), **more):
    drug = {"system": "RXN", "code": "855332", "display": "warfarin 5 MG"}
    dosage = [
        {"sequence": at, "doseAndRate": [{"doseQuantity": {"value": dose, "unit": "mg"}}]}
        for at, dose in enumerate(doses, 1)
    ]
    patient = {"resourceType": "Patient", "id": "1", "name": [{"family": "TEST"}]}
    order = {
        "resourceType": "MedicationRequest", "id": "1", "status": status, "intent": "order",
        "subject": {"reference": "Patient/1"}, "medication": {"concept": {"coding": [drug]}},
        "dosageInstruction": dosage, **more,
    }  # fmt: skip
    message = r5_to_v2([patient, order], message_type="RDE_O11")
    assert "\rORC" not in message  # nothing else says that it is stopped
    (segment,) = [part for part in message.split("\r") if part.startswith("RXE")]
    return segment.rstrip("|")


as_ordered = "MedicationRequest active, 5.0 mg, QD {}"
given = "RXE||855332^warfarin 5 MG^RXN|5||mg"
two = ("TQ1|1||QAM|||3^d", "TQ1|2||QOD|||6^d")
seen = [
    ("ORC|NW", to_fhir(), as_ordered),
    ("ORC|DC", to_fhir("DC"), as_ordered),
    ("ORC|CA", to_fhir("CA"), as_ordered),
    ("ORC|HD", to_fhir("HD"), as_ordered),
    ("RXE|..|5|10|mg", to_fhir(most="10"), as_ordered),
    ("TQ1 BID for 5 days", to_fhir(timing=["TQ1|1||BID|||5^d"]), as_ordered.replace("QD", "BID")),
    ("TQ1 QAM for 3 days, then QOD for 6", to_fhir(timing=two), as_ordered.replace("QD", "QOD")),
    ("FHIR active", from_fhir(), given),
    ("FHIR stopped", from_fhir("stopped"), given),
    ("FHIR active, doNotPerform", from_fhir(doNotPerform=True), given),
    ("FHIR active, 500 mg and then 250 mg", from_fhir(doses=(500, 250)), given.replace("|5|", "|500|")),
]
for name, found, expected in seen:
    print(f"{name:38} -> {found}")
    assert found == expected, found
PYTHON
