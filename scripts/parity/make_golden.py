"""Golden answers for the parity tests: what implicit and Spark MLlib answer on small random data.

    python make_golden.py implicit --out golden --fixtures ../../cli/pack/fixtures
    python make_golden.py spark --out golden --fixtures ../../cli/pack/fixtures

A golden file holds item factors that the library trained, and for some users what it makes of their
weights with those factors held fixed. With --fixtures the model is also saved, in the library's own
format. Needs numpy, scipy and implicit, or numpy, pyspark and a Java.
"""

import argparse
import json
import os
import platform
import sys

# Must stand above numpy's import, which reads it: threads of BLAS would be in implicit's way.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

USERS, ITEMS, DIM = 30, 24, 6


def interactions(rng):
    """Two tastes, so that the factors have a shape. Weights are exact in float32, which implicit
    narrows them to; one in ten is against, one in ten zero."""
    rows = []
    for user in range(USERS):
        taste = np.where(np.arange(ITEMS) % 2 == user % 2, 6.0, 1.0)
        count = int(rng.integers(3, 12))
        for item in rng.choice(ITEMS, count, replace=False, p=taste / taste.sum()):
            kind = rng.random()
            weight = float(rng.integers(1, 33)) / 8
            rows.append((user, int(item), -weight if kind < 0.1 else 0.0 if kind < 0.2 else weight))
    return rows


def case(name, objective, items, weights, embedding):
    return {
        "name": name,
        "objective": objective,
        "rows": [int(item) for item in items],
        "weights": [float(weight) for weight in weights],
        "embedding": [float(value) for value in embedding],
    }


def make_implicit(rng, fixtures):
    import implicit
    import scipy
    from implicit.cpu.als import AlternatingLeastSquares
    from scipy.sparse import coo_matrix, csr_matrix

    users, items, weights = zip(*interactions(rng))
    matrix = coo_matrix((weights, (users, items)), shape=(USERS, ITEMS)).tocsr()

    model = AlternatingLeastSquares(
        factors=DIM, alpha=2.0, regularization=0.05, iterations=5, dtype=np.float64,
        random_state=7, num_threads=1,
    )
    model.fit(matrix, show_progress=False)
    if fixtures:
        model.save(os.path.join(fixtures, "implicit.npz"))
    some = rng.choice(ITEMS, 8, replace=False)
    asked = [
        ("one item", 1.0, 0.01, some[:1], [1]),
        ("several, alpha and lambda large", 40.0, 3.0, some, rng.integers(1, 33, 8) / 8),
        ("for and against", 2.0, 0.05, some, [1, -2, 0.5, -0.25, 4, 1, -1, 3]),
        ("an explicit zero", 2.0, 0.05, some[:4], [1, 0, 2, -1.5]),
        ("zero alone", 1.0, 0.01, some[:1], [0]),
        ("confidences below one", 0.5, 0.01, some[:5], [0.25, 0.5, -0.25, 1, -1.5]),
        ("against alone", 2.0, 0.05, some[:3], [-1, -2, -3]),
        ("nothing", 2.0, 0.05, [], []),
        ("every item", 1.0, 0.01, np.arange(ITEMS), rng.integers(-32, 33, ITEMS) / 8),
    ]
    cases = []
    for name, alpha, ridge, rows, r in asked:
        # Both are read when a user is solved for; the CPU's cache of YtY holds neither.
        model.alpha, model.regularization = alpha, ridge
        user = csr_matrix(
            (np.asarray(r, dtype=np.float64), np.asarray(rows, dtype=np.int32), [0, len(rows)]),
            shape=(1, ITEMS),
        )
        objective = {"convention": "implicit", "alpha": alpha, "lambda": ridge}
        cases.append(case(name, objective, rows, r, model.recalculate_user(0, user)))
    versions = {"implicit": implicit.__version__, "scipy": scipy.__version__}
    return versions, [{"itemFactors": model.item_factors.tolist(), "cases": cases}]


def make_spark(rng, fixtures):
    import pyspark
    from pyspark.ml.recommendation import ALS
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    spark = (
        SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    models = []
    for alpha, ridge in [(1.0, 0.1), (40.0, 0.02)]:
        # Item numbers with gaps: they are names, not places.
        rows = [(user, 100 + 7 * item, weight) for user, item, weight in interactions(rng)]
        als = ALS(
            rank=DIM, maxIter=4, regParam=ridge, alpha=alpha, implicitPrefs=True, numUserBlocks=2,
            numItemBlocks=2, userCol="user", itemCol="item", ratingCol="weight", seed=7,
        )
        model = als.fit(spark.createDataFrame(rows, "user int, item int, weight float"))
        if fixtures and alpha == 1.0:
            model.write().overwrite().save(os.path.join(os.path.abspath(fixtures), "spark"))
        factors = {row.id: row.features for row in model.itemFactors.collect()}
        places = {item: place for place, item in enumerate(sorted(factors))}
        embeddings = {row.id: row.features for row in model.userFactors.collect()}
        objective = {"convention": "spark", "alpha": alpha, "lambda": ridge}
        cases = []
        for user in range(8):
            own = [(places[item], weight) for who, item, weight in rows if who == user]
            items, weights = zip(*own)
            cases.append(case(f"user {user}", objective, items, weights, short(embeddings[user])))
        item_factors = [short(factors[item]) for item in sorted(factors)]
        models.append({"itemFactors": item_factors, "cases": cases})
    java = spark.sparkContext._jvm.System.getProperty("java.version")
    spark.stop()
    return {"pyspark": pyspark.__version__, "java": java}, models


def short(values):
    """The shortest decimals that float32 reads back as the same numbers."""
    return [float(str(np.float32(value))) for value in values]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("library", choices=["implicit", "spark"])
    parser.add_argument("--out", required=True, help="folder of the golden file")
    parser.add_argument("--fixtures", help="folder that the model is saved in")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for folder in filter(None, [given.out, given.fixtures]):
        os.makedirs(folder, exist_ok=True)
    make = make_implicit if given.library == "implicit" else make_spark
    versions, models = make(np.random.default_rng(given.seed), given.fixtures)
    golden = {
        "madeBy": f"scripts/parity/make_golden.py {given.library} --seed {given.seed}",
        "versions": {**versions, "numpy": np.__version__, "python": platform.python_version()},
        "models": models,
    }
    with open(os.path.join(given.out, f"{given.library}.json"), "w", encoding="utf8") as file:
        json.dump(golden, file)
        file.write("\n")


if __name__ == "__main__":
    main()
