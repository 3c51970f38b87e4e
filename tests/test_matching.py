"""Opening the right drug, and refusing: each rule with the counter-example that motivated it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.scorecard.world import remember

from conftest import Cli
from druginfo.library import MANY, Library
from druginfo.model import Field
from druginfo.names import fold
from druginfo.names.evidence import ranked
from druginfo.names.lexicon import lexicon
from druginfo.names.look_alikes import look_alikes
from druginfo.names.matching import Named, NameList, Resolution, notice, resolve
from druginfo.names.nearness import LEAST_EDIT, cost, edits
from druginfo.names.vocabulary import Vocabulary, vocabulary
from druginfo.places import shipped

DRUGS: dict[str, tuple[tuple[str, Field], ...]] = {
    "baricitinib": (("Baricitinib", "title"), ("Olumiant", "brand")),
    "albuterol": (("Albuterol", "title"),),
    "metformin": (("Metformin", "title"), ("Glucophage", "brand")),
    "amoxicillin": (("Amoxicillin", "title"),),
    "warfarin": (("Warfarin", "title"), ("Coumadin", "brand")),
    "insulin-glargine": (("Insulin glargine", "title"), ("Lantus", "brand")),
    "hydralazine": (("Hydralazine", "title"),),
    "cyclosporine": (("Cyclosporine", "title"),),
    "sulfasalazine": (("Sulfasalazine", "title"),),
    "epinephrine": (("Epinephrine", "title"),),
    "valproate": (("Valproic acid", "title"),),
    "carbidopa-levodopa": (("Carbidopa and levodopa", "title"), ("Sinemet", "brand")),
    "levodopa": (("Levodopa", "title"),),
    "fluticasone": (("Fluticasone propionate", "title"),),
    "prednisone": (("Prednisone", "title"),),
    "hydroxychloroquine": (("Hydroxychloroquine", "title"),),
    "gentamicin": (("Gentamicin", "title"),),
    "isosorbide": (("Isosorbide", "title"),),
    "first-choice": (("Drugone", "title"), ("Bothly", "brand")),
    "second-choice": (("Drugtwo", "title"), ("Bothly", "brand")),
}


def library(*slugs: str) -> NameList:
    return NameList(
        Named(fold(name), name, field, slug, DRUGS[slug][0][0])
        for slug in slugs or DRUGS
        for name, field in DRUGS[slug]
    )


LIBRARY = library()


def ask(query: str) -> Resolution:
    return resolve(query, LIBRARY, explain=True)


def opened(query: str) -> str | None:
    found = ask(query)
    assert (found.match is not None) == (found.status == "found")
    return found.match.slug if found.match else None


@pytest.mark.parametrize(
    ("query", "slug", "kind"),
    [
        ("Baricitinib", "baricitinib", "exact"),
        ("olumiant", "baricitinib", "exact"),
        ("insulin-glargine", "insulin-glargine", "exact"),
        ("insulinglargine", "insulin-glargine", "exact"),
        ("glargine insulin", "insulin-glargine", "exact"),
        ("salbutamol", "albuterol", "exact"),
        ("adrenaline", "epinephrine", "exact"),
        ("ciclosporin", "cyclosporine", "exact"),
        ("sulphasalazine", "sulfasalazine", "exact"),
        ("warfarin sodium", "warfarin", "exact"),
        ("sodium valproate", "valproate", "exact"),
        ("metformin 500mg tablets", "metformin", "exact"),
        ("metformin hydrocloride", "metformin", "exact"),
        ("tab. warfarin", "warfarin", "exact"),
        ("Olumiant Adult 2 mg tablets", "baricitinib", "exact"),
        ("levodopa/carbidopa", "carbidopa-levodopa", "exact"),
        ("co-careldopa 25/100", "carbidopa-levodopa", "exact"),
        ("levodopa", "levodopa", "exact"),
        ("baric", "baricitinib", "prefix"),
        ("baricitinb", "baricitinib", "typo"),
        ("salbutamal", "albuterol", "typo"),
        ("metfromin", "metformin", "typo"),
        ("metphormin", "metformin", "typo"),
        ("hydroxycloroquine", "hydroxychloroquine", "typo"),
        ("idroxychloroquine", "hydroxychloroquine", "typo"),
        ("warferin 5 mg", "warfarin", "typo"),
        ("metformin (Glucophage) 500 mg", "metformin", "exact"),  # two names of one drug
        ('"warfarin"', "warfarin", "exact"),
        ("hydroxychl", "hydroxychloroquine", "prefix"),  # beside warfarin deanol, which nobody has
        ("metform", "metformin", "prefix"),
    ],
)
def test_opens(query: str, slug: str, kind: str) -> None:
    found = ask(query)
    assert found.match is not None, found.message
    assert (found.match.slug, found.match.kind) == (slug, kind)


@pytest.mark.parametrize(
    ("query", "known_as"),
    [
        ("tofacitinib", "Tofacitinib"),
        ("abrocitinib", "Abrocitinib"),  # two edits from baricitinib
        ("hydroxyzine", "Hydroxyzine"),  # an official look-alike of hydralazine
        ("chloroquine", "Chloroquine"),  # a part of hydroxychloroquine
        ("prednisolone", "Prednisolone"),
        ("augmentin", "Amoxicillin and clavulanic acid"),
        ("amoxicillin/clavulanate", "Amoxicillin and clavulanic acid"),
        ("amoxicillin clavulanate 500 mg", "Amoxicillin and clavulanic acid"),
        ("amoxicillin-clavulanate", "Amoxicillin and clavulanic acid"),
        ("carbidopa", "Carbidopa"),  # only the combination is in the library
        ("fluticasone furoate", "Fluticasone furoate"),  # the library's is the propionate
        ("isosorbide dinitrate", "Isosorbide dinitrate"),
        ("metformin and glipizide", "Glipizide and metformin"),
        ("amoxicillin-clavulanate 875/125", "Amoxicillin and clavulanic acid"),
        ("penicillin V 500 qds", "Penicillin V"),  # a round number after a letter is a strength
        ("penicillin V 250", "Penicillin V"),
    ],
)
def test_a_known_drug_without_a_monograph_is_absent_however_near(query: str, known_as: str) -> None:
    found = ask(query)
    assert (found.status, found.known_as, found.match) == ("absent", known_as, None)
    assert known_as in found.message


@pytest.mark.parametrize(
    "query",
    [
        "",
        " \t",
        "zzz",
        "\x00",
        "💊",
        "metf\x00ormin",
        "metformin tree",
        "warfarin/",
        "amoxicillin/clavulanat",
        "amoxicillin + ",
        "isosorbide dinitrat",
        "сyclosporine",  # its first letter is Cyrillic
        "wаrfarin",
        'metformin"\\',
        "x" * 10_000,
        "metformin " * 1000,
    ],
)
def test_opens_nothing(query: str) -> None:
    assert opened(query) is None


def of(*names: str) -> NameList:
    """A library of these titles."""
    return NameList(Named(fold(name), name, "title", name, name) for name in names)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("abrocitinib", "Baricitinib"),  # two neighbours swapped at the very beginning, one vowel for another
        ("quiniine", "Quinine"),  # as well a quinidine without its d
        ("vitamin b11", "Vitamin B1"),
        ("pentobarbital-d5", "Pentobarbital"),
        ("amoxicillin 875/125", "Amoxicillin"),  # two strengths: a combination's
    ],
)
def test_too_like_another_drug_even_if_that_were_unknown(query: str, title: str) -> None:
    names = of(title)
    assert resolve(query, names).match is None
    known = lexicon().find(fold(query))
    remember(names, lexicon().without(known.drugs if known else ()))
    assert resolve(query, names).match is None


@pytest.mark.parametrize("query", ["warfarin foo", "warfarin qqq", "baricitinib zzzz", "warfrin-xx", "amoxicillin ax"])
def test_a_word_beside_a_name_is_no_slip_of_it(query: str) -> None:
    """ "warfarin foo" was three edits from warfarin, and opened it as if "foo" had not been asked."""
    resolution = resolve(query, LIBRARY)
    assert resolution.status == "not_found"
    assert resolution.candidates[0].title.lower()[:4] == query[:4]


@pytest.mark.parametrize("query", ["warf arn", "bari citinb", "amoxi cilin", "hydroxy chloroquin"])
def test_a_slip_that_parts_a_name_is_one(query: str) -> None:
    assert resolve(query, LIBRARY).status == "found"


def test_of_two_brands_that_are_as_near_none_opens() -> None:
    """Ceftin is cefuroxime axetil."""
    cefotan = NameList(
        [
            Named("cefotetan", "Cefotetan", "title", "cefotetan", "Cefotetan"),
            Named("cefotan", "Cefotan", "brand", "cefotetan", "Cefotetan"),
        ]
    )
    assert resolve("cefotin", cefotan).match is None


def test_the_first_word_of_several_drugs_names_lists_them() -> None:
    """Inulin is one letter from insulin, which is the first word of many names and by itself none."""
    none = resolve("insulin", of("Inulin"))
    assert none.status == "ambiguous"
    assert {each.slug for each in none.candidates} == {None}
    found = resolve("insulin", of("Inulin", "Insulin glargine", "Insulin lispro"))
    assert found.status == "ambiguous"
    assert {each.slug for each in found.candidates} >= {"Insulin glargine", "Insulin lispro"}


def test_a_choice_offers_only_what_may_be_chosen() -> None:
    found = resolve("fluti", of("Fluticasone furoate", "Fluticasone propionate", "Flutamide", "Warfarin"))
    assert found.status == "ambiguous"
    assert {each.slug for each in found.candidates} <= {"Fluticasone furoate", "Fluticasone propionate", None}


def test_the_beginning_of_an_absent_drugs_name_suggests_it() -> None:
    found = resolve("insulin glar", of("Warfarin"))
    assert (found.status, found.candidates[0].title) == ("not_found", "Insulin glargine")
    assert "Fluoxetine" in [each.title for each in resolve("fluox", of("Warfarin")).candidates]


def test_another_strength_of_a_mixture_is_another_name() -> None:
    assert resolve("zorbumix 50", of("Zorbumixture 70/30")).match is None
    assert resolve("zorbumix 70/30", of("Zorbumixture 70/30")).match is None
    assert resolve("zorbumix", of("Zorbumixture 70/30")).match is not None


def test_a_chemicals_brand_is_no_slip_without_its_number() -> None:
    """Keramino 25 is a cosmetic's keratin."""
    assert resolve("Keramino 25", of("Ketamine")).match is None


