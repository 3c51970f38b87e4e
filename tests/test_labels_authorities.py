"""A document says whose it is, and its monograph is named, sourced and read after that."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from tests.test_labels import FIXTURES, only, rows, text_under

from druginfo import topics
from druginfo.dosing import read_dosing
from druginfo.labels.drugname import monograph_name
from druginfo.labels.epi import _ingredients as ingredients_once
from druginfo.labels.epi import guessed_language, names_in_text, read_epi, without_strength
from druginfo.labels.homes import by_title, of_epi, of_spl
from druginfo.labels.importing import import_labels, read_xml
from druginfo.labels.label import Label, Paragraph, Part, Refused, Table
from druginfo.labels.monograph import monograph
from druginfo.labels.xmltree import narrative
from druginfo.model import Monograph
from druginfo.parse import parse

CASES = FIXTURES / "cases"


def read(label: Label) -> Monograph:
    name = monograph_name(label)
    return parse(monograph(label, name), name.slug, "")


def canada(name: str = "canada_2020_french.xml") -> Monograph:
    (label,) = read_xml((FIXTURES / name).read_bytes())
    return read(label)


# ---------------------------------------------------------------- Health Canada


def test_a_canadian_monograph_is_filed_as_one() -> None:
    drug = canada()
    assert (drug.title, drug.slug) == ("Zelvanib (Canada, French)", "zelvanib-canada-french")
    assert drug.description == (
        "Imported Health Canada product monograph of Zelvax (zelvanib), comprimé, in French, effective 2021-05-01."
    )
    assert (drug.document, drug.language) == ("Health Canada product monograph", "fr")
    assert drug.sources[0].title == "Health Canada product monograph, Zelvax (zelvanib)"
    assert drug.sources[0].url is None
    assert {"Zelvanib", "Zelvax"} <= {name.name for name in drug.names}
    assert "FDA" not in "".join(section.markdown for section in drug.sections)


def test_every_section_of_it_is_under_its_topic_the_box_first() -> None:
    drug = canada()
    assert drug.sections[0].title == "Boxed Warning"
    assert "Hémorragie" in text_under(drug, "boxed-warning")
    for topic, words in {
        "usage": "chez l’adulte",
        "contraindications": "Hypersensibilité",
        "dosage": "2,5 mg une fois par jour",
        "pregnancy": "Ne pas administrer",
        "precautions": "fonction rénale",
        "mechanism": "Bloque la zelva",
    }.items():
        sections, _ = topics.about(drug, topics.known(topic) or pytest.fail(topic))
        assert words in "\n".join(section.text for section in sections), topic
    assert "Prudence" in text_under(drug, "specific-populations")
    assert "Un comprimé" in text_under(drug, "patient-information")
    assert "PARTIE II" in text_under(drug, "parts-of-the-document")


def test_no_figure_is_read_from_french_and_no_line_is_lost() -> None:
    regimens = read_dosing(canada())
    assert [row.text for row in regimens.rows] == [
        "Adultes: 2,5 mg une fois par jour.",
        "Poids: moins de 60 kg; Dose: 1,25 mg; Dose: 5 mL",
    ]
    assert all(row.dose is None and row.unsure and row.action == "note" for row in regimens.rows)


@pytest.mark.parametrize(
    ("system", "code", "display", "title", "key"),
    [
        ("2.16.840.1.113883.2.20.6.8", "30", "CONTRAINDICATIONS", "CONTRE-INDICATIONS", "contraindications"),
        ("2.16.840.1.113883.2.20.6.8", "240", "", "Comment prendre ceci", "dosage_and_administration"),
        ("2.16.840.1.113883.2.20.6.63", "pi05", "", "5 SURDOSAGE", "overdosage"),
        ("2.16.840.1.113883.2.20.6.60", "pi03", "", "Mises en garde", "boxed_warning"),
        ("2.16.840.1.113883.6.1", "34068-7", "", "", "dosage_and_administration"),
        ("2.16.840.1.113883.6.1", "240", "", "", "spl_unclassified_section"),
        (
            "2.16.840.1.113883.2.20.6.60",
            "60013",
            "",
            "3 BOÎTE AVERTISSEMENTS ET PRÉCAUTIONS IMPORTANTS",
            "boxed_warning",
        ),
        ("2.16.840.1.113883.2.20.6.60", "60013", "", "Sans titre connu", "boxed_warning"),
        ("2.16.840.1.113883.2.20.6.60", "60048", "", "12 INSTRUCTIONS PARTICULIÈRES DE MANIPULATION", "how_supplied"),
        (
            "2.16.840.1.113883.2.20.6.60",
            "1RMLC",
            "",
            "RÉCENTES MODIFICATIONS IMPORTANTES DE L'ÉTIQUETTE",
            "recent_major_changes",
        ),
        (
            "2.16.840.1.113883.2.20.6.61",
            "0noc",
            "",
            "Notice of Compliance with Conditions",
            "conditions_of_authorization",
        ),
        (
            "2.16.840.1.113883.2.20.6.65",
            "pii17",
            "",
            "17 CLINICAL TRIALS - REFERENCE BIOLOGIC DRUG",
            "clinical_studies",
        ),
        (
            "2.16.840.1.113883.2.20.6.65",
            "pii18",
            "",
            "18 NON-CLINICAL TOXICOLOGY - REFERENCE BIOLOGIC DRUG",
            "nonclinical_toxicology",
        ),
        ("2.16.840.1.113883.2.20.6.65", "pii17", "", "17 Sans titre connu", "spl_unclassified_section"),
        ("2.16.840.1.113883.2.20.6.65", "pii15", "", "15 COMPARATIVE CLINICAL TRIALS", "clinical_studies"),
        ("2.16.840.1.113883.2.20.6.63", "pi05", "", "5 RADIATION DOSIMETRY", "dosimetry"),
    ],
)
def test_a_code_means_something_only_in_its_system(system: str, code: str, display: str, title: str, key: str) -> None:
    assert of_spl(system, code, display, title) == key


@pytest.mark.parametrize("number", ["14", "14b"])
def test_the_cases_are_read_with_their_own_authority(number: str, tmp_path: Path) -> None:
    report = import_labels([next(CASES.glob(f"{number}-*.xml"))], tmp_path)
    text = Path(report.imported[0].path).read_text("utf-8")
    assert "FDA" not in text
    assert "dailymed" not in text
    assert "Health Canada product monograph" in text
    regimens = read_dosing(parse(text, report.imported[0].slug, ""))
    assert regimens.rows
    assert bool(regimens.rows[0].dose) == (number == "14b")


def test_an_unknown_authority_and_other_xml_are_refused_with_what_they_are() -> None:
    with pytest.raises(Refused, match="authority that is not known"):
        read_xml(b'<document><code codeSystem="1.2.3"/><component><structuredBody/></component></document>')
    with pytest.raises(Refused, match="FHIR MedicationKnowledge, not a label"):
        read_xml(b'<MedicationKnowledge xmlns="http://hl7.org/fhir"><id value="a"/><meta/></MedicationKnowledge>')
    with pytest.raises(Refused, match="neither an SPL"):
        read_xml(b"<html/>")


# ---------------------------------------------------------------- FHIR ePI


def section(title: str, div: str, *below: dict[str, Any], code: str = "200000029800") -> dict[str, Any]:
    """A section as the agencies write it: the same code everywhere, or none that means anything."""
    return {
        "title": title,
        "code": {"coding": [{"system": "https://spor.ema.europa.eu/v1/lists/200000029659/terms/", "code": code}]},
        "text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{div}</div>'},
        "section": list(below),
    }


SPANISH = [
    section(
        "1. NOMBRE DEL MEDICAMENTO", "<p>Zelvan Kern 500 mg comprimidos EFG</p><p>Zelvan Kern 1 g comprimidos EFG</p>"
    ),
    section(
        "2. COMPOSICIÓN CUALITATIVA Y CUANTITATIVA", "<p>Cada comprimido contiene 500 mg de zelvanib (como sal).</p>"
    ),
    section("3. FORMA FARMACÉUTICA", "<p>Comprimido.</p>"),
    section(
        "4. DATOS CLÍNICOS",
        "",
        section("4.1 Indicaciones terapéuticas", "<p>Dolor leve.</p>"),
        section(
            "4.2 Posología y forma de administración",
            "<p><u>Posología</u></p><p>Adultos: 1&nbsp;comprimido cada 8&nbsp;horas.</p>"
            "<table><tr><th rowspan='2'>Peso</th><th colspan='2'>Dosis</th></tr><tr><th>Día</th><th>Noche</th></tr>"
            "<tr><td>&lt; 33 kg</td><td>250 mg</td><td>125 mg</td></tr></table>",
            section(
                "Población pediátrica", "<p><i>Niños</i></p><ul><li>Desde 6 años<ul><li>250 mg</li></ul></li></ul>"
            ),
        ),
        section("4.3 Contraindicaciones", "<p>Hipersensibilidad.</p>"),
        section("4.4 Advertencias y precauciones especiales de empleo", "<p>Hígado.</p>"),
        section("4.5 Interacción con otros medicamentos y otras formas de interacción", "<p>Warfarina.</p>"),
        section("4.6 Fertilidad, embarazo y lactancia", "<p>Embarazo: no.</p>"),
        section("4.7 Efectos sobre la capacidad para conducir y utilizar máquinas", "<p>Ninguno.</p>"),
        section("4.8 Reacciones adversas", "<p>Náuseas.</p>"),
        section("4.9 Sobredosis", "<p>Lavado.</p>"),
    ),
    section("10. FECHA DE LA REVISIÓN DEL TEXTO", "<p>Mayo 2024</p>"),
]


def bundle(*sections: dict[str, Any], **composition: Any) -> dict[str, Any]:
    return {
        "resourceType": "Bundle",
        "id": "b1",
        "type": "document",
        "language": "es",
        "timestamp": "2024-05-08T09:21:26Z",
        "identifier": {"system": "http://ema.europa.eu/fhir/epiDocument", "value": "b99c95f8"},
        "entry": [
            {
                "fullUrl": "urn:uuid:1",
                "resource": {"resourceType": "Composition", "section": list(sections), **composition},
            }
        ],
    }


def collection(*bundles: dict[str, Any], title: str = "") -> dict[str, Any]:
    listed = {"resourceType": "List", "id": "l", **({"title": title} if title else {})}
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [{"resource": listed}, *({"resource": each} for each in bundles)],
    }


def as_xml(resource: dict[str, Any]) -> str:
    """A resource in FHIR's XML, which has values as attributes and the narrative as elements."""

    def put(key: str, value: Any) -> str:
        if isinstance(value, list):
            return "".join(put(key, each) for each in value)
        if isinstance(value, dict):
            inner = "".join(put(k, v) for k, v in value.items() if k != "resourceType")
            if "resourceType" in value:
                inner = f"<{value['resourceType']}>{inner}</{value['resourceType']}>"
            return f"<{key}>{inner}</{key}>"
        if key == "div":
            return str(value).replace("&nbsp;", "&#160;")
        return f'<{key} value="{escape(str(value), {chr(34): "&quot;"})}"/>'

    inner = "".join(put(key, value) for key, value in resource.items() if key != "resourceType")
    return f'<{resource["resourceType"]} xmlns="http://hl7.org/fhir">{inner}</{resource["resourceType"]}>'


