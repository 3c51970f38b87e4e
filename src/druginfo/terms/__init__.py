"""The language of medicine, once: words, units, periods, people, organs as tables; one scanner; one grammar.

A text is scanned into tokens (`scan`), these are read into phrases (`phrases`). What asks for the sense of a text asks
these; none searches the text again.
"""

from druginfo.terms.phrases import Amount, Phrase, Range, phrases
from druginfo.terms.scan import Scanned, Token, scan
from druginfo.terms.tables import CHILD_PUGH, GRADES, People, Verb

__all__ = ["CHILD_PUGH", "GRADES", "Amount", "People", "Phrase", "Range", "Scanned", "Token", "Verb", "phrases", "scan"]