def test_short_beginnings_list_candidates() -> None:
    found = ask("valp")
    assert found.status == "ambiguous"
    assert "valproate" in {each.slug for each in found.candidates}


def test_a_name_of_several_monographs_is_ambiguous() -> None:
    found = ask("bothly")
    assert found.status == "ambiguous"
    assert {each.slug for each in found.candidates} == {"first-choice", "second-choice"}


def test_exact_only_takes_neither_prefix_nor_slip() -> None:
    assert [resolve(each, LIBRARY, exact=True).status for each in ("baric", "baricitinb")] == ["not_found"] * 2
    assert resolve("salbutamol", LIBRARY, exact=True).status == "found"


def test_a_refusal_suggests_the_nearest_drugs() -> None:
    found = ask("tofecitinim")
    assert found.status == "not_found"
    assert (found.candidates[0].title, found.candidates[0].slug) == ("Tofacitinib", None)


@pytest.mark.parametrize("query", ["tamoxiphen", "tramidol"])
def test_the_order_in_which_names_are_compared_does_not_matter(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = vocabulary(LIBRARY)
    near = list(words.near(query, 3))
    found = []
    for order in (near, near[::-1]):
        monkeypatch.setattr(Vocabulary, "near", lambda *_, order=order: order)
        found.append(ranked(query, words))
    assert found[0] == found[1]


@pytest.mark.parametrize(
    "line",
    [
        "warfarin 3 mg od + Tab Amlong 5 OD", "Coumadin 3 OD, Tab Amlong 5 OD", "warfarin 3 nocte + metformin 1 g bd",
        "prednisone 5 mg od + bosentan 62.5 mg bd",
    ],
)  # fmt: skip
def test_a_second_drug_after_the_firsts_directions_opens_neither(line: str) -> None:
    found = ask(line)
    assert (found.status, found.match) == ("ambiguous", None)
    assert "names two drugs" in found.message


@pytest.mark.parametrize(
    ("line", "known_as"),
    [
        ("Mésilate d'imatinib 400 mg - Glivec 1 cp/j", "Imatinib"),
        ("Mesilate d’imatinib", "Imatinib"),
        ("Glycomet GP 2 1/2-0-1/2", "Glimepiride and metformin"),
        ("Mag-Ox 400 mg (241.3 mg magnesium) tablet", "Magnesium oxide"),
        ("ferrous sulfate 325 mg (65 mg iron)", "Ferrous sulfate"),
        ("polyethylene glycol (MIRALAX) 17 gram packet", "Polyethylene glycol 3350"),
        ("Macrogol Btl. 1x tgl.", "Polyethylene glycol 3350"),
        ("[START ON 5/6/2024] predniSONE (DELTASONE) tablet 40 mg", "Prednisone"),
        ("potassium chloride SA (K-DUR,KLOR-CON M20) CR tablet 40 mEq", "Potassium chloride"),
        ("T. Clopilet A 75/75 0-1-0", "Aspirin and clopidogrel"),
        ("Inj. H. Actrapid s/c acc to RBS", "Insulin human"),
        ("Novaminsulfon Lichtenstein 500mg 30-30-30-30 Trpf. b. Bed.", "Dipyrone"),
        ("Marcumar n. Quick", "Phenprocoumon"),
        ("Beloc-Zok mite 47,5 mg Retardtabletten 1-0-1", "Metoprolol"),
        ("Pantoprazol msr tablet 40 mg", "Pantoprazole"),
        ("Cardioaspirina 100 mg 1 cp dopo pranzo", "Aspirin"),
        ("Pen V 500mg QDS", "Penicillin V"),
        ("pen vk 250", "Penicillin V"),
        ("clinda 600 mg IV q8h", "Clindamycin"),
        ("mgo 400 mg bd", "Magnesium oxide"),
        ("Teic 400 mg IV OD (loading 12-hourly x3)", "Teicoplanin"),
    ],
)
def test_a_line_that_a_plan_or_a_list_writes_is_that_drug(line: str, known_as: str) -> None:
    assert resolve(line, of("Warfarin")).known_as == known_as


@pytest.mark.parametrize(
    "line",
    [
        "warfarin 5 mg (10 mg magnesium)",
        "calcium carbonate 500 mg (65 mg iron)",
        "{14 (warfarin 500 MG Oral Tablet) / 28 (amoxicillin 500 MG Oral Capsule) } Pack",
        "Warfarin comp",
        "Warfarin comp 5/25 mg 1-0-0",
    ],
)
def test_what_else_is_in_brackets_or_in_a_pack_is_another_drug(line: str) -> None:
    assert resolve(line, of("Warfarin", "Calcium carbonate")).match is None


@pytest.mark.parametrize("line", ["tab bd after food", "1 tablet by mouth twice daily", "500 mg bd", "take with food"])
def test_a_line_of_directions_alone_names_no_drug(line: str) -> None:
    assert "but not which" in ask(line).message


@pytest.mark.slow
def test_what_is_compared_only_to_explain_changes_no_answer() -> None:
    lines = (Path(__file__).parent / "data" / "misspellings_unseen.tsv").read_text("utf-8").splitlines()
    library = NameList(
        Named(fold(name), name, "title", name, name) for name in sorted({line.split("\t")[1] for line in lines[::2]})
    )
    for query in (line.split("\t")[0] for line in lines[::5]):
        explained = resolve(query, library, explain=True)
        assert explained._replace(explanation=None) == resolve(query, library), query


def test_a_clear_slip_of_an_absent_drug_is_absent_and_says_as_what_it_was_read() -> None:
    found = ask("tofacitinb")
    assert (found.status, found.known_as) == ("absent", "Tofacitinib")
    assert found.message.startswith("Read “tofacitinb” as Tofacitinib.")


def test_a_combinations_brand_never_opens_an_ingredient() -> None:
    carbidopa = NameList([Named("carbidopa", "Carbidopa", "title", "carbidopa", "Carbidopa")])
    found = resolve("sinemet", carbidopa)
    assert (found.status, found.known_as) == ("absent", "Carbidopa and levodopa")
    assert [each.slug for each in found.candidates] == ["carbidopa"]


def test_an_absent_combination_suggests_its_ingredients() -> None:
    assert [each.slug for each in ask("augmentin").candidates] == ["amoxicillin"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("baricitinib", None),
        ("olumiant", "Olumiant is Baricitinib"),
        ("salbutamol", "Salbutamol is Albuterol"),
        ("baricitinb", "Showing Baricitinib for “baricitinb”"),
        ("metformin 500mg tablets", "Read “metformin 500mg tablets” as metformin"),
    ],
)
def test_what_is_said_over_an_answer(query: str, said: str | None) -> None:
    match = ask(query).match
    assert match is not None
    assert notice(match) == said