@pytest.mark.parametrize("form", ["json", "xml", "collection"])
def test_a_spanish_summary_is_read_in_every_form(form: str) -> None:
    document = bundle(*SPANISH)
    if form == "xml":
        (label,) = read_xml(as_xml(document).encode())
    else:
        (label,) = read_epi(collection(document) if form == "collection" else document)
    drug = read(label)
    assert (drug.title, drug.language, drug.last_modified) == ("Zelvanib (Spain)", "es", "2024-05-08")
    assert drug.document == "AEMPS summary of product characteristics"
    assert [n.name for n in drug.names if n.field == "brand"] == ["Zelvan Kern"]
    for topic, words in {
        "usage": "Dolor leve",
        "contraindications": "Hipersensibilidad",
        "precautions": "Hígado",
        "interactions": "Warfarina",
        "pregnancy": "Embarazo: no",
        "driving": "Ninguno",
        "side effects": "Náuseas",
        "overdose": "Lavado",
    }.items():
        sections, _ = topics.about(drug, topics.known(topic) or pytest.fail(topic))
        assert words in "\n".join(each.text for each in sections), topic
    dosage = text_under(drug, "dosage")
    assert "Posología" in [s.title for s in drug.sections if s.key.startswith("dosage/")]
    assert "Adultos: 1 comprimido cada 8 horas." in dosage
    table = next(s for s in drug.sections if any(block.kind == "row" for block in s.blocks))
    assert rows(table) == [("Peso", "Dosis, Día", "Dosis, Noche"), ("< 33 kg", "250 mg", "125 mg")]
    assert "250 mg" in only(drug, "niños").text
    assert "Mayo 2024" in text_under(drug, "authorization")
    assert "4. DATOS CLÍNICOS" in text_under(drug, "parts-of-the-document")


