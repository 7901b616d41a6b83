"""Which language a body is in, told by py3langid, whose model is part of its package."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+")
_FEWEST = 20  # words; shorter texts are too short to tell
_LONGEST = 5_000  # characters that are looked at
# A text in which one word in eight is one of these is English, whatever names it is full of.
_ENGLISH = frozenset("the of and to in a that is was for on with as by at from he she it said".split())  # noqa: SIM905


def language(body: str) -> str:
    """ISO 639-1 code of the language of ``body``; "und" when it is too short to tell."""
    words = [word.casefold() for word in _WORD.findall(body[:_LONGEST])]
    if len(words) < _FEWEST:
        return "und"
    if sum(word in _ENGLISH for word in words) >= len(words) / 8:
        return "en"
    from py3langid import classify  # takes a second to load: only for texts that are not plainly English

    return str(classify(body[:_LONGEST])[0])
