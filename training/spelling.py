"""Where spaces stand between a corpus's words, which the corpora of names do not say."""

from __future__ import annotations

from collections.abc import Sequence

_NO_SPACE_BEFORE = frozenset([",", ".", ";", ":", "?", "!", ")", "]", "%", "”", "'s", "n't", "'m", "'re", "'ve", "'ll", "'d"])
_NO_SPACE_BEHIND = frozenset(["(", "[", "$", "£", "€", "“"])


def spaces(words: Sequence[str]) -> list[bool]:
    """Whether a space follows each word, as newspapers write; the last word has one."""
    found = [True] * len(words)
    opened = False
    for n, word in enumerate(words):
        quote = word == '"'
        opened = opened != quote
        if n and (word.replace("’", "'") in _NO_SPACE_BEFORE or (quote and not opened) or _is_possessive(words, n)):
            found[n - 1] = False
        if word in _NO_SPACE_BEHIND or (quote and opened):
            found[n] = False
    return [*found[:-1], True] if found else []


def _is_possessive(words: Sequence[str], n: int) -> bool:
    """The apostrophe of "the teachers' union"."""
    return words[n] in {"'", "’"} and words[n - 1].endswith("s")
