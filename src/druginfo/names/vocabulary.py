"""The names that a query is compared with: the library's and the lexicon's, each with the drug it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from druginfo.model import Named
from druginfo.names import codes
from druginfo.names.exact import holders
from druginfo.names.folding import fold, ingredients
from druginfo.names.lexicon import Known, Lexicon, Meaning, lexicon
from druginfo.names.listed import OF_THE_DRUG, LibraryNames, grouped, is_code, is_combination, parts
from druginfo.names.nearness import near
from druginfo.names.salts import same_moiety
from druginfo.names.skeleton import neighbours, skeleton

DrugKey = str | int | frozenset[int | str]
"""What a name belongs to: a slug of the library; else a drug of the lexicon by its number, or a combination of such
(an ingredient that the lexicon does not know is its folded name)."""


class Entry(NamedTuple):
    """One name that a query can be, or be near to."""

    folded: str
    written: str
    kind: str
    """`g`, `b`, `w`, `n`, `e`, `c`, `x` as in the lexicon; `l` for a name of the library."""
    drugs: tuple[DrugKey, ...]
    """Several where the name is ambiguous."""
    named: Named | None
    """The library's own name."""
    countries: tuple[tuple[str, ...], ...] = ()
    """For each of `drugs` the countries where the name means it; empty for a name of the library."""
    sold: int = 0
    """In how many countries the name is sold, be it as several drugs'."""

    @property
    def shown(self) -> str:
        """The name as the monograph writes it, or the lexicon's lower-case name with a capital."""
        return self.written if self.named else self.written[:1].upper() + self.written[1:]


