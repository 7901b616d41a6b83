"""Bytes to text: UTF-8 first, then a marked or detected encoding; what is no text is said to be none."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from toolkit.errors import FileError

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_EMPTY = "the file is empty: save it again, or remove it"
_BINARY = "the file is binary, not text: save it as plain text in UTF-8"
_SAMPLE = 65_536
_CONTROL = frozenset(range(32)) - set(b"\t\n\r\f\x1b")


def decode(path: Path) -> str:
    """The text of a file.

    Raises
    ------
    FileError
        If the file is empty or is no text.
    """
    data = path.read_bytes()
    if not data.strip():
        raise FileError(_EMPTY)
    text = _decoded(data)
    if not text.strip():
        raise FileError(_EMPTY)
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    sample = data[:_SAMPLE]
    if unmarked := _unmarked_utf16(sample):
        return data.decode(unmarked, errors="replace")
    if b"\x00" in sample or sum(byte in _CONTROL for byte in sample) > len(sample) // 100:
        raise FileError(_BINARY)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Western newsrooms' legacy encoding first: detection is unsure on texts with few accents.
    best = from_bytes(
        sample, cp_isolation=["cp1252", "cp1250", "cp1251", "iso8859_15", "mac_roman", "big5", "gb18030", "shift_jis", "euc_kr"]
    ).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of a text in Latin letters is zero."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half and max(even, odd) > 0.9 * half and min(even, odd) < 0.05 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None