def test_topics_work_by_code_where_the_title_says_nothing() -> None:
    coded = [
        section("Punto A", "<p>Gegen Schmerz.</p>", code="200000029799"),
        section(
            "Punto B", "<p>10 mg.</p>", section("Punto C", "<p>Kinder.</p>", code="200000029802"), code="200000029800"
        ),
        section("Punto D", "<p>Zelvan 10 mg Tabletten</p>", code="200000029792"),
    ]
    (label,) = read_epi(bundle(*coded, language="de"))
    assert [(part.key, len(part.parts)) for part in label.parts] == [
        ("indications_and_usage", 0),
        ("dosage_and_administration", 1),
        ("title_page", 0),
    ]
    assert monograph_name(label).title == "Zelvan (EU, German)"


@pytest.mark.parametrize("form", ["json", "xml"])
def test_markup_that_was_escaped_once_too_often_is_markup(form: str) -> None:
    table = "<table><tr><td>CrCl &lt; 30</td><td>5 mg</td></tr></table>"
    document = bundle(SPANISH[0], section("4.2 Posología", escape(f"<p>Adultos: 10 mg.</p>{table}")))
    (label,) = read_xml(as_xml(document).encode()) if form == "xml" else read_epi(document)
    drug = read(label)
    assert "Adultos: 10 mg." in text_under(drug, "dosage")
    assert any(block.kind == "row" for each in drug.sections for block in each.blocks)
    assert "<td>" not in text_under(drug, "dosage")


