"""Drugs beside each other: sections that line up, and what monographs say of each other."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from druginfo.answers.compare import compare
from druginfo.answers.interactions import Interactions, interactions
from druginfo.classes import wordings
from druginfo.classes.abbreviations import definitions
from druginfo.classes.profile import Names, Spelled
from druginfo.classes.roles import role_mentions
from druginfo.errors import Absent, NotFound, Usage
from druginfo.library import Library
from druginfo.model import Statement
from druginfo.render.text import text as render
from druginfo.terminal import Screen

TODAY = date(2026, 1, 1)
ALPHA = """---
title: Alfacitinib
classes: [Janus kinase (JAK) inhibitor]
faqs:
  - q: May I take Zumprol with it?
    a: Only at a lower dose.
---

## Boxed Warning

- **Mortality:** More deaths were seen with another JAK inhibitor than with TNF blockers.

## Alternate Names

- **Brand Names:** Alfarin, Restore

## How It Works

- **Mechanism of Action:** Blocks Janus kinases. JAK inhibitors lower cytokine signals.

## Dosage

### Standard Dosage

#### Adults

- **Rheumatoid Arthritis (RA):** 2 mg orally once daily.
- **Alopecia Areata:** 4 mg orally once daily.

#### Special Cases

- **With Zumprol:**
    - Recommended dose 4 mg: Reduce to 2 mg.

## Contraindications

- Use with Kappamab is contraindicated.

## Drug Interactions

- **Strong CYP3A4 inhibitors (e.g., ketoconazole):** Halve the dose.
- **Combined P-gp and strong CYP3A4 inhibitors:** Avoid.
- **Other JAK inhibitors, biologic DMARDs:** Not recommended.
- **Oral anticoagulants:** No change. Not studied with Zumprol sodium.
- **Ethinyl estradiol:** No change.

| Drug | Effect |
|---|---|
| Deltafarin | none seen |
"""
BETA = """---
title: Betacitinib
classes: [JAK inhibitor, Disease-modifying antirheumatic drug (DMARD)]
---

## Uses and indications

- Active rheumatoid arthritis

## Adverse reactions

- Headache

## Dosage

### Standard Dosage

#### Adults

- **RA:** 5 mg orally twice daily.

## Drug Interactions

We restore balance. Nothing of note.
"""
GAMMA = """---
title: Gammazole
description: Azole.
classes: [Azole antifungal]
aliases: [Zumprol]
---

## How It Works

- **Mechanism of Action:** It strongly inhibits CYP3A4 and is a substrate of OATP1B1. It does not inhibit P-gp.

## Drug Interactions

