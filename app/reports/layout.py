"""Where a sheet's columns and rows go on pages: pure geometry, in points."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from reportlab.lib.units import mm

from app.reports.sheet import Column, Part

Measure = Callable[[str], float]
"""The width of a text in the font it will be set in."""
_TOGETHER = 4


def blocks(columns: Sequence[Column], width: float) -> tuple[tuple[int, ...], ...]:
    """The columns of each page across, as indices: LEAD on all, BODY spread evenly, TAIL on the last.

    Every column is on some page whatever its width: where even one BODY column does not fit beside the
    others, `measure_columns` shrinks them all.
    """
    parts = {part: [n for n, column in enumerate(columns) if column.part is part] for part in Part}
    lead, body, tail = parts[Part.LEAD], parts[Part.BODY], parts[Part.TAIL]
    for pages in range(1, max(len(body), 1) + 1):
        size = -(-len(body) // pages)
        runs = [body[start : start + size] for start in range(0, len(body), size)] if body else [[]]
        found = tuple((*lead, *run, *(tail if run is runs[-1] else ())) for run in runs)
        if all(sum(columns[n].width for n in block) * mm <= width for block in found):
            break
    return found


def measure_columns(columns: Sequence[Column], width: float) -> tuple[float, ...]:
    """The columns' widths in points: from their least towards their most, filling the page if they can."""
    least = [column.width * mm for column in columns]
    room = [(column.most - column.width) * mm for column in columns]
    spare = width - sum(least)
    if spare < 0:
        return tuple(w * width / sum(least) for w in least)
    share = min(1.0, spare / sum(room)) if sum(room) else 0.0
    return tuple(w + more * share for w, more in zip(least, room, strict=True))


def wrap(text: str, measure: Measure, width: float) -> list[str]:
    """The text in lines no wider than `width`; its own line ends stay, a word wider than a line is cut."""
    return [line for part in text.split("\n") for line in _wrap(part, measure, width)]


def _wrap(text: str, measure: Measure, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if measure(joined) <= width:
            line = joined
            continue
        if line:
            lines.append(line)
        while measure(word) > width and len(word) > 1:
            kept = _fitting(word, measure, width)
            lines.append(word[:kept])
            word = word[kept:]
        line = word
    return [*lines, line] if line or not lines else lines


def rows_by_page(heights: Sequence[float], first: float, later: float, end: float) -> list[range]:
    """Which rows stand on which page: `first` and `later` are the heights free for rows there, `end` what
    must follow the last row on its page. The last of several pages has four rows, where there are so many.
    """
    pages: list[range] = []
    start, used, free = 0, 0.0, first
    for place, height in enumerate(heights):
        if used + height > free and place > start:
            pages.append(range(start, place))
            start, used, free = place, 0.0, later
        used += height
    last = range(start, len(heights))
    if used + end > free:
        cut = last.stop - min(_TOGETHER, len(last) - 1)
        return [*pages, range(last.start, cut), range(cut, last.stop)]
    if pages and len(last) < _TOGETHER < len(pages[-1]):
        cut = last.stop - _TOGETHER
        if sum(heights[cut:]) + end <= later:
            pages[-1], last = range(pages[-1].start, cut), range(cut, last.stop)
    return [*pages, last]


def _fitting(word: str, measure: Measure, width: float) -> int:
    """How many letters of a word fit, at least one."""
    kept = next((n for n in range(1, len(word)) if measure(word[: n + 1]) > width), len(word))
    return max(1, kept)
