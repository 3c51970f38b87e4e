#!/usr/bin/env bash
# anukriti-pgx-core 0.10.0 reads from the variants of a VCF, the file of a genome, how a person handles medicines. A VCF has
# each letter as it is on the forward strand of the chromosome. Several rows of its tables have the letter of the gene's own
# strand, or that of the reference, instead. So the variants of CYP2D6*4 (codeine does not work), CYP3A5*3 (tacrolimus), G6PD
# Mediterranean (rasburicase destroys red cells) and VKORC1 (warfarin) are never found: who has two copies is called like
# someone who has none, with a confidence of 1.0 where there is one. In CYP2B6 it is the other way round: who has the usual
# letter is called a poor metabolizer (efavirenz). The variants of DPYD and TPMT below, also genes of the reverse strand, are
# found.
#
# Output seen (two copies of each but for CYP2B6 without the variant; GRCh38):
#   CYP2D6*4            22:42128945 C>T -> *1/*1 Normal Metabolizer, confidence 1.0
#   CYP2D6*10           22:42130692 G>A -> *1/*1 Normal Metabolizer, confidence 1.0
#   CYP3A5*3            7:99672916  T>C -> *1/*1 Rapid Metabolizer, confidence 1.0
#   G6PD Mediterranean  X:154534419 G>A -> B/B Normal, confidence 1.0
#   VKORC1 -1639G>A     16:31096368 C>T -> GG Normal Sensitivity
#   CYP2B6 without *18  19:41012316 T>C -> *18/*18 Poor Metabolizer, confidence 1.0
#   CYP2C19*2           10:94781859 G>A -> *2/*2 Poor Metabolizer, confidence 1.0
#   DPYD*13             1:97515787  A>C -> *13/*13 Poor Metabolizer, confidence 1.0
#   TPMT*3C             6:18130687  T>C -> *3C/*3C Poor Metabolizer, confidence 1.0
set -euo pipefail
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
python3 -m venv "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check anukriti-pgx-core==0.10.0
cd "$place"
PYTHONUTF8=1 "$place/venv/bin/python" - <<'PYTHON'
import anukriti_pgx_core as core

print("anukriti-pgx-core", core.__version__)
seen = [
    ("CYP2D6*4", core.CYP2D6Caller, "rs3892097", "22:42128945 C>T", "1/1", "*1/*1 Normal Metabolizer, confidence 1.0"),
    ("CYP2D6*10", core.CYP2D6Caller, "rs1065852", "22:42130692 G>A", "1/1", "*1/*1 Normal Metabolizer, confidence 1.0"),
    ("CYP3A5*3", core.CYP3A5Caller, "rs776746", "7:99672916  T>C", "1/1", "*1/*1 Rapid Metabolizer, confidence 1.0"),
    ("G6PD Mediterranean", core.G6PDCaller, "rs5030868", "X:154534419 G>A", "1/1", "B/B Normal, confidence 1.0"),
    ("VKORC1 -1639G>A", core.VKORC1Caller, "rs9923231", "16:31096368 C>T", "1/1", "GG Normal Sensitivity"),
    ("CYP2B6 without *18", core.CYP2B6Caller, "rs28399499", "19:41012316 T>C", "0/0", "*18/*18 Poor Metabolizer, confidence 1.0"),
    ("CYP2C19*2", core.CYP2C19Caller, "rs4244285", "10:94781859 G>A", "1/1", "*2/*2 Poor Metabolizer, confidence 1.0"),
    ("DPYD*13", core.DPYDCaller, "rs55886062", "1:97515787  A>C", "1/1", "*13/*13 Poor Metabolizer, confidence 1.0"),
    ("TPMT*3C", core.TPMTCaller, "rs1142345", "6:18130687  T>C", "1/1", "*3C/*3C Poor Metabolizer, confidence 1.0"),
]  # fmt: skip
for name, caller, site, change, genotype, expected in seen:
    before, after = change.split()[-1].split(">")
    result = caller().call({site: core.VCFVariant(ref=before, alt=after, genotype=genotype)})
    if isinstance(result, core.GenotypeCall):
        found = f"{result.genotype} {result.phenotype}"
    else:
        found = f"{result.diplotype} {result.phenotype.phenotype}, confidence {result.phenotype.confidence}"
        assert result.sites_assessed == 1 and not result.refusal and not result.overspecified  # nothing warns
    print(f"{name:19} {change} -> {found}")
    assert found == expected, found
PYTHON