def test_a_section_without_a_title_has_the_words_of_its_code() -> None:
    untitled = section("", "<p>Warfarin.</p>", code="999")
    untitled["code"]["coding"][0]["display"] = "4.5 Interaction with other medicinal products"
    (label,) = read_epi(bundle(SPANISH[0], untitled))
    assert [(part.key, part.title) for part in label.parts][1:] == [
        ("drug_interactions", "4.5 Interaction with other medicinal products")
    ]


def test_a_product_names_the_medicine_where_there_is_one() -> None:
    document = bundle(section("4.1 Therapeutic indications", "<p>Pain.</p>"), language="en")
    document["entry"] += [
        {
            "resource": {
                "resourceType": "MedicinalProductDefinition",
                "id": "mp",
                "identifier": [{"value": "EU/1/97/049/001"}],
                "name": [{"productName": "Zelva 75 mg tablets"}],
            }
        },
        {
            "resource": {
                "resourceType": "Ingredient",
                "role": {"coding": [{"code": "100000072072", "display": "Active"}]},
                "substance": {"code": {"reference": {"reference": "SubstanceDefinition/s1"}}},
            }
        },
        {"resource": {"resourceType": "Ingredient", "role": {"coding": [{"display": "Excipient"}]}, "substance": {}}},
        {"resource": {"resourceType": "SubstanceDefinition", "id": "s1", "name": [{"name": "zelvanib"}]}},
    ]
    (label,) = read_epi(document)
    assert (label.brands, label.substances, label.authority) == (("Zelva",), ("zelvanib",), "EMA")
    assert monograph_name(label).slug == "zelvanib-eu"


def test_a_leaflet_goes_with_its_summary_and_is_kept_alone_without_it() -> None:
    leaflet = bundle(
        section("B. PROSPECTO", ""),
        section("Prospecto: información para el usuario", "<p>Zelvan Kern 500 mg comprimidos EFG</p>"),
        section("1. Qué es Zelvan y para qué se utiliza", "<p>Para el dolor.</p>"),
        section("3. Cómo tomar Zelvan", "<p>1 comprimido.</p>"),
        section("6. Contenido del envase", "<p>El principio activo es zelvanib.</p>"),
        type={"coding": [{"code": "100000155538"}]},
    )
    (both,) = read_epi(collection(bundle(*SPANISH), leaflet))
    drug = read(both)
    assert "Para el dolor" in text_under(drug, "patient-information")
    assert "1 comprimido." not in text_under(drug, "dosage")
    (alone,) = read_epi(leaflet)
    drug = read(alone)
    assert drug.title == "Zelvanib (Spain, package leaflet)"
    assert "1 comprimido" in text_under(drug, "dosage")


def leaflet(*sections: dict[str, Any], language: str, product: dict[str, Any] | None = None) -> dict[str, Any]:
    document = bundle(*sections, type={"coding": [{"code": "100000155538"}]})
    document |= {"language": language, "identifier": {"system": "https://example.org", "value": "1"}}
    document["entry"] += [{"resource": {"resourceType": "MedicinalProductDefinition", **product}}] if product else []
    return document


def test_a_neighbours_number_of_the_product_does_not_make_the_document_the_neighbours() -> None:
    product = {
        "identifier": [{"system": "http://legemiddelverket.no/FEST", "value": "ID_1"}],
        "name": [{"productName": "Zelvan inj. 40 mg"}],
    }
    danish = leaflet(section("1. Virkning og anvendelse", "<p>Zelvan mod smerte.</p>"), language="da", product=product)
    (label,) = read_epi(danish)
    assert (label.authority, label.territory, label.brands) == ("DKMA", "DK", ("Zelvan",))
    finnish = leaflet(
        section("1. Mitä Zelvan on ja mihin sitä käytetään", "<p>Kipuun.</p>"),
        section("6. Pakkauksen sisältö", "<p>Vaikuttava aine on tselvanibi.</p>"),
        language="fi",
        product=product,
    )
    (label,) = read_epi(finnish)
    assert (label.authority, label.brands, label.substances) == ("Fimea", ("Zelvan",), ("tselvanibi",))
    assert monograph_name(label).title == "Tselvanibi (Finland, package leaflet)"


