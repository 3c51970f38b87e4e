"""Whose row it is: the indication or the people that a sentence, an item or a title in running text opens with."""

import pytest

from druginfo.dosing import read_dosing
from druginfo.dosing.filters import apply
from druginfo.dosing.patient import Patient
from druginfo.model import DoseRow, Monograph
from druginfo.parse import parse

USES = "For hypertension, migraine, anxiety, multiple sclerosis, cerebral edema, lymphoma and heart failure."


def monograph(dosage: str, uses: str = USES) -> Monograph:
    return parse(f"---\ntitle: Testdrug\n---\n## Usage\n\n{uses}\n\n## Dosage\n\n{dosage}\n", "testdrug", "testdrug.md")


def rows(dosage: str, uses: str = USES) -> tuple[DoseRow, ...]:
    return read_dosing(monograph(dosage, uses)).rows


def indications(dosage: str, uses: str = USES) -> list[str | None]:
    return [row.indication for row in rows(dosage, uses)]


def judged(dosage: str, uses: str = USES, **asked: str) -> list[str]:
    """What each row is for the patient: `for`, `may` or `out`."""
    read = monograph(dosage, uses)
    found = apply(lambda: read, read_dosing(read), Patient.read(**asked)).rows
    return ["for" if each.specific else "may" if each.applies else "out" for each in found]


@pytest.mark.parametrize(
    ("dosage", "named"),
    [
        ("For migraine, 50 mg once. The next dose is 25 mg.", ["migraine", "migraine"]),
        ("In the treatment of hypertension, start with 5 mg.", ["treatment of hypertension"]),
        ("In cerebral edema, give 10 mg. Reduce the dose after 2 days.", ["cerebral edema", "cerebral edema"]),
        ("In patients with heart failure, start with 2 mg.", ["patients with heart failure"]),
        ("For insomnia due to anxiety, 2 mg may be given.", ["insomnia due to anxiety"]),
        (
            "For relief of migraine, hypertension, or heart failure, take 5 mg daily.",
            ["relief of migraine, hypertension, or heart failure"],
        ),
        ("For moderate to severe pneumonia due to P. aeruginosa give 50 mg.", ["moderate to severe pneumonia"]),
        ("1. For treatment of lymphoma, for palliation only. Suggested dosage is 10 mg.", ["treatment of lymphoma"]),
        ("- For migraine, rest comes first. The usual dosage is 5 mg.", ["migraine"]),
        # no indication, or everybody's again
        ("For greater accuracy, give 0.5 mg.", [None]),
        ("For more severe infections, 500 mg may be given.", [None]),
        ("In most patients, 2 mg is enough.", [None]),
        ("For oral inhalation, 2 mg daily.", [None]),
        ("In renal failure, give 1 mg.", [None]),
        ("In patients with a history of migraine, give 1 mg.", [None]),
        ("For migraine, 50 mg once. The usual dose is 3 mg.", ["migraine", None]),
        ("For migraine, 50 mg once. In elderly patients, give 25 mg.", ["migraine", None]),
        ("For migraine, 50 mg once. For preoperative use, give 1 mg.", ["migraine", None]),
        ("For migraine, lower doses have not been studied. The maximum dose is 12 mg.", [None]),
        ("For more severe migraine larger doses may be needed, up to 4 grams daily.", [None]),
        (
            "- For migraine, take 5 mg. For reduction in risk of stroke, take 9 mg. Take it twice daily.",
            ["migraine", None, None],
        ),
    ],
)
def test_a_dose_is_for_the_indication_that_its_sentence_or_the_one_before_opens_with(
    dosage: str, named: list[str | None]
) -> None:
    assert indications(dosage)[-len(named) :] == named


def test_the_indication_of_a_sentence_takes_the_place_of_the_heading_only_where_it_is_another_use() -> None:
    heading = "### 2.1 Hypertension\n\n"
    assert indications(f"{heading}For the treatment of migraine, 50 mg once.") == ["treatment of migraine"]
    assert indications(f"{heading}In patients with heart failure, 2 mg daily.") == ["Hypertension"]
    assert indications(f"{heading}For the treatment of hypertension in adults, 5 mg daily.") == ["Hypertension"]


