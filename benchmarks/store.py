"""What a growing store costs: ``python benchmarks/store.py [--annotated N] [--open N] [SIZES…]`` prints tables.

The articles are made from templates (about 560 words each, invented countries and people). ``--annotated`` of them are
annotated; larger stores hold their rows again and again, under new ids, on other days and with other MinHashes, so that none is
taken for a copy. Names repeat. What a full run would take is the time per annotated article times their number; everything
else is measured, each line in a process of its own, whose greatest memory is shown.
"""

from __future__ import annotations

import argparse
import base64
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

import toolkit
from toolkit import schemas
from toolkit.store import FileEntry, Store
from toolkit.versions import versions

SIZES = [1_000, 10_000]
OPEN = 50_000
DAYS = 730  # over which the copies are spread
SENTENCES = 32  # in an article
_PART = 2_000  # articles written at a time
_COUNTRIES = {"Ostria": "Ostrian", "Velmark": "Velmarkian", "Kelmar": "Kelmari", "Norland": "Norlandic", "Ardenia": "Ardenian"}
_OFFICES = ("Foreign Minister", "Transport Minister", "President", "spokesman", "opposition leader", "Finance Minister")
_GIVEN = ("Halla", "Mirel", "Tovan", "Sela", "Ivo", "Daria", "Oskar", "Lena", "Bram", "Yara")
_FAMILY = ("Brenn", "Sontar", "Holt", "Marek", "Vessel", "Torun", "Adair", "Keld", "Rusk", "Falk", "Ondry", "Pell")
_BODIES = ("Water Board", "Coast Guard", "Rail Authority", "Grain Council", "Central Bank")
_THINGS = ("the ferry line", "the river treaty", "the border crossing", "the grain deal", "the ceasefire", "the power station")
_WHEN = ("on Monday", "on Thursday", "last week", "on 3 March", "in April", "next month", "yesterday", "two weeks ago")
_TEMPLATES = (
    "{a} and {b} will resume talks on {thing} {when}, {adjective} {office} {person} said.",
    "“We are closer to an agreement on {thing} than a year ago,” {family} told reporters {when}.",
    "{family} denied that {b} had closed {thing} {when}, and called the reports a misunderstanding.",
    "The {adjective} {body} warned {when} that {thing} could fail unless {a} paid {n} million crowns.",
    "According to the {adjective} {body}, {n} people crossed into {b} {when}.",
    "She said that {thing} would open {when}, after {n} months of repairs to the eastern bank.",
    "{b} accused {a} of holding back {n} ships {when}, which {person} rejected.",
    "Traders in the harbour of Tarn said prices had risen by {n} percent since {thing} was suspended.",
    "The {body} published a report of {n} pages {when}, without naming the officials who had signed it.",
    "“Nobody in {b} wants another winter like the last one,” said {person}, the {adjective} {office}.",
)


