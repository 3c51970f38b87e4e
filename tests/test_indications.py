"""The conditions that a Usage section affirms, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from druginfo.answers.listing import cards
from druginfo.classes.abbreviations import defined_in
from druginfo.errors import NotFound
from druginfo.library import Library
from druginfo.model import Affirmed
from druginfo.parse import parse
from druginfo.terms.asked import meant_by
from druginfo.terms.conditions import condition_rows
from druginfo.topics.indications import indications
from druginfo.topics.indications import is_for as is_one_of


def is_for(usage: str, *conditions: str) -> bool:
    text = f"---\ntitle: A\n---\n\n## Usage\n\n{usage}\n"
    monograph = parse(text, "a", "a.md")
    found = indications(monograph, {d.short: d.long for d in defined_in(monograph)})
    return any(is_one_of(each.text, conditions) for each in found)


@pytest.mark.parametrize(
    ("usage", "condition", "affirmed"),
    [
        ("- Better glycemic control in adults with type 2 diabetes mellitus (T2DM).", "type 2 diabetes", True),
        ("It is not indicated for initial therapy of edema. It is indicated for edema.", "edema", True),
        ("It is not indicated for gout. It is indicated for edema.", "gout", False),
        ("Sinusitis Otitis media Limitations of Use It should not be used in viral colds.", "otitis media", True),
        ("Sinusitis Otitis media Limitations of Use It should not be used in viral colds.", "viral colds", False),
        ("- **Not For:** Type 1 diabetes mellitus.\n- Type 2 diabetes mellitus.", "type 1 diabetes", False),
        ("- **Not For:**\n    - Type 1 diabetes mellitus.", "type 1 diabetes", False),
        ("- Hypertension, to lower blood pressure and with it the risk of stroke.", "stroke", False),
        ("- Hypertension, to lower blood pressure and with it the risk of stroke.", "hypertension", True),
        ("- Lowering the risk of stroke in adults with atrial fibrillation.", "atrial fibrillation", True),
        ("- Lower risk of MI in adults with heart disease, stroke or diabetes.", "diabetes", False),
        ("- Adults with diabetes and several risk factors: lower risk of stroke.", "diabetes", False),
        ("- Erosive esophagitis due to gastroesophageal reflux disease.", "reflux", False),
        ("- Pneumonia (Haemophilus influenzae, S. aureus).", "influenzae", False),
        ("- Treatment-resistant schizophrenia, because of the risk of seizures.", "seizures", False),
        ("- Diabetic nephropathy in type 2 diabetes.", "type 2 diabetes", False),
        ("- Diabetic nephropathy in type 2 diabetes.", "diabetic nephropathy", True),
        ("- Osteoarthritis, without ulcer.", "ulcer", False),
        ("- Suppression test for suspected hyperthyroidism.", "hyperthyroidism", False),
        ("- Rheumatoid arthritis after an inadequate response to methotrexate.", "rheumatoid arthritis", True),
        ("- Pulmonary arterial hypertension.", "hypertension", False),
        (
            "- Symptomatic GERD.\n- Esophagitis in gastroesophageal reflux disease (GERD).",
            "gastroesophageal reflux",
            True,
        ),
        ("- Partial-onset seizures from 6 years of age.", "partial seizures", True),
        ("- Used as needed for pain.", "AS", False),
        ("- Ankylosing spondylitis (AS).", "AS", True),
        ("- Oedema of heart failure.", "edema", True),
        ("- Acute alcohol withdrawal: relief of agitation.", "alcohol withdrawal", True),
        ("- **Limitations of Use:** Not for acute pain.", "acute pain", False),
        ("- Angina. Efficacy was shown in patients with gout.", "gout", False),
        ("- Rejection of kidney, liver and heart transplants.", "kidney transplant", True),  # they share the noun
        ("- Cramps, menstrual and premenstrual cramps.", "menstrual cramps", True),
        ("- Skin, bone and soft tissue infections.", "bone infection", True),
        ("- Heart attack or renal failure.", "heart failure", False),
        ("- Pain severe enough to require an opioid.", "severe pain", True),
        ("- Seasonal allergy.", "allergies", True),
        ("- Ulcer eradication, when there is an allergy to clarithromycin.", "allergy", False),
        ("- Severe inflammation of the eye, such as herpes zoster ophthalmicus.", "herpes zoster", False),
        ("- Typhoid fever.", "fever", False),
        (
            "- Minor aches and pains from headache, backache and a cold.",
            "headache",
            True,
        ),  # of pain the cause is treated
        ("- Spasticity from multiple sclerosis.", "multiple sclerosis", True),
        ("- Osteoporosis from lupus.", "lupus", False),
        ("- High uric acid from cancer therapy in leukemia, lymphoma and solid tumors.", "lymphoma", False),
        ("- Bone loss in men on androgen deprivation therapy for prostate cancer.", "prostate cancer", False),
        ("- Suppression of genital herpes in adults with HIV-1.", "HIV", False),
        ("- Prevention of tuberculosis (skin test): HIV infection, close contacts.", "HIV", False),
        (
            "- Genital ulcers (chancroid, Haemophilus ducreyi) in men; efficacy in women is not established.",
            "chancroid",
            True,
        ),
        ("- Pneumonia in adults; not for nosocomial pneumonia.", "nosocomial pneumonia", False),
        (
            "- Depressive episodes of bipolar I disorder.",
            "bipolar depression",
            True,
        ),  # the noun's adjective comes first
        ("- Manic or mixed episodes of bipolar I disorder.", "bipolar mania", True),
        ("- Treatment of osteoporosis in postmenopausal women.", "postmenopausal osteoporosis", True),
        ("- Non-Hodgkin lymphoma.", "Hodgkin lymphoma", False),
        ("- **Before It:** Consider another drug; if stopped only for cough, try again.", "cough", False),
    ],
)
def test_only_what_usage_affirms(usage: str, condition: str, affirmed: bool) -> None:
    assert is_for(usage, condition) is affirmed


def test_prevention_is_what_the_indication_is_of(tmp_path: Path) -> None:
    for name, usage in (
        ("acute", "- Acute treatment of migraine."),
        ("steady", "- Prophylaxis of migraine headache in adults."),
        ("both", "- Treatment of malaria.\n- Prevention of malaria in travelers."),
        ("risk", "- Lowering the risk of stroke in adults with atrial fibrillation."),
    ):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n\n## Usage\n\n{usage}\n", "utf-8")
    library = Library([tmp_path])
    assert library.treats("migraine prevention") == library.treats("prophylaxis of migraine") == {"steady"}
    assert library.treats("migraine") == {"acute", "steady"}
    assert library.treats("malaria prophylaxis") == {"both"}
    assert library.treats("stroke prevention") == {"risk"}


def test_prevention_is_also_what_an_indication_says_to_lower(tmp_path: Path) -> None:
    usage = "- Acute coronary syndrome: lowering the rate of myocardial infarction and stroke.\n- Gout."
    (tmp_path / "aim.md").write_text(f"---\ntitle: Aim\n---\n\n## Usage\n\n{usage}\n", "utf-8")
    library = Library([tmp_path])
    assert library.treats("stroke prevention") == {"aim"}
    assert library.treats("stroke") == set()


def test_the_line_that_names_the_condition_is_quoted(tmp_path: Path) -> None:
    usage = "- Pain from gout (podagra, in adults), to help walking.\n- Hypertension."
    (tmp_path / "one.md").write_text(f"---\ntitle: One\n---\n\n## Usage\n\n{usage}\n", "utf-8")
    (card,) = cards(Library([tmp_path]), condition="gout").monographs
    assert card.indications == (Affirmed(7, "Pain from gout (podagra, in adults), to help walking."),)
    (card,) = cards(Library([tmp_path])).monographs
    assert card.indications == ()
    with pytest.raises(NotFound, match="`druginfo search quit smoking` looks in all texts"):
        cards(Library([tmp_path]), condition="quit smoking")


def test_everyday_british_and_abbreviated(tmp_path: Path) -> None:
    for slug, usage in (("one", "Ankylosing spondylitis (AS)."), ("two", "Edema."), ("three", "Epilepsy.")):
        (tmp_path / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n---\n\n## Usage\n\n- {usage}\n", "utf-8")
    library = Library([tmp_path])
    asked = {"AS": {"one"}, "Bechterew": {"one"}, "oedema": {"two"}, "water retention": {"two"}, "fits": {"three"}}
    assert {condition: library.treats(condition) for condition in asked} == asked
    assert library.treats("as needed") == set()


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("after a heart attack", "after myocardial infarction"),
        ("diabetic nerve pain", "diabetic neuropathic pain"),
        ("bipolar mania", "bipolar manic"),
        ("high aldosterone", "hyperaldosteron"),
        ("hypereosinophilic syndrome", None),
    ],
)
def test_everyday_words_in_a_phrase(said: str, meant: str | None) -> None:
    found = meant_by(said)
    assert meant in found if meant else found == ()


@pytest.mark.slow
def test_all_names_of_a_condition_give_one_set(tmp_path: Path) -> None:
    """Whatever name of it is asked, and whichever of them a text has."""
    every = {name for names, sign, meant in condition_rows() if sign == "=" for name in (*names, *meant)}
    for number, name in enumerate(sorted(every)):
        usage = name.upper() if name.isalpha() and len(name) < 7 else name.capitalize()
        (tmp_path / f"d{number}.md").write_text(f"---\ntitle: D{number}\n---\n\n## Usage\n\n- {usage}.\n", "utf-8")
    library = Library([tmp_path])
    for names, sign, meant in condition_rows():
        if sign == "=":
            found = {name: library.treats(name) for name in (*names, *meant)}
            assert len(set(map(frozenset, found.values()))) == 1, found
            assert found[names[0]]


def test_a_name_belongs_to_one_row_of_names() -> None:
    names = [each for said, sign, meant in condition_rows() if sign == "=" for each in {*said, *meant}]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("usage", "asked", "affirmed"),
    [
        ("Venous thromboembolism.", "DVT", True),  # what is for the whole is for a kind of it
        ("Venous thromboembolism.", "blood clot in the leg", True),
        ("Treatment of pulmonary embolism.", "VTE", True),
        ("Treatment of pulmonary embolism.", "DVT", False),
        ("Infections of the ear, nose and throat.", "ear infection", True),
        ("Infections of the ear, nose and throat.", "otitis media", True),
        ("Infections of the ear, nose and throat.", "throat infection", True),
        ("Infections of the skin in diabetes.", "ear infection", False),
        ("Carcinoma of the head and neck.", "neck carcinoma", True),
        ("Genitourinary tract infections.", "water infection", True),
        ("Urinary tract infections.", "pyelonephritis", False),  # for the bladder is not for the kidney
        ("Urinary tract infections.", "cystitis", True),
        ("Urinary tract infections.\n- **Not For:** Cystitis or abscess.", "cystitis", False),
        ("Urinary tract infections.\n- **Not For:** Pyelonephritis or abscess.", "UTI", True),
        ("Edema of renal dysfunction (nephrotic syndrome, chronic renal failure).", "nephrotic syndrome", True),
        (
            "Hypersecretory conditions (e.g., Zollinger-Ellison syndrome, multiple neoplasias).",
            "Zollinger-Ellison",
            True,
        ),
        ("Gout with signs (acute attacks, tophi, nephropathy, kidney stones).", "kidney stones", False),
        ("Candida infections (candidemia, candidiasis, pneumonitis).", "pneumonitis", False),
        ("Advanced breast cancer, alone if a taxane is not indicated, or with it.", "breast cancer", True),
        ("Non-infectious panuveitis.", "uveitis", True),
        ("Skin and skin structure infections.", "cellulitis", True),
        ("Anemia in low-risk myelodysplastic syndromes.", "MDS", True),
        ("Idiopathic thrombocytopenic purpura.", "ITP", True),
        ("Bone and joint infections.", "osteomyelitis", True),
        ("Children who are fit for oral therapy: cough.", "fits", False),
        ("Severe hypoglycemia in adults and children with diabetes mellitus.", "diabetes", False),
        ("Severe hypoglycemia in adults and children with diabetes mellitus.", "low blood sugar", True),
        ("Pneumonia by methicillin-resistant staphylococci.", "MRSA", True),
        ("Pneumonia by Staphylococcus aureus.", "MRSA", False),
        ("Pneumonia by Staphylococcus aureus.", "staph infection", True),
        ("Pharyngitis (S. pyogenes).", "strep", True),
        ("Pharyngitis; not for Streptococcus pyogenes.", "strep", False),
        ("Pharyngitis, not a first choice in pneumonia.", "pneumonia", False),
        ("Common cold.", "cold", True),
        ("Urethritis (Neisseria gonorrhoeae).", "the clap", True),
        ("Symptomatic sarcoidosis.", "sarcoid", True),
        ("Acute treatment of migraine.", "acute migraine attack", True),
        ("Prophylaxis of migraine.", "acute migraine attack", False),
        ("Urinary tract infections, complicated and uncomplicated.", "uncomplicated UTI", True),
        ("Plaque psoriasis, moderate to severe.", "severe plaque psoriasis", True),
        ("Asthma, with severe allergy.", "severe asthma", False),
        ("Lowering exacerbations of COPD.", "COPD exacerbation", True),
        ("Cold sores.", "cold", False),
        ("Multiple sclerosis (MS).", "MS", True),
        ("Mitral stenosis (MS).", "MS", False),
        (
            "Prophylaxis of organ rejection in adults receiving a kidney transplant.",
            "kidney transplant rejection",
            True,
        ),
        ("Prophylaxis of organ rejection in a liver transplant.", "kidney transplant rejection", False),
        (
            "Valdrol is used to improve wakefulness in adults with excessive sleepiness from narcolepsy.",
            "sleepiness",
            True,
        ),
    ],
)
def test_kinds_organisms_and_everyday_words(tmp_path: Path, usage: str, asked: str, affirmed: bool) -> None:
    (tmp_path / "one.md").write_text(f"---\ntitle: One\n---\n\n## Usage\n\n- {usage}\n", "utf-8")
    assert bool(Library([tmp_path]).treats(asked)) is affirmed


def test_a_kind_that_no_text_names_leads_to_what_is_for_the_condition_in_general(tmp_path: Path) -> None:
    for slug, usage in (
        ("general", "- Control of diabetes mellitus."),
        ("other", "- Type 2 diabetes."),
        ("denied", "- Diabetes mellitus.\n- **Not For:** Type 1 diabetes."),
    ):
        (tmp_path / f"{slug}.md").write_text(f"---\ntitle: {slug.title()}\n---\n\n## Usage\n\n{usage}\n", "utf-8")
    for asked in ("type 1 diabetes", "T1DM", "type I diabetes mellitus"):
        with pytest.raises(NotFound, match=r"For diabetes in general: General\.") as error:
            cards(Library([tmp_path]), condition=asked)
        assert [each.slug for each in error.value.candidates] == ["general"]
