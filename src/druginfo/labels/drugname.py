"""What a label's drug is called: the title, the other names and the slug of its monograph."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from druginfo.labels.homes import TABLES
from druginfo.labels.label import Label, Refused
from druginfo.labels.lines import distinct, shown
from druginfo.names import fold
from druginfo.names.lexicon import lexicon
from druginfo.names.salts import same_moiety
from druginfo.terms.language import language_name
from druginfo.terms.patterns import UNIT
from druginfo.terms.phrase_list import Phrases

_LONGEST_TITLE = 120
_LONGEST_SLUG = 80
BETWEEN = re.compile(r"\s*(?:[,;/+&]|\band\b|\bwith\b)\s*", re.IGNORECASE)
"""What comes between the ingredients in a combination's name."""
_JOINT = re.compile(r"\b(?:and|with)\b|[/+&;]", re.IGNORECASE)
_ROMAN = re.compile(r"(?=[IVX]{2,5}$)X{0,2}(?:I[VX]|V?I{0,3})$", re.IGNORECASE)
_RESERVED = frozenset(f"con prn aux nul {' '.join(f'com{n} lpt{n}' for n in range(10))}".split())
"""File names that Windows keeps for devices."""


WrittenNames = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DrugName:
    """What the monograph of a label is called."""

    title: str
    """The generic name, capitalised as in a sentence; a combination names all its ingredients."""
    slug: str
    """At most 80 letters, digits and hyphens in lower case, as any file system takes them."""
    aliases: tuple[str, ...]
    """Other names of the same drug: with and without its salt. Never an ingredient of a combination."""
    brands: tuple[str, ...]
    is_combination: bool


def drug_name(label: Label) -> DrugName:
    """The name of the label's drug. Raises `Refused` where the label names none, or none that a file can bear."""
    return _named(label.generics, label.substances, label.moieties, label.brands)


@lru_cache(4096)  # of one drug there are many labels
def _named(*names: WrittenNames) -> DrugName:
    generics, substances, moieties, brands = map(_clean, names)
    generics = distinct((_PLAIN_FORM.sub("", name) or name for name in generics), fold)
    if substances:
        generics = tuple(name for name in generics if not (fold(name) in map(fold, brands) and _is_brand(name)))
    ingredients = _ingredients(generics, substances, moieties)
    is_combination = len(ingredients) > 1
    title = (
        sentence_case(*map(_spelled_out, ingredients)) if ingredients else sentence_case(brands[0]) if brands else ""
    )
    carried = "" if is_combination else _carried(title, brands)
    title = carried or title
    if len(title) > _LONGEST_TITLE:
        if len({fold(name.split(" ")[0]) for name in brands}) == 1:
            title = sentence_case(brands[0])
        elif is_combination:
            title = f"{sentence_case(ingredients[0])} and {len(ingredients) - 1} others"
        title = title[:_LONGEST_TITLE].rstrip(" ,")
    if not title:
        raise Refused("the label names no drug")
    slug = _slug(title)
    if not slug:
        raise Refused(f"no file name can be made of the drug's name, {title[:60]!r}")
    aliases = () if is_combination or carried else _aliases(title, generics, substances, moieties)
    taken = {fold(name) for name in (title, *aliases)}
    if is_combination:
        parts = (*ingredients, *substances, *moieties)
        taken |= {fold(name) for part in parts for name in (part, *same_moiety(part))}
    return DrugName(
        title,
        slug,
        tuple(sentence_case(name) for name in aliases if fold(name) != fold(title) and not BETWEEN.search(name)),
        tuple(_as_brand(name) for name in brands if fold(name) not in taken),
        is_combination,
    )


def monograph_name(label: Label) -> DrugName:
    """The name of the label's monograph. The title of one that is not the FDA's says whose it is, and the drug's own
    name is one of its names: "Exemplaride (Canada, French)". Raises `Refused` as `drug_name` does.
    """
    name = drug_name(label)
    known = TABLES["territories"].get(label.territory, f"en {label.territory or 'country not stated'}")
    usual, _, where = known.partition(" ")
    whose = [] if label.territory == "US" else [where]
    if label.language != usual and not (label.language in _NORWEGIAN and usual in _NORWEGIAN):
        whose.append(language_name(label.language) or "language not stated")
    if label.kind == "package leaflet":
        whose.append("package leaflet")
    if not whose:
        return name
    of = _slug(" ".join(whose))  # whole in the file's name: two documents on one drug never share one
    slug = f"{name.slug[: _LONGEST_SLUG - len(of) - 1].strip('-')}-{of}"
    return replace(name, title=f"{name.title} ({', '.join(whose)})", slug=slug, aliases=(name.title, *name.aliases))


_NORWEGIAN = frozenset({"no", "nb", "nn"})


def _is_brand(name: str) -> bool:
    """Whether a name is known as a brand: some labels give theirs as the generic name too."""
    return (known := lexicon().find(fold(name))) is not None and known.kind == "b"


def _carried(title: str, brands: WrittenNames) -> str:
    """What a brand is known to be where it is the title's drug in a carrier, which is another medicine; else empty.

    Labels of liposomes are titled after their drug alone: Doxil's generic name is "doxorubicin hydrochloride".
    """
    plain, sold = _known_drugs((title, *same_moiety(title))), _known_drugs(brands)
    (meant,) = sold if len(sold) == 1 else ("",)
    carries = _CARRIER.search(meant) and any(meant.startswith(f"{drug} ") for drug in plain)
    return meant if carries else ""


