"""JupyterLab in a real browser: run a notebook, turn a control, see the page change. Needs Debian's chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import urlopen

import nbformat
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the extra 'test': pip install -e '.[test]'")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROOT = Path(__file__).parents[2]
TOKEN = "browser-test"
SETTINGS = {
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": '{"fetchNews": "false", "checkForUpdates": false}',
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": '{"windowingMode": "none"}',
}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium"),
]


DOLLARS = """import pandas as pd
pd.DataFrame({"text": ["the $5bn and the $6bn deal"]})"""


def notebook() -> nbformat.NotebookNode:
    """The opening of a committed notebook, and the widget cell of each of them; a table with dollar signs at the end."""
    books = [nbformat.read(path, as_version=4) for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))]
    opening = [cell for cell in books[0].cells if cell.cell_type == "code"][:4]
    explorers = [
        cell for book in books for cell in book.cells if cell.cell_type == "code" and "toolkit.explore_" in cell.source
    ]
    cells = [*opening, *explorers, nbformat.v4.new_code_cell(DOLLARS)]
    made = [nbformat.v4.new_code_cell(cell.source) for cell in cells]
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": books[0].metadata["kernelspec"]})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the notebook and what it reads, apart from the checkout and from the user's own Jupyter."""
    home = tmp_path_factory.mktemp("home")
    (home / "lab" / "notebooks").mkdir(parents=True)
    shutil.copytree(ROOT / "seeds", home / "lab" / "seeds")
    nbformat.write(notebook(), home / "lab" / "notebooks" / "try.ipynb")
    for name, text in SETTINGS.items():
        (home / "settings" / name).parent.mkdir(parents=True, exist_ok=True)
        (home / "settings" / name).write_text(text)
    return home