def test_a_refusal_after_a_dose_is_for_its_use_where_the_heading_is_for_another() -> None:
    dosage = "### Relapsing Course\n\nFor the treatment of multiple sclerosis, take 5 mg. Do not use in children."
    uses = "For multiple sclerosis and for the relapsing course of migraine."
    assert indications(dosage, uses) == ["treatment of multiple sclerosis"] * 2
    assert judged(dosage, uses, indication="multiple sclerosis", age="8")[-1] == "for"
    general = "For multiple sclerosis, give 7.5 mg once daily. Do not use in children."
    assert indications(general, uses) == ["multiple sclerosis", None]  # everybody's


def test_a_title_that_has_run_into_its_text_is_a_label() -> None:
    dosage = (
        "### 2.1 Lymphoma\n\n#### Induction Treatment of Adult Patients\n\nAdminister 375 mg once weekly. "
        "Induction Treatment of Pediatric Patients Administer 250 mg once weekly. "
        "Maintenance treatment Give 500 mg every 6 months."
    )
    found = rows(dosage)
    assert [row.text for row in found] == [
        "Administer 375 mg once weekly.",
        "Administer 250 mg once weekly.",
        "Give 500 mg every 6 months.",
    ]
    assert [row.qualifier or row.population for row in found] == [
        "Induction Treatment of Adult Patients",
        "Induction Treatment of Pediatric Patients",
        "Maintenance treatment",
    ]
    assert judged(dosage, indication="lymphoma", age="7")[:2] == ["out", "for"]
    assert rows("For the tablets Use in Specific Populations is described. Give 5 mg.")[-1].text == "Give 5 mg."


def test_a_dose_by_weight_after_the_sentence_on_children_is_theirs() -> None:
    dosage = (
        "In pediatric patients, the initial dose may vary. The initial range is 0.02 mg/kg/day to 0.3 mg/kg/day. "
        "Doses must be reduced gradually."
    )
    assert [row.population for row in rows(dosage)] == ["pediatric patients", None]
    assert judged(dosage, age="35") == ["out", "may"]
    assert judged(dosage, age="6", weight="20")[0] == "for"


PROSE = (
    "The usual range is 2 to 6 mg daily. For anxiety, most patients require 2 to 3 mg daily. "
    "For insomnia due to anxiety, a dose of 4 mg may be given."
)


def test_what_another_disease_comes_of_is_not_its_indication() -> None:
    assert judged(PROSE, indication="anxiety") == ["may", "for", "out"]
    assert judged(PROSE, indication="insomnia") == ["may", "out", "for"]


def test_of_a_heading_that_names_several_indications_a_row_is_for_the_one_beside_it() -> None:
    dosage = (
        "### 2.1 Rheumatoid Arthritis and Plaque Psoriasis\n\n"
        "| Patients | Dosage |\n|---|---|\n| Adult RA | 50 mg weekly |\n| Adult PsO | 50 mg twice weekly |\n"
    )
    uses = "Rheumatoid arthritis (RA) and plaque psoriasis (PsO)."
    assert judged(dosage, uses, indication="rheumatoid arthritis") == ["for", "out"]
    assert judged(dosage, uses, indication="plaque psoriasis") == ["out", "for"]


def test_a_paragraph_for_another_indication_ends_the_label_of_the_one_before() -> None:
    dosage = (
        "**Ulcerative Colitis:**\n\n**Adults:** 3 g daily.\n\n**Maintenance Therapy:**\n\n**Adults:** 2 g daily.\n\n"
        "**Adult Rheumatoid Arthritis:** 1 g daily. The dose may be increased to 3 g."
    )
    uses = "Ulcerative colitis and rheumatoid arthritis."
    assert judged(dosage, uses, indication="ulcerative colitis")[-2:] == ["out", "out"]
    assert judged(dosage, uses, indication="rheumatoid arthritis")[:2] == ["out", "out"]


