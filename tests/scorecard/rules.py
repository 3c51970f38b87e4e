"""Who answers: druginfo, and the plain rules that most tools have."""

from __future__ import annotations

from collections.abc import Callable

from druginfo.names import fold
from druginfo.names.listed import NameList
from druginfo.names.matching import resolve

Answer = tuple[str | None, tuple[str, ...], bool]
"""The title that opens, the titles offered, whether a choice was asked for."""


def druginfo(names: NameList) -> Callable[[str], Answer]:
    def answer(query: str) -> Answer:
        found = resolve(query, names)
        offered = tuple(each.title for each in found.candidates)
        return (found.match.title if found.match else None), offered, found.status == "ambiguous"

    return answer


def plain(scorer: str, least: float) -> Callable[[NameList], Callable[[str], Answer]]:
    """The rule that most tools have: the best score opens if it is high enough."""

    def over(names: NameList) -> Callable[[str], Answer]:
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import JaroWinkler

        scorers = {
            "WRatio": fuzz.WRatio,
            "Jaro-Winkler": JaroWinkler.normalized_similarity,
            "partial_ratio": fuzz.partial_ratio,
        }
        cutoff = least / 100 if scorer == "Jaro-Winkler" else least
        choices = [each.folded for each in names.all()]
        titles = [each.title for each in names.all()]

        def answer(query: str) -> Answer:
            found = process.extractOne(fold(query), choices, scorer=scorers[scorer], score_cutoff=cutoff)
            return (titles[found[2]], (titles[found[2]],), False) if found else (None, (), False)

        return answer

    return over


RULES: dict[str, Callable[[NameList], Callable[[str], Answer]]] = {"druginfo": druginfo} | {
    f"{scorer} {least}": plain(scorer, least)
    for scorer in ("WRatio", "Jaro-Winkler", "partial_ratio")
    for least in (85, 90)
}
