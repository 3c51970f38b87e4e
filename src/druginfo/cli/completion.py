"""What a shell offers while a person types: drug names, brands, topics, what options take.

The functions with `ctx` and `incomplete` are called by Typer, which gives the line's parsed values and its last word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from druginfo.errors import DruginfoError
from druginfo.guard import is_plain

if TYPE_CHECKING:
    from druginfo.library import Library
    from druginfo.model import DoseRow

T = TypeVar("T")


def drug_and_topic(ctx: Any, incomplete: str) -> list[str]:
    """A drug's name; after it, or alone, the topics."""
    before = ctx.params.get("query") or ()
    found = names(ctx, incomplete, before)
    after_a_name = before and (not found or _library(ctx).knows(" ".join(before)))
    return [*found, *topics(incomplete)] if after_a_name or (incomplete and not before) else found


def drug(ctx: Any, incomplete: str) -> list[str]:
    """A drug's name, which may have several words."""
    return names(ctx, incomplete, ctx.params.get("drug") or ())


def drugs(ctx: Any, incomplete: str) -> list[str]:
    """The name of one more drug."""
    return names(ctx, incomplete)


def topics(incomplete: str) -> list[str]:
    """The topics that begin so."""
    from druginfo.topics.terms import TOPICS

    start = incomplete.casefold()
    joined = (topic.words[0].replace(" ", "-") for topic in TOPICS)
    return [incomplete + word[len(start) :] for word in joined if word.startswith(start)]


def classes(ctx: Any, incomplete: str) -> list[str]:
    """The classes of the library's drugs that begin so, and their abbreviations."""
    found = set()
    for card in _quietly(lambda: _library(ctx).cards()):
        for each in card.classes:
            before, _, inner = each.partition(" (")
            short, _, after = inner.partition(")")
            found |= {before + after, short}
    return _hyphenated(found, incomplete)


def conditions(ctx: Any, incomplete: str) -> list[str]:
    """The conditions, in everyday words too, that begin so and that a drug of the library is for."""
    from druginfo.terms.conditions import conditions as everyday

    clinical = {each for meant in everyday().values() for each in meant}
    known = {*everyday(), *clinical} if incomplete else clinical
    library = _library(ctx)
    begun = [each for each in known if _hyphenated([each], incomplete)]
    return _hyphenated(_quietly(lambda: [each for each in begun if library.treats(each)]), incomplete)


def indications(ctx: Any, incomplete: str) -> list[str]:
    """The indications that a drug's dosing rows are labelled with."""
    return _hyphenated({row.indication or "" for row in _rows(ctx)}, incomplete)


def populations(ctx: Any, incomplete: str) -> list[str]:
    """The groups of patients that a drug's dosing rows are labelled with; of a list, what people ask for."""
    if "drug" not in ctx.params:
        return _hyphenated(("pregnancy", "breastfeeding", "dialysis", "children", "elderly"), incomplete)
    return _hyphenated({(row.population or "").partition(" (")[0] for row in _rows(ctx)}, incomplete)


def codes(incomplete: str) -> list[str]:
    """The codes of `druginfo check`."""
    from druginfo.check import rules

    return [rule.code for rule in rules() if rule.code.startswith(incomplete)]


def schemas() -> list[str]:
    """The commands that `druginfo schema` knows."""
    from druginfo.render.schemas import commands

    return commands()


def any_of(*words: str) -> Callable[[], list[str]]:
    """One of these words."""
    return lambda: list(words)


def names(ctx: Any, incomplete: str, before: Sequence[str] = ()) -> list[str]:
    """The names that begin with the words before and the incomplete one: what of them is still to be typed.

    Before a letter is typed only the titles, as a drug has several names.
    Nothing for words that begin no name. A name of several words is offered with hyphens: the same drug. Only
    words that no shell reads as anything else are offered; for a name with other signs the slug, or nothing.
    """
    from druginfo.names import fold

    library = _library(ctx)
    if before or incomplete:
        begun = fold(" ".join((*before, incomplete)))
        found = [(each.name, each.slug) for each in _quietly(lambda: library.beginning(begun))]
    else:
        found = [(card.title, card.slug) for card in _quietly(library.cards)]
    typed = sum(len(_parts(word.strip(" -"))) for word in before)
    start = incomplete.casefold()

    def rest(name: str) -> str:
        """What is still to be typed, as it would be offered; empty where that is not possible."""
        left = "-".join(_parts(name)[typed:]).casefold()
        return incomplete + left[len(start) :] if left.startswith(start) and is_plain(left) else ""

    return sorted({rest(name) or rest(slug) for name, slug in found} - {""})


