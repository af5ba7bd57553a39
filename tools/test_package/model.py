"""A small Transformer in plain PyTorch, how it learns, and how it becomes a CTranslate2 model."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import ctranslate2
import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec
from torch import Tensor, nn

PAD, UNK, BOS, EOS = 3, 0, 1, 2  # SentencePiece's order, with padding last


@dataclass(frozen=True)
class Shape:
    """How large a model is.

    Args:
        layers: of the encoder and of the decoder.
        width: of the embeddings.
        heads: of the attention.
        inner: width of the feed-forward layers.
    """

    layers: int = 2
    width: int = 96
    heads: int = 4
    inner: int = 192


BASE = Shape(layers=6, width=512, heads=8, inner=2048)  # Argos's own: "Transformer base"


class Transformer(nn.Module):
    """The pre-norm Transformer with one shared embedding, as OpenNMT-py builds it for Argos."""

    def __init__(self, vocabulary: int, shape: Shape, longest: int = 512) -> None:
        super().__init__()
        self.shape, self.longest = shape, longest
        options = {
            "d_model": shape.width,
            "nhead": shape.heads,
            "dim_feedforward": shape.inner,
            "dropout": 0.05,
            "batch_first": True,
            "norm_first": True,
        }
        self.embedding = nn.Embedding(vocabulary, shape.width)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        encoder, decoder = (
            nn.TransformerEncoderLayer(**options),
            nn.TransformerDecoderLayer(**options),
        )
        final = (nn.LayerNorm(shape.width), nn.LayerNorm(shape.width))
        self.encoder = nn.TransformerEncoder(
            encoder, shape.layers, norm=final[0], enable_nested_tensor=False
        )
        self.decoder = nn.TransformerDecoder(decoder, shape.layers, norm=final[1])
        self.projection_bias = nn.Parameter(torch.zeros(vocabulary))
        self.register_buffer("positions", make_positions(longest, shape.width))

    def forward(self, source: Tensor, target: Tensor) -> Tensor:
        """Return the logits after each target token: (batch, length, vocabulary)."""
        hidden = source == PAD
        memory = self.encoder(self._embed(source), src_key_padding_mask=hidden)
        ahead = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).triu(1)
        states = self.decoder(
            self._embed(target),
            memory,
            tgt_mask=ahead,
            tgt_key_padding_mask=target == PAD,
            memory_key_padding_mask=hidden,
        )
        return states @ self.embedding.weight.T + self.projection_bias

    def _embed(self, tokens: Tensor) -> Tensor:
        return (
            self.embedding(tokens) * math.sqrt(self.shape.width) + self.positions[: tokens.shape[1]]
        )


def make_positions(longest: int, width: int) -> Tensor:
    """Return sinusoidal position encodings, sines and cosines in turn (Vaswani et al. 2017)."""
    place = torch.arange(longest)[:, None]
    rate = torch.exp(torch.arange(0, width, 2) * -(math.log(10_000.0) / width))
    table = torch.zeros(longest, width)
    table[:, 0::2], table[:, 1::2] = torch.sin(place * rate), torch.cos(place * rate)
    return table


def train(
    model: Transformer,
    pairs: Sequence[tuple[list[int], list[int]]],
    *,
    steps: int,
    batch: int = 96,
    rate: float = 3e-3,
    seed: int = 1,
) -> Iterator[tuple[int, float]]:
    """Train in place, giving `(step, loss)` every hundred steps."""
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, steps, pct_start=0.1)
    loss_of = nn.CrossEntropyLoss(ignore_index=PAD, label_smoothing=0.02)
    random = np.random.default_rng(seed)
    model.train()
    for step in range(1, steps + 1):
        chosen = [pairs[index] for index in random.integers(len(pairs), size=batch)]
        source = _padded([pair[0] for pair in chosen])
        target = _padded([[BOS, *pair[1], EOS] for pair in chosen])
        logits = model(source, target[:, :-1])
        loss = loss_of(logits.flatten(0, 1), target[:, 1:].flatten())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        if step % 100 == 0:
            yield step, float(loss.detach())


def _padded(rows: list[list[int]]) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [PAD] * (longest - len(row)) for row in rows])


def save_ctranslate2(model: Transformer, pieces: list[str], folder: Path) -> None:
    """Write the model as CTranslate2 reads it, with eight-bit weights, into a new folder."""
    spec = transformer_spec.TransformerSpec.from_config(model.shape.layers, model.shape.heads)
    _set_stack(spec.encoder, model, model.encoder)
    _set_stack(spec.decoder, model, model.decoder)
    spec.decoder.projection.weight = _array(model.embedding.weight)
    spec.decoder.projection.bias = _array(model.projection_bias)
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True)
    spec.save(str(folder))


def _set_stack(spec, model: Transformer, stack) -> None:  # type: ignore[no-untyped-def]
    embeddings = spec.embeddings[0] if isinstance(spec.embeddings, list) else spec.embeddings
    embeddings.weight = _array(model.embedding.weight)
    spec.position_encodings.encodings = _array(model.positions)
    _set_norm(spec.layer_norm, stack.norm)
    for layer_spec, layer in zip(spec.layer, stack.layers, strict=True):
        norms = [layer.norm1, layer.norm2]
        _set_attention(layer_spec.self_attention, layer.self_attn, norms[0], fused=True)
        if hasattr(layer, "multihead_attn"):
            _set_attention(layer_spec.attention, layer.multihead_attn, layer.norm2, fused=False)
            norms.append(layer.norm3)
        _set_norm(layer_spec.ffn.layer_norm, norms[-1])
        _set_linear(layer_spec.ffn.linear_0, layer.linear1.weight, layer.linear1.bias)
        _set_linear(layer_spec.ffn.linear_1, layer.linear2.weight, layer.linear2.bias)


def _set_attention(spec, attention, norm, *, fused: bool) -> None:  # type: ignore[no-untyped-def]
    _set_norm(spec.layer_norm, norm)
    weight, bias, width = attention.in_proj_weight, attention.in_proj_bias, attention.embed_dim
    if fused:
        _set_linear(spec.linear[0], weight, bias)
    else:
        _set_linear(spec.linear[0], weight[:width], bias[:width])
        _set_linear(spec.linear[1], weight[width:], bias[width:])
    _set_linear(spec.linear[-1], attention.out_proj.weight, attention.out_proj.bias)


def _set_linear(spec: common_spec.LinearSpec, weight: Tensor, bias: Tensor) -> None:
    spec.weight, spec.bias = _array(weight), _array(bias)


def _set_norm(spec: common_spec.LayerNormSpec, norm: nn.LayerNorm) -> None:
    spec.gamma, spec.beta = _array(norm.weight), _array(norm.bias)


def _array(tensor: Tensor) -> np.ndarray:
    return tensor.detach().numpy().astype(np.float32)


__all__ = ["BASE", "EOS", "PAD", "Shape", "Transformer", "ctranslate2", "save_ctranslate2", "train"]