def environment(home: Path) -> dict[str, str]:
    """Jupyter's folders inside ``home``; the package and the sample from this checkout."""
    places = {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython"}
    places |= {f"JUPYTER_{name}_DIR": name.lower() for name in ("CONFIG", "DATA", "RUNTIME")}
    return os.environ | {name: str(home / folder) for name, folder in places.items()} | {"PYTHONPATH": str(ROOT)}


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.fixture(scope="module")
def lab(home: Path) -> Iterator[str]:
    """The address of the notebook in a JupyterLab that is up."""
    port = free_port()
    options = [f"--ServerApp.port={port}", f"--IdentityProvider.token={TOKEN}", f"--ServerApp.root_dir={home / 'lab'}"]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ServerApp.port_retries=0", *options]
    with (home / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment(home), stdout=log, stderr=log)
        try:
            wait_for(f"http://127.0.0.1:{port}/api/status?token={TOKEN}", server, home / "server.log")
            yield f"http://127.0.0.1:{port}/lab/tree/notebooks/try.ipynb?token={TOKEN}"
        finally:
            server.terminate()  # which also ends its kernels
            server.wait(30)


def wait_for(address: str, server: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        try:
            with urlopen(address, timeout=5):
                return
        except OSError:
            assert server.poll() is None, f"JupyterLab ended:\n{log.read_text()}"
            time.sleep(0.25)
    pytest.fail(f"JupyterLab did not answer in a minute:\n{log.read_text()}")


@pytest.fixture(scope="module")
def page(lab: str, home: Path) -> Iterator[sync_api.Page]:
    """The notebook in a browser, all its cells run: one run for all tests, because starting JupyterLab takes most of the time."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1200, "height": 1500})
        page.goto(lab)
        page.get_by_role("button", name="Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.locator(".jp-Notebook .jp-Cell").first.click()  # the menu runs the notebook that has the focus
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        page.locator(".dataframe", has_text="$5bn").wait_for(timeout=180_000)  # the last cell
        yield page
        page.screenshot(path=home / "last.png")
        browser.close()


def explorer(page: sync_api.Page, description: str) -> sync_api.Locator:
    """The whole widget that has a control of this description."""
    control = page.locator(".widget-label", has_text=description)
    return page.locator(".jp-OutputArea-output > .widget-vbox, .jupyter-widgets.widget-vbox", has=control).first


# A control of each widget, what to do with it, and the part of the widget that must change with it.
CONTROLS = [
    ("Event", "From", ".widget-dropdown", 2, "img"),
    ("Event", "To", ".widget-dropdown", 1, ".toolkit-count"),
    ("Event", "Status", ".widget-dropdown", "scheduled", ".toolkit-count"),
    ("Event", "Actor", ".widget-dropdown", 1, ".toolkit-count"),
    ("Pair", "Together in one", ".widget-dropdown", "paragraph", ".toolkit-count"),
    ("Pair", "Picture", ".widget-dropdown", "matrix", "img"),
    ("Pair", "At least", ".widget-text", "2", ".toolkit-count"),
    ("Pair", "place", ".widget-checkbox", False, ".toolkit-count"),
    ("Claim", "Speaker", ".widget-dropdown", 1, ".toolkit-count"),
    ("Claim", "Act", ".widget-dropdown", 1, ".toolkit-count"),
    ("Claim", "Form", ".widget-dropdown", "direct", ".toolkit-table"),
    ("Claim", "Words in it", ".widget-text", "embassy", ".toolkit-count"),
    ("Claim", "only those to look at again", ".widget-checkbox", True, ".toolkit-count"),
    ("Article", "actors", ".widget-checkbox", False, ".toolkit-article"),
    ("Article", "claims", ".widget-checkbox", False, ".toolkit-article"),
]


def state(part: sync_api.Locator) -> str:
    """What a part of a widget shows: its text and marks, or the size of its picture."""
    return part.evaluate("e => e.tagName == 'IMG' ? `${e.naturalWidth} x ${e.naturalHeight}` : e.innerHTML")


def turn(control: sync_api.Locator, value: str | int | bool) -> str | int | bool:
    """Set a control as a person does; what it was set to before."""
    if isinstance(value, bool):
        control.locator("input").set_checked(value)
        return not value
    if select := control.locator("select").all():
        before = select[0].evaluate("e => e.selectedIndex")
        select[0].select_option(index=value) if isinstance(value, int) else select[0].select_option(value)
        return before
    before = control.locator("input").input_value()
    control.locator("input").fill(str(value))
    control.locator("input").press("Enter")
    return before


@pytest.mark.parametrize(("widget", "description", "kind", "value", "part"), CONTROLS, ids=[f"{c[0]}-{c[1]}" for c in CONTROLS])
def test_a_control_changes_the_page_and_back(page, widget, description, kind, value, part):
    box = explorer(page, widget)
    control = box.locator(kind, has=page.get_by_text(description, exact=True)).first
    shown = box.locator(part).first
    before = settled(page, box, shown)
    old = turn(control, value)
    wait_until(page, lambda: state(shown) != before)
    settled(page, box, shown)
    turn(control, old)
    wait_until(page, lambda: state(shown) == before)


def settled(page: sync_api.Page, box: sync_api.Locator, part: sync_api.Locator) -> str:
    """What a part shows once the whole widget has stopped changing: the turn before this one may still be on its way."""
    before = ("", "")
    for _ in range(40):
        now = (box.inner_html(), state(part))
        if now == before and now[1] != "0 x 0":
            break
        before = now
        page.wait_for_timeout(400)
    return before[1]


def wait_until(page: sync_api.Page, holds: Callable[[], bool]) -> None:
    for _ in range(150):
        if holds():
            return
        page.wait_for_timeout(100)
    pytest.fail("nothing happened on the page in 15 seconds")


@pytest.mark.parametrize("widget", ["Event", "Pair", "Claim"])
def test_a_list_is_read_with_the_keyboard(page, widget):
    box = explorer(page, widget)
    passage = box.locator(".toolkit-passages")
    assert passage.locator("mark, u, b").count() >= 1
    first = passage.inner_text()
    box.locator(".widget-select select").focus()
    page.keyboard.press("ArrowDown")
    sync_api.expect(passage).not_to_have_text(first)


def test_every_control_is_named_and_reached_with_the_tab_key(page):
    for widget in ("Event", "Pair", "Claim", "Article"):
        box = explorer(page, widget)
        controls = box.locator("select:visible, input:visible")
        for control in controls.all():
            assert control.evaluate("e => e.tabIndex >= 0")
            assert control.evaluate(
                "e => [...e.labels].map(l => l.innerText).join('').trim() || e.closest('label')?.innerText || ''"
            )
        controls.first.focus()
        for n in range(1, controls.count()):
            page.keyboard.press("Tab")
            assert controls.nth(n).evaluate("e => e === document.activeElement"), f"{widget}: control {n + 1}"


def test_dollar_signs_are_no_formula(page):
    assert page.locator(".dataframe", has_text="the $5bn and the $6bn deal").count() == 1
    assert page.locator(".jp-OutputArea mjx-container").count() == 0
