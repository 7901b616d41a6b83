"""Frames as files for other programs: Parquet and JSON exactly, CSV and Excel made inert for spreadsheets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

# A cell that begins with one of these is a formula to a spreadsheet program; text from articles must not be one.
# (OWASP, "CSV Injection")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")  # the last four: full width
FORMATS = ("parquet", "csv", "json", "xlsx")
_LONGEST_CELL = 32_767  # Excel's limit


def export(
    frames: Mapping[str, pd.DataFrame], folder: str | Path, formats: tuple[str, ...] = ("parquet", "csv", "xlsx")
) -> list[Path]:
    """Write every frame into ``folder`` in each of ``formats``; the paths written.

    Parameters
    ----------
    frames : mapping of str to DataFrame
        Name of each frame and the frame.
    folder : str or Path
        Created if it is not there.
    formats : tuple of str
        Of ``parquet``, ``csv``, ``json`` (lines) and ``xlsx`` (one workbook ``frames.xlsx`` with a sheet per frame).

    Notes
    -----
    In CSV and Excel files a text that a spreadsheet would run as a formula gets an apostrophe in front. Parquet and JSON keep
    every character.
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown:
        raise ValueError(f"export to {', '.join(unknown)} is not known; formats are {', '.join(FORMATS)}")
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = [_write(frame, folder / f"{name}.{form}") for name, frame in frames.items() for form in formats if form != "xlsx"]
    return [*written, _workbook(frames, folder / "frames.xlsx")] if "xlsx" in formats else written


def _write(frame: pd.DataFrame, path: Path) -> Path:
    if path.suffix == ".parquet":
        frame.to_parquet(path, index=False)
    elif path.suffix == ".csv":
        inert(frame).to_csv(path, index=False, encoding="utf-8-sig")  # the mark lets Excel read accents
    else:
        frame.to_json(path, orient="records", lines=True, date_format="iso", force_ascii=False)
    return path


def _workbook(frames: Mapping[str, pd.DataFrame], path: Path) -> Path:
    with pd.ExcelWriter(path, engine="openpyxl") as book:
        for name, frame in frames.items():
            _cells(inert(frame)).to_excel(book, sheet_name=name[:31], index=False, freeze_panes=(1, 0))
    return path


def inert(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy of ``frame`` whose texts no spreadsheet takes for a formula."""
    return _texts(frame, lambda text: f"'{text}" if text.startswith(_FORMULA_STARTS) else text)


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy without the control characters, and cut to the length, that Excel does not take."""
    return _texts(frame, lambda text: ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)[:_LONGEST_CELL])


def _texts(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    texts = frame.select_dtypes(["str", "object"]).columns
    return frame.assign(**{column: frame[column].map(change, na_action="ignore") for column in texts})
