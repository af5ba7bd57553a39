"""What others would use to group articles: MiniLM with a linkage, MinHash, SemHash."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.text import normalise

from .measures import Labels, b_cubed_rows

PERMUTATIONS = 128


def best_setting(
    settings: Iterable[Any],
    group: Callable[[Any, NDArray[np.bool_]], Labels],
    *,
    seen: NDArray[np.bool_],
    stories: Sequence[str],
) -> Any:
    """Return the setting with the best B³ F1 on the articles of `seen` alone."""
    true = [story for story, mine in zip(stories, seen, strict=True) if mine]

    def score(setting: Any) -> float:
        sums = b_cubed_rows(group(setting, seen), true).sum(axis=0)
        return float(2 * sums[0] * sums[1] / (sums[0] + sums[1]) / sums[2])

    return max(settings, key=score)


def linkage(
    vectors: NDArray[np.float32], setting: tuple[str, float], among: NDArray[np.bool_]
) -> Labels:
    """Return the groups of agglomerative clustering at `(linkage, cosine distance)`."""
    from sklearn.cluster import AgglomerativeClustering

    kind, distance = setting
    model = AgglomerativeClustering(
        n_clusters=None, metric="cosine", linkage=kind, distance_threshold=distance
    )
    found: Labels = model.fit_predict(vectors[among].astype(np.float64))
    return found


class MinHashGroups:
    """Groups of texts whose estimated Jaccard similarity reaches a threshold (datasketch)."""

    def __init__(self, texts: Sequence[str], *, size: int) -> None:
        from datasketch import MinHash

        self.sketches = []
        for text in texts:
            words = normalise(text).split()
            runs = {" ".join(words[n : n + size]) for n in range(max(1, len(words) - size + 1))}
            sketch = MinHash(num_perm=PERMUTATIONS)
            sketch.update_batch([run.encode() for run in runs])
            self.sketches.append(sketch)

    def group(self, threshold: float, among: NDArray[np.bool_]) -> Labels:
        """Return connected components of the pairs that the index finds."""
        from datasketch import MinHashLSH

        index = MinHashLSH(threshold=threshold, num_perm=PERMUTATIONS)
        places = np.flatnonzero(among)
        edges = []
        for row, place in enumerate(places):
            edges += [(row, int(other)) for other in index.query(self.sketches[place])]
            index.insert(str(row), self.sketches[place])
        return components(len(places), edges)


class SemHashGroups:
    """Groups that SemHash finds over given vectors."""

    def __init__(self, texts: Sequence[str], vectors: NDArray[np.float32]) -> None:
        self.texts = [f"{n}\t{text}" for n, text in enumerate(texts)]
        self.vectors = vectors

    def encode(self, texts: Sequence[str], **_: Any) -> NDArray[np.float32]:
        """Return the vectors of numbered texts: the method that SemHash asks of a model."""
        return self.vectors[[int(text.split("\t")[0]) for text in texts]]

    def group(self, threshold: float, among: NDArray[np.bool_]) -> Labels:
        """Return the groups of a self-deduplication."""
        from semhash import SemHash

        places = np.flatnonzero(among)
        index = SemHash.from_records([self.texts[n] for n in places], model=self)
        row = {self.texts[n]: k for k, n in enumerate(places)}
        filtered = index.self_deduplicate(threshold=threshold).filtered
        edges = [(row[one.record], row[one.duplicate_of]) for one in filtered]
        return components(len(places), edges)


def components(count: int, edges: Sequence[tuple[int, int]]) -> Labels:
    """Return the connected component of each of `count` articles."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    left, right = np.array(edges or np.empty((0, 2)), dtype=int).T
    graph = coo_matrix((np.ones(len(left)), (left, right)), shape=(count, count))
    found: Labels = connected_components(graph, directed=False)[1]
    return found
