"""The linter: what it finds, what it lets be, how it sorts, and that nothing breaks it."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from druginfo.answers.check import Finding
from druginfo.check import check, codes, gather, rules, summary
from druginfo.check.document import read
from druginfo.cli import run
from druginfo.cli.progress import Bar
from druginfo.errors import Failed, Unreadable, Usage
from druginfo.render.schemas import schema

SHIPPED = Path(__file__).parents[1] / "monographs"

EXPORT = """\
---
title: Examplinib
description: >-
  - **Medical Conditions:** Examplinib is prescribed for the treatment of
  rheumatoid arthritis in adults who have had an inadequ...
is_banned: false
lastModified: '2025-09-22T17:21:52.345Z'
faqs:
  - q: >-
      Is Examplinib safe during pregnancy?**


      **A:** No. It is contraindicated during pregnancy.
    a: >-
      A:** No. It is contraindicated during pregnancy.
---
## **Usage**

- **Pharmacological Classification:** Janus kinase (JAK) inhibitor.

## **Dosage**

#### **Special Cases:**

- **Patients with Renal Impairment:** Dose adjustments are necessary.
    - Severe impairment (eGFR <30 mL/min/1.73 m²): Not recommended.
- **Patients with Hepatic Dysfunction:** No adjustment needed for mild or moderate impairment. Not recommended for severe impairment.

## **Contraindications**

- Pregnancy

## **Precautions**

- **General Precautions:** Evaluate for hepatitis B/C before treatment. Monitor blood counts, liver and renal function.

## **FAQs (Frequently Asked Questions)**

### **Q1: Is Examplinib safe during pregnancy?**

**A:** No. It is contraindicated during pregnancy. It is best to
    - ask early
    - ask often
