"""Words before and after a medicine's name that make another medicine of it: `data/names.txt`. They are apart from
`prescribing`, whose patterns take longer to load than a single name to answer."""

from __future__ import annotations

from druginfo.terms.files import data_tables, word_list

AFFIXES, AFFIXES_BY_PLACE = (word_list("affixes", row, "names.txt") for row in ("after", "by place"))
"""Those after a name or its strength, and those that follow a name at once and no direction comes after them."""
BEFORE_NAMES = tuple(word_list("affixes", "before", "names.txt"))
IN_SHORT = {
    word: name for name, words in data_tables("names.txt")["second ingredients"].items() for word in words.split()
}
"""What names of combinations write for their second ingredient: losartan HCT, sitagliptin met."""
