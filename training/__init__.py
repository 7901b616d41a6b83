"""The recipe of the bundled pipeline: from public corpora to ``toolkit/model``. Not part of the installed package."""