def article(n: int) -> str:
    """The text of article ``n``, the same on every call."""
    rng = random.Random(n)
    a, b = rng.sample(sorted(_COUNTRIES), 2)
    people = [(rng.choice(_GIVEN), rng.choice(_FAMILY), rng.choice(_OFFICES)) for _ in range(3)]
    day = date(2024, 1, 1) + timedelta(days=rng.randrange(DAYS))
    paragraphs = []
    for _ in range(SENTENCES // 2):
        paragraphs.append(" ".join(_sentence(rng, a, b, rng.choice(people)) for _ in range(2)))
    title = f"{a} and {b} at odds over {rng.choice(_THINGS)[4:]}, article {n}"
    return "\n\n".join([title, f"Harbour Wire Published {day:%d %b, %Y} 09:15am", *paragraphs]) + "\n"


def _sentence(rng: random.Random, a: str, b: str, who: tuple[str, str, str]) -> str:
    given, family, office = who
    return rng.choice(_TEMPLATES).format(
        a=a, b=b, adjective=_COUNTRIES[a], office=office, person=f"{given} {family}", family=family, n=rng.randrange(2, 90),
        thing=rng.choice(_THINGS), when=rng.choice(_WHEN), body=rng.choice(_BODIES),
    )  # fmt: skip


def write_articles(folder: Path, start: int, end: int) -> list[Path]:
    """Files of the articles from ``start`` to ``end``."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{n:06d}.txt" for n in range(start, end)]
    for n, file in zip(range(start, end), files, strict=True):
        file.write_text(article(n), encoding="utf-8")
    return files


# --- multiplied frames -------------------------------------------------------------------------------------------------------


def multiplied(base: dict[str, pd.DataFrame], number: int) -> dict[str, pd.DataFrame]:
    """Copy ``number`` of annotated frames: other ids, other days, another MinHash; everything else as it was."""
    return {name: _copy(frame, number) for name, frame in base.items()}


def _copy(frame: pd.DataFrame, number: int) -> pd.DataFrame:
    """Every article's id gets the copy's number in front; the keys of its rows begin with that id."""
    frame = frame.copy(deep=False)
    for column in frame.columns:
        if column.endswith("_id") or column in ("actor_basis", "actors"):
            joined = frame[column].str.replace(r"(^|\+)[0-9a-f]{6}", rf"\g<1>{number:06x}", regex=True)
            frame[column] = joined.astype("str")
        elif str(frame[column].dtype).startswith("datetime"):
            frame[column] += pd.Timedelta(days=number % DAYS)
    if "minhash" in frame:
        mask = np.random.default_rng(number).integers(0, 2**32, 128, dtype="u4")
        frame["minhash"] = [_masked(packed, mask) for packed in frame["minhash"]]
    return frame


def _masked(packed: str, mask: np.ndarray) -> str:
    hashes = np.frombuffer(base64.b85decode(packed), dtype="<u4") ^ mask
    return base64.b85encode(hashes.astype("<u4").tobytes()).decode("ascii")


def write_store(folder: Path, base: dict[str, pd.DataFrame], files: list[Path], n_articles: int) -> None:
    """A store of ``n_articles``; ``files`` are remembered as the files that they were read from, as far as there are any."""
    each = len(base["articles"])
    with Store(folder, versions()) as store:
        for start in range(0, n_articles, _PART):
            copies = range(start // each, -(-min(start + _PART, n_articles) // each))
            parts = [multiplied(base, number) for number in copies]
            frames = {name: pd.concat([part[name] for part in parts], ignore_index=True) for name in base}
            ids = frames["articles"]["article_id"]
            store.add(frames, list(_entries(files[start : start + _PART], ids)))
        store.finish({})


def _entries(files: list[Path], ids: pd.Series) -> Iterator[FileEntry]:
    for file, article_id in zip(files, ids, strict=False):
        stat, row = file.stat(), {"path": file.as_posix(), "status": "added", "reason": "", "article_id": article_id}
        yield FileEntry(file.as_posix(), stat.st_size, stat.st_mtime_ns, [row])


# --- measuring ---------------------------------------------------------------------------------------------------------------


def measured(what: str, folder: Path) -> float:
    """Run one step in this process; print its seconds and the greatest memory of the process."""
    began = time.perf_counter()
    STEPS[what](folder)
    seconds = time.perf_counter() - began
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024]))
    return seconds


def _load(folder: Path) -> toolkit.Corpus:
    return toolkit.load(folder / "articles", store=folder / "store", progress=False)


def _timeline(folder: Path) -> None:
    len(_load(folder).timeline)


def _month(folder: Path) -> None:
    dates = _load(folder).dates
    toolkit.timeline(dates[dates["first"].between("2025-03-01", "2025-03-31")])


def _scan(folder: Path) -> None:
    _load(folder).scan("claims").to_table(columns=["actor_id", "act"]).group_by(["act"]).aggregate([("act", "count")])


STEPS: dict[str, Callable[[Path], object]] = {
    "load": _load,
    "open for the first time and a timeline of all": _timeline,
    "open and a timeline of all": _timeline,
    "open and all dates": lambda folder: _load(folder).dates,
    "open and a timeline of a month": _month,
    "open and count claims by scan()": _scan,
}


def apart(what: str, folder: Path) -> tuple[float, int]:
    """Seconds and megabytes of one step in a process of its own, its imports not counted."""
    command = [sys.executable, __file__, "--step", what, "--folder", str(folder)]
    seconds, memory = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1])
    return seconds, memory


def annotated(n: int, folder: Path) -> tuple[dict[str, pd.DataFrame], float]:
    """The stored frames of ``n`` articles, and the seconds that each took."""
    write_articles(folder / "articles", 0, 2)
    start, _ = apart("load", folder)  # most of it loads spaCy and the model
    write_articles(folder / "articles", 2, n + 2)
    seconds, _ = apart("load", folder)
    store = Store(folder / "store", versions())
    return {name: store.read(name) for name in schemas.STORED}, (seconds - start) / (n - 2)


def reruns(base: dict[str, pd.DataFrame], size: int, each: float, folder: Path) -> Iterator[str]:
    """Lines of the first table: nothing new, then 1% new."""
    write_store(folder / "store", base, write_articles(folder / "articles", 0, size), size)
    full = each * size
    for new in (0, size // 100):
        write_articles(folder / "articles", size, size + new)
        seconds, memory = apart("load", folder)
        yield f"| {size:,} | {new:,} | {seconds:.1f} | {full:,.0f} | {100 * seconds / full:.2f}% | {memory:,} |"


def opening(base: dict[str, pd.DataFrame], size: int, folder: Path) -> Iterator[str]:
    """Lines of the second table."""
    write_store(folder / "store", base, write_articles(folder / "articles", 0, size), size)
    for what in list(STEPS)[1:]:
        seconds, memory = apart(what, folder)
        yield f"| {size:,} | {what} | {seconds:.1f} | {memory:,} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--annotated", type=int, default=40)
    parser.add_argument("--open", type=int, default=OPEN)
    parser.add_argument("--step", choices=STEPS)
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    if asked.step:
        measured(asked.step, asked.folder)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        base, each = annotated(asked.annotated, folder / "base")
        words = base["articles"]["n_words"].mean()
        print(
            f"{asked.annotated} articles of {words:.0f} words annotated, {each:.2f} s each; larger stores repeat their rows.\n"
        )
        print("| articles | new | rerun, s | full run (reckoned), s | share | memory, MB |\n|--:|--:|--:|--:|--:|--:|")
        for size in asked.sizes:
            print(*reruns(base, size, each, folder / f"rerun-{size}"), sep="\n", flush=True)
        print("\n| articles | step | s | memory, MB |\n|--:|:--|--:|--:|")
        for line in opening(base, asked.open, folder / "open") if asked.open else ():
            print(line, flush=True)


if __name__ == "__main__":
    main()
