"""A sentence splitter of a few bytes in MiniSBD's format, so that Argos needs no network for it."""

from __future__ import annotations

import json
from pathlib import Path

ENDS, WIDE_ENDS, SPACES = ".!?…", "。！？", " \n\t"


def save_splitter(file: Path) -> None:
    """Write an ONNX model that ends a sentence at a stop before white space, or at a wide stop.

    Needs the package `onnx`, which nothing else of the project does: `pip install onnx`.
    """
    import numpy as np
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    units = ["<PAD>", "<UNK>", *ENDS, *WIDE_ENDS, *SPACES]
    table = np.zeros((len(units), 2), np.float32)  # columns: ends a sentence, is white space
    for index, unit in enumerate(units):
        table[index] = (1.0 if unit in ENDS else 2.0 if unit in WIDE_ENDS else 0.0, unit in SPACES)
    table[0, 1] = 1.0  # padding follows the last character
    kernel = np.zeros((3, 2, 2), np.float32)  # classes: nothing, token, sentence; this, next
    kernel[2, 0, 0], kernel[2, 1, 1] = 1.0, 1.0
    bias = np.array([0.0, -1.0, -1.5], np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "units"], ["found"]),
        helper.make_node("Transpose", ["found"], ["turned"], perm=[0, 2, 1]),
        helper.make_node("Conv", ["turned", "kernel", "bias"], ["scores"], pads=[0, 1]),
        helper.make_node("Transpose", ["scores"], ["pred"], perm=[0, 2, 1]),
    ]
    constants = {"table": table, "kernel": kernel, "bias": bias}
    graph = helper.make_graph(
        nodes,
        "splitter",
        [
            helper.make_tensor_value_info("units", TensorProto.INT64, ["batch", "length"]),
            helper.make_tensor_value_info("features", TensorProto.FLOAT, ["batch", "length", "n"]),
        ],
        [helper.make_tensor_value_info("pred", TensorProto.FLOAT, ["batch", "length", 3])],
        [numpy_helper.from_array(array, name) for name, array in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    vocabulary = {"lang": "", "_id2unit": units, "_unit2id": {u: i for i, u in enumerate(units)}}
    helper.set_model_props(
        model,
        {
            "lang_code": "xx",
            "config": json.dumps({"feat_funcs": ["space_before"], "batch_size": 32}),
            "vocab": json.dumps(vocabulary),
            "lexicon": "null",
        },
    )
    onnx.checker.check_model(model)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(model.SerializeToString())