def test_a_name_that_the_text_never_says_is_no_name() -> None:
    patients = leaflet(section("1. Qué es Zelvan Kern y para qué se utiliza", "<p>Dolor.</p>"), language="es")
    (both,) = read_epi(collection(bundle(*SPANISH), patients, title="all sections document"))
    assert (both.brands, both.substances) == (("Zelvan Kern",), ("zelvanib",))
    assert "Dolor." in text_under(read(both), "patient-information")


@pytest.mark.parametrize(
    ("language", "title", "told", "substances"),
    [
        ("no", "1. Hva Zelvan er, og hva det brukes mot", "Virkestoffet i Zelvan er zelvanib.", ("zelvanib",)),
        ("pt", "1. O que é Zelvan e para que é utilizado", "A substância ativa é o zelvanib.", ("zelvanib",)),
        (
            "fr",
            "1. Qu’est-ce que Zelvan et dans quels cas est-il utilisé ?",
            "La substance active est : zelvanib.",
            ("zelvanib",),
        ),
        ("de", "1. Was ist Zelvan und wofür wird es angewendet?", "Der Wirkstoff ist Zelvanib.", ("Zelvanib",)),
        ("it", "1. Cos’è Zelvan e a cosa serve", "Il principio attivo è zelvanib.", ("zelvanib",)),
        ("es", "1. Qué es Zelvan y para qué se utiliza", "El principio activo es un anticuerpo monoclonal.", ()),
        ("es", "1. Qué es Zelvan y para qué se utiliza", "El principio activo es la sal de zelva.", ("sal de zelva",)),
        (
            "fi",
            "1. Mitä Zelvan on ja mihin sitä käytetään",
            "Vaikuttavat aineet ovat a-tsel ja b-tsel.",
            ("a-tsel", "b-tsel"),
        ),
    ],
)
def test_a_leaflet_names_its_product_as_the_template_of_its_language_says(
    language: str, title: str, told: str, substances: tuple[str, ...]
) -> None:
    rest = (
        section("2. 2", "<p>Virkestoffet i et annet legemiddel er anakinra.</p>"),
        section("6. 6", f"<p>{told}</p>", code="200000029914"),
    )
    (label,) = read_epi(leaflet(section(title, "<p>Text.</p>"), *rest, language=language))
    assert (label.brands, label.substances) == (("Zelvan",), substances)


def test_the_file_name_of_a_long_name_says_whose_document_it_is() -> None:
    names = ("bictegravir sodium", "emtricitabine hydrobromide", "tenofovir alafenamide fumarate")
    documents = [
        leaflet(
            section("1. What Zelvan is and what it is used for", "<p>Text.</p>"),
            section("6. Contents", f"<p>The active substances are {', '.join(names[:-1])} and {names[-1]}.</p>"),
            language=language,
        )
        for language in ("da", "pt")
    ]
    slugs = {monograph_name(label).slug for document in documents for label in read_epi(document)}
    assert len(slugs) == 2
    assert all(len(slug) <= 80 and "package-leaflet" in slug for slug in slugs)


