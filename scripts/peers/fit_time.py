"""Seconds that implicit's own fit takes, d and epochs as given: one JSON line.

    python fit_time.py --users users.bin --items items.bin --dim 64 --epochs 10 --threads 2

The files hold int32 a row. Reading and the sparse matrix are not timed.
"""

import argparse
import json
import os
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
import scipy.sparse
from implicit.cpu.als import AlternatingLeastSquares

parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
for name in ["users", "items"]:
    parser.add_argument(f"--{name}", required=True)
for name in ["dim", "epochs", "threads"]:
    parser.add_argument(f"--{name}", type=int, required=True)
given = parser.parse_args()

users, items = np.fromfile(given.users, np.int32), np.fromfile(given.items, np.int32)
matrix = scipy.sparse.coo_matrix((np.ones(len(users), np.float32), (users, items))).tocsr()
matrix.data[:] = 1

seconds = {}
for solver, use_cg in [("conjugate gradients", True), ("exact", False)]:
    model = AlternatingLeastSquares(
        factors=given.dim, iterations=given.epochs, num_threads=given.threads, use_cg=use_cg,
        alpha=4.0, regularization=10.0, random_state=1,
    )
    started = time.perf_counter()
    model.fit(matrix, show_progress=False)
    seconds[solver] = time.perf_counter() - started
print(json.dumps(seconds))