def test_the_part_that_was_read_is_reported() -> None:
    match = ask("warferin 5 mg").match
    assert match is not None
    assert (match.read_as, match.distance) == ("warferin", 1)


def test_a_look_alike_is_named_in_tall_man_letters() -> None:
    match = ask("hydralazine").match
    assert match is not None
    assert [(pair.with_, pair.with_tall_man) for pair in match.confused_with] == [("hydroxyzine", "hydrOXYzine")]


def test_a_slip_between_two_look_alikes_asks() -> None:
    found = resolve("hydroxazine", library("hydralazine"), explain=True)
    assert found.match is None


def test_an_explanation_names_the_guard_and_the_runners_up() -> None:
    found = ask("prednisolne").explanation
    assert found is not None
    assert found.rule == "not clearly nearer"
    assert {each.title for each in found.compared[:2]} == {"Prednisolone", "Prednisone"}
    assert resolve("prednisolne", LIBRARY).explanation is None


@pytest.mark.parametrize("query", list(look_alikes()))
def test_no_look_alike_opens_its_partner(query: str) -> None:
    partner = {pair.with_ for pair in look_alikes()[query]}
    names = NameList(Named(fold(name), name, "title", name, name) for name in partner)
    assert resolve(query, names).match is None
    assert resolve(query + " 10 mg tablets", names).match is None


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
@pytest.mark.slow
def test_no_text_raises_and_only_a_name_opens_exactly(query: str) -> None:
    found = resolve(query, LIBRARY, explain=True)
    assert "\n" not in found.message
    assert found.message.isprintable()