- **Quinine:** Although it is a strong CYP2D6 inhibitor, no change.
"""
DELTA = "---\ntitle: Deltafarin\ndescription: Oral agent.\nclasses: [Anticoagulant]\n---\n\n## Usage\n\nClots.\n"
EPSILON = "---\ntitle: Estradiol\nclasses: [Estrogen]\n---\n\n## Usage\n\nMenopause.\n"
KAPPA = "---\ntitle: Kappamab\nclasses: [Monoclonal antibody, Biologic DMARD]\n---\n\n## Usage\n\nArthritis.\n"
LONE = "---\ntitle: Insulin glargine\n---\n\n## Usage\n\nDiabetes.\n"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    texts = {"alfacitinib": ALPHA, "betacitinib": BETA, "gammazole": GAMMA, "deltafarin": DELTA, "estradiol": EPSILON}
    texts |= {"kappamab": KAPPA, "insulin-glargine": LONE}
    for slug, text in texts.items():
        (tmp_path / f"{slug}.md").write_text(text, "utf-8")
    return Library([tmp_path])


def said(library: Library, one: str, other: str) -> list[Statement]:
    (pair,) = interactions(library, [one, other]).pairs
    return list(pair.statements)


# ---------------------------------------------------------------- interactions


def pair_of(directory: Path, one: str, other: str) -> list[Statement]:
    """What two monographs, One and Other, say of each other."""
    for slug, text in (("one", one), ("other", other)):
        (directory / f"{slug}.md").write_text(text, "utf-8")
    (pair,) = interactions(Library([directory]), ["one", "other"]).pairs
    return list(pair.statements)


def interacting(title: str, classes: str, *lines: str, aliases: str = "") -> str:
    head = f"---\ntitle: {title}\nclasses: [{classes}]\naliases: [{aliases}]\n---\n\n## Drug Interactions\n\n"
    return head + "\n".join(f"- {line}" for line in lines) + "\n"


def test_an_ingredient_of_a_combination_by_any_of_its_names(tmp_path: Path) -> None:
    combination = interacting("Other", "Antibiotic", "None.", aliases="trimethoprim and sulfamethoxazole, Other-tabs")
    (found,) = pair_of(tmp_path, interacting("One", "Diuretic", "Heparin, trimethoprim: Hyperkalemia."), combination)
    assert (found.via, found.mentions) == ("name", ("trimethoprim",))


@pytest.mark.parametrize(
    ("said", "classes", "mentioned"),
    [
        ("Renin-angiotensin system antagonists (valsartan): Toxicity.", "ACE inhibitor", True),
        ("Renin-angiotensin system antagonists (valsartan): Toxicity.", "Beta blocker", False),
        ("RAS inhibitors: Toxicity.", "Angiotensin II receptor blocker (ARB)", True),
        ("PDE5 inhibitors: Low blood pressure.", "Phosphodiesterase type 5 (PDE5) inhibitor", True),
        ("Neuroleptics: Drowsiness.", "Atypical antipsychotic", True),
        ("Penicillins and other beta-lactams: Higher levels.", "Cephalosporin antibacterial", True),
        ("Insulin: Decrease insulin by 10%.", "Long-acting insulin", True),
        ("Insulin secretagogues: Reduce their dose.", "Long-acting insulin", False),
        ("Coumarin-type anticoagulants: Bleeding.", "Anticoagulant", False),
        ("Coumarin-type anticoagulants: Bleeding.", "Coumarin anticoagulant", True),
        ("Thiazide-like diuretics: Low sodium.", "Loop diuretic", False),
        ("Thiazolam, CYP3A4 substrates: Not affected.", "CYP3A4 substrate", False),
    ],
)
def test_classes_in_all_their_wordings(tmp_path: Path, said: str, classes: str, mentioned: bool) -> None:
    found = pair_of(tmp_path, interacting("One", "Mood stabilizer", said), interacting("Other", classes, "None."))
    assert bool(found) is mentioned


def test_a_class_with_its_abbreviation_in_brackets_is_quoted_whole(tmp_path: Path) -> None:
    one = interacting("One", "Antibiotic", "Angiotensin converting enzyme (ACE) inhibitors: High potassium.")
    (found,) = pair_of(tmp_path, one, interacting("Other", "Angiotensin-converting enzyme (ACE) inhibitor", "None."))
    assert found.mentions == ("Angiotensin converting enzyme (ACE) inhibitors",)


def test_what_a_text_denies_by_name_comes_before_its_rule_by_role(tmp_path: Path) -> None:
    """Of levels only: no dose adjustment is no word on the QT interval, and what another text says keeps its place."""
    other = interacting("Other", "Strong CYP3A4 inhibitor, Macrolide", "CYP3A4 substrates: Their levels rise.")
    other = other.replace("---\n\n", "roles: [strong CYP3A4 inhibitor, QT]\n---\n\n", 1)
    rule = "Strong CYP3A4 inhibitors: Reduce the dose by half."
    found = pair_of(tmp_path, interacting("One", "Anticoagulant", rule, "Other: No dose adjustment."), other)
    assert [each.text for each in found[:2]] == ["Other: No dose adjustment.", rule]
    heart = "Drugs that prolong the QT interval: Fatal arrhythmia."
    found = pair_of(tmp_path, interacting("One", "Anticoagulant", heart, "Other: No dose adjustment."), other)
    assert [each.text for each in found] == [heart, "Other: No dose adjustment."]


def test_a_mention_by_any_name_is_quoted_whole_with_its_place(library: Library) -> None:
    found = said(library, "alfacitinib", "gammazole")
    named = {(s.section, s.text) for s in found if s.via == "name"}
    assert (
        "dosage/standard-dosage/special-cases",
        "- With Zumprol:\n  - Recommended dose 4 mg: Reduce to 2 mg.",
    ) in named
    assert ("drug-interactions", "Oral anticoagulants: No change. Not studied with Zumprol sodium.") in named
    lines = ALPHA.split("\n")
    for statement in found:
        if statement.section != "faq":
            assert any(mention in lines[statement.line - 1] for mention in statement.mentions)


def test_a_question_counts_where_the_body_is_silent(library: Library) -> None:
    assert any(s.section == "faq" for s in said(library, "alfacitinib", "gammazole"))


def test_danger_comes_first_then_interactions(library: Library) -> None:
    found = said(library, "kappamab", "alfacitinib")
    assert [s.section for s in found] == ["contraindications", "drug-interactions"]
    assert [s.via for s in found] == ["name", "class"]


def test_other_drugs_of_the_own_class(library: Library) -> None:
    (statement,) = said(library, "alfacitinib", "betacitinib")
    assert statement.text == "Other JAK inhibitors, biologic DMARDs: Not recommended."
    assert statement.mentions == ("JAK inhibitors",)


def test_a_qualified_class_is_not_its_parent(library: Library) -> None:
    """Betacitinib is a DMARD, not a biologic one; Kappamab is."""
    assert "biologic DMARDs" in said(library, "alfacitinib", "kappamab")[-1].mentions
    assert all("DMARD" not in m for s in said(library, "alfacitinib", "betacitinib") for m in s.mentions)


def test_enzyme_roles_are_the_monographs_own(library: Library) -> None:
    found = [s for s in said(library, "alfacitinib", "gammazole") if s.via == "role"]
    assert [s.text for s in found] == ["Strong CYP3A4 inhibitors (e.g., ketoconazole): Halve the dose."]


def test_another_drugs_name_around_it_is_another_drug(library: Library) -> None:
    assert said(library, "alfacitinib", "estradiol") == []


def test_table_rows_are_quoted_under_their_header(library: Library) -> None:
    found = said(library, "alfacitinib", "deltafarin")
    assert "Drug | Effect\nDeltafarin | none seen" in [s.text for s in found]
    assert any(s.mentions == ("Oral anticoagulants",) for s in found)


def test_a_brand_that_is_a_word_is_that_word_in_lower_case(library: Library) -> None:
    assert not any(s.slug == "betacitinib" for s in said(library, "alfacitinib", "betacitinib"))


def test_silence_is_not_safety(library: Library) -> None:
    answer = interactions(library, ["deltafarin", "estradiol"])
    assert [pair.status for pair in answer.pairs] == ["not_listed"]
    text = render(answer, Screen(width=80), TODAY)
    assert "not evidence that they can be combined" in " ".join(text.split())
    assert "safe" not in text.lower()


def test_unknown_absent_and_inexact_names_are_errors(library: Library) -> None:
    with pytest.raises(Absent):
        interactions(library, ["alfacitinib", "warfarin"])
    with pytest.raises(NotFound):
        interactions(library, ["alfacitinib", "betacitini"])
    with pytest.raises(NotFound):
        interactions(library, ["alfacitinib", "xyzzy"])


@pytest.mark.parametrize("names", [["alfacitinib"], ["alfacitinib", "Alfarin"], ["alfacitinib"] * 11])
def test_wrong_numbers_of_drugs(library: Library, names: list[str]) -> None:
    with pytest.raises(Usage):
        interactions(library, names)


def test_a_name_of_two_words_is_in_two_arguments(library: Library) -> None:
    answer = interactions(library, ["insulin", "glargine", "deltafarin"])
    assert [match.slug for match in answer.drugs] == ["insulin-glargine", "deltafarin"]


def test_ten_drugs_are_forty_five_pairs_in_one_table(tmp_path: Path) -> None:
    for number in range(10):
        text = f"---\ntitle: Drug{number}\n---\n\n## Drug Interactions\n\n- Drug{(number + 1) % 10}: Avoid.\n"
        (tmp_path / f"d{number}.md").write_text(text, "utf-8")
    answer = interactions(Library([tmp_path]), [f"Drug{n}" for n in range(10)])
    assert len(answer.pairs) == 45
    assert sum(pair.status == "listed" for pair in answer.pairs) == 10
    text = render(answer, Screen(width=100), TODAY)
    assert text.count("not listed") == 35


def test_each_statement_is_there_once_and_in_the_file(library: Library) -> None:
    answer: Interactions = interactions(library, ["alfacitinib", "betacitinib", "gammazole", "deltafarin", "kappamab"])
    for pair in answer.pairs:
        texts = [(s.slug, s.text) for s in pair.statements]
        assert len(texts) == len(set(texts))
        for statement in pair.statements:
            assert all(mention in statement.text for mention in statement.mentions)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="CYP3A4 strong,inhibitors of/and()JAKs-gp.\n*", max_size=80))
def test_no_text_breaks_the_reading_of_classes(text: str) -> None:
    for mention in role_mentions(text):
        assert 0 <= mention.start < mention.end <= len(text)
    list(definitions(text))
    assert () not in wordings([text])


@pytest.mark.parametrize(
    ("given_class", "meant"),
    [
        ("Nonsteroidal anti-inflammatory drug (NSAID)", "NSAIDs"),
        ("Angiotensin-converting enzyme (ACE) inhibitor", "ACE inhibitors"),
        ("Direct oral anticoagulant", "anticoagulants"),
        ("Second-generation antipsychotic", "antipsychotics"),
        ("HMG-CoA reductase inhibitor", "statins"),
        ("Janus Kinase Inhibitor [EPC]", "Janus kinase inhibitors"),
    ],
)
def test_wordings_of_a_class(given_class: str, meant: str) -> None:
    from druginfo.classes import phrase

    assert phrase(meant) in wordings([given_class])


@pytest.mark.parametrize("given_class", ["Direct oral anticoagulant", "Strong CYP3A4 inhibitor", "Thyroid hormone"])
def test_no_class_is_called_by_a_head_alone(given_class: str) -> None:
    assert not {("inhibitor",), ("hormone",), ("oral",), ("direct",)} & wordings([given_class])


def test_abbreviations_as_texts_define_them() -> None:
    found = {(d.short, d.long) for d in definitions("alopecia areata (AA), rheumatoid arthritis (RA) and others (see)")}
    assert found == {("AA", "alopecia areata"), ("RA", "rheumatoid arthritis")}


def pair(root: Path, one: str, other: str, text: str, classes: str, more: str = "") -> list[Statement]:
    """What a monograph with this text of interactions says of a drug of these classes."""
    (root / "onemycin.md").write_text(
        f"---\ntitle: {one}\nclasses: [Macrolide antibacterial]\n---\n\n{text}\n", "utf-8"
    )
    (root / "otherine.md").write_text(
        f"---\ntitle: {other}\nclasses: [{classes}]\n---\n\n{more or '## Usage'}\n", "utf-8"
    )
    return [s for s in said(Library([root]), one, other) if s.slug == "onemycin"]


@pytest.mark.parametrize(
    ("text", "classes", "mention"),
    [
        ("- Non-potassium-sparing diuretics (loop diuretics): Avoid.", "Potassium-sparing diuretic", None),
        ("- Non potassium-sparing diuretics: Avoid.", "Potassium-sparing diuretic", None),
        ("- Non-potassium-sparing diuretics (loop diuretics): Avoid.", "Loop diuretic", "loop diuretics"),
        ("- Non-opioid analgesics: Avoid.", "Opioid analgesic", None),
        ("- Nonsteroidal anti-inflammatory drugs: Avoid.", "NSAID", "Nonsteroidal anti-inflammatory drugs"),
        ("- Diuretics other than loop diuretics: Avoid.", "Thiazide diuretic", "Diuretics"),
        ("- Antibiotics except for fluoroquinolones: Avoid.", "Fluoroquinolone", None),
        ("- TNF-alpha blockers: Avoid.", "Alpha blocker", None),
        ("- TNF-alpha blockers: Avoid.", "Tumor necrosis factor (TNF) blocker", "TNF-alpha blockers"),
        ("- Narcotic analgesics: Avoid.", "Analgesic", None),
        ("- Other beta-lactam antibacterials: Avoid.", "Nitrofuran antibacterial", None),
        ("- Warfarin: The anticoagulant effect may rise.", "Anticoagulant", None),
        ("- Aminoglycoside antibiotics: Avoid.", "Fluoroquinolone antibiotic", None),
        ("- Aminoglycoside antibiotics: Avoid.", "Aminoglycoside antibiotic", "Aminoglycoside antibiotics"),
        ("- Tetracycline antibiotics: Avoid.", "Penicillin antibacterial", None),
        ("- Naloxegol: Opioid withdrawal.", "Opioid analgesic", None),
        ("- Mixed agonist/antagonist opioids: Avoid.", "Estrogen agonist/antagonist", None),
        ("- Insulin, oral hypoglycemics: Monitor.", "Oral biguanide", "oral hypoglycemics"),
        ("- Insulin: Hypoglycemic episodes.", "Biguanide", None),
        ("- Thiazides, oral hypoglycemic agents: Monitor.", "Oral sulfonylurea", "oral hypoglycemic agents"),
        ("- Antidiabetic drugs: Monitor.", "GLP-1 receptor agonist", "Antidiabetic drugs"),
        ("- Antihypertensives: Monitor.", "Beta blocker", "Antihypertensives"),
        ("- Coumarins: Monitor.", "Vitamin K antagonist", "Coumarins"),
        ("- Other antithrombotics: Monitor.", "P2Y12 platelet inhibitor", "antithrombotics"),
        ("- Immunosuppressants: Monitor.", "Antimetabolite immunosuppressant", "Immunosuppressants"),
        ("- Other macrolides: Avoid.", "Macrolide antibacterial", "macrolides"),
        ("- Macrolides: Avoid another one.", "Macrolide antibacterial", "Macrolides"),
        ("- Digoxin: The macrolide may raise its level.", "Macrolide antibacterial", None),
        ("- Digoxin: Its level rose with macrolides.", "Macrolide antibacterial", None),
    ],
)
def test_a_class_is_meant_or_is_not(tmp_path: Path, text: str, classes: str, mention: str | None) -> None:
    found = pair(tmp_path, "Onemycin", "Otherine", f"## Drug Interactions\n\n{text}", classes)
    assert [m for s in found for m in s.mentions] == ([mention] if mention else [])


def test_what_was_tried_before_is_no_advice(tmp_path: Path) -> None:
    usage = "## Usage\n\n- Arthritis after an inadequate response to other NSAIDs.\n- Heart failure, added to NSAIDs.\n"
    (found,) = pair(tmp_path, "Onemycin", "Otherine", usage, "NSAID")
    assert "added" in found.text


@pytest.mark.parametrize(
    ("effects", "said_of"),
    [
        ("## Side Effects\n\n- QT prolongation, torsade de pointes", True),
        ("## Precautions\n\n- **QT Prolongation:** Avoid in long QT syndrome.", True),
        ("## Side Effects\n\n- No QT prolongation was seen.", False),
        ("## Precautions\n\n- Pimozide: levels rise, with QT prolongation.", False),
        ("## Side Effects\n\n- Nausea", False),
    ],
)
@pytest.mark.parametrize(
    "text",
    [
        "Other QT-prolonging drugs: Avoid.",
        "Drugs that prolong the QT interval: Avoid.",
        "Drugs known to prolong QTc: Avoid.",
        "QT-prolonging antipsychotics (e.g., pimozide): Avoid.",
    ],
)
def test_drugs_that_prolong_the_qt_interval(tmp_path: Path, text: str, effects: str, said_of: bool) -> None:
    interactions_ = f"## Drug Interactions\n\n- {text}"
    found = pair(tmp_path, "Onemycin", "Otherine", interactions_, "Atypical antipsychotic", effects)
    assert bool(found) is said_of


def test_what_is_under_a_line_in_bold_is_quoted_with_it(tmp_path: Path) -> None:
    text = "## Drug Interactions\n\n**Otherine**\n\nHalve the dose.\n\n**Digoxin**\n\nNo change.\n"
    (found,) = pair(tmp_path, "Onemycin", "Otherine", text, "Antifungal")
    assert found.text == "Otherine\nHalve the dose."


def test_a_row_over_what_is_said_of_it_is_quoted_with_it(tmp_path: Path) -> None:
    """Most labels set their interactions so: a row names the drugs, those under it the effect and what to do."""
    rows = (
        ("Strong CYP3A4 Inducers", ""),
        ("Clinical Impact:", "Its levels fall."),
        ("Intervention:", "Concomitant use is not recommended."),
        ("Examples:", "Otherine, phenytoin"),
        ("Anticoagulants", ""),
        ("Clinical Impact:", "Bleeding."),
        ("Intervention:", "Monitor the INR."),
    )
    text = "## Drug Interactions\n\n|  |  |\n|---|---|\n" + "\n".join(f"| {a} | {b} |" for a, b in rows) + "\n"
    (found,) = pair(tmp_path, "Onemycin", "Otherine", text, "Antiepileptic")
    assert found.text.splitlines() == [" | ".join(filter(None, row)) for row in rows[:4]]
    assert (found.via, found.mentions, found.danger) == ("name", ("Otherine",), "avoid")


# ---------------------------------------------------------------- compare


def test_sections_line_up_by_topic_not_by_wording(library: Library) -> None:
    answer = compare(library, ["betacitinib", "alfacitinib"])
    titles = {row.key: [entry.text is not None for entry in row.entries] for row in answer.sections}
    assert titles["uses-and-indications"] == [True, False]
    assert titles["dosage"] == [True, True]
    assert titles["drug-interactions"] == [True, True]
    assert titles["contraindications"] == [False, True]


def test_nothing_of_a_section_is_left_out(library: Library) -> None:
    answer = compare(library, ["alfacitinib", "kappamab"])
    shown = "\n".join(
        entry.text or "" for row in answer.sections for entry in row.entries if entry.slug == "alfacitinib"
    )
    for section in library.open("alfacitinib").sections:
        assert section.text in shown


def test_doses_line_up_by_indication_abbreviated_or_not(library: Library) -> None:
    answer = compare(library, ["alfacitinib", "betacitinib"], "dose")
    first = answer.sections[0]
    assert [entry.text is not None for entry in first.entries] == [True, True]
    assert "2 mg orally once daily" in (first.entries[0].text or "")
    assert "5 mg orally twice daily" in (first.entries[1].text or "")


def test_what_is_said_of_no_indication_comes_after_the_indications(library: Library) -> None:
    keys = [row.key for row in compare(library, ["alfacitinib", "betacitinib"], "dose").sections]
    assert keys == ["dosage/rheumatoid-arthritis-ra", "dosage/alopecia-areata", "dosage"]


@pytest.mark.parametrize("width", [40, 80, 140])
def test_what_one_lacks_is_said_in_words(library: Library, width: int) -> None:
    answer = compare(library, ["alfacitinib", "betacitinib"], "contraindications")
    text = render(answer, Screen(width=width), TODAY)
    assert "Not in this monograph." in text
    assert "contraindicated" in text
    assert max(map(len, text.split("\n"))) <= width


def test_a_topic_keeps_the_headings_of_its_sections(tmp_path: Path) -> None:
    text = "## Side Effects\n\n- Kidney failure.\n\n## Drug Interactions\n\n- NSAIDs: Kidney function may worsen.\n"
    for name in ("oneaxil", "otheraxil"):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name.title()}\n---\n\n{text}", "utf-8")
    (row,) = compare(Library([tmp_path]), ["oneaxil", "otheraxil"], "kidney").sections
    assert row.entries[0].text == (
        "Side Effects:\n- Kidney failure.\nDrug Interactions:\n- NSAIDs: Kidney function may worsen."
    )


def test_a_section_that_none_has(library: Library) -> None:
    with pytest.raises(NotFound):
        compare(library, ["deltafarin", "kappamab"], "alcohol")
    with pytest.raises(NotFound):
        compare(library, ["deltafarin", "kappamab"], "xyzzy plugh")


def test_five_are_too_many(library: Library) -> None:
    with pytest.raises(Usage):
        compare(library, ["alfacitinib", "betacitinib", "gammazole", "deltafarin", "kappamab"])


def test_of_a_long_passage_the_sentences_with_the_mention(tmp_path: Path) -> None:
    filler = "This sentence speaks of nothing that matters here. " * 30
    text = f"---\ntitle: Longumab\n---\n\n## Drug Interactions\n\n{filler}Avoid Shortine. {filler}\n"
    (tmp_path / "longumab.md").write_text(text, "utf-8")
    (tmp_path / "shortine.md").write_text("---\ntitle: Shortine\n---\n\n## Usage\n\nNone.\n", "utf-8")
    (statement,) = said(Library([tmp_path]), "longumab", "shortine")
    assert statement.text == "Avoid Shortine."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Co-trimoxazole or cotrimoxazole", ["Co-trimoxazole", "cotrimoxazole"]),
        ("co trimoxazole, CO\u2010TRIMOXAZOLE.", ["co trimoxazole", "CO\u2010TRIMOXAZOLE"]),
        ("co, trimoxazole; co_trimoxazole; co    trimoxazole", []),
        ("cotrimoxazoles and alphacotrimoxazole", []),
        ("Restore restores; restore it", ["Restore"]),  # a brand that is an ordinary word in small letters
        ("insulin aspart protamine", ["insulin aspart protamine"]),  # not the shorter name
        ("insulin aspart", ["insulin aspart"]),
    ],
)
def test_a_name_is_found_however_its_words_are_joined(text: str, found: list[str]) -> None:
    names = Names(["insulin aspart protamine", "insulin aspart", "co trimoxazole", "Restore"])
    spelled = Spelled.of(text)
    places = [(spelled.places[at][0], spelled.places[after - 1][1]) for at, after in names.places(spelled)]
    assert [text[start:end] for start, end in places] == found
    assert all(map(names.has, found))
    assert not names.has(f"{text} too")


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("The chance is higher if you take a blood thinning (anticoagulant) drug more often than directed.", True),
        ("The risk of bleeding is higher in patients who take anticoagulants.", True),
        ("Patients on anticoagulants may bleed.", True),
        ("It was more effective than anticoagulants.", False),
    ],
)
def test_what_comes_of_taking_a_class_is_said_of_its_drugs(tmp_path: Path, text: str, is_told: bool) -> None:
    (tmp_path / "longumab.md").write_text(f"---\ntitle: Longumab\n---\n\n## Precautions\n\n{text}\n", "utf-8")
    (tmp_path / "warfarin.md").write_text("---\ntitle: Warfarin\n---\n\n## Usage\n\nNone.\n", "utf-8")
    assert bool(said(Library([tmp_path]), "longumab", "warfarin")) is is_told


def test_a_thiazide_is_a_thiazide_diuretic(tmp_path: Path) -> None:
    text = "Administration of thiazide diuretics to patients who are concurrently treated may cause hypercalcemia."
    (tmp_path / "longumab.md").write_text(f"---\ntitle: Longumab\n---\n\n## Precautions\n\n{text}\n", "utf-8")
    (tmp_path / "hydrochlorothiazide.md").write_text(
        "---\ntitle: Hydrochlorothiazide\n---\n\n## Usage\n\nNone.\n", "utf-8"
    )
    assert said(Library([tmp_path]), "longumab", "hydrochlorothiazide")


@pytest.mark.parametrize(
    ("drug", "wording"),
    [
        ("Gemfibrozil", "fibrates"),
        ("Clonidine", "alpha2-adrenergic agonists"),
        ("Tizanidine", "α2-adrenergic agonists"),
        ("Dexmedetomidine", "central alpha-2 agonists"),
        ("Pseudoephedrine", "sympathomimetic amines"),
        ("Rocuronium", "neuromuscular blocking agents"),
        ("Granisetron", "5-HT3 antagonists"),
        ("Celecoxib", "selective COX-2 inhibitors"),
        ("Cholestyramine", "bile acid binding resins"),
        ("Tofacitinib", "JAK inhibitors"),
        ("Tamsulosin", "alpha blockers"),
    ],
)
def test_a_drug_without_a_class_of_its_own_has_that_of_its_name(tmp_path: Path, drug: str, wording: str) -> None:
    (tmp_path / "longumab.md").write_text(
        f"---\ntitle: Longumab\n---\n\n## Precautions\n\nAvoid use with {wording}.\n", "utf-8"
    )
    (tmp_path / "other.md").write_text(f"---\ntitle: {drug}\n---\n\n## Usage\n\nNone.\n", "utf-8")
    assert said(Library([tmp_path]), "longumab", drug.lower())
