"""What drugs do, as texts say it; and which of two drugs' texts speak of the other by that."""

from __future__ import annotations

from pathlib import Path

import pytest

from druginfo.answers.interactions import Pair, interactions
from druginfo.classes import same_class
from druginfo.classes.profile import packed, unpacked
from druginfo.classes.roles import role_mentions
from druginfo.errors import Absent
from druginfo.library import Library
from druginfo.library.profiling import examples, read
from druginfo.parse import parse


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Strong CYP3A4 inducers (e.g., rifampin)", "strong CYP3A inducer"),
        ("strong inhibitors of cytochrome P450 (CYP) 2C19", "strong CYP2C19 inhibitor"),
        ("strong cytochrome P450 3A4 (CYP3A4) inhibitors", "strong CYP3A inhibitor"),
        ("Drugs metabolized by CYP2D6", "CYP2D6 substrate"),
        ("drugs cleared mainly by CYP1A2", "CYP1A2 substrate"),
        ("opioids that CYP3A4 breaks down", "CYP3A substrate"),
        ("a potent inducer of the enzymes of the liver", "strong CYP inducer"),
        ("Enzyme-inducing antiepileptics", "CYP inducer"),
        ("Other QT-prolonging drugs", "QT effect"),
        ("drugs that can cause neutropenia", "myelosuppressive effect"),
        ("agents that affect hemostasis", "bleeding effect"),
        ("medicines that raise potassium", "hyperkalemia effect"),
        ("CNS depressants", "CNS depressant effect"),
        ("drugs with anticholinergic properties", "anticholinergic effect"),
        ("drugs known to prolong QTc", "QT effect"),
        ("QT-prolonging CYP3A4 substrates", "CYP3A substrate + QT effect"),
        ("drugs that prolong the QT interval and are metabolized by CYP3A4", "CYP3A substrate + QT effect"),
        ("CYP2D6 substrates with a narrow therapeutic index", ""),
        ("potassium-sparing diuretics", ""),
        ("the QT interval was prolonged", ""),
    ],
)
def test_how_texts_mean_drugs_by_what_they_do(text: str, roles: str) -> None:
    found = {" ".join((*sorted(r.strengths), r.target, r.role)) for m in role_mentions(text) for r in m.roles}
    assert " + ".join(sorted(found)) == roles
    assert all(m.all for m in role_mentions(text)) is (" + " in roles or not roles)


def own(text: str, front: str = "") -> set[str]:
    monograph = parse(f"---\ntitle: Onemycin\n{front}---\n\n{text}\n", "onemycin", "onemycin.md")
    profile = read(monograph)
    again = unpacked(packed(profile))
    assert (*again[:-1], again.passages.lines) == (*profile[:-1], profile.passages.lines)
    return {" ".join((*sorted(r.role.strengths), r.role.target, r.role.role)) for r in profile.roles}


@pytest.mark.parametrize(
    ("text", "front", "role"),
    [
        ("", "classes: [Strong CYP3A4 inhibitor]\n", "strong CYP3A inhibitor"),
        ("", "roles: [moderate CYP2D6 inhibitor]\n", "moderate CYP2D6 inhibitor"),
        ("", "roles: [nephrotoxic]\n", "nephrotoxic effect"),
        ("", "classes: [Selective serotonin reuptake inhibitor (SSRI)]\n", "serotonergic effect"),
        ("## How It Works\n\n- **Metabolism:** By CYP3A and CYP2D6.", "", "CYP2D6 substrate"),
        (
            "## How It Works\n\n- **Metabolism:** It is a potent inducer of the enzymes of the liver.",
            "",
            "strong CYP3A inducer",
        ),
        (
            "## Drug Interactions\n\n- **CYP2D6 substrates (e.g., desipramine):** Their levels rise.",
            "",
            "CYP2D6 inhibitor",
        ),
        ("## Drug Interactions\n\n- **CYP3A4 inhibitors:** Raise its level.", "", "CYP3A substrate"),
        ("## Drug Interactions\n\n- **Other nephrotoxic drugs:** Avoid.", "", "nephrotoxic effect"),
        ("## Precautions\n\n- Hyperkalemia: monitor potassium.", "", "hyperkalemia effect"),
        ("## Side Effects\n\n### Serious Side Effects\n\n- Severe neutropenia", "", "myelosuppressive effect"),
    ],
)
def test_what_a_text_says_of_its_own_drug(text: str, front: str, role: str) -> None:
    assert role in own(text, front)