class Vocabulary:
    """Every name of a library and of the lexicon; both are read as they are needed."""

    def __init__(self, names: LibraryNames, known: Lexicon) -> None:
        self.lexicon = known
        self.names = names
        self.exact: Callable[[str], Sequence[Named]] = lru_cache(256)(names.exact)
        self._title: Callable[[str], str] = cache(lambda slug: names.titles([slug])[slug])
        self.entry: Callable[[str], Entry | None] = lru_cache(1 << 15)(self._entry_of)
        """What goes by a folded name. The library's names come first: what it calls its own is not asked further."""
        self.owners: Callable[[DrugKey], tuple[str, ...]] = cache(self._owners)
        """The slugs of the library that are a drug of the lexicon: those with one of its names for a title or INN, else
        for a synonym."""
        self.drugs_called: Callable[[str], tuple[DrugKey, ...]] = lru_cache(4096)(self._drugs_called)
        """The lexicon's drugs of that name, salt or combination; none if it is unknown or ambiguous."""
        self.use: Callable[[DrugKey], int] = cache(self._use)
        """How much a drug is in use, 0 to 9; of a combination, its ingredient least in use."""
        self._alike = lru_cache(4096)(self._names_alike)
        self.weighed = dict[str, Any]()
        """What `evidence` makes of a name, its cost apart."""

    def _by_name(self, folded: str) -> list[Named]:
        found = self.exact(folded)
        return [each for each in found if not is_code(each)] if found else []

    @cached_property
    def _joint(self) -> dict[str, DrugKey]:
        """The combinations that the library has, by slug."""
        return {slug: self.combination(parts(title)) for slug, title in self.names.combinations().items()}

    def _drugs_called(self, name: str) -> tuple[DrugKey, ...]:
        for each in (name, *same_moiety(name)):
            if (found := self.lexicon.find(fold(each))) and found.meanings:
                return (_drug(found.meanings[0]),) if len(found.meanings) == 1 else ()
        parts = ingredients(name)
        return (self.combination(parts),) if len(parts) > 1 else ()

    def combination(self, parts: Iterable[str]) -> DrugKey:
        """The combination of ingredients by their names; the drug itself where all are names of one."""
        together: set[int | str] = set()
        for part in parts:
            called = self.drugs_called(part)
            drug = called[0] if called else fold(part)
            together |= drug if isinstance(drug, frozenset) else {drug}
        return frozenset(together) if len(together) > 1 else together.pop()

    def _owners(self, drug: DrugKey) -> tuple[str, ...]:
        if isinstance(drug, str):
            return (drug,)
        if isinstance(drug, frozenset):
            return tuple(slug for slug, of in self._joint.items() if of == drug)
        about = self.lexicon.drug(drug)
        names = dict.fromkeys((fold(about.title), *map(fold, about.also)))
        own = [each for name in names for each in self.exact(name)]
        slugs = {each.slug for each in own if each.field in OF_THE_DRUG}
        if not slugs:
            slugs = {each.slug for each in own if each.field == "synonym"}
            slugs = slugs.union(*map(self.names.without_salt, names))
            slugs = {slug for slug in slugs if not self.is_joint(slug)}
        return tuple(sorted(slugs))

    def owned(self, drugs: Iterable[DrugKey]) -> tuple[DrugKey, ...]:
        """Drugs of the lexicon as the library has them: a slug in place of each that it has."""
        found: dict[DrugKey, None] = {}
        for drug in drugs:
            found.update(dict.fromkeys(self.owners(drug) or (drug,)))
        return self.settled(tuple(found))

    def settled(self, drugs: tuple[DrugKey, ...]) -> tuple[DrugKey, ...]:
        """Drugs without the library's salts of others among them: "Metformin hydrochloride" beside "Metformin" is no
        other drug."""
        if len(drugs) < 2:
            return drugs
        of_library = [drug for drug in drugs if isinstance(drug, str)]
        titles = {fold(self._title(drug)): drug for drug in of_library}
        salts = {
            drug
            for drug in of_library
            if any(titles.get(fold(name), drug) != drug for name in same_moiety(self._title(drug)))
        }
        return tuple(drug for drug in drugs if drug not in salts)

    def title(self, drug: DrugKey) -> str:
        """What a drug is called."""
        if isinstance(drug, str):
            return self._title(drug)
        if isinstance(drug, int):
            return self.lexicon.drug(drug).title
        first, *rest = sorted(self.lexicon.drug(each).title if isinstance(each, int) else each for each in drug)
        return " and ".join([first, *(each if each.isupper() else each[:1].lower() + each[1:] for each in rest)])

    def _use(self, drug: DrugKey) -> int:
        if isinstance(drug, int):
            return self.lexicon.drug(drug).use
        if isinstance(drug, frozenset):
            return min(self.use(each) if isinstance(each, int) else 0 for each in drug)
        called = self.drugs_called(self._title(drug))
        return self.use(called[0]) if called and not isinstance(called[0], str) else 0

    def titled(self, beginning: str) -> Iterator[tuple[str, str]]:
        """Slug and title of each monograph whose folded title begins so."""
        own = {
            (each.folded, each.slug, each.title) for each in self.names.beginning(beginning) if each.field == "title"
        }
        yield from ((slug, title) for _, slug, title in sorted(own))

    def is_joint(self, drug: DrugKey) -> bool:
        """Whether a drug is a combination."""
        return isinstance(drug, frozenset) or (isinstance(drug, str) and is_combination(self._title(drug)))

    def is_product(self, drug: DrugKey) -> bool:
        """Whether a combination is one that is sold, or that the library has."""
        if not isinstance(drug, frozenset):
            return True
        return bool(self.owners(drug)) or self.lexicon.is_product(each for each in drug if isinstance(each, int))

    def _entry_of(self, folded: str) -> Entry | None:
        if own := self._by_name(folded):
            return self._own_entry(own)
        known = self.lexicon.find(folded)
        return None if known is None else self._entry(known)

    def named_so(self, folded: str) -> Sequence[Named]:
        """The library's names whose fold that is."""
        return self._by_name(folded) or self.exact(folded)

    def coded(self, code: codes.Code) -> tuple[DrugKey, ...]:
        """The drugs that a code means, the library's as their monographs or the lexicon have it."""
        found: dict[DrugKey, None] = {}
        for key in code.keys:
            own = (n for n in self.names.beginning(key) if is_code(n) and (code.is_group or n.folded == key))
            named = grouped(own, lambda name: name.folded).values()
            slugs = dict.fromkeys(slug for each in named for slug in holders(each))
            found.update(slugs)
            for known, drugs in self.lexicon.coded(key):
                if code.is_group or (known == key and not slugs):
                    drug = drugs[0] if len(drugs) == 1 else frozenset(drugs)
                    found.update(dict.fromkeys(self.owned((drug,))))
        return tuple(found)

    def _own_entry(self, own: Sequence[Named]) -> Entry:
        drugs = self.settled(holders(own))
        named = next(each for each in own if each.slug == drugs[0])
        known = self.lexicon.find(named.folded) if named.field == "brand" else None
        return Entry(named.folded, named.name, "l", drugs, named, (), known.sold if known else 0)

    def _entry(self, known: Known) -> Entry:
        if len(known.meanings) == 1:
            (meaning,) = known.meanings
            called = _drug(meaning)
            if len(own := self.owners(called) or (called,)) == 1:
                return Entry(known.folded, known.written, known.kind, own, None, (meaning.countries,), known.sold)
        where: dict[DrugKey, dict[str, None]] = {}
        for meaning in known.meanings:
            called = _drug(meaning)
            for drug in self.owners(called) or (called,):
                where.setdefault(drug, {}).update(dict.fromkeys(meaning.countries))
        drugs = self.settled(tuple(where))
        countries = tuple(tuple(where[each]) for each in drugs)
        return Entry(known.folded, known.written, known.kind, drugs, None, countries, known.sold)

    def beginning(self, folded: str) -> Iterator[Entry]:
        """What goes by names that begin with `folded`."""
        own = {each.folded for each in self.names.beginning(folded) if not is_code(each)}
        for name in sorted(own):
            yield self._own_entry(self._by_name(name))
        for known in self.lexicon.beginning(folded):
            if known.folded not in own and known.meanings:
                yield self._entry(known)

    def near(self, folded: str, most: int) -> Sequence[tuple[int, str]]:
        """The names that a query could be a slip of, with the edits between them: of those with its skeleton, or
        nearly, the library's, and the lexicon's of medicines in use, without those that salt words are added to and
        those that are English words too. `most` edits at most, and at most one more than the nearest."""
        bones = skeleton(folded)
        found = near(folded, self._alike(bones), most)
        if not found and len(folded) >= LONG:
            own = self.names.of_length(len(folded) - most, len(folded) + most)
            found = near(folded, [*own, *self.lexicon.near(self.lexicon.farther(bones))], most)
        return [*dict.fromkeys([each for each in found if each[0] <= found[0][0] + 1])]

    def _names_alike(self, bones: str) -> list[str]:
        """The folded names with a skeleton or one that is a letter away."""
        around = neighbours(bones)
        return [*self.names.with_bones(around), *self.lexicon.near(around)]

    def like(self, folded: str, most: int) -> Sequence[tuple[int, str]]:
        """The library's names that are so many edits away at most, whatever their skeletons: to suggest, not to
        open."""
        return near(folded, self.names.of_length(max(len(folded) - most, _LONG_ENOUGH), len(folded) + most), most)


_LONG_ENOUGH = 5
"""Letters of the names that are suggested."""


def _drug(meaning: Meaning) -> DrugKey:
    return meaning.drugs[0] if len(meaning.drugs) == 1 else frozenset(meaning.drugs)


LONG = 9
"""Letters of a query for which names are looked for two letters of the skeleton away, where none is nearer."""

_vocabularies: WeakKeyDictionary[LibraryNames, Vocabulary] = WeakKeyDictionary()


def vocabulary(names: LibraryNames) -> Vocabulary:
    """The vocabulary of a library with the shipped lexicon, built once for each `names`."""
    if (found := _vocabularies.get(names)) is None:
        found = _vocabularies[names] = Vocabulary(names, lexicon())
    return found


def named_so(names: LibraryNames, folded: str) -> Sequence[Named]:
    """The library's names whose fold that is; from memory where they are in memory already."""
    known = _vocabularies.get(names)
    return names.exact(folded) if known is None else known.named_so(folded)