"""  # noqa: E501


def found_in(text: str, select: str = "", slug: str = "example", directory: Path | None = None) -> list[Finding]:
    assert directory is not None
    path = directory / f"{slug}.md"
    path.write_text(text, encoding="utf-8")
    return list(check([(path.name, path)], select=codes([select])).findings)


def body(text: str) -> str:
    return f"---\ntitle: Example\n---\n\n{text}\n"


@pytest.fixture
def lint(tmp_path):
    return lambda text, select="", slug="example": [f.code for f in found_in(text, select, slug, tmp_path)]


# ---------------------------------------------------------------- what it finds


def test_faults_of_an_export(tmp_path):
    found = found_in(EXPORT, slug="examplinib", directory=tmp_path)
    placed = {(f.line, f.code) for f in found}
    swallowed = EXPORT.split("\n").index("    - ask early") + 1
    assert {(3, "F113"), (9, "Q301"), (14, "Q302"), (1, "F117"), (swallowed, "R403")} <= placed
    assert {(26, "C601"), (27, "C602")} <= placed
    assert {f.level for f in found if f.code in ("F113", "Q301", "Q302", "C601", "C602")} == {"error"}


@pytest.mark.slow
def test_shipped_monographs_have_no_error():
    found = check(*gather([str(SHIPPED)]))
    assert found.files >= 60
    assert [f for f in found.findings if f.level == "error"] == []


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"---\ntitle: A\n---\n\n5 \xb5g\n", 5),
        (b"---\ntitle: [A\n---\n", 3),
        (b"\n---\ntitle: A\n", 2),
        (b"---\n- a\n- b\n---\n", 2),
    ],
)
def test_unreadable_file_is_an_error_with_its_line(content, line, tmp_path):
    (tmp_path / "a.md").write_bytes(content)
    (found,) = check([("a.md", tmp_path / "a.md")]).findings
    assert (found.code, found.level) == ("U001", "error")
    assert abs(found.line - line) <= 1


def test_file_that_the_library_leaves_out_is_an_error(tmp_path):
    for directory in ("one", "two"):
        (tmp_path / directory).mkdir()
        (tmp_path / directory / "apixaban.md").write_text("---\ntitle: Apixaban\n---\n")
    found = check(*gather([str(tmp_path)]), select=["U"])
    assert found.files == 1
    assert [(f.path, f.code) for f in found.findings] == [(str(tmp_path / "two" / "apixaban.md"), "U002")]


REFUSED = "## Dosage\n\n### Special Cases\n\n- **Patients with {who}:** {what}\n\n## {place}\n\n- {named}"


@pytest.mark.parametrize(
    ("who", "what", "named", "expected"),
    [
        ("Renal Impairment", "Severe: Contraindicated.", "Bleeding", ["C601"]),
        ("Renal Impairment", "Severe: Contraindicated.", "Mild renal impairment needs no change", ["C601"]),
        ("Renal Impairment", "Severe: Contraindicated.", "Watch renal function", ["C601"]),
        ("Renal Impairment", "Severe: Contraindicated.", "Renal impairment", []),
        ("Renal Impairment", "Severe: Contraindicated.", "**Renal Impairment:** Severe refused; mild not", []),
        ("Renal Impairment", "CrCl <15 mL/min: Avoid use.", "Patients on dialysis", []),
        ("Renal Impairment", "CrCl <30 mL/min: Do not give the 875 mg dose.", "Bleeding", []),
        ("Renal Impairment", "CrCl <30 mL/min: 5 mg once daily.", "Bleeding", []),
        ("Hepatic Impairment", "Severe (Child-Pugh C): Avoid use.", "Hepatitis B", ["C602"]),
        ("Hepatic Impairment", "Severe (Child-Pugh C): Avoid use.", "Child-Pugh class C", []),
        ("Hepatic Impairment", "Severe (Child-Pugh C): Avoid use.", "Cirrhosis", []),
        ("Renal Impairment", "Not recommended.", "Bleeding", ["C601"]),
        ("Renal Impairment", "End-stage renal disease: Do not use.", "Bleeding", ["C601"]),
        ("Renal Impairment", "On dialysis: Use is not advised.", "Renal impairment", []),
        ("Renal Impairment", "Severe: Contraindicated.", "Check CrCl yearly", ["C601"]),
        ("Renal Impairment", "Severe: Contraindicated.", "CrCl 30 to 60 mL/min: take care", ["C601"]),
        ("Renal Impairment", "Severe: Contraindicated.", "CrCl <30 mL/min", []),
        ("Renal Impairment", "Severe: Not recommended to exceed 5 mg daily.", "Bleeding", []),
        ("Renal Impairment", "Severe: Doses above 10 mg are not recommended.", "Bleeding", []),
        ("Renal Impairment", "Severe: Avoid doses above 10 mg.", "Bleeding", []),
        ("Renal Impairment", "Severe: A loading dose is not recommended.", "Bleeding", []),
        ("Renal Impairment", "Severe: Not recommended, as no dose was studied.", "Bleeding", ["C601"]),
        ("Renal Impairment", "Severe: Dose not established; do not use.", "Bleeding", ["C601"]),
        ("Hepatic Impairment", "Cirrhosis: Avoid.", "Bleeding", ["C602"]),
    ],
)  # fmt: skip
def test_group_that_dosage_refuses_is_named(who, what, named, expected, lint):
    for place in ("Contraindications", "Precautions"):
        assert lint(body(REFUSED.format(who=who, what=what, place=place, named=named)), "C60") == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("title: FDA label\n    id: x\n    revised: '2020-03-20'", ["F119"]),
        ("title: FDA label\n    id: x\n    revised: '2019'", ["F119"]),
        ("title: FDA label\n    id: x\n    revised: '2021-12-01'", []),
        ("title: FDA label\n    id: x\n    revised: '2021-11'", []),
        ("title: FDA label\n    id: x\n    revised: '2021'", []),
        ("title: FDA label\n    id: x", ["F118"]),
        ("title: FDA label (openFDA drug label record, July 2026)", []),
        ("title: FDA label (openFDA drug label record, July 2020)", ["F119"]),
        ("title: FDA label (openFDA drug label record, spring 2026 or before)", []),
        ("title: FDA label (openFDA drug label record, spring 2020 or before)", ["F119"]),
        ("title: FDA label (openFDA drug label record)\n    url: https://example.org/x", ["F118"]),
        ("id: x\n    revised: soon", ["F118"]),
    ],
)
def test_sources_have_a_date_that_is_not_long_ago(source, expected, lint, monkeypatch):
    class Today(date):
        @classmethod
        def today(cls):
            return cls(2026, 11, 29)

    monkeypatch.setattr("druginfo.check.front_matter.date", Today)
    assert lint(f"---\ntitle: Examplinib\nsources:\n  - {source}\n---\n", "F118,F119") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Smaller people usually get half of that.", ["D512"]),
        ("A further dose may follow after 4 hours.", ["D512"]),
        ("- A further dose may follow after 4 hours.", ["D512"]),
        ("The doses below are for the tablets.", []),
        ("These regimens do not apply to the injection.", []),
        ("Tablets only.", []),
        ("Doses by body weight", []),
        ("Doses are individual.", []),
        ("Take it at the same hour.", []),
        ("Swallow whole with water.", []),
        ("Can be given without regard to meals.", []),
        ("Monitor blood pressure.", []),
        ("- **Renal impairment:** The label gives no dose.", []),
        ("- **Maintenance:** By response.", []),
        ("- Patients under stress: A higher dose.", []),
        ("Higher doses have not been studied.", []),
        ("5 mg orally at bedtime.", []),
    ],
)
def test_plain_line_of_dosage_that_gives_no_row(line, expected, lint):
    text = "## Dosage\n\n### Adults\n\n- **Atrial fibrillation:** 5 mg orally twice daily.\n\n{}\n"
    assert lint(body(text.format(line)), "D51") == expected
    for place in ("Administration", "Dosage Adjustments", "Missed Dose"):
        elsewhere = text.format("- **Stroke:** 5 mg once daily.") + f"\n### {place}\n\n{line}\n"
        assert lint(body(elsewhere), "D512") == []


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (("30 to 59", "60 to 89"), []),
        (("30 to less than 60", "60 to 89"), []),
        ((">30 to 59", ">15 to 29", "15", "<15"), []),
        (("<30", "<45"), []),
        (("<30", ">30"), ["C610"]),
        (("15 to 29", "60 to 89"), ["C610"]),
        (("20 to 50", "30 to 89"), ["C609"]),
        (("15 to 29",), []),
        (("10", "20", "30"), []),
    ],
)
def test_renal_bands(bands, expected, lint):
    rows = "".join(f"    - CrCl {band} mL/min: {5 * n} mg once daily.\n" for n, band in enumerate(bands, 1))
    text = f"## Dosage\n\n### Special Cases\n\n- **Patients with Renal Impairment:**\n{rows}"
    assert lint(body(text), "C609,C610") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0.25 µg daily", ["D502"]), ("5 ug daily", ["D502"]), ("5 mcg; sugar", []),
        ("10U daily", ["D503"]), ("1,000 IU weekly", ["D503"]), ("TSH 0.1 IU/L", []), ("ALT above 40 U/L", []),
        ("vitamin U.S. 5", []), ("10 units", []), ("5-10 U daily", ["D503"]), ("5 i.u. daily", ["D503"]),
        ("5 U.S. centers", []), ("interferon alfa-2 U", []),
        ("5.0 mg", ["D504"]), ("0.50 mg", ["D504"]), ("1.0 to 2.5 g", ["D504"]), ("creatinine 1.0 mg/dL", []),
        ("trough 5.0 ng/mL", []), ("2.0 mg/mL", ["D504"]),
        ("5.05 mg", []), ("INR 2.0", []), ("10 mg", []), ("1.0 tablet", ["D504"]), ("1 tablet", []),
        ("**now:**.5 mg", ["D505"]), ("|.5 mg|", ["D505"]), ("version 1.5.2", []), ("(see it).5", []),
        (".5 mg", ["D505"]), ("up to .25 mL", ["D505"]), ("0.5 mg", []), ("end.5 days", []),
        ("5 mg QD", ["D506"]), ("5 mg q.d.", ["D506"]), ("5 mg qod", ["D506"]), ("5 mg QID", []), ("PQD", []),
        ("1500 mg", ["D507"]), ("10000 units", ["D507"]), ("1,500 mg", []), ("in 2026", []),
        ("10 to 5 mg", ["D511"]), ("5 to 10 mg", []), ("from 10 to 5 mg", []), ("20 mg to 1 g", []),
        ("1,000 to 2,000 mg", []),
    ],
)  # fmt: skip
def test_dangerous_ways_to_write_a_dose(line, expected, lint):
    assert lint(body(f"## Precautions\n\n- Take {line}"), "D502,D503,D504,D505,D506,D507,D511") == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Take 5 mg once.", []),
        ("Take 0.005 g once.", []),
        ("Take 5 to 10 mg.", []),
        ("Take 20 mg once.", ["D509"]),
        ("Aspirin 81 mg is another matter.", []),
        ("Your creatinine is 1.5 mg/dL.", []),
        ("Wait 20 minutes.", []),
    ],
)
def test_dose_in_a_faq_is_in_the_dosage_section(answer, expected, lint):
    faq = f'---\ntitle: Example\nfaqs:\n  - q: How much?\n    a: "{answer}"\n---\n'
    assert lint(faq + "\n## Dosage\n\n- **Adults:** 5 mg once daily. Maximum 10 mg.\n", "D509") == expected


@pytest.mark.parametrize(
    ("contraindications", "faq", "pregnancy", "expected"),
    [
        ("Pregnancy", "No. It is contraindicated.", "Contraindicated.", []),
        ("Bleeding", "No. It is contraindicated.", "Too few data.", ["C607"]),
        ("Pregnancy", "Yes, it is safe.", "Contraindicated.", ["C607"]),
        ("Bleeding", "There are too few data.", "Contraindicated.", ["C608"]),
        ("Bleeding", "It is not contraindicated, but ask first.", "Not contraindicated.", []),
        ("Women who may become pregnant", "No, never.", "Contraindicated.", []),
        ("Pregnancy", "It may be taken during pregnancy if needed.", "Contraindicated.", ["C607"]),
        ("Pregnancy", "Generally safe.", "Contraindicated.", ["C607"]),
        ("Pregnancy", "It is unknown whether it is safe to take in pregnancy.", "Contraindicated.", []),
        ("Bleeding", "You must not take it while pregnant.", "Too few data.", ["C607"]),
    ],
)
def test_sections_agree_on_pregnancy(contraindications, faq, pregnancy, expected, lint):
    text = (
        f'---\ntitle: Example\nfaqs:\n  - q: Is it safe in pregnancy?\n    a: "{faq}"\n---\n\n'
        f"## Contraindications\n\n- {contraindications}\n\n## Pregnancy\n\n- **Pregnancy:** {pregnancy}\n"
    )
    assert lint(text, "C607,C608") == expected


@pytest.mark.parametrize(
    ("slug", "title", "belongs"),
    [
        ("insulin-glargine", "Insulin glargine", True),
        ("amoxicillin-and-clavulanate", "Amoxicillin/clavulanate", True),
        ("warfarin", "Warfarin sodium", True),
        ("paracetamol", "Acetaminophen", False),
        ("metformin", "Metoprolol", False),
        ("insulin-lispro", "Insulin glargine", False),
    ],
)
def test_slug_and_title(slug, title, belongs, lint):
    assert (lint(f"---\ntitle: {title}\n---\n", "L702", slug) == []) is belongs


def test_slug_that_is_another_name_of_the_drug_belongs(lint):
    assert lint("---\ntitle: Acetaminophen\naliases: [Paracetamol]\n---\n", "L702", "paracetamol") == []


def test_a_short_form_that_the_title_begins_with_is_let_be(lint):
    assert lint("---\ntitle: Nitroglycerin\naliases: [nitro]\n---\n", "L703", "nitroglycerin") == []


@pytest.mark.parametrize("alias", ["Warfarin sodium", "Warfarinum", "Nonsensium"])
def test_own_and_unknown_names_are_let_be(alias, lint):
    assert lint(f"---\ntitle: Warfarin\naliases: [{alias}]\n---\n", "L703", "warfarin") == []


def test_name_of_a_combination_is_another_drugs(lint):
    assert lint("---\ntitle: Sacubitril\naliases: [Entresto]\n---\n", "L703", "sacubitril") == ["L703"]


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("see Dosage/Renal Impairment", []),
        ("see Dosage/Adults", []),
        ("see Dosage/Left-Handed People", ["L705"]),
        ("see the Overdose section", ["L705"]),
        ("see How Supplied/Storage and Handling", []),
        ("see Boxed Warning", ["L705"]),
        ("see Precautions", []),
        ("see your doctor", []),
        ("see Dr Who/Dr No", []),
        ("see below", []),
    ],
)
def test_references_to_sections(reference, expected, lint):
    text = (
        "## Dosage\n\n### Adults\n\n- 5 mg\n\n- **Renal Impairment:** 2 mg\n\n"
        f"## How Supplied/Storage and Handling\n\nDry.\n\n## Precautions\n\n- Care, {reference}.\n"
    )
    assert lint(body(text), "L705") == expected


@pytest.mark.parametrize(
    ("front", "code", "expected"),
    [
        ("description: Factor Xa inhibitor that prev [...]", "F113", True),
        ("description: Factor Xa inhibitor that is given to", "F113", True),
        ("description: 'Factor Xa inhibitor, '", "F113", True),
        ("description: What blood clots are treated with.", "F113", False),
        ("description: A *factor Xa* inhibitor.", "F114", True),
        ("description: Inhibits factor_Xa and 5*3.", "F114", False),
        ("lastModified: '2026-01-01T25:00:00Z'", "F109", True),
        ("lastModified: '2026-01-01T21:00:00.123456Z'", "F109", False),
        ("lastModified: '2026-01-01t21:00:00z'", "F109", False),
        ("aliases: {other: Apixabanum}", "F105", True),
        ("aliases: [[Apixabanum]]", "F105", True),
        ("classes: [a: b]", "F105", True),
        ("aliases: Apixabanum", "F105", False),
        ("aliases: [Apixabanum]", "F105", False),
        ("aliases:", "F105", False),
        ('faqs: [{q: "Safe?", a: "**A**: Yes."}]', "Q302", True),
    ],
)
def test_front_matter(front, code, expected, lint):
    assert bool(lint(f"---\ntitle: Example\n{front}\n---\n", code)) is expected


@pytest.mark.parametrize(
    ("line", "code", "expected"),
    [
        ("a <mark>word</mark>", "R401", True),
        ('<span class="a">word', "R401", True),
        ("</section>", "R401", True),
        ("CrCl <N mL/min and >15", "R401", False),
        ("a <b and c> d, p<0.05, x<y, y>z", "R401", True),
        ("if a<b or 5 <6>", "R401", False),
        ("the CYP2C19*2 allele", "R402", False),
        ("CYP2C19*2 or CYP2C19*3", "R402", True),
        ("2*5 mg", "R402", True),
        ("apix\u00adaban", "R404", True),
        ("[a label][1]", "R409", True),
        ("[a] [1]", "R409", False),
        ("it:\n- >60 kg, 10 mg", "R410", True),
        ("it:\n\n>=60 kg, 10 mg", "R410", True),
        ("it:\n- \\>60 kg or >5 mg", "R410", False),
    ],
)
def test_rendering_hazards(line, code, expected, lint):
    assert bool(lint(body(f"## Usage\n\n- Take {line}."), code)) is expected


def test_bold_italic_line_means_a_heading(lint):
    assert lint(body("## Usage\n\n***Adults***\n\n- Thrombosis"), "S209") == ["S209"]


def test_unknown_keys_of_the_editors_own_are_let_be(lint):
    text = "---\ntitle: A\neditor: Ada\nreviewed: yes\ntags: [a]\ndate: '2026-01-01'\nslug: a\nurl: x\nname: A\n---\n"
    assert lint(text, "F107") == []


# ---------------------------------------------------------------- imported labels


def test_imported_label_is_not_blamed_for_its_structure_and_style(lint):
    text = "---\ntitle: Example\nimported:\n  from: openFDA\n---\n\n## Uses\n\n**Adults**\n\nSee [1].\n"
    assert lint(text) == ["F117"]


def test_imported_label_is_only_warned_of_its_words_and_blamed_for_what_is_broken(tmp_path):
    text = "---\ntitle: No\nimported:\n  from: openFDA\n---\n\n## Dosage\n\n5.0 mg QD\n"
    levels = {f.code: f.level for f in found_in(text, "F103,D", directory=tmp_path)}
    assert levels == {"F103": "error", "D504": "warning", "D506": "warning"}


# ---------------------------------------------------------------- choosing, sorting, telling


def test_findings_are_sorted_and_do_not_depend_on_the_order_of_files(tmp_path):
    for name in ("b", "a"):
        (tmp_path / f"{name}.md").write_text(EXPORT)
    files = [(f"{name}.md", tmp_path / f"{name}.md") for name in ("b", "a")]
    found = check(files).findings
    assert list(found) == sorted(found, key=lambda f: (f.path, f.line, f.code, f.message))
    assert found == check(files[::-1]).findings


def test_select_and_ignore_take_codes_and_their_beginnings(lint):
    everything = set(lint(EXPORT))
    assert set(lint(EXPORT, "Q")) == {code for code in everything if code[0] == "Q"}
    assert set(lint(EXPORT, "q30, C601")) == {code for code in everything if code.startswith(("Q30", "C601"))}


def test_ignore_goes_before_select(tmp_path):
    (tmp_path / "a.md").write_text(EXPORT)
    found = check([("a.md", tmp_path / "a.md")], select=["Q"], ignore=["Q301"])
    assert {f.code for f in found.findings} == {"Q302", "Q304", "Q308"}


def test_unknown_code_is_wrong_usage():
    with pytest.raises(Usage, match="X9"):
        check([], select=["X9"])


def test_path_that_is_nothing(tmp_path):
    with pytest.raises(Failed, match="nowhere"):
        gather([str(tmp_path / "nowhere")])


def test_codes_are_unique():
    assert len({rule.code for rule in rules()}) == len(rules())


def test_command_line(tmp_path, capfd):
    (tmp_path / "examplinib.md").write_text(EXPORT)
    assert run(["check", str(tmp_path)]) == 1
    out, err = capfd.readouterr()
    assert run(["check", str(tmp_path), "--json"]) == 1
    document = json.loads(capfd.readouterr().out)
    Draft202012Validator(schema("check")).validate(document)
    assert document["files"] == 1
    told = [f"{f['path']}:{f['line']}: {f['code']} {f['message']}" for f in document["findings"]]
    assert out.splitlines() == told
    assert err.strip() == summary(check(*gather([str(tmp_path)])))
    assert told[0].startswith(str(tmp_path / "examplinib.md") + ":1: ")


def test_warnings_alone_are_status_0(tmp_path, capfd):
    (tmp_path / "examplinib.md").write_text(EXPORT)
    assert run(["check", str(tmp_path), "--select", "F117"]) == 0
    assert run(["check", str(tmp_path), "--ignore", "F,S,Q,R,D,C,L", "--json"]) == 0
    assert json.loads(capfd.readouterr().out.split("\n", 1)[1])["findings"] == []


def test_without_a_path_the_library_is_checked(tmp_path, capfd):
    (tmp_path / "examplinib.md").write_text(EXPORT)
    assert run(["check", "--monographs", str(tmp_path), "--select", "F113", "--json"]) == 1
    assert json.loads(capfd.readouterr().out)["files"] == 1


def test_a_finding_is_one_line(tmp_path):
    text = "---\ntitle: |-\n  Metoprolol\n\n  tartrate\n---\n"
    (found,) = found_in(text, "L702", "metformin", tmp_path)
    assert found.message.splitlines() == [found.message]


def test_control_characters_do_not_reach_the_terminal(tmp_path, capfd):
    (tmp_path / "a.md").write_text(body("## **Us\x9b31mage**\n\n### Us\x9b31mage\n\n### Us\x9b31mage\n\nText \u202e."))
    run(["check", str(tmp_path)])
    assert not {"\x9b", "\u202e"} & set(capfd.readouterr().out)


# ---------------------------------------------------------------- the bar


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()])
def test_bar_is_drawn_after_a_second_on_a_terminal_only_and_wiped(stream, monkeypatch):
    clock = SimpleNamespace(monotonic=lambda: clock.now, now=0.0)
    monkeypatch.setattr("druginfo.cli.progress.time", clock)
    bar = Bar("checking", stream)
    clock.now = 0.5
    bar(1, 4)
    assert stream.getvalue() == ""
    clock.now = 1.5
    bar(2, 4)
    assert ("2/4" in stream.getvalue()) is stream.isatty()
    bar(4, 4)
    assert stream.getvalue().endswith("\r\x1b[K") is stream.isatty()


# ---------------------------------------------------------------- whatever comes

LINES = st.sampled_from(
    [
        "---", "title: A", "title:", "faqs:", "  - q: x?", "    a: '*'", "sources: {a: b}", "sources: [a, {id: 1}]",
        "aliases: &x [*x]", "classes: {a: [b]}", "? [a]", "lastModified: 2026-99-99", "is_banned: [1]", "## Dosage",
        "## **Usage", "### Special Cases", "#### ", "- **Patients with Renal Impairment:**", "    - CrCl <30: Avoid.",
        "- eGFR <30 mL/min: Not recommended.", "| a | b |", "|---|---|", "| 1 |", "```", "1*2*3", "see A/B", "**x", "",
        "See Dosage/Adults.", "\x00", "<br>", "µg .5 mg 5.0 to 1 mg QD 10 U", "## FAQs", "### Q1: x?", "**A:** y",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(LINES, max_size=25), st.text(max_size=30))
@pytest.mark.slow
def test_nothing_breaks_a_rule_and_every_line_exists(lines, tail):
    text = "\n".join([*lines, tail])
    try:
        document = read(text.encode("utf-8", "replace"), "example", "example.md")
    except Unreadable:
        return
    for rule in rules():
        found = [(line, message) for _, line, message in rule.find([document, document][: 1 + rule.compares])]
        for line, message in found:
            assert 1 <= line <= len(document.lines)
            assert message