def _known_drugs(names: Iterable[str]) -> set[str]:
    """The titles of the drugs that names are known to mean, each alone."""
    known = (lexicon().find(fold(name)) for name in names)
    return {lexicon().drug(each.drugs[0]).title for each in known if each and len(each.drugs) == 1}


_CARRIER = re.compile(r"\b(?:liposom\w+|lipid complex|protein-bound|pegylated|protamine)\b")


def _aliases(title: str, generics: WrittenNames, substances: WrittenNames, moieties: WrittenNames) -> WrittenNames:
    """Other names of a single drug. The substances that a collective name covers are not among them."""
    is_collective = len(moieties or substances) > 1
    bare = _FORM.sub("", title) or title
    salts = [name for name in substances if not _another_form(name, bare)]
    others = (*generics, bare) if is_collective else (*generics, bare, *salts, *moieties)
    return distinct((*others, *(free for name in (title, *others) for free in same_moiety(name))), fold)


_PLAIN_FORM = re.compile(rf"(?:,? (?:tablets?|capsules?|caplets?|usp|nf|[\d.,]+ ?{UNIT}))+$", re.IGNORECASE)
"""What names at most the usual form of a drug: "ibuprofen tablets USP, 200 mg" is ibuprofen."""
_FORM = re.compile(rf"(?:,? (?:{TABLES['contents']['forms']}))+$", re.IGNORECASE)
"""A product's form at the end of its name: without it the name is the drug's, with it the product's."""


def _another_form(substance: str, title: str) -> bool:
    """Whether a substance is the drug in a form that its name does not tell: "atorvastatin calcium … solvate"."""
    first, begins = (fold(name.split(" ")[0]) for name in (title, substance))
    related = {fold(name) for name in (title, *same_moiety(title))}
    return begins == first and not related & {fold(name) for name in (substance, *same_moiety(substance))}


def _ingredients(generics: WrittenNames, substances: WrittenNames, moieties: WrittenNames) -> WrittenNames:
    """The names that make up the title: one for a drug, several for a combination or a kit."""
    if len(generics) == 1 and _VACCINE.search(generics[0]):  # "… Toxoids and Acellular Pertussis Vaccine, Adsorbed"
        return generics
    count = len(moieties or substances)
    split = distinct((part for name in generics for part in BETWEEN.split(name) if any(map(str.isalpha, part))), fold)
    if count < 2 and generics and all(map(_JOINT.search, generics)):
        return split  # the ingredients that the name tells outweigh a list that has but one of them
    if count == 1:  # several generic names of one substance are spellings of one drug; the shortest is the plainest
        return (min(generics, key=len),) if generics else (moieties or substances)[:1]
    if not count:
        return generics[:1]
    if 1 < len(split) <= count:
        return split
    if len(generics) == 1 and _names_them_all(generics[0], substances):
        return generics
    return moieties or substances


_VACCINE = Phrases("vaccine/vaccines/toxoid/toxoids")
_COLLECTIVE = re.compile(r"\b(?:immun[eo] ?globulins?|anti(?:venom|venin)|pollens?)\b", re.IGNORECASE)


def _names_them_all(generic: str, substances: WrittenNames) -> bool:
    """Whether a generic name means all its substances together: "pancrelipase" for lipase, amylase and protease.

    Antivenoms and the like do, and known drugs that are none of the substances; "metformin" over metformin and
    sitagliptin is an ingredient's name put for a combination.
    """
    if _COLLECTIVE.search(generic):
        return True
    named = [name for name in substances if fold(name).startswith(fold(generic))]
    known = lexicon().find(fold(generic))
    return len(named) in (0, len(substances)) and known is not None and known.kind == "g" and not known.joint


def sentence_case(*names: str) -> str:
    """A drug's name as in running text, several joined: `PENICILLIN G POTASSIUM` becomes `Penicillin G potassium`."""
    *first, last = (" ".join(_word(word, name.isupper()) for word in name.split(" ")) for name in names)
    name = f"{', '.join(first)} and {last}" if first else last
    return name[:1].upper() + name[1:]


def _spelled_out(name: str) -> str:
    """Both spellings of a salt are one, so that their labels are one drug's."""
    return re.sub(r"(?i)\bhbr\b", "hydrobromide", re.sub(r"(?i)\bhcl\b", "hydrochloride", name))


_AS_WRITTEN = {written.lower(): written for written in "HCl HBr ER XR SR DR XL LA CR IR".split()}
"""Salts, and how a product releases the drug (extended, sustained, delayed …)."""


def _word(word: str, shouted: bool) -> str:
    if word.lower() in _AS_WRITTEN:
        return _AS_WRITTEN[word.lower()]
    if len(word) == 1 or _ROMAN.match(word):
        return word.upper() if word.isalpha() and word.lower() not in "a" else word
    return word.lower() if shouted or word.istitle() or (word.isupper() and len(word) > 4) else word


def _as_brand(name: str) -> str:
    return name.title().replace("’S", "’s").replace("'S", "'s") if name.isupper() and len(name) > 4 else name


def _clean(names: Iterable[str]) -> tuple[str, ...]:
    cleaned = (shown(name, but="®™*†‡<>|`\\").strip(" ,;.") for name in names)
    return distinct((name[:400] for name in cleaned if any(c.isalpha() for c in name)), fold)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST_SLUG].strip("-")
    return f"{slug}-drug" if slug in _RESERVED else slug
