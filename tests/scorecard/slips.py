"""Misspellings made by rule: by sound, by keyboard, doubled, dropped and swapped letters."""

from __future__ import annotations

import random

from druginfo.names import fold

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
SOUNDS = [
    tuple(pair.split("-"))
    for pair in (
        "ph-f f-ph y-i i-y c-k k-c s-z z-s c-s x-ks ks-x th-t t-th rh-r qu-k ae-e e-ae oe-e g-j j-g "
        "ei-ie ie-ei ine-in in-ine ol-al il-yl"
    ).split()
]


def slip(name: str, chance: random.Random) -> str:
    """One edit such as people make."""
    place = chance.randrange(len(name)) if chance.random() < 0.07 else chance.randrange(1, len(name))
    letter = name[place]
    kind = chance.choices(
        ("vowel", "sound", "drop", "double", "single", "swap", "key", "extra"), (24, 16, 20, 6, 8, 9, 9, 8)
    )[0]
    if kind == "vowel":
        places = [n for n, each in enumerate(name) if each in "aeiou"]
        if places:
            place = chance.choice(places)
            return name[:place] + chance.choice("aeiou".replace(name[place], "")) + name[place + 1 :]
    if kind == "sound":
        found = [(a, b) for a, b in SOUNDS if a in name]
        if found:
            a, b = chance.choice(found)
            return name.replace(a, b, 1)
    if kind == "double":
        return name[:place] + letter + name[place:]
    if kind == "single":
        places = [n for n in range(1, len(name)) if name[n] == name[n - 1]]
        if places:
            place = chance.choice(places)
            return name[:place] + name[place + 1 :]
    if kind == "swap" and place + 1 < len(name):
        return name[:place] + name[place + 1] + letter + name[place + 2 :]
    if kind in ("key", "extra"):
        row = next((keys for keys in KEYS if letter in keys), letter)
        at = row.index(letter)
        beside = chance.choice(
            (row[at - 1 : at] or row[at + 1 : at + 2]) + (row[at + 1 : at + 2] or row[at - 1 : at]) or "e"
        )
        return name[:place] + beside + name[place + (kind == "key") :]
    return name[:place] + name[place + 1 :]


def misspelled(name: str, chance: random.Random) -> str:
    """One slip, or in two of five names two; at most two edits in all."""
    from rapidfuzz.distance import OSA

    while True:
        wrong = slip(name, chance)
        if chance.random() < 0.4:
            wrong = slip(wrong, chance)
        if 1 <= OSA.distance(fold(wrong), fold(name)) <= 2:
            return wrong