@given(st.deferred(lambda: st.sampled_from(sorted(each.folded for each in lexicon()))))
@settings(max_examples=400, deadline=None)
@pytest.mark.slow
def test_a_name_of_another_drug_never_opens(name: str) -> None:
    known = lexicon().find(name)
    assert known is not None
    found = resolve(known.written, LIBRARY)
    if found.match is not None:
        own = {drug for title, _ in DRUGS[found.match.slug] if (at := lexicon().find(fold(title))) for drug in at.drugs}
        assert set(known.drugs) <= own


@pytest.mark.parametrize(
    ("likely", "unlikely"), [("amoxicilin", "amoxibillin"), ("fenytoin", "tenytoin"), ("sertralene", "sertralkne")]
)
def test_a_likely_slip_costs_less(likely: str, unlikely: str) -> None:
    name = {"a": "amoxicillin", "f": "phenytoin", "s": "sertraline"}[likely[0]]
    assert cost(likely, name) < cost(unlikely, name)


@given(st.text("abcehilnoprstxy", min_size=1, max_size=12), st.text("abcehilnoprstxy", min_size=1, max_size=12))
@settings(max_examples=200, deadline=None)
def test_cost_is_nothing_only_for_the_same(one: str, other: str) -> None:
    assert (cost(one, other) == 0) == (one == other)


