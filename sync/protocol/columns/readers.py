"""Which function reads which kind of column."""

from __future__ import annotations

from sync.protocol.columns import numbers, plain, predicted, strings, texts, truths
from sync.protocol.columns.kinds import Kind
from sync.protocol.source import Reader

READERS: dict[int, Reader] = {
    Kind.VERBATIM: plain.read_verbatim,
    Kind.CONSTANT: plain.read_constant,
    Kind.TABLE: plain.read_table,
    Kind.RUNS: plain.read_runs,
    Kind.LISTS: plain.read_lists,
    Kind.SPLIT: plain.read_split,
    Kind.EXCEPT: predicted.read_except,
    Kind.EQUAL: predicted.read_equal,
    Kind.LAST: predicted.read_last,
    Kind.FOLLOW: predicted.read_follow,
    Kind.BIRTH: predicted.read_birth,
    Kind.PLANES: numbers.read_planes,
    Kind.VARINTS: numbers.read_varints,
    Kind.SCALED: numbers.read_scaled,
    Kind.DELTA: numbers.read_delta,
    Kind.RELATIVE: numbers.read_relative,
    Kind.BASE: numbers.read_base,
    Kind.BITS: truths.read_bits,
    Kind.GAPS: truths.read_gaps,
    Kind.LINES: texts.read_lines,
    Kind.ENDED: texts.read_ended,
    Kind.FIXED: texts.read_fixed,
    Kind.DIGITS: texts.read_digits,
    Kind.AFFIX: texts.read_affix,
    Kind.WORDS: texts.read_words,
    Kind.FIELDS: texts.read_fields,
    Kind.JOINED: texts.read_joined,
    Kind.CHUNKS: strings.read_chunks,
    Kind.RAW: strings.read_raw,
    Kind.TURNED: strings.read_turned,
    Kind.NUMBERED: strings.read_numbered,
}
