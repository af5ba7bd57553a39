"""A sentence splitter of a few kilobytes in MiniSBD's format.

A package without one is not lost in Digest, which has rules of its own; argostranslate, however,
would fetch MiniSBD's model for the language, and fail where it cannot. It takes an `.onnx` file
from the package's `minisbd` folder as it is, so this one makes the package whole.
"""

from __future__ import annotations

import json
import string
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

ENDS, WIDE, CLOSERS, WIDE_CLOSERS, SPACES = ".!?…", "。！？", "\"'”’»)]“", "」』）”", " \n\t"
ACCENTED = "äöüßàâæçéèêëîïôœùûÿñáíóúãõìòøåćčłńśźż"
LOWER, UPPER = string.ascii_lowercase + ACCENTED, string.ascii_uppercase + ACCENTED.upper()
# What is known of a character, in the order of the table's columns.
END, DOT, WIDE_END, SPACE, CLOSER, WIDE_CLOSER, SMALL, LETTER, DIGIT = range(9)
BEFORE, AFTER = 3, 2  #: characters that a decision looks at

# Each rule adds up what it finds; what exceeds its threshold counts, for a sentence's end or
# against it: (for or against, threshold, ((place, feature, weight), …)).
RULES = (
    # A stop before white space ends a sentence, unless a small letter follows.
    (1, 1, ((0, END, 1), (1, SPACE, 1), (2, SMALL, -1))),
    # "3. Mai", "31. Dezember": a number of two digits at most. "2024. Das" does end one.
    (-1, 2, ((0, DOT, 1), (-1, DIGIT, 1), (1, SPACE, 1), (-3, DIGIT, -1))),
    # "J. Smith", "z. B.": a letter of its own.
    (-1, 3, ((0, DOT, 1), (-1, LETTER, 1), (-2, SPACE, 1), (1, SPACE, 1))),
    (-1, 3, ((0, DOT, 1), (-1, LETTER, 1), (-2, DOT, 1), (1, SPACE, 1))),
    # A quotation mark or bracket behind the stop belongs to the sentence.
    (1, 2, ((0, CLOSER, 1), (-1, END, 1), (1, SPACE, 1), (2, SMALL, -1))),
    # A wide stop needs no white space.
    (1, 0, ((0, WIDE_END, 1), (1, WIDE_CLOSER, -1))),
    (1, 1, ((0, WIDE_CLOSER, 1), (-1, WIDE_END, 1))),
)


def save_splitter(file: Path) -> None:
    """Write the rules as an ONNX model: a table of characters and two convolutions."""
    units = ["<PAD>", "<UNK>", *dict.fromkeys(ENDS + WIDE + CLOSERS + WIDE_CLOSERS + SPACES)]
    units += [*dict.fromkeys(LOWER + UPPER + string.digits)]
    model = helper.make_model(
        _graph(_table(units)), opset_imports=[helper.make_opsetid("", 17)], ir_version=9
    )
    vocabulary = {"lang": "", "_id2unit": units, "_unit2id": {u: i for i, u in enumerate(units)}}
    settings = {
        "lang_code": "xx",
        "config": json.dumps({"feat_funcs": ["space_before"], "batch_size": 32}),
        "vocab": json.dumps(vocabulary),
        "lexicon": "null",
    }
    helper.set_model_props(model, settings)
    onnx.checker.check_model(model)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(model.SerializeToString())


def _table(units: list[str]) -> NDArray[np.float32]:
    groups = (ENDS, ".", WIDE, SPACES, CLOSERS, WIDE_CLOSERS, LOWER, LOWER + UPPER, string.digits)
    table = np.zeros((len(units), len(groups)), np.float32)
    for number, unit in enumerate(units):
        table[number] = [unit in group if len(unit) == 1 else 0 for group in groups]
    table[0, SPACE] = 1.0  # padding stands before the first character and behind the last
    return table


def _graph(table: NDArray[np.float32]) -> onnx.GraphProto:
    rules = np.zeros((len(RULES), table.shape[1], BEFORE + 1 + AFTER), np.float32)
    for number, (_, _, parts) in enumerate(RULES):
        for place, feature, weight in parts:
            rules[number, feature, BEFORE + place] = weight
    votes = np.zeros(
        (3, len(RULES), 1), np.float32
    )  # classes: nothing, a token's end, a sentence's
    votes[2, :, 0] = [2 * sign for sign, _, _ in RULES]
    constants = {
        "table": table,
        "rules": rules,
        "thresholds": np.array([-threshold for _, threshold, _ in RULES], np.float32),
        "votes": votes,
        "bias": np.array([0.0, -1.0, -1.0], np.float32),
    }
    nodes = [
        # White space stands before the first character: a convolution's own zeros say nothing.
        helper.make_node("Pad", ["units", "around"], ["padded"]),
        helper.make_node("Gather", ["table", "padded"], ["known"]),
        helper.make_node("Transpose", ["known"], ["turned"], perm=[0, 2, 1]),
        helper.make_node("Conv", ["turned", "rules", "thresholds"], ["sums"]),
        helper.make_node("Relu", ["sums"], ["found"]),
        helper.make_node("Conv", ["found", "votes", "bias"], ["scores"]),
        helper.make_node("Transpose", ["scores"], ["pred"], perm=[0, 2, 1]),
    ]
    around = np.array([0, BEFORE, 0, AFTER], np.int64)
    stored = [numpy_helper.from_array(each, name) for name, each in constants.items()]
    return helper.make_graph(
        nodes,
        "splitter",
        [
            helper.make_tensor_value_info("units", TensorProto.INT64, ["batch", "length"]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", "length", "n"]),
        ],
        [helper.make_tensor_value_info("pred", TensorProto.FLOAT, ["batch", "length", 3])],
        [*stored, numpy_helper.from_array(around, "around")],
    )
