"""`new`: a monograph to fill in, where the user's own ones are."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from druginfo.classes import equals
from druginfo.errors import Failed, Usage
from druginfo.library import Library
from druginfo.markup import slugify
from druginfo.names import fold
from druginfo.names.codes import read
from druginfo.names.lexicon import lexicon
from druginfo.places import own
from druginfo.terms.files import DATA

_MOST_BRANDS = 8


class Begun(NamedTuple):
    """A monograph that was begun."""

    path: str
    slug: str
    title: str
    aliases: tuple[str, ...]
    """Its other nonproprietary names, as the lexicon has them."""
    brands: tuple[str, ...]
    """Its best-known brands."""
    atc: tuple[str, ...] = ()
    """Its ATC codes, of the WHO's index."""
    classes: tuple[str, ...] = ()
    """The classes that all drugs with monographs have that share the beginning of such a code; to be looked at."""


class _Names(NamedTuple):
    title: str
    aliases: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    atc: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()


def new(library: Library, words: Sequence[str]) -> Begun:
    """Write a monograph with the drug's names and every section's heading, for a person to fill in.

    It is written to the user's own directory, which is made if need be. Raises Usage for a name that is another drug's,
    or a brand; Failed where there is such a monograph already or the directory cannot be written to; Ambiguous.
    """
    name = " ".join(" ".join(words).split())
    slug = slugify(name)
    if not any(character.isalnum() for character in name):
        raise Usage(f"“{name}” cannot be a file name: it has no letter or digit.", query=name)
    found = library.resolve(name)
    if found.match:
        monograph = library.open(found.match.slug)
        if monograph.path.startswith(f"{own()}{os.sep}"):
            raise Failed(f"You have a monograph of {monograph.title} already: {monograph.path}.")
        raise Failed(
            f"{monograph.title} has a monograph: {monograph.path}. Copy it to {own() / f'{monograph.slug}.md'} to "
            "change it; yours is then used instead."
        )
    if found.status == "ambiguous":
        library.find(name)
    named = _named(library, name) if found.status == "absent" else None
    right = slugify(found.known_as or "")
    if named is None and found.status == "absent" and right != slug:
        raise Usage(f"“{name}” is {found.known_as}: `druginfo new {right}` starts that.", query=name)
    named = named or _Names(name[:1].upper() + name[1:])
    path = own() / f"{slug}.md"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(path, "x", encoding="utf-8") as file:
            file.write(_text(named))
    except FileExistsError:
        raise Failed(f"{path} already exists.") from None
    except OSError as error:
        raise Failed(f"Cannot write {path}: {error.strerror or error}.") from error
    return Begun(os.fspath(path), slug, *named)


def _named(library: Library, name: str) -> _Names | None:
    """What the drug of that nonproprietary name is called; None for a brand, a slip, several drugs' name."""
    known = lexicon().find(fold(name))
    if known is None or known.kind.lower() in ("b", "w") or len(known.meanings) != 1 or len(known.drugs) != 1:
        return None
    (number,) = known.drugs
    drug = lexicon().drug(number)
    others = [drug.title, *drug.also]
    aliases = tuple(each for each in dict.fromkeys(others) if fold(each) != fold(name))
    sold = [
        (max(len(meaning.countries) for meaning in each.meanings), each.written)
        for each in lexicon()
        if each.kind == "b" and [meaning.drugs for meaning in each.meanings] == [(number,)]
    ]
    written = {name for _, name in sold}
    ranked = sorted(sold, key=lambda pair: (-pair[0], pair[1]))
    brands = [name.title() for count, name in ranked if count and name.removesuffix("tm") not in written - {name}]
    coded = (read(code) for code, drugs in lexicon().coded("") if drugs == (number,))
    atc = [code.shown.removeprefix(_ATC) for code in coded if code and code.shown.startswith(_ATC)]
    classes = next(filter(None, (_classes(library, code, number) for code in atc)), ())
    return _Names(name[:1].upper() + name[1:], aliases, tuple(brands[:_MOST_BRANDS]), tuple(atc), classes)


_ATC = "ATC "
_GROUP, _FEWEST = 5, 2
"""Signs of an ATC code that name a chemical group; drugs of it that must agree."""


def _classes(library: Library, atc: str, number: int) -> tuple[str, ...]:
    """The classes that the monographs of all other drugs of a chemical group share, in their order."""
    group = {drugs for _, drugs in lexicon().coded(atc[:_GROUP].lower()) if len(drugs) == 1 and drugs != (number,)}
    titles = (lexicon().drug(each).title for (each,) in sorted(group))
    of = [library.open(library.find(title, exact=True).slug).classes for title in titles if library.knows(title)]
    if len(of) < _FEWEST:
        return ()
    known = [frozenset().union(*map(equals, each)) for each in of]
    return tuple(name for name in of[0] if all(equals(name) & each for each in known))


def _text(named: _Names) -> str:
    title, *aliases = map(_quoted, (named.title, *named.aliases))
    lines = [("International Nonproprietary Name (INN)", named.title), ("Brand Names", ", ".join(named.brands))]
    names = "".join(f"\n- **{label}:** {value}" for label, value in lines if value)
    front = [
        f"title: {title}",
        f"lastModified: '{date.today().isoformat()}'",
        *([f"aliases: [{', '.join(aliases)}]"] if aliases else []),
        f"classes: [{', '.join(map(_quoted, named.classes))}]",
        *([f"atc: [{', '.join(named.atc)}]"] if named.atc else []),
        "sources: []",
        "faqs: []",
    ]
    body = (DATA / "new_monograph.md").read_text("utf-8")
    return "---\n" + "\n".join(front) + "\n---\n" + body.format(names=f"{names}\n" if names else "")


def _quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))