@pytest.mark.parametrize(
    ("reported", "substances"),
    [
        ("The active substance is 1.5 mg zelvanib sodium in 0.3 ml solution.", ("zelvanib sodium",)),
        ("Each vial contains the active substance zelvanib beta, a hormone of 2 mg.", ("zelvanib beta",)),
        ("The active substance(s) is zelvanib. Each capsule contains 5 mg.", ("zelvanib",)),
        ("The active substances are alfanib and betanib.* Each tablet is red.", ("alfanib", "betanib")),
        ("As substâncias ativas são alfanib, betanib e gamanib.", ("alfanib", "betanib", "gamanib")),
        ("As substâncias ativas deste medicamento são o alfanib e o betanib.", ("alfanib", "betanib")),
        ("A substância ativa é o alfanib que consiste em células e que foram cultivadas.", ("alfanib",)),
        ("Hver Zelvan 150 mikrogram kapsel indeholder 150 mikrogram zelvanib i form af maleat.", ("zelvanib",)),
        ("Aktivt stof/aktive stoffer: zelvanib. Én sprøjte indeholder 42 mg.", ("zelvanib",)),
        ("Principio attivo: ogni compressa contiene 5 mg di zelvanib.", ("zelvanib",)),
        ("The active substance is recombinant human factor VIII (damoctocog alfa pegol).", ("damoctocog alfa pegol",)),
        ("The active substances are: alfanib - 150 mg in 1.5 ml of solution.", ()),
        ("The active substances are inactivated virus of the strains A and B.", ()),
        ("One tablet contains 50 mg of the active substance zelvanib. It is red.", ("zelvanib",)),
        ("It contains 125 mg, 250 mg and 1000 mg of the active substance, called zelvanib.", ()),
        ("The active substance is released from the tablet over time.", ()),
    ],
)
def test_a_list_of_contents_names_one_substance_or_all_of_them(reported: str, substances: tuple[str, ...]) -> None:
    document = leaflet(
        section("1. What Zelvan is and what it is used for", "<p>Text.</p>"),
        section("6. Contents of the pack", f"<p>What Zelvan contains</p><p>{reported}</p>", code="200000029914"),
        language="en",
    )
    (label,) = read_epi(document)
    assert (label.brands, label.substances) == (("Zelvan",), substances)


def test_a_products_names_count_only_where_the_text_says_them() -> None:
    name_parts = [
        {"part": part, "type": {"coding": [{"code": f"22000000000{n}"}]}} for n, part in ((2, "nan"), (3, "nan"))
    ]
    (label,) = read_epi(
        leaflet(
            section("1. What zelvan is and what it is used for", "<p>Pain.</p>"),
            section("6. Contents of the pack", "<p>The active substance is zelvanib.</p>", code="200000029914"),
            language="en",
            product={"name": [{"productName": "Zelvan 250 IU powder for injection", "part": name_parts}]},
        )
    )
    assert (label.brands, label.substances) == (("Zelvan",), ("zelvanib",))
    other = {
        "name": [
            {"productName": "Other", "part": [{"part": "insulin", "type": {"coding": [{"code": "220000000003"}]}}]}
        ]
    }
    (label,) = read_epi(
        leaflet(
            section("1. What Zelvan is and what it is used for", "<p>Pain.</p>"),
            section("2. What you need to know", "<p>Tell your doctor if you use insulin.</p>"),
            section("6. Contents of the pack", "<p>The active substance is zelvanib.</p>", code="200000029914"),
            language="en",
            product=other,
        )
    )
    assert (label.brands, label.substances) == (("Zelvan",), ("zelvanib",))


def test_several_leaflets_of_a_summary_are_told_apart_by_their_titles() -> None:
    def of(strength: str) -> dict[str, Any]:
        first = section(
            "1. What Zelvan is and what it is used for", "<p>It contains the active substance zelvanib.</p>"
        )
        how = section("3. How to take Zelvan", f"<p>Take {strength} once a day.</p>")
        return bundle(first, how, type={"coding": [{"code": "100000155538"}]}, title=f"Package leaflet: {strength}")

    summary = bundle(
        section("1. NAME OF THE MEDICINAL PRODUCT", "<p>Zelvan 5 mg tablets</p>"),
        section("2. QUALITATIVE AND QUANTITATIVE COMPOSITION", "<p>Each tablet contains 5 mg of zelvanib.</p>"),
        section("4.2 Posology", "<p>5 mg once daily.</p>"),
    )
    (label,) = read_epi(collection(summary, of("5 mg"), of("10 mg")))
    drug = read(label)
    patients = [section.title for section in drug.sections if section.key.startswith("patient-information/")]
    assert "Package leaflet: 5 mg" in patients
    assert "Package leaflet: 10 mg" in patients
    (label,) = read_epi(collection(summary, of("5 mg")))
    assert "### Package leaflet\n" in monograph(label)


def test_a_document_that_was_withdrawn_is_refused() -> None:
    with pytest.raises(Refused, match=r"withdrawn \(entered in error\)"):
        read_epi(bundle(*SPANISH, status="entered-in-error"))


def test_every_narrative_of_a_section_is_kept() -> None:
    several = [
        {"title": "3. How to take Zelvan", "text": {"div": ["<div>first 4 mg</div>", "<div>Second 5 mg</div>"]}},
        {"title": "4. Possible side effects", "text": [{"div": "<div>Rash</div>"}, {"div": "<div>Cough</div>"}]},
    ]
    named = section("1. What Zelvan is and what it is used for", "<p>It contains the active substance zelvanib.</p>")
    (label,) = read_epi(leaflet(named, *several, language="en"))
    text = monograph(label)
    assert all(each in text for each in ("first 4 mg", "Second 5 mg", "Rash", "Cough"))
    assert "  lost: " not in text


