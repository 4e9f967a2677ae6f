"""Answers of other recommenders to a question paper of `sotto evaluate --groups`.

    python answer.py --groups groups.jsonl --plans plans.json --out answers

plans.json is a list of {"name", "peer", "folds", "told", ...constants}: one answers file a plan,
`answers/NAME.jsonl`, that `sotto evaluate --engine NAME=FILE` reads. Peers: `implicit` (the library's
AlternatingLeastSquares, held-out visitors by recalculate_user), `ease` (the whole item × item
matrix) and `itemknn` (cosine with shrinkage). Needs numpy, scipy and implicit.
"""

import argparse
import json
import os
import time

# Must stand above numpy's import, which reads it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "2")

import numpy as np
import scipy.linalg
import scipy.sparse

THREADS = int(os.environ["OPENBLAS_NUM_THREADS"])
DAY_MS = 86_400_000
# Matrices of items × items at once in memory.
KEPT = 2


class Fold:
    """What one fold may train on: users × items, and who is asked what."""

    def __init__(self, users, groups, newest_ms):
        self.items = sorted({item for events in users for item, _, _ in events})
        self.index = {item: place for place, item in enumerate(self.items)}
        self.users = users
        self.groups = groups
        self.newest_ms = newest_ms

    def training(self, weighting, half_life_days):
        """One row a user. `once`: 1 a pair, as old as its newest event; `count`: its events."""
        return self.matrix(self.users, weighting, half_life_days, [self.newest_ms] * len(self.users))

    def histories(self, weighting, half_life_days, told):
        events = [group["history"] for group in self.groups]
        if told is not None:
            events = [history[len(history) - told :] if told else [] for history in events]
        now = [group["timeMs"] for group in self.groups]
        return self.matrix(events, weighting, half_life_days, now)

    def matrix(self, rows, weighting, half_life_days, now):
        places, columns, values = [], [], []
        for place, events in enumerate(rows):
            pairs = {}
            for item, time_ms, weight in events:
                if weight <= 0:
                    continue
                value = 1.0
                if half_life_days is not None and time_ms is not None:
                    value = 2.0 ** (-max(now[place] - time_ms, 0) / (half_life_days * DAY_MS))
                at = self.index[item]
                known = pairs.get(at, 0.0)
                pairs[at] = known + value if weighting == "count" else max(known, value)
            places += [place] * len(pairs)
            columns += pairs.keys()
            values += pairs.values()
        shape = (len(rows), len(self.items))
        return scipy.sparse.csr_matrix((values, (places, columns)), shape=shape, dtype=np.float64)


def read_groups(path):
    users, groups = [], []
    with open(path, encoding="utf8") as file:
        head = json.loads(next(file))
        if head.get("format") != "sotto-groups" or head.get("version") != 1:
            raise SystemExit(f"{path} must be a sotto-groups file of version 1")
        for line in file:
            one = json.loads(line)
            (users if one["type"] == "user" else groups).append(one)
    times = [t for user in users for _, t, _ in user["events"] if t is not None]
    newest_ms = max(times, default=0)
    folds = []
    for fold in range(head["folds"]):
        others = [user["events"] for user in users if user["fold"] != fold]
        asked = [group for group in groups if group["fold"] == fold]
        folds.append(Fold(others, asked, newest_ms))
    return head, folds


def implicit_als(fold, plan):
    """implicit as it is: r = 1 a pair (or the number of events), c = alpha · r, no decay."""
    from implicit.cpu.als import AlternatingLeastSquares
    from threadpoolctl import threadpool_limits

    matrix = fold.training(plan["weighting"], None).astype(np.float32)
    # Threads of BLAS would be in the way of the library's own, as it says itself.
    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(
            factors=plan["factors"], alpha=plan["alpha"], regularization=plan["regularization"],
            iterations=plan["iterations"], random_state=1, num_threads=THREADS,
        )
        model.fit(matrix, show_progress=False)

    def scores(told):
        history = fold.histories(plan["weighting"], None, told).astype(np.float32)
        return model.recalculate_user(np.arange(history.shape[0]), history) @ model.item_factors.T

    return scores


