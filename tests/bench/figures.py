"""Figures as the benches print them: medians, the 95th percentile, a ratio to what ran beside."""

import statistics
from collections.abc import Sequence


def median(seconds: Sequence[float]) -> float:
    """The middle of the measurements."""
    return statistics.median(seconds)


def p95(seconds: Sequence[float]) -> float:
    """What 95 of 100 stay below."""
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]


def line(what: str, figure: float, unit: str, wanted: float | None = None) -> None:
    """Print one figure with what the product wants it to be."""
    verdict = "" if wanted is None else f"   wanted <= {wanted:g}   {'ok' if figure <= wanted else 'MISSED'}"
    print(f"{what:<58} {figure:9.2f} {unit:<4}{verdict}")
