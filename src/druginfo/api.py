"""druginfo for Python: a library that can be asked what the command line can be asked.

>>> from druginfo import Library
>>> library = Library()
>>> "olumiant" in library, library["olumiant"].title
(True, 'Baricitinib')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from druginfo import library
from druginfo.model import Monograph

if TYPE_CHECKING:
    from druginfo.answers.across import TopicOfAll
    from druginfo.answers.compare import Comparison
    from druginfo.answers.dose import Doses
    from druginfo.answers.faq import Faqs
    from druginfo.answers.interactions import Interactions
    from druginfo.answers.listing import Cards
    from druginfo.answers.review import Review
    from druginfo.answers.search import Hits
    from druginfo.answers.show import Shown
    from druginfo.dosing import Patient

Figure = str | int | float


class Library(library.Library):
    """All monographs in force, in the order of their titles.

    Answers are the contract's: a field is a key of the JSON, which `document` gives. Every question raises NotFound,
    Absent (known, but without a monograph here) or Ambiguous where the command line would refuse, and Failed where the
    monographs cannot be read.
    """

    def __iter__(self) -> Iterator[Monograph]:
        return self.monographs()

    def __len__(self) -> int:
        return len(self.cards())

    def __contains__(self, name: object) -> bool:
        """Whether a monograph has exactly this name, folded."""
        return isinstance(name, str) and self.knows(name)

    def __getitem__(self, name: str) -> Monograph:
        """The monograph of the drug of exactly this name. Raises NotFound, Absent, Ambiguous."""
        return self.open(self.find(name, exact=True).slug)

    def show(self, *words: str, exact: bool = False) -> Shown | TopicOfAll | Cards:
        """A monograph, what it says on topics ("baricitinib", "kidney"), or a topic of every drug."""
        from druginfo.answers.show import show

        return show(self, words, exact=exact)

    def dose(
        self,
        drug: str,
        *,
        indication: str | None = None,
        population: str | None = None,
        age: Figure | None = None,
        weight: Figure | None = None,
        egfr: Figure | None = None,
        crcl: Figure | None = None,
        hepatic: str | None = None,
        exact: bool = False,
        show_all: bool = False,
    ) -> Doses:
        """The dosing rows that apply to a patient; with `show_all` the others too, marked.

        `age` in years, or "6mo", "10d"; `weight` in kg; `egfr` in mL/min/1.73 m², `crcl` in mL/min; `hepatic` is mild,
        moderate or severe. Raises Usage for what is no figure.
        """
        from druginfo.answers.dose import dose

        figures = {"age": age, "weight": weight, "egfr": egfr, "crcl": crcl}
        patient = _patient(indication=indication, population=population, hepatic=hepatic, **figures)
        return dose(self, [drug], patient, exact=exact, show_all=show_all)

    def review(
        self,
        lines: Iterable[str],
        *,
        population: str | None = None,
        age: Figure | None = None,
        weight: Figure | None = None,
        egfr: Figure | None = None,
        crcl: Figure | None = None,
        hepatic: str | None = None,
        exact: bool = False,
    ) -> Review:
        """A medication list, a line a drug: the rows that apply to a patient, described as for `dose`, and the pairs.

        Raises Usage for a list without a drug or of more than a thousand lines.
        """
        from druginfo.answers.review import review

        figures = {"age": age, "weight": weight, "egfr": egfr, "crcl": crcl}
        return review(self, lines, _patient(population=population, hepatic=hepatic, **figures), exact=exact)

    def faq(self, *words: str) -> Faqs:
        """Every question; those of a drug; those that match words best."""
        from druginfo.answers.faq import faq

        return faq(self, words)

    def search(self, words: str, *, topic: str | None = None, limit: int = 10) -> Hits:
        """Passages that hold the words, best first."""
        from druginfo.answers.search import search

        return search(self, [words], topic=topic, limit=limit)

    def compare(self, *drugs: str, section: str | None = None) -> Comparison:
        """The same sections of two to four drugs, by their exact names."""
        from druginfo.answers.compare import compare

        return compare(self, drugs, section)

    def interactions(self, *drugs: str) -> Interactions:
        """What the monographs of two to ten drugs say of each other, by their exact names."""
        from druginfo.answers.interactions import interactions

        return interactions(self, drugs)


def _patient(**given: Figure | None) -> Patient:
    from druginfo.dosing import Patient

    return Patient.read(**{key: None if value is None else str(value) for key, value in given.items()})


def document(answer: Any) -> dict[str, Any]:
    """An answer as the contract's JSON document: dicts, lists, strings, numbers."""
    from druginfo.render import json

    return json.whole(json.document(answer))