def ease(fold, plan):
    """B = I − P / diag(P), P = (XᵀX + λI)⁻¹ (Steck 2019). X decays where a half-life is given."""
    matrix = fold.training("once", plan["trainingHalfLifeDays"])
    # sqrt: an event's square, which is what XᵀX holds, halves every half-life.
    matrix.data = np.sqrt(matrix.data)
    gram = (matrix.T @ matrix).toarray()
    gram[np.diag_indices_from(gram)] += plan["lambda"]
    factor, _ = scipy.linalg.lapack.dpotrf(gram, lower=1, overwrite_a=1)
    inverse, _ = scipy.linalg.lapack.dpotri(factor, lower=1, overwrite_c=1)
    inverse = np.tril(inverse) + np.tril(inverse, -1).T
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return weights


def item_knn(fold, plan):
    """Cosine of items' users, shrunk towards 0 where few share them; the k nearest of each item."""
    matrix = fold.training("once", plan["trainingHalfLifeDays"])
    matrix.data = np.sqrt(matrix.data)
    shared = (matrix.T @ matrix).toarray()
    size = np.sqrt(np.diag(shared))
    likeness = shared / (np.outer(size, size) + plan["shrinkage"])
    np.fill_diagonal(likeness, 0)
    k = min(plan["neighbours"], likeness.shape[0] - 1)
    last = np.partition(likeness, -k, axis=1)[:, -k, None]
    likeness[likeness < last] = 0
    # Row i holds the neighbours of i; an item of the history gives its weight to its neighbours.
    return likeness


MATRICES = {"ease": ease, "itemknn": item_knn}
kept = {}


def item_to_item(fold, plan):
    """Kept from plan to plan: the half-life of a history changes nothing of the training."""
    others = ("name", "folds", "told", "halfLifeDays")
    constants = {name: plan[name] for name in plan if name not in others}
    key = (id(fold), json.dumps(constants, sort_keys=True))
    if key not in kept:
        while len(kept) >= KEPT:
            del kept[next(iter(kept))]
        kept[key] = MATRICES[plan["peer"]](fold, plan)
    return lambda told: fold.histories("once", plan["halfLifeDays"], told) @ kept[key]


PEERS = {"implicit": implicit_als, "ease": item_to_item, "itemknn": item_to_item}


def lists_of(fold, scores, count):
    for place, group in enumerate(fold.groups):
        row = scores[place]
        row[[fold.index[item] for item, _, _ in group["history"]]] = -np.inf
        best = np.argpartition(-row, min(count, len(row) - 1))[:count]
        best = best[np.argsort(-row[best], kind="stable")]
        yield [fold.items[item] for item in best if row[item] > -np.inf]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--groups", required=True)
    parser.add_argument("--plans", required=True)
    parser.add_argument("--out", required=True, help="folder of the answers")
    given = parser.parse_args()
    os.makedirs(given.out, exist_ok=True)
    head, folds = read_groups(given.groups)
    with open(given.plans, encoding="utf8") as file:
        plans = json.load(file)
    for plan in plans:
        started = time.monotonic()
        whole = os.path.join(given.out, f"{plan['name']}.jsonl")
        # Named so only when whole: a run that was stopped must not leave half an answer behind.
        with open(f"{whole}.part", "w", encoding="utf8") as file:
            for number in plan["folds"]:
                fold = folds[number]
                answer = PEERS[plan["peer"]](fold, plan)
                for told in plan["told"]:
                    lists = lists_of(fold, np.asarray(answer(told)), head["count"])
                    for group, items in enumerate(lists):
                        line = {"fold": number, "group": group, "items": items}
                        if told is not None:
                            line["told"] = told
                        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        os.replace(f"{whole}.part", whole)
        print(f"{plan['name']} in {time.monotonic() - started:.1f} s", flush=True)


if __name__ == "__main__":
    main()