def test_the_doses_of_a_test_are_for_no_disease_that_is_treated() -> None:
    dosage = "In cerebral edema, give 10 mg. Tests for Cushing's syndrome Give 1 mg at night."
    assert judged(dosage, indication="cerebral edema") == ["for", "out"]


@pytest.mark.parametrize(
    "asked", ["prostate cancer", "carcinoma of the prostate", "prostatic cancer", "prostate carcinoma"]
)
def test_a_cancer_is_found_by_either_order_and_either_word(asked: str) -> None:
    dosage = "1. For treatment of advanced carcinoma of the prostate. Suggested dosage is 2 mg.\n2. For migraine, 5 mg."
    assert judged(dosage, "Carcinoma of the prostate; migraine.", indication=asked) == ["for", "out"]


def test_what_it_is_not_indicated_for_is_said_whatever_is_named_there() -> None:
    uses = "### 1.1 Asthma\n\nFor asthma. It is NOT indicated for the relief of acute bronchospasm.\n"
    read = monograph("### 2.1 Asthma\n\n5 mcg once daily.", uses)
    found = apply(lambda: read, read_dosing(read), Patient.read(indication="asthma"))
    assert [text for _, text in found.limits] == ["It is NOT indicated for the relief of acute bronchospasm."]


def test_no_adjustment_for_the_old_leaves_their_usual_dose_theirs() -> None:
    dosage = "### 2.1 Asthma\n\n5 mcg once daily.\n\n### 2.2 Others\n\nNo adjustment is needed for geriatric patients."
    assert judged(dosage, "Asthma.", indication="asthma", age="66") == ["for", "for"]


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("Administer as two-1,000 mg intravenous infusions separated by 2 weeks.", ("1,000 mg", 1000, 1000, None)),
        ("Give one-500 mg infusion once.", ("500 mg", 500, 500, None)),
        (
            "Give 40 to 60 mg/kg of body weight in each 24-hour period, divided into 3 to 6 doses.",
            ("40 to 60 mg/kg of body weight in each 24-hour period", 40, 60, "kg/day"),
        ),
        ("The total is 2 g in each 24-hour period.", ("2 g in each 24-hour period", 2, 2, "day")),
        (
            "The recommended dose is 45 mg initially and 4 weeks later, followed by 45 mg weekly.",
            ("45 mg", 45, 45, None),
        ),
    ],
)
def test_amounts_that_are_counted_and_days_that_are_periods(
    text: str, dose: tuple[str, float, float, str | None]
) -> None:
    first, *_ = rows(text)
    assert first.dose is not None
    assert (first.dose.text, first.dose.low, first.dose.high, first.dose.per) == dose


def test_weeks_later_cut_no_sentence() -> None:
    found = rows("The recommended dose is 45 mg initially and 4 weeks later, followed by 45 mg every 12 weeks.")
    assert [row.text for row in found] == [
        "The recommended dose is 45 mg initially and 4 weeks later,",
        "followed by 45 mg every 12 weeks.",
    ]


def test_the_size_of_a_syringe_is_no_dose() -> None:
    assert rows("When using the vial, a 1 mL syringe with a 27 gauge, ½ inch needle is recommended.") == ()
    assert rows("Use a 3 mL syringe and a 25 gauge needle.") == ()


GLUCAGON = (
    "Adults and children weighing 20 kg or more\n\n- The dose is 1 mg.\n- If there is no response after 15 minutes, "
    "1 mg more may be given. {title}\n- The dose is 0.5 mg."
)


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("Children weighing less than 20 kg", True),
        ("Pediatric Patients Weighing Less Than 20 kg", True),
        ("Hypertension", False),  # one word of a list that lost its end
        ("Prevention of Migraine", True),
        ("Severe renal impairment", True),
        # no titles: an end, a clause, an amount, an order
        ("Children weighing less than 20 kg.", False),
        ("Children should weigh less than 20 kg", False),
        ("Children may be given 0.25 mg", False),
        ("Call for emergency assistance", False),
    ],
)
def test_a_title_that_has_run_into_the_end_of_an_item_is_over_the_next_ones(title: str, is_one: bool) -> None:
    *_, last = rows(GLUCAGON.format(title=title))
    assert last.text == "The dose is 0.5 mg."
    assert (title in (last.population, last.indication, last.qualifier)) is is_one


