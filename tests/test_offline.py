"""With the network off everything works, and nothing that is loaded leaves the machine: no call tries to reach another."""

from __future__ import annotations

import subprocess
import sys

from conftest import ROOT, SEEDS

PROGRAM = """
import socket, sys

def refused(*arguments, **options):
    raise SystemExit(f"the network was asked for: {arguments}")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refused
import toolkit
corpus = toolkit.load([sys.argv[1], sys.argv[2]], progress=False)
toolkit.plot_timeline(toolkit.timeline(corpus.dates, corpus.sentences))
toolkit.plot_network(toolkit.cooccurrence(corpus.entities, sentences=corpus.sentences))
toolkit.explore_claims(corpus)
toolkit.write_report(corpus, sys.argv[3], title="offline")
print(len(corpus.claims) > 0)
"""


def test_nothing_asks_for_the_network(tmp_path):
    page = ROOT / "data" / "dossier"
    command = [sys.executable, "-c", PROGRAM, str(SEEDS), str(page / "*.html"), str(tmp_path / "report.html")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=300)
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr[-2000:]