SALTS = NameList(
    Named(fold(name), name, field, slug, title)  # type: ignore[arg-type]
    for slug, title, names in (
        ("metformin", "Metformin", (("Metformin", "title"), ("Glucophage", "brand"))),
        (
            "metformin-hydrochloride",
            "Metformin hydrochloride",
            (("Metformin hydrochloride", "title"), ("Metformin", "synonym"), ("Glucophage", "brand")),
        ),
        ("fluticasone-furoate", "Fluticasone furoate", (("Fluticasone furoate", "title"), ("Fluticasone", "synonym"))),
        (
            "fluticasone-propionate",
            "Fluticasone propionate",
            (("Fluticasone propionate", "title"), ("Fluticasone", "synonym")),
        ),
    )
    for name, field in names
)
"""A label imported beside a monograph that was there, and two esters that share a by-name."""


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("metformin", "metformin"),
        ("metfromin", "metformin"),
        ("glucoph", "metformin"),
        ("glucophage", "metformin"),
        ("metformin hydrochloride", "metformin-hydrochloride"),
    ],
)
def test_a_name_is_first_the_drug_whose_title_it_is(query: str, slug: str) -> None:
    found = resolve(query, SALTS)
    assert found.match is not None
    assert found.match.slug == slug


def test_a_by_name_of_two_drugs_stays_ambiguous() -> None:
    found = resolve("fluticasone", SALTS)
    assert found.status == "ambiguous"
    assert {each.slug for each in found.candidates} == {"fluticasone-furoate", "fluticasone-propionate"}


