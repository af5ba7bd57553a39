"""The model as CTranslate2 runs it: weights put in their places by hand, tags in the settings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import common_spec, transformer_spec
from torch import Tensor, nn

from tools.train_translation.model import Attention, Layer, Transformer

BOS, EOS, UNK = "<s>", "</s>", "<unk>"
CONFIG = "config.json"


def save_ctranslate2(
    model: Transformer, pieces: list[str], folder: Path, *, quantisation: str | None = "int8"
) -> None:
    """Write the model into a new folder, its matrices in eight bits.

    Args:
        model: what was learned.
        pieces: the vocabulary, by number.
        folder: is made.
        quantisation: CTranslate2's name of the arithmetic; None keeps every bit, for tests.
    """
    shape = model.shape
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder, shape.decoder), shape.heads, pre_norm=shape.first
    )
    _set_stack(spec.encoder, model, model.encoder, model.encoder_norm)
    _set_stack(spec.decoder, model, model.decoder, model.decoder_norm)
    spec.decoder.projection.weight = _array(model.embedding.weight)
    spec.decoder.projection.bias = _array(model.bias)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = BOS, EOS, UNK
    spec.validate()
    spec.optimize(quantization=quantisation)
    folder.mkdir(parents=True)
    spec.save(str(folder))


def tagged_config(config: str, tag: str) -> str:
    """Return a model's `config.json` with which CTranslate2 puts the tag before every source.

    Argos knows prefixes of the target only. CTranslate2 adds a piece to the source by itself
    (`add_source_bos`), whichever `bos_token` names; the decoder's start has a setting of its own.
    So packages of all languages share one `model.bin`, and differ in this file.
    """
    settings: dict[str, Any] = json.loads(config)
    settings |= {"add_source_bos": True, "bos_token": tag, "decoder_start_token": BOS}
    return json.dumps(settings, indent=2, sort_keys=True) + "\n"


def _set_stack(spec: Any, model: Transformer, layers: nn.ModuleList, norm: nn.Module) -> None:
    embeddings = spec.embeddings[0] if isinstance(spec.embeddings, list) else spec.embeddings
    embeddings.weight = _array(model.embedding.weight)
    spec.position_encodings.encodings = _array(model.places)
    if isinstance(norm, nn.LayerNorm):
        _set_norm(spec.layer_norm, norm)
    for place, layer in zip(spec.layer, layers, strict=True):
        _set_layer(place, layer)


def _set_layer(spec: Any, layer: Layer) -> None:
    _set_attention(spec.self_attention, layer.own, layer.norms[0])
    if layer.across is not None:
        _set_attention(spec.attention, layer.across, layer.norms[1])
    _set_norm(spec.ffn.layer_norm, layer.norms[-1])
    _set_linear(spec.ffn.linear_0, layer.inner)
    _set_linear(spec.ffn.linear_1, layer.outer)


def _set_attention(spec: Any, attention: Attention, norm: nn.LayerNorm) -> None:
    _set_norm(spec.layer_norm, norm)
    for place, part in zip(spec.linear, (*attention.parts, attention.out), strict=True):
        _set_linear(place, part)


def _set_linear(spec: common_spec.LinearSpec, linear: nn.Linear) -> None:
    spec.weight, spec.bias = _array(linear.weight), _array(linear.bias)


def _set_norm(spec: common_spec.LayerNormSpec, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _array(tensor: Tensor) -> np.ndarray[Any, np.dtype[np.float32]]:
    return tensor.detach().cpu().numpy().astype(np.float32)