@pytest.mark.parametrize(
    "text",
    [
        "## How It Works\n\n- **Metabolism:** Mainly by esterases, with a minor part of CYP3A4.",
        "## How It Works\n\n- **Metabolism:** It does not inhibit CYP3A4. In vitro it is an inhibitor of CYP2D6.",
        "## How It Works\n\n- **Metabolism:** Not by CYP enzymes.",
        "## Drug Interactions\n\n- **CYP3A4 substrates:** No effect is expected.",
        "## Precautions\n\n- Without hyperkalemia.",
        "## Side Effects\n\n- Kidney stones",  # no nephrotoxicity
        "## Side Effects\n\n### Serious Side Effects\n\n- Bleeding events",
        "## Side Effects\n\n### Serious Side Effects\n\n- Urinary retention",
        "## Drug Interactions\n\n- **Warfarin:** Its CYP2C9 substrate level.",
    ],
)
def test_what_a_text_does_not_say_of_its_own_drug(text: str) -> None:
    assert own(text) == set()


def test_examples_of_a_role_or_class_are_that() -> None:
    lines = "- **Strong CYP3A4 inducers (e.g., rifampin, phenytoin):** Avoid.\n- **NSAIDs (ibuprofen):** Avoid.\n"
    text = f"## Drug Interactions\n\n{lines}"
    found = {(e.folded, e.role.target, e.role.role) for e in examples(parse(text, "a", "a.md"))}
    assert found == {
        ("rifampin", "CYP3A", "inducer"),
        ("phenytoin", "CYP3A", "inducer"),
        ("ibuprofen", "nsaid", "class"),
    }


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (["Statin"], ["HMG-CoA reductase inhibitor (statin)"], "Statin"),
        (
            ["Beta-1-selective (cardioselective) adrenergic blocker", "Beta blocker"],
            ["Nonselective beta blocker"],
            "Beta blocker",
        ),
        (["Antihypertensive", "Beta blocker"], ["Antihypertensive", "ACE inhibitor"], None),
        (["SSRI"], ["SNRI"], None),
        (["Opioid agonist"], ["Opioid analgesic"], "Opioid agonist"),
    ],
)
def test_two_of_one_class(one: list[str], other: list[str], both: str | None) -> None:
    assert same_class(one, other) == both


def pair(root: Path, one: str, other: str, *, classes: tuple[str, str] = ("A", "B"), more: str = "") -> Pair:
    """Onemycin's text of interactions and more, beside Otherine's whole text."""
    (root / "onemycin.md").write_text(f"---\ntitle: Onemycin\nclasses: [{classes[0]}]\n---\n\n{one}\n", "utf-8")
    (root / "otherine.md").write_text(f"---\ntitle: Otherine\nclasses: [{classes[1]}]\n---\n\n{other}\n", "utf-8")
    if more:
        (root / "third.md").write_text(f"---\ntitle: Third\n---\n\n{more}\n", "utf-8")
    return interactions(Library([root]), ["onemycin", "otherine"]).pairs[0]


def test_the_others_of_a_role_are_not_the_drug_that_a_label_above_names(tmp_path: Path) -> None:
    rules = "## Dosage\n\n- **With Otherine:** Halve the dose.\n- **With Other Strong CYP3A Inhibitors:** Avoid."
    own = "## Drug Interactions\n\n- Otherine is a strong CYP3A inhibitor."
    assert [s.line for s in pair(tmp_path, rules, own).statements if s.slug == "onemycin"] == [8]
    unnamed = rules.replace("With Otherine", "With Thirdine")
    assert [s.line for s in pair(tmp_path, unnamed, own).statements if s.slug == "onemycin"] == [9]


def test_a_role_behind_except_is_left_out(tmp_path: Path) -> None:
    rules = "## Drug Interactions\n\n- **Antibiotics other than strong CYP3A inhibitors:** No adjustment."
    own = "## Drug Interactions\n\n- Otherine is a strong CYP3A inhibitor."
    assert not [s for s in pair(tmp_path, rules, own).statements if s.slug == "onemycin"]


def test_a_role_is_reported_with_where_it_was_read(tmp_path: Path) -> None:
    found = pair(
        tmp_path,
        "## Drug Interactions\n\n- **Strong CYP3A4 inducers:** Do not use together.",
        "## Usage\n\nFits.",
        more="## Drug Interactions\n\n- **Strong CYP3A4 inducers (rifampin, otherine):** Avoid.",
    )
    (statement,) = found.statements
    assert (statement.via, statement.mentions) == ("role", ("Strong CYP3A4 inducers",))
    assert statement.because
    assert (statement.because.role, statement.because.slug, statement.because.line) == (
        "strong CYP3A inducer",
        "third",
        7,
    )