def test_a_title_at_the_end_of_an_item_ends_the_group_before_it() -> None:
    dosage = GLUCAGON.format(title="Children weighing less than 20 kg")
    assert judged(dosage, age="8", weight="28") == ["for", "for", "out"]
    assert judged(dosage, age="3", weight="14") == ["out", "out", "for"]


def test_the_caption_of_a_table_is_no_part_of_the_text_before_it() -> None:
    dosage = (
        "**Adults:** the dose is as follows. Table 1: Dosage by Indication\n\n"
        "| Indication | Dose |\n|---|---|\n| Migraine | 5 mg daily |\n"
    )
    row = rows(dosage)[-1]
    assert (row.population, row.indication, row.dose and row.dose.text) == ("Adults", "Migraine", "5 mg")


STAGED = (
    "### 2.1 Heart Failure\n\n#### Migraine\n\n{scope}\n\n#### Monotherapy\n\nStart with 10 mg daily.\n\n"
    "#### Adjunctive Therapy\n\nAdd 5 mg daily.\n\n#### {then}\n\nGive 2 mg daily."
)


@pytest.mark.parametrize(
    ("scope", "then", "named"),
    [
        ("For adults and children 10 years of age or older.", "Anxiety", ["Migraine", "Migraine", "Anxiety"]),
        ("", "Anxiety", ["Migraine", "Migraine", "Anxiety"]),
        ("For adults.", "Renal Impairment", ["Migraine", "Migraine", "Heart Failure"]),
        ("For adults.", "General Considerations", ["Migraine", "Migraine", "Heart Failure"]),
        # a section that says more is over nothing but itself
        ("Adults should rest.", "Anxiety", ["Heart Failure", "Heart Failure", "Anxiety"]),
    ],
)
def test_a_heading_with_only_its_scope_is_over_those_beside_it_that_name_no_condition(
    scope: str, then: str, named: list[str]
) -> None:
    assert indications(STAGED.format(scope=scope, then=then))[-3:] == named


def test_the_people_of_such_a_heading_are_those_of_the_ones_beside_it() -> None:
    dosage = STAGED.format(scope="For adults and children 10 years of age or older.", then="Anxiety")
    assert judged(dosage, age="32", indication="migraine") == ["for", "for", "out"]
    assert judged(dosage, age="6") == ["out", "out", "may"]


def test_a_role_for_people_is_no_indication() -> None:
    uses = "As monotherapy or adjunctive therapy in migraine."
    first, second = rows(
        "### Adjunctive Therapy for Adults\n\n5 mg daily.\n\n### Adjunctive Treatment of Migraine\n\n6 mg daily.", uses
    )
    assert (first.indication, first.population, first.qualifier) == (None, "Adults", "Adjunctive Therapy for Adults")
    assert second.indication == "Adjunctive Treatment of Migraine"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (  # a name in capitals after the end of a regimen begins the next row
            "Migraine 30 mg as a single dose Heart failure 10 mg once daily for 3 days Anxiety 12 mg once daily. Rest.",
            [("30 mg", "Migraine"), ("10 mg", "Heart failure"), ("12 mg", "Anxiety")],
        ),
        (  # bands and doses by turns, bands first
            "Weight Dose Under 10 lbs 30 mg 10 to 15 lbs 200 mg 16 to 25 lbs 400 mg over 25 lbs 800 mg",
            [
                ("30 mg", "Under 10 lbs"),
                ("200 mg", "10 to 15 lbs"),
                ("400 mg", "16 to 25 lbs"),
                ("800 mg", "over 25 lbs"),
            ],
        ),
        # no rows: words that are no names, names within a sentence
        ("Take 10 mg once daily Tablets 5 mg are available.", [(None, None)]),
        ("Give 5 mg once daily in Migraine 30 mg tablets.", [("5 mg", None)]),
    ],
)
def test_the_rows_of_a_table_in_one_line_are_told_apart(text: str, found: list[tuple[str, str | None]]) -> None:
    read = rows(text)
    assert [(row.dose and row.dose.text, row.indication or row.qualifier) for row in read][: len(found)] == found