def test_a_narrative_that_is_nested_too_deep_keeps_its_words() -> None:
    deep = "<ul><li>x" * 100 + "end 5 mg" + "</li></ul>" * 100
    first = section("1. What Zelvan is and what it is used for", "<p>The active substance is zelvanib.</p>")
    text = monograph(read_epi(leaflet(first, section("4. Possible side effects", deep), language="en"))[0])
    assert "end 5 mg" in text
    assert "  lost: " not in text


def test_terms_and_their_definitions_are_parted_and_struck_text_is_told() -> None:
    terms = "<dl><dt>Adults</dt><dd>5 mg daily</dd><dt>Children</dt><dd>2 mg daily</dd></dl><p>End.</p>"
    changed = "<p><del>Take 3 mg.</del> <ins>Take 4 mg.</ins></p><p style='text-decoration: line-through'>Old</p>"
    first = section("1. What Zelvan is and what it is used for", terms + changed)
    text = monograph(read_epi(leaflet(first, language="en"))[0])
    assert "#### Adults\n\n5 mg daily\n\n#### Children\n\n2 mg daily\n" in text
    assert "[struck out: Take 3 mg.] Take 4 mg." in text
    assert "[struck out: Old]" in text


def test_a_list_goes_on_with_the_number_that_it_begins_with() -> None:
    steps = '<p>Figure A</p><ol start="3"><li>Shake it.</li><li>Drink it.</li></ol>'
    (label,) = read_epi(leaflet(section("1. What Zelvan is and what it is used for", steps), language="en"))
    assert "3. Shake it.\n4. Drink it." in monograph(label)


def test_none_is_a_text_and_no_name() -> None:
    (label,) = read_epi(
        leaflet(
            section("4.3 Contraindications", "<p>None</p>"),
            language="en",
            product={"name": [{"productName": "Zelvan"}]},
        )
    )
    assert "None" in text_under(read(label), "contraindications")


def test_a_sections_place_is_decided_by_the_english_title_beside_its_code_and_by_loinc() -> None:
    assert (
        of_epi([("x", "1")], "Võimalikud kõrvaltoimed", "4. Possible side effects", leaflet=True) == "adverse_reactions"
    )
    assert of_epi([("http://loinc.org", "42230-3")], "PATIENTS", leaflet=False) == "spl_patient_package_insert"
    assert of_epi([], "PROPER USE OF THIS MEDICATION", leaflet=True) == "dosage_and_administration"


@pytest.mark.parametrize(
    ("names", "once"),
    [
        (["zelvanib fumarate", "zelvanib"], ["zelvanib fumarate"]),
        (["zelvanib/cobicistat", "cobicistat"], ["zelvanib", "cobicistat"]),
        (["insulin lispro", "insulin lispro protamine"], ["insulin lispro", "insulin lispro protamine"]),
        (["A/Example/7/2009 (H1N1)"], ["A/Example/7/2009 (H1N1)"]),
    ],
)
def test_an_ingredient_counts_once_and_a_protamine_mix_has_two(names: list[str], once: list[str]) -> None:
    assert ingredients_once(names) == once


def test_a_title_that_its_text_says_again_is_there_once() -> None:
    title = "1. Hva Zelvan er og hva det brukes mot"
    (label,) = read_epi(leaflet(section(title, f"<p>{title}</p><p>Smerte.</p>"), language="no"))
    drug = read(label)
    assert [s.title for s in drug.sections].count(title) == 1
    assert title not in "".join(s.text for s in drug.sections)
    assert "Smerte." in text_under(drug, "usage")


