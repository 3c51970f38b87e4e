"""The products of an SPL document and of a kit: their names and active ingredients, without what only goes along.

A kit holds the drug and what it is given with: a diluent, a swab. Those are no ingredients of the drug, so a kit of
adalimumab and alcohol swabs is adalimumab.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from druginfo.labels.lines import distinct, tidy

_SKIN_PREPARATION = re.compile(
    r"(?:isopropyl |ethyl )?alcohol|isopropanol|povidone[- ]iodine|benzalkonium chloride|chlorhexidine gluconate",
    re.IGNORECASE,
)
_DILUENT = re.compile(r"(?:(?:sterile|bacteriostatic) )?water(?: for injection)?|sodium chloride", re.IGNORECASE)
_INJECTED = frozenset({"epidural", "infiltration", "intralesional", "perineural", "subcutaneous", "percutaneous"})
_INTO_THE_BODY = re.compile(r"intra(?!nasal|vaginal|uterine)\w+")


@dataclass(frozen=True, slots=True)
class Product:
    """A product or a part of a kit; names as the document has them."""

    brands: tuple[str, ...]
    generics: tuple[str, ...]
    substances: tuple[str, ...]
    """Active ingredients, salts included."""
    moieties: tuple[str, ...]
    is_part: bool


def products(root: Element) -> list[Product]:
    """The products of an SPL document, kits before their parts; without accessories where anything else is left.

    A part's brand is a name of the kit only where the kit has none of its own.
    """
    tags = ("manufacturedProduct", "partProduct", "manufacturedMedicine", "partMedicine")
    found = [_product(element) for element in root.iter() if element.tag in tags]
    found = [product for product in found if product.brands or product.generics or product.substances]
    drugs = [product for product in found if not _goes_along(product)]
    if any(product.substances for product in drugs):
        dropped = {name.lower() for product in found if product not in drugs for name in product.generics}
        found = [replace(drug, generics=tuple(_without(name, dropped) for name in drug.generics)) for drug in drugs]
    if any(product.brands and not product.is_part for product in found):
        return [replace(product, brands=()) if product.is_part else product for product in found]
    return found


def _without(generic: str, dropped: Container[str]) -> str:
    """The generic name without what only goes along in a kit (`zelvanib, isopropyl alcohol`)."""
    names = generic.split(", ")
    return ", ".join(name for name in names if name.lower() not in dropped) or generic


def _goes_along(product: Product) -> bool:
    return product.is_part and all(
        _SKIN_PREPARATION.fullmatch(name) or _DILUENT.fullmatch(name) for name in product.substances
    )


def without_skin_preparation(substances: Sequence[str], routes: Sequence[str]) -> tuple[str, ...]:
    """A label's active ingredients without the swab of a kit that is injected; `routes` are those of its parts."""
    lowered = {route.lower() for route in routes}
    injected = any(route in _INJECTED or _INTO_THE_BODY.fullmatch(route) for route in lowered)
    kept = tuple(name for name in substances if not _SKIN_PREPARATION.fullmatch(name))
    return kept if kept and injected and "topical" in lowered else tuple(substances)


def _product(element: Element) -> Product:
    inner = ("asEntityWithGeneric/genericMedicine/name", "genericMedicine/name")
    return Product(
        _named(element.findall("name")),
        _named(name for path in inner for name in element.findall(path)),
        _named(_active(element, "name")),
        _named(_active(element, "activeMoiety/activeMoiety/name", "activeMoiety/name")),
        element.tag.startswith("part"),
    )


def _active(element: Element, *paths: str) -> Iterator[Element]:
    for ingredient in element.findall("ingredient"):
        if ingredient.get("classCode", "").startswith("ACTI"):
            for path in paths:
                yield from ingredient.findall(f"ingredientSubstance/{path}")
    for path in paths:  # SPL before 2009
        yield from element.findall(f"activeIngredient/activeIngredientSubstance/{path}")


def _named(names: Iterable[Element]) -> tuple[str, ...]:
    """Their texts; a brand's suffix is a word of its own."""
    return distinct(tidy(" ".join(element.itertext())) for element in names)
