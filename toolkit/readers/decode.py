"""Bytes to text: UTF-8 first, then a marked or detected encoding; what is no text is said to be none."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

from toolkit.errors import FileProblem

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SAMPLE = 65_536
_CONTROL = frozenset(range(32)) - set(b"\t\n\r\f\x1b")


def decode(path: Path) -> str:
    """The text of a file.

    Raises
    ------
    FileProblem
        If the file is empty or is no text.
    """
    data = path.read_bytes()
    if not data.strip():
        raise FileProblem("the file is empty")
    text = _decoded(data)
    if not text.strip():
        raise FileProblem("the file is empty")
    return text


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    sample = data[:_SAMPLE]
    if b"\x00" in sample or sum(byte in _CONTROL for byte in sample) > len(sample) // 100:
        raise FileProblem("the file is binary, not text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Western newsrooms' legacy encoding first: detection is unsure on texts with few accents.
    best = from_bytes(
        sample, cp_isolation=["cp1252", "cp1250", "cp1251", "iso8859_15", "mac_roman", "big5", "gb18030", "shift_jis", "euc_kr"]
    ).best()
    return data.decode(best.encoding if best else "cp1252", errors="replace")