@pytest.mark.parametrize(
    ("one", "classes", "first"),
    [
        # what a class stands in brackets of
        ("- **Strong CYP3A4 inhibitors (macrolides, azoles):** Contraindicated.", "Macrolide antibacterial", None),
        # behind another partner's label
        ("- **Tamoxifen:** Paroxetine and other SSRIs lower it.", "SSRI", None),
        ("- **Serotonin syndrome:** Likelier with SSRIs.", "SSRI", "Serotonin syndrome: Likelier with SSRIs."),
        # an allergy, a trial, a substitute
        ("- Allergic reactions to sulfonamides in the past.", "Sulfonamide", None),
        ("- **Angina:** Consider a switch to another nitrate.", "Nitrate", None),
        # by danger
        (
            "- **Otherine:** Levels rise.\n- **Macrolides:** Avoid.\n- **Antacids:** No effect.",
            "Macrolide antibacterial",
            "Macrolides: Avoid.",
        ),
        (
            "- **Otherine:** No significant effect.\n- **Macrolides:** May rise.",
            "Macrolide antibacterial",
            "Macrolides: May rise.",
        ),
        ("- **Pimozide:** Contraindicated; otherine raised it.\n- **Otherine:** May rise.", "B", "Otherine: May rise."),
    ],
)
def test_what_is_said_of_the_pair_first(tmp_path: Path, one: str, classes: str, first: str | None) -> None:
    found = pair(tmp_path, f"## Drug Interactions\n\n{one}", "## Usage\n\nFits.", classes=("A", classes))
    assert (found.statements[0].text if found.statements else None) == first


def test_a_broad_class_is_no_drug_of_the_same_narrow_one(tmp_path: Path) -> None:
    found = pair(
        tmp_path,
        "## Drug Interactions\n\n- **Other antihypertensives:** Monitor blood pressure.",
        "## Usage\n\nFits.",
        classes=("Beta blocker, Antihypertensive", "Nonselective beta blocker, Antihypertensive"),
    )
    assert (found.status, found.same_class) == ("not_listed", "Beta blocker")


@pytest.mark.parametrize(
    ("one", "classes", "via"),
    [
        (
            "- **Otherines:** Less effect. With otherine lesions in rats.\n- **Sedatives:** Severe sedation.",
            "Otherine",
            "name",
        ),
        ("- **CNS depressants:** Severe sedation, reduce doses.\n- **Hypnotics:** Drowsiness.", "Hypnotic", "class"),
    ],
)
def test_by_name_then_by_class_then_by_role(tmp_path: Path, one: str, classes: str, via: str) -> None:
    text = f"## Drug Interactions\n\n{one}"
    other = "## Precautions\n\n- CNS depression: may be severe."
    found = pair(tmp_path, text, other, classes=("A", classes)).statements
    assert found[0].via == via


def test_a_class_by_use_among_which_a_drug_is_given_is_no_interaction(tmp_path: Path) -> None:
    one = "## Usage\n\n- Hypertension, alone or with other antihypertensives.\n\n## Precautions\n\n{}"
    tried = one.format("- Asthma: use only where other antihypertensives fail or are not tolerated, avoid otherwise.")
    classes = ("Calcium channel blocker", "ACE inhibitor")
    assert pair(tmp_path, tried, "## Usage\n\nPain.", classes=classes).status == "not_listed"
    more = one.format("- Other antihypertensives: avoid together.")
    assert pair(tmp_path, more, "## Usage\n\nPain.", classes=classes).status == "listed"


def test_two_names_of_one_drug_are_reported_and_the_rest_is_answered(tmp_path: Path) -> None:
    pair(tmp_path, "## Alternate Names\n\n- **Brand Names:** Onezil", "## Drug Interactions\n\n- Onemycin: Avoid.")
    answer = interactions(Library([tmp_path]), ["onemycin", "Onezil", "otherine"])
    assert [match.query for match in answer.duplicates] == ["Onezil"]
    assert [p.status for p in answer.pairs] == ["listed"]


def test_of_an_absent_drug_what_the_others_say(tmp_path: Path) -> None:
    pair(
        tmp_path,
        "## Drug Interactions\n\n- **Aspirin:** More bleeding.\n- **Strong CYP3A4 inducers:** Avoid.",
        "## Drug Interactions\n\n- **Strong CYP3A4 inducers (rifampin):** Avoid.",
    )
    library = Library([tmp_path])
    with pytest.raises(Absent) as error:
        interactions(library, ["onemycin", "aspirin"])
    assert [s.text for s in error.value.mentions] == ["Aspirin: More bleeding."]
    with pytest.raises(Absent) as error:
        interactions(library, ["onemycin", "otherine", "rifampin"])
    assert [(s.slug, s.via) for s in error.value.mentions] == [("otherine", "name"), ("onemycin", "role")] or [
        (s.slug, s.via) for s in error.value.mentions
    ] == [("onemycin", "role"), ("otherine", "name")]


def test_a_strength_that_one_text_is_sure_of_decides(tmp_path: Path) -> None:
    one = "## Drug Interactions\n\n- Moderate CYP3A4 inhibitors: Reduce the dose."
    both = "- Moderate or strong CYP3A inhibitors (e.g., otherine): Avoid."
    sure = "- Strong CYP3A inhibitors (e.g., otherine): Avoid."
    other = "## Usage\n\nPain."
    assert pair(tmp_path, one, other, more=f"## Drug Interactions\n\n{both}").status == "listed"
    assert pair(tmp_path, one, other, more=f"## Drug Interactions\n\n{both}\n{sure}").status == "not_listed"
