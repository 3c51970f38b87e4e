"""Makers' names before or after a generic name: "Apo-Apixaban", "Omeprazol-ratiopharm", "Sandoz metoprolol"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MAKERS_TEXT = """
    abz accel accord ach act actavis ag al aliud almus alter angenerico apo apotex aphena aristo arrow aurobindo auro
    basics betapharm bexal bio biogaran bluefish cinfa cipla combix cristers ct doc dom dr esteve eg evolugen farmoz
    gen generis genericon genoptim germed glenmark greenstone heumann hexal hikma intas ipg jamp kern krka labesfal lek
    leo lichtenstein lupin m macleods mar marcan mepha mint minoset mylan nat natco normon northstar novo nra nu orion
    par perrigo pharma phl pms prasco priva pro puren qualigen ran ranbaxy ratio ratiopharm ratiophram reddys riva sanis
    sandoz sanofi septa sivem spirig stada stadapharm streuli sun synthon taro teva tevagen tillomed torrent van viatris
    vir winthrop wockhardt xiromed zentiva zydus zym
"""
MAKERS = frozenset(_MAKERS_TEXT.split())
"""Makers of generics in the registers of Canada and Europe, as they stand in product names."""

_BEFORE_ALONE = frozenset(["ct", "m", "novo", "pro"])
"""After a name these are part of it: chlorthalidone, metformin or montelukast, another product."""


def without_maker(name: str) -> Iterator[str]:
    """A name of several words without a maker's before or after it; what is left must be looked up.

    >>> list(without_maker("Apo-Apixaban")), list(without_maker("metoprolol Sandoz")), list(without_maker("apo"))
    (['Apixaban'], ['metoprolol'], [])
    """
    words = re.split(r"[\s-]+", name.strip())
    if len(words) < 2:
        return
    if words[0].lower() in MAKERS:
        yield " ".join(words[1:])
    if words[-1].lower() in MAKERS - _BEFORE_ALONE:
        yield " ".join(words[:-1])
