"""The many-to-English Transformer, in the form that CTranslate2 runs."""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor, nn

from tools.train_translation.vocab import PAD

LONGEST = 1_032  #: positions: CTranslate2 cuts sources at 1,024 pieces, and some room


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a model is.

    Args:
        width: of the embeddings.
        heads: of the attention.
        inner: width of the feed-forward layers.
        encoder: its layers.
        decoder: its layers; each costs time at every piece of a translation.
        first: whether norms stand before each part ("pre-norm", steadier) or behind it.
        dropout: share of the activations that is left out in training.
    """

    width: int = 512
    heads: int = 8
    inner: int = 2048
    encoder: int = 6
    decoder: int = 2
    first: bool = True
    dropout: float = 0.1


class Attention(nn.Module):
    """Attention with several heads, over the text itself or over what the encoder read."""

    def __init__(self, shape: Shape, *, across: bool) -> None:
        super().__init__()
        self.heads, self.dropout = shape.heads, shape.dropout
        width = shape.width
        # One product for what comes from one text: CTranslate2 keeps them together as well.
        self.parts = nn.ModuleList(
            [nn.Linear(width, width), nn.Linear(width, 2 * width)]
            if across
            else [nn.Linear(width, 3 * width)]
        )
        self.out = nn.Linear(width, width)

    def forward(self, text: Tensor, memory: Tensor, mask: Tensor | None, *, causal: bool) -> Tensor:
        """Return for each place of `text` what it takes from `memory` (not used for itself)."""
        if len(self.parts) == 1:
            query, key, value = self.parts[0](text).chunk(3, dim=-1)
        else:
            query = self.parts[0](text)
            key, value = self.parts[1](memory).chunk(2, dim=-1)
        found = F.scaled_dot_product_attention(
            *(self._split(each) for each in (query, key, value)),
            attn_mask=mask,
            is_causal=causal,
            dropout_p=self.dropout if self.training else 0.0,
        )
        return self.out(found.transpose(1, 2).flatten(2))

    def _split(self, each: Tensor) -> Tensor:
        return each.unflatten(-1, (self.heads, -1)).transpose(1, 2)


class Layer(nn.Module):
    """A layer of the encoder, or, with attention across, of the decoder."""

    def __init__(self, shape: Shape, *, decodes: bool) -> None:
        super().__init__()
        self.first = shape.first
        self.own = Attention(shape, across=False)
        self.across = Attention(shape, across=True) if decodes else None
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.norms = nn.ModuleList(nn.LayerNorm(shape.width) for _ in range(2 + decodes))
        self.drop = nn.Dropout(shape.dropout)

    def forward(self, text: Tensor, memory: Tensor, mask: Tensor | None) -> Tensor:
        """Return the text one layer further; `mask` is of what the encoder reads."""
        decodes = self.across is not None
        asked = self._asked(text, 0)
        own = self.own(asked, asked, None if decodes else mask, causal=decodes)
        text = self._added(text, own, 0)
        if self.across is not None:
            text = self._added(
                text, self.across(self._asked(text, 1), memory, mask, causal=False), 1
            )
        made = self.outer(self.drop(F.relu(self.inner(self._asked(text, -1)))))
        return self._added(text, made, -1)

    def _asked(self, text: Tensor, norm: int) -> Tensor:
        return self.norms[norm](text) if self.first else text

    def _added(self, text: Tensor, made: Tensor, norm: int) -> Tensor:
        text = text + self.drop(made)
        return text if self.first else self.norms[norm](text)


class Transformer(nn.Module):
    """Encoder and decoder with one embedding for both sides and for the answer."""

    def __init__(self, pieces: int, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(pieces, shape.width)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        self.encoder = nn.ModuleList(Layer(shape, decodes=False) for _ in range(shape.encoder))
        self.decoder = nn.ModuleList(Layer(shape, decodes=True) for _ in range(shape.decoder))
        # Norms behind each part leave none to do at the end.
        self.encoder_norm = nn.LayerNorm(shape.width) if shape.first else nn.Identity()
        self.decoder_norm = nn.LayerNorm(shape.width) if shape.first else nn.Identity()
        self.bias = nn.Parameter(torch.zeros(pieces))
        self.drop = nn.Dropout(shape.dropout)
        for part in self.modules():
            if isinstance(part, nn.Linear):
                nn.init.xavier_uniform_(part.weight)
                nn.init.zeros_(part.bias)
        self.register_buffer("places", make_places(LONGEST, shape.width), persistent=False)

    def forward(self, source: Tensor, given: Tensor) -> Tensor:
        """Return the decoder's state at each place of `given`: (sentences, length, width)."""
        memory, mask = self.encode(source)
        return self.decode(memory, mask, given)

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """Return what the encoder reads, and where it is no padding."""
        mask = (source != PAD)[:, None, None, :]
        text = self._embed(source)
        for layer in self.encoder:
            text = layer(text, text, mask)
        return self.encoder_norm(text), mask

    def decode(self, memory: Tensor, mask: Tensor, given: Tensor) -> Tensor:
        """Return the decoder's state at each place; none sees a later one."""
        text = self._embed(given)
        for layer in self.decoder:
            text = layer(text, memory, mask)
        return self.decoder_norm(text)

    def answer(self, states: Tensor) -> Tensor:
        """Return how likely each piece follows, not yet normed: (…, pieces)."""
        return F.linear(states, self.embedding.weight, self.bias)

    def _embed(self, numbers: Tensor) -> Tensor:
        scale = math.sqrt(self.shape.width)
        return self.drop(self.embedding(numbers) * scale + self.places[: numbers.shape[1]])


def make_places(longest: int, width: int) -> Tensor:
    """Return a code for each position, sines and cosines in turn (Vaswani et al. 2017)."""
    place = torch.arange(longest)[:, None]
    rate = torch.exp(torch.arange(0, width, 2) * -(math.log(10_000.0) / width))
    table = torch.zeros(longest, width)
    table[:, 0::2], table[:, 1::2] = torch.sin(place * rate), torch.cos(place * rate)
    return table


@torch.no_grad()
def greedy(model: Transformer, source: Tensor, *, bos: int, eos: int, most: int) -> list[list[int]]:
    """Return the likeliest piece after piece for each source, without its end."""
    memory, mask = model.encode(source)
    said = torch.full((len(source), 1), bos, device=source.device)
    for _ in range(most):
        logits = model.answer(model.decode(memory, mask, said)[:, -1])
        said = torch.cat([said, logits.argmax(-1, keepdim=True)], dim=1)
        if bool((said == eos).any(dim=1).all()):
            break
    rows = [row[1:] for row in said.tolist()]
    return [row[: row.index(eos)] if eos in row else row for row in rows]
