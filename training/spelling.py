"""Sentences as they are written, from a corpus's words with a space between all of them."""

from __future__ import annotations

from collections.abc import Sequence

_CLOSING = frozenset([",", ".", ";", ":", "?", "!", ")", "'s", "n't", "'m", "'re", "'ve", "'ll", "'d", "%"])


def written(words: Sequence[str]) -> str:
    """The sentence's text."""
    text, opened = "", False
    for word in words:
        if word == '"':
            opened = not opened
            text += ' "' if opened else '" '
        elif word in _CLOSING or text.endswith(("(", "$", " ")) or (opened and text.endswith(' "')):
            text += word
        else:
            text += " " + word
    return " ".join(text.split())