def test_one_title_of_two_monographs_stays_ambiguous() -> None:
    twice = NameList(Named("metformin", "Metformin", "title", slug, "Metformin") for slug in ("one", "two"))
    assert resolve("metformin", twice).status == "ambiguous"


@pytest.mark.parametrize(
    ("query", "slug"),
    [("glucofage", "metformin"), ("lignacaine", "lidocaine"), ("frusamide", "furosemide")],
)
def test_a_slip_of_a_name_that_only_the_lexicon_has(query: str, slug: str) -> None:
    names = NameList(Named(each, each, "title", each, each) for each in ("metformin", "lidocaine", "furosemide"))
    found = resolve(query, names)
    assert found.match is not None
    assert (found.match.slug, found.match.kind) == (slug, "typo")


@pytest.mark.parametrize("query", ["coumadin h", "warfarin d", "drugone 7x"])
def test_a_letter_by_itself_tells_drugs_apart(query: str) -> None:
    """Decortin H is prednisolone, Decortin prednisone."""
    assert opened(query) is None


def test_a_name_that_begins_like_a_route_is_read_with_its_number() -> None:
    assert ask("PEG 3350 17 g daily").known_as == "Polyethylene glycol 3350"
    assert ask("PEG 17 g daily").explanation.rule == "only directions"  # type: ignore[union-attr]


@pytest.mark.parametrize("query", ["(S, S, R)-warfarin", "warfarin (C19H16O4)", "metformin (R)"])
def test_a_formula_or_an_isomer_in_parentheses_is_another_compound(query: str) -> None:
    found = ask(query).explanation
    assert found is not None
    assert found.rule == "another compound"


def test_every_drug_of_a_line_is_named() -> None:
    answer = ask("warfarin 5 mg amoxicillin 500 mg metformin 850 mg bid")
    assert answer.status == "ambiguous"
    assert "names three drugs, Warfarin, Amoxicillin and Metformin." in answer.message


@pytest.mark.parametrize("query", ["warfare", "morphing", "singular", "aspiring", "heparinize"])
def test_english_words_open_nothing(query: str) -> None:
    titles = ("warfarin", "morphine", "aspirin", "heparin", "montelukast")
    names = [Named(each, each, "title", each, each) for each in titles]
    names.append(Named("singulair", "Singulair", "brand", "montelukast", "montelukast"))
    assert resolve(query, NameList(names)).match is None


def test_the_command_tells_the_reading_the_look_alike_and_the_choices(inside: Cli) -> None:
    told = inside("match", "prednisone 5 mg", "met").out.splitlines()
    assert told[0].endswith("read as prednisone), not to be confused with prednisoLONE")
    assert "choose one (Metoprolol, Metformin, " in told[1]
    assert " more)." in told[1]
    assert "Not to be confused with prednisoLONE (this is predniSONE)." in inside("faq", "prednisone").out
    assert "Not to be confused with prednisoLONE" in inside("interactions", "prednisone", "warfarin").out


@pytest.mark.parametrize(
    "query", ["warfarrin", "xyzzyqp", "metformin hydrocloride", "amoxicilin clavulanate", "insu", "B01AA03", "B01"]
)
def test_a_store_answers_as_names_in_memory_do(query: str) -> None:
    store = Library([shipped()])
    assert resolve(query, store, explain=True) == resolve(query, NameList(store.all()), explain=True)
    assert set(store.of_length(5, 300)) == set(NameList(store.all()).of_length(5, 300))
    assert store.combinations() == NameList(store.all()).combinations()


def test_after_some_queries_the_names_are_held_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Library([shipped()])
    for _ in range(MANY + 2):
        assert store.resolve("warfarrin").match
    monkeypatch.setattr(Library, "rows", None)
    assert store.resolve("warfarrrin").match


WORDS = st.text("aefghkpqsuwxyic", max_size=9)


@given(WORDS, WORDS)
def test_an_edit_costs_no_less_than_is_reckoned_with(one: str, other: str) -> None:
    assert cost(one, other) >= LEAST_EDIT * edits(one, other) - 1e-9


@given(WORDS, WORDS, st.floats(0.2, 2.5))
@example("doca", "coda", 1.36)  # swapped over a letter: the edit looks three rows back
def test_what_costs_at_most_so_much_is_priced_as_without_a_limit(one: str, other: str, most: float) -> None:
    whole, found = cost(one, other), cost(one, other, most)
    assert found == whole or min(found, whole) > most