def test_what_agencies_serve_against_the_form_is_read() -> None:
    document = bundle(*SPANISH)
    composition = document["entry"][0]["resource"]
    composition |= {"resourceType": 0, "language": 0, "status": 0, "author": {"system": "http://www.test.com"}}
    (label,) = read_epi(document)
    assert label.substances == ("zelvanib",)


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        ({"resourceType": "MedicationKnowledge"}, "a FHIR MedicationKnowledge, not a label"),
        ({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}]}, "it holds Patient"),
        (bundle(section("4.1 Indicaciones", "<p> </p>"), section("4.2", "unavailable")), "sections are all empty"),
        (bundle(section("4.1 Indicaciones terapéuticas", "<p>Dolor.</p>")), "does not say which medicine"),
        ({"resourceType": "Bundle", "entry": "nothing"}, "without a Composition"),
        (
            {
                "resourceType": "Bundle",
                "entry": [
                    {"resource": {"resourceType": "Composition", "section": [section("Problem List", "<p>Pain</p>")]}},
                    {"resource": {"resourceType": "Patient"}},
                ],
            },
            "about a patient",
        ),
    ],
)
def test_what_is_no_product_information_is_refused_with_what_it_is(resource: dict[str, Any], reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        read_epi(resource)


def test_the_case_of_a_bundle_is_refused_as_one(tmp_path: Path) -> None:
    report = import_labels([CASES / "18-fhir-epi.json"], tmp_path)
    assert "FHIR Bundle" in report.skipped[0].reason
    assert report.imported == []


@pytest.mark.slow
def test_circles_of_references_deep_sections_and_huge_data_cost_nothing() -> None:
    document = bundle(*SPANISH)
    document["entry"].append(
        {"resource": {"resourceType": "Ingredient", "id": "i", "role": {"coding": [{"code": "active"}]}}}
    )
    document["entry"][-1]["resource"]["substance"] = {"code": {"reference": {"reference": "Ingredient/i"}}}
    picture = "data:image/png;base64," + "A" * 10_000_000
    document["entry"][0]["resource"]["section"][2]["text"]["div"] = (
        f'<div><p>Comprimido <img src="{picture}" alt="un comprimido"/></p></div>'
    )
    (label,) = read_epi(document)
    assert "AAAA" not in monograph(label)
    assert "Image: un comprimido" in monograph(label)
    deep: dict[str, Any] = section("x", "<p>y</p>")
    for _ in range(40):
        deep = section("x", "<p>y</p>", deep)
    with pytest.raises(Refused, match="nested more than"):
        read_epi(bundle(deep))


def test_narratives_that_are_no_xml_keep_their_words() -> None:
    root = narrative("<div><p>Uno &nbsp; dos<br>tres<ul><li>cuatro<li>cinco</ul><table><tr><td>6<td>7</table></div>")
    assert root is not None
    assert "".join(root.itertext()).split() == ["Uno", "dostrescuatrocinco67"]
    from druginfo.labels.blocks import read_blocks

    blocks = read_blocks(root)
    assert any(isinstance(block, Table) and block.rows == (("6", "7"),) for block in blocks)
    bold = narrative('<div><p><span style="font-weight: bold">Voksne</span></p><p>10&#160;mg</p></div>')
    assert bold is not None
    assert read_blocks(bold) == (Paragraph("Voksne", 6, 1), Paragraph("10 mg"))


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("4.2 Dosering og administrasjonsmåte", "dosage_and_administration"),
        ("4.8 Bivirkninger", "adverse_reactions"),
        ("4.7 Påvirkning av evnen til å kjøre bil og bruke maskiner", "driving"),
        ("6.1 Fortegnelse over hjelpestoffer", "inactive_ingredient"),
        ("10. OPPDATERINGSDATO", "authorization"),
        ("4.4. Особые указания", "warnings_and_cautions"),
        ("Noe annet", "spl_unclassified_section"),
    ],
)
def test_titles_are_known_by_words_and_by_number(title: str, key: str) -> None:
    assert of_epi([], title, leaflet=False) == key


def test_norwegian_names_are_found_in_the_text() -> None:
    parts = [
        Part("title_page", "1.", (Paragraph("Zelvan 500 mg tabletter"), Paragraph("Zelvan 1 g stikkpiller"))),
        Part("description", "2.", (Paragraph("Hver tablett inneholder zelvanib 500 mg. For hjelpestoffer, se 6.1."),)),
    ]
    assert names_in_text(parts)[1] == ["zelvanib"]
    assert without_strength("Zelvan 500 mg tabletter") == "Zelvan"
    assert without_strength("Zelvan filmdrasjerte tabletter") == "Zelvan"
    combined = [Part("description", "2.", (Paragraph("Cada comprimido contiene 5 mg de alfanib y 10 mg de betanib."),))]
    assert names_in_text(combined)[1] == ["alfanib", "betanib"]


def test_the_language_is_guessed_only_where_it_is_clear() -> None:
    assert (
        guessed_language("Tabletten skal ikke tas av pasienter som bruker dette, og det er ikke for barn på sykehus")
        == "no"
    )
    assert guessed_language("10 mg 20 mg") == ""
    assert by_title("CONTRAINDICATIONS") == "contraindications"


@pytest.mark.slow
def test_the_shapes_read_as_json_too(tmp_path: Path) -> None:
    path = tmp_path / "epi.json"
    path.write_text(json.dumps(bundle(*SPANISH)), encoding="utf-8")
    report = import_labels([path], tmp_path / "out")
    assert [done.slug for done in report.imported] == ["zelvanib-spain"]
