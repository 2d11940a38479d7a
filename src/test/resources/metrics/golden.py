"""Random predictions and what scikit-learn says of them, for GoldenMetricsTest.

    python golden.py > golden.json        # scikit-learn 1.7 or later, for the Brier score of more classes

Probabilities are float32, as a network gives them, and are widened to float64 before they are scored, so that no digit
is lost in a sum. Of two classes only the probability of the last is written; the other is 1 less that, in float32.
Null is "not defined": one class has all rows, or there is one number.
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve
from sklearn.exceptions import UndefinedMetricWarning

SEED = 20240607
CASES = 230
REGRESSIONS = 60
KINDS = ["fine", "thousandths", "thousandths", "tenths", "hard", "constant"]

# Such warnings say that a value is 0 by convention; those are compared too.
warnings.simplefilter("error")
warnings.simplefilter("ignore", UndefinedMetricWarning)
warnings.filterwarnings("ignore", message=".*single label.*|.*not in y_true.*|.*sum to one.*")


def rows_of_one_case(rng):
    return int(np.floor(np.exp(rng.uniform(0, np.log(201)))))


def labels(rng, rows, classes):
    """Of all classes, of some of them, or of one."""
    present = rng.permutation(classes)[: rng.integers(1, classes + 1)]
    if rng.random() < 0.6:
        present = np.arange(classes)
    return rng.choice(present, size=rows, p=rng.dirichlet(np.full(len(present), 2.0)))


def steps(probabilities, count):
    """Rounded to multiples of 1/count; the most probable class gets what is left."""
    whole = np.floor(probabilities * count)
    whole[np.arange(len(whole)), probabilities.argmax(axis=1)] += count - whole.sum(axis=1)
    return whole / count


def probabilities(rng, kind, y, classes):
    logits = rng.normal(size=(len(y), classes)) * rng.choice([0.5, 2, 5])
    logits[np.arange(len(y)), y] += rng.choice([0, 1, 3])
    if kind == "constant":
        logits[:] = logits[0]
    exponents = np.exp(logits - logits.max(axis=1, keepdims=True))
    p = exponents / exponents.sum(axis=1, keepdims=True)
    if kind == "hard":
        p = np.eye(classes)[p.argmax(axis=1)]
    elif kind != "fine":
        p = steps(p, 10 if kind == "tenths" else 1000)
    p = p.astype(np.float32)
    if classes == 2:
        p[:, 0] = np.float32(1) - p[:, 1]
    return p


def over_classes(area, y, p):
    """Of the last of two classes; else one against the rest, the mean over classes with both kinds of rows."""
    classes = [1] if p.shape[1] == 2 else range(p.shape[1])
    areas = [area(y == c, p[:, c]) for c in classes if 0 < np.sum(y == c) < len(y)]
    return float(np.mean(areas)) if areas else None


def calibration_error(y, p):
    """Naeini et al. 2015 for two classes, Guo et al. 2017 for more; 10 bins of one width."""
    if p.shape[1] == 2:
        right, confidence = y == 1, p[:, 1]
    else:
        right, confidence = y == p.argmax(axis=1), p.max(axis=1)
    mixed = right.any() and not right.all()
    observed, predicted = calibration_curve(right, confidence, n_bins=10) if mixed else one_sided(right, confidence)
    sizes = np.bincount(bins(confidence), minlength=10)
    return float(np.sum(sizes[sizes > 0] / len(y) * np.abs(observed - predicted)))


def bins(confidence):
    return np.searchsorted(np.linspace(0, 1, 11)[1:-1], confidence)


def one_sided(right, confidence):
    """calibration_curve refuses rows of which all are right, or none."""
    at = bins(confidence)
    used = np.unique(at)
    return np.array([right[at == b].mean() for b in used]), np.array([confidence[at == b].mean() for b in used])


def brier(y, p):
    if p.shape[1] == 2:
        return sk.brier_score_loss(y, p[:, 1], pos_label=1)
    return sk.brier_score_loss(y, p, labels=range(p.shape[1]))


def scores(y, p32):
    predicted = p32.argmax(axis=1)
    p = p32.astype(np.float64)
    classes = p.shape[1]
    found = {
        "accuracy": sk.accuracy_score(y, predicted),
        "balanced-accuracy": sk.recall_score(y, predicted, labels=np.unique(y), average="macro"),
        "mcc": sk.matthews_corrcoef(y, predicted),
        "roc-auc": over_classes(sk.roc_auc_score, y, p),
        "pr-auc": over_classes(sk.average_precision_score, y, p),
        # Clipped as scikit-learn clips float32.
        "log-loss": sk.log_loss(y, np.clip(p, np.finfo(np.float32).eps, 1), labels=range(classes)),
        "brier": brier(y, p),
        "calibration-error": calibration_error(y, p),
    }
    for name, score in [("precision", sk.precision_score), ("recall", sk.recall_score), ("f1", sk.f1_score)]:
        if classes == 2:
            found[name] = score(y == 1, predicted == 1, pos_label=True)
        for average in ["macro", "weighted"]:
            found[f"{name}-{average}"] = score(y, predicted, average=average)
    confusion = sk.confusion_matrix(y, predicted, labels=range(classes))
    return found, confusion


def classification(rng):
    classes = int(rng.choice([2, 2, 2, 3, 3, 4, 5, 6]))
    kind = rng.choice(KINDS)
    rows = rows_of_one_case(rng)
    y = labels(rng, min(rows, 40) if kind == "fine" else rows, classes)
    p = probabilities(rng, kind, y, classes)
    found, confusion = scores(y, p)
    assert abs(found["balanced-accuracy"] - sk.balanced_accuracy_score(y, p.argmax(axis=1))) < 1e-15
    return {
        "kind": kind,
        "classes": classes,
        "labels": "".join(map(str, y)),
        "predictions": p[:, 1] if classes == 2 else p.ravel(),
        "confusion": confusion.ravel().tolist(),
        "scores": found,
    }


def regression(rng):
    rows = rows_of_one_case(rng)
    kind = rng.choice(["noise", "constant", "perfect", "offset", "small"])
    y = rng.normal(size=rows) * {"small": 1e-6}.get(kind, 10)
    y = np.full(rows, y[0]) if kind == "constant" else y + {"offset": 1e6}.get(kind, 0)
    y = y.astype(np.float32)
    noise = 0 if kind == "perfect" else rng.normal(size=rows) * {"small": 1e-6}.get(kind, 3)
    p = (y + noise).astype(np.float32)
    wide = y.astype(np.float64), p.astype(np.float64)
    found = {
        "mse": sk.mean_squared_error(*wide),
        "rmse": sk.root_mean_squared_error(*wide),
        "mae": sk.mean_absolute_error(*wide),
        "r2": sk.r2_score(*wide) if rows > 1 else None,
    }
    return {"kind": kind, "targets": y, "predictions": p, "scores": found}


def text(value):
    if isinstance(value, np.ndarray):
        shortest = [str(x).removesuffix(".0") for x in value]
        assert np.array_equal(np.array(shortest, np.float64).astype(np.float32), value)
        return "[" + ",".join(shortest) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{k}": {text(v)}' for k, v in value.items()) + "}"
    return json.dumps(float(value) if isinstance(value, np.floating) else value, separators=(",", ":"))


def main():
    rng = np.random.default_rng(SEED)
    cases = [classification(rng) for _ in range(CASES)] + [regression(rng) for _ in range(REGRESSIONS)]
    versions = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}"
    sys.stdout.write('{"versions": "' + versions + '",\n"cases": [\n')
    sys.stdout.write(",\n".join(text(case) for case in cases) + "\n]}\n")


main()
