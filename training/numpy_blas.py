"""Matrices multiplied by numpy's BLAS instead of BLIS, for ``spacy train --code``.

spaCy multiplies with BLIS, whose kernels end at AVX2 on many machines; numpy's OpenBLAS knows AVX-512 and is up to three times
as fast there. What is learned is the same but for rounding.
"""

from __future__ import annotations

from thinc.api import NumpyOps, set_current_ops

set_current_ops(NumpyOps(use_blis=False))