def _parts(name: str) -> list[str]:
    return re.split("[ -]+", name)


def _quietly(ask: Callable[[], Iterable[T]]) -> list[T]:
    """What a library answers; nothing where it cannot be read."""
    try:
        return list(ask())
    except (DruginfoError, OSError):
        return []


def _library(ctx: Any) -> Library:
    from druginfo.library import Library

    return Library(ctx.params.get("monographs") or ())


def _rows(ctx: Any) -> Sequence[DoseRow]:
    """The dosing rows of the drug that the line names; while an option has no value yet, its words are only `args`."""
    from druginfo.answers.dose import dose
    from druginfo.dosing import Patient

    words = ctx.params.get("drug") or ctx.args
    answer = _quietly(lambda: [dose(_library(ctx), words, Patient.read())]) if words else []
    return [each.row for found in answer for each in found.rows]


def _hyphenated(values: Iterable[str], incomplete: str) -> list[str]:
    """The values that begin so, each as one word in small letters; none that a shell reads as anything else."""
    start = incomplete.casefold()
    words = {"-".join(each.casefold().replace(",", " ").split()) for each in values}
    return sorted(incomplete + word[len(start) :] for word in words if word.startswith(start) and is_plain(word))


_OF_PATHS = "check|import|review|diff"
"""The commands whose arguments are files."""
_PATH_OPTIONS = "--into|--monographs"

_BASH = f"""
%(complete_func)s_without_files() {{
    %(complete_func)s "$@"
    if [ -z "${{COMPREPLY[*]}}" ]; then
        case "$3" in
            {_PATH_OPTIONS}) ;;
            VALUED) compopt +o default ;;
            *) case "${{COMP_WORDS[1]}}" in {_OF_PATHS}) ;; *) compopt +o default ;; esac ;;
        esac
    fi
}}

complete -o default -F %(complete_func)s_without_files %(prog_name)s
"""
"""After Typer's script: bash offers files where we offer nothing, unless asked not to."""
_ZSH = f"""
_druginfo_files() {{
  case "$words[CURRENT-1]" in
    {_PATH_OPTIONS}) _files ;;
    VALUED) return 1 ;;
    *) case "$words[2]" in {_OF_PATHS}) _files ;; *) return 1 ;; esac ;;
  esac
}}
"""
"""Before Typer's script, which asks for files by `_files` where we offer nothing."""


def for_shell(arguments: list[str], valued: Callable[[], set[str]]) -> list[str]:
    """The arguments without the shell after `--install-completion` or `--show-completion`, set for Typer to find.

    Alone the options mean the shell that they run in. The scripts are Typer's, but offer file names only for files;
    `valued` says which options a value follows.
    """
    option, is_whole, named = (arguments[0] if arguments else "").partition("=")
    if option not in ("--install-completion", "--show-completion"):
        return arguments
    from typer import _completion_shared as typers

    scripts = typers._completion_scripts
    with_value = "|".join(sorted(valued() - set(_PATH_OPTIONS.split("|"))))
    scripts["bash"] += _BASH.replace("VALUED", with_value)
    first, rest = scripts["zsh"].strip().split("\n", 1)
    asked = rest.replace("eval $(env", "local offered=$(env").replace(
        "complete_zsh %(prog_name)s)", "complete_zsh %(prog_name)s)\n  eval ${offered/#_files/_druginfo_files}"
    )
    scripts["zsh"] = first + _ZSH.replace("VALUED", with_value) + asked
    if not (is_whole or arguments[1:]):
        return arguments
    shell = named if is_whole else arguments[1]
    import shellingham  # type: ignore[import-untyped]

    shellingham.detect_shell = lambda: (shell, shell)
    return [option]