@pytest.mark.parametrize(
    "text",
    [
        "2.5 mg once daily 2 to 5 years 5 mg once daily 6 to 11 years 10 mg once daily 12 years and older",
        "2.5 mg 10 to 20 kg 5 mg 20 to 30 kg 7.5 mg over 30 kg",
        "Weight 10 to 20 kg 20 to 30 kg over 30 kg Dose 2.5 mg 5 mg 7.5 mg",
    ],
)
def test_of_bands_and_doses_that_cannot_be_told_apart_none_is_anybodys(text: str) -> None:
    (row,) = rows(text)
    assert (row.dose, row.age, row.weight) == (None, None, None)
    assert row.unsure == "it is from a table whose columns are lost"
    assert rows("Give 2.5 mg to children 2 to 5 years, 5 mg to those 6 to 11 years.")[0].dose is not None


def test_a_title_with_its_own_text_is_not_over_the_table_after_the_next_caption() -> None:
    dosage = (
        "**Children under 2 years with a catheter:** Treatment should be continued for at least 1 month.\n\n"
        "Table 3: Dosage by Weight\n\n| Body Weight | Dose |\n|---|---|\n| 12 to 19.9 kg | 2 mg twice daily |\n"
    )
    row = rows(dosage)[-1]
    assert (row.population, row.age, row.dose and row.dose.text) == (None, None, "2 mg")


def test_a_title_of_people_before_a_heading_goes_on_up_to_the_next_one() -> None:
    dosage = (
        "**Dosage and Administration in Adults:**\n\n### Single Dose\n\nMigraine: 150 mg once.\n\n"
        "**Lung cancer:** The dose is 200 mg once daily.\n\n"
        "**Dosage and Administration in Children:** The following scheme should give about the same exposure in "
        "children and adults:\n\n"
        "| Pediatric Patients | Adults |\n|---|---|\n| 3 mg/kg | 100 mg |\n\n"
        "Doses exceeding 600 mg a day are not recommended.\n\n**Lung cancer:** Give 6 mg/kg once daily.\n\n"
        "**Dosage in Patients with Impaired Renal Function:** Halve the dose.\n"
    )
    whom = {row.text: row.population for row in rows(dosage)}
    assert whom["150 mg once."] == whom["The dose is 200 mg once daily."] == "Adults"
    assert whom["Doses exceeding 600 mg a day are not recommended."] == whom["Give 6 mg/kg once daily."] == "Children"
    assert whom["Halve the dose."] == "Dosage in Patients with Impaired Renal Function"


def test_a_heading_of_two_groups_of_people_is_no_indication() -> None:
    dosage = "### Pediatric and Adolescent Patients\n\nThe dose is 5 mg once daily.\n"
    (row,) = rows(dosage, "Migraine in pediatric and adolescent patients.")
    assert (row.population, row.indication) == ("Pediatric and Adolescent Patients", None)


def test_a_title_that_has_run_into_the_sentence_after_it_is_its_label() -> None:
    dosage = (
        "Migraine with aura The recommended initial dose is 10 mg once daily. Doses above 200 mg were not studied. "
        "Lung cancer The recommended initial dose is 20 mg once daily.\n"
    )
    assert [(row.dose.text, row.indication) for row in rows(dosage) if row.dose] == [
        ("10 mg", "Migraine with aura"),
        ("20 mg", "Lung cancer"),
    ]
    assert [row.text for row in rows("For migraine of The Hague 5 mg is given.")] == [
        "For migraine of The Hague 5 mg is given."
    ]
