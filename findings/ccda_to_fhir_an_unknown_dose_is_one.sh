#!/usr/bin/env bash
# ccda-to-fhir 0.3 makes FHIR of C-CDA documents, the summaries that American hospitals send. A quantity in them may be unknown
# (nullFlavor), have only a highest value, or have a low and a high one. Where the value itself is not there, the medication of
# the FHIR resource has a 1 that nobody wrote: a dose of 1, once a day, at a rate of 1 without its unit. Nothing says so.
#
# Output seen:
#   dose unknown                      -> {'doseQuantity': {'value': 1}}
#   dose up to 2                      -> {'doseQuantity': {'value': 1}}
#   dose 1 to 2                       -> {'doseQuantity': {'value': 1}}
#   500 mL at 90 to 110 mL/h          -> {'doseQuantity': {'value': 500, 'unit': 'mL'}, 'rateQuantity': {'value': 1}}
#   dose 2, interval unknown          -> {'doseQuantity': {'value': 2}}, every 1 d
#   dose 2, every 12 hours            -> {'doseQuantity': {'value': 2}}, every 12 h
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check ccda-to-fhir==0.3
"$place/venv/bin/python" -W ignore - <<'PYTHON'
import logging
from importlib.metadata import version

from ccda_to_fhir import convert_document

logging.disable(logging.CRITICAL)
print("ccda-to-fhir", version("ccda-to-fhir"))
AGENT = """<id root="2.16.840.1.113883.4.6" extension="1234567893"/><addr nullFlavor="UNK"/><telecom nullFlavor="UNK"/>"""
DOCUMENT = f"""<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<realmCode code="US"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="2.16.840.1.113883.10.20.22.1.1" extension="2015-08-01"/>
<templateId root="2.16.840.1.113883.10.20.22.1.2" extension="2015-08-01"/>
<id root="2.16.840.1.113883.19.5.99999.1" extension="1"/><code code="34133-9" codeSystem="2.16.840.1.113883.6.1"/>
<title>Summary</title><effectiveTime value="20261130120000+0000"/>
<confidentialityCode code="N" codeSystem="2.16.840.1.113883.5.25"/><languageCode code="en-US"/>
<recordTarget><patientRole><id root="2.16.840.1.113883.19.5" extension="9"/><addr nullFlavor="UNK"/>
<telecom nullFlavor="UNK"/><patient><name><given>Jo</given><family>Doe</family></name>
<administrativeGenderCode code="F" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="19700101"/>
<raceCode nullFlavor="UNK"/><ethnicGroupCode nullFlavor="UNK"/></patient></patientRole></recordTarget>
<author><time value="20261130"/><assignedAuthor>{AGENT}
<assignedPerson><name><given>Al</given><family>Lee</family></name></assignedPerson></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization>{AGENT.replace("<addr", "<name>Ward</name><addr")}
</representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody><component><section>
<templateId root="2.16.840.1.113883.10.20.22.2.1.1" extension="2014-06-09"/>
<code code="10160-0" codeSystem="2.16.840.1.113883.6.1"/><title>Medications</title><text>see below</text>
<entry><substanceAdministration classCode="SBADM" moodCode="INT">
<templateId root="2.16.840.1.113883.10.20.22.4.16" extension="2014-06-09"/>
<id root="2.16.840.1.113883.19.5" extension="2"/><statusCode code="active"/>
<effectiveTime xsi:type="IVL_TS"><low value="20261130"/><high value="20261207"/></effectiveTime>
DIRECTIONS<consumable><manufacturedProduct classCode="MANU">
<templateId root="2.16.840.1.113883.10.20.22.4.23" extension="2014-06-09"/><manufacturedMaterial>
<code code="313782" codeSystem="2.16.840.1.113883.6.88" displayName="acetaminophen 325 MG Oral Tablet"/>
</manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>
</section></component></structuredBody></component></ClinicalDocument>"""
EVERY = '<effectiveTime xsi:type="PIVL_TS" operator="A"><period {}/></effectiveTime>'
RATE = '<rateQuantity><low value="90" unit="mL/h"/><high value="110" unit="mL/h"/></rateQuantity>'
one, two = {"doseQuantity": {"value": 1}}, {"doseQuantity": {"value": 2}}
seen = {
    "dose unknown": ('<doseQuantity nullFlavor="UNK"/>', one, None),
    "dose up to 2": ('<doseQuantity><high value="2"/></doseQuantity>', one, None),
    "dose 1 to 2": ('<doseQuantity><low value="1"/><high value="2"/></doseQuantity>', one, None),
    "500 mL at 90 to 110 mL/h": (
        '<doseQuantity value="500" unit="mL"/>' + RATE,
        {"doseQuantity": {"value": 500, "unit": "mL"}, "rateQuantity": {"value": 1}},
        None,
    ),
    "dose 2, interval unknown": (
        EVERY.format('nullFlavor="UNK"') + '<doseQuantity value="2"/>',
        two,
        (1, "d"),
    ),
    "dose 2, every 12 hours": (EVERY.format('value="12" unit="h"') + '<doseQuantity value="2"/>', two, (12, "h")),
}
for meant, (directions, expected, interval) in seen.items():
    result = convert_document(DOCUMENT.replace("DIRECTIONS", directions))
    resources = [entry["resource"] for entry in result.get("bundle", result)["entry"]]
    (order,) = [each for each in resources if each["resourceType"] == "MedicationRequest"]
    (dosage,) = order["dosageInstruction"]
    (found,) = [
        {name: {key: value for key, value in amount.items() if key in ("value", "unit")} for name, amount in each.items()}
        for each in dosage["doseAndRate"]
    ]
    repeat = dosage["timing"]["repeat"]
    every = (repeat["period"], repeat["periodUnit"]) if "period" in repeat else None
    print(f"{meant:33} -> {found}" + (f", every {every[0]} {every[1]}" if every else ""))
    assert (found, every) == (expected, interval), (found, every)
PYTHON
