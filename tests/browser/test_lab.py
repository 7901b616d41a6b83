"""JupyterLab in a real browser: run a notebook, turn a control, see the page change. Needs Debian's chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
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


def small_notebook() -> nbformat.NotebookNode:
    """Claims of the hand-built sample, for a checkout without the notebook on claims."""
    code = ["import sample", "from toolkit.widgets import explore_claims", "explore_claims(sample.corpus())"]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("\n".join(code))], metadata=kernel)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with the notebook and what it reads, apart from the checkout and from the user's own Jupyter."""
    (tmp_path / "lab" / "notebooks").mkdir(parents=True)
    shutil.copytree(ROOT / "seeds", tmp_path / "lab" / "seeds")
    found = sorted((ROOT / "notebooks").glob("04*.ipynb"))
    notebook = nbformat.read(found[0], as_version=4) if found else small_notebook()
    nbformat.write(notebook, tmp_path / "lab" / "notebooks" / "try.ipynb")
    for name, text in SETTINGS.items():
        (tmp_path / "settings" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "settings" / name).write_text(text)
    return tmp_path


def environment(home: Path) -> dict[str, str]:
    """Jupyter's folders inside ``home``; the package and the sample from this checkout."""
    places = {"JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython"}
    places |= {f"JUPYTER_{name}_DIR": name.lower() for name in ("CONFIG", "DATA", "RUNTIME")}
    paths = os.pathsep.join([str(ROOT), str(Path(__file__).parent)])
    return os.environ | {name: str(home / folder) for name, folder in places.items()} | {"PYTHONPATH": paths}


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@pytest.fixture
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


@pytest.fixture
def page(lab: str, home: Path) -> Iterator[sync_api.Page]:
    """The notebook in a browser, its kernel idle and all its cells started."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1200, "height": 1500})
        page.goto(lab)
        page.get_by_role("button", name="Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        page.locator(".jp-Notebook .jp-Cell").first.click()  # the menu runs the notebook that has the focus
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Cells", exact=True).click()
        yield page
        page.screenshot(path=home / "last.png")
        browser.close()


def test_controls_and_keys_change_the_page(page, tmp_path):
    """One run for both, because starting JupyterLab takes most of the time."""
    box = page.locator(".widget-vbox", has=page.locator(".toolkit-table")).last
    box.wait_for(timeout=120_000)
    count, passage, entries = (box.locator(css) for css in (".toolkit-count", ".toolkit-passages", ".widget-select select"))
    assert passage.locator("mark").count() >= 1
    page.screenshot(path=tmp_path / "before.png")

    first = passage.inner_text()
    entries.focus()
    page.keyboard.press("ArrowDown")
    sync_api.expect(passage).not_to_have_text(first)

    said, rows = count.inner_text(), box.locator(".toolkit-table tbody tr")
    before = rows.count()
    box.locator(".widget-dropdown", has_text="Form").locator("select").select_option("direct")
    sync_api.expect(count).not_to_have_text(said)
    sync_api.expect(rows).not_to_have_count(before)
    page.screenshot(path=tmp_path / "after.png")
