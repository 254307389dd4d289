"""The heads over the words of one window: mentions, their event and status, and the relations between them."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from ..decoding.pairs import PAIR_FEATURES, RELATION_LABELS, signature_mask
from ..schema import BIO_LABELS, ENTITY_NAMES, MENTION_EVENTS, STATUSES

_FEATURE_SIZE = 24
_MOST_MENTIONS = 128
_HEAD_WIDTH = 64
"""Of the attention heads over marked words, at least."""
_LEVELS = 10
"""Of the table of greatest values: ranges of up to 1,023 words, more than two windows hold."""
_SIGNATURE = list(PAIR_FEATURES).index("signature")
# Not a buffer of the module: loading a saved model would leave a buffer that is not saved without its values.
_ALLOWED = torch.from_numpy(signature_mask())


def range_maximum(rows: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """The greatest of each column over rows `low` to `high`, both included, of many ranges: (ranges, columns).

    By a sparse table: level k holds the greatest over 2**k rows from each on, and two of them make up any range, so
    that the work does not grow with ranges times rows.

    Args:
        rows: (rows, columns).
        low: First row of each range, (ranges,).
        high: Last row of each, not before the first, (ranges,).
    """
    count = rows.shape[0]
    index = torch.arange(count, device=rows.device)
    levels = [rows]
    power = torch.zeros_like(low)
    for level in range(_LEVELS - 1):
        shifted = (index + 2**level).clamp(max=count - 1)
        levels.append(torch.maximum(levels[-1], levels[-1][shifted]))
        power = power + (high - low + 1 >= 2 ** (level + 1)).to(low.dtype)
    table = torch.cat(levels)
    base = power * count
    width = torch.tensor([2**level for level in range(_LEVELS)], device=low.device)[power]
    return torch.maximum(table[base + low], table[base + high - width + 1])


class TransformerLayer(nn.Module):
    """A pre-norm transformer layer over the mentions or words of a window, plain enough to be exported for any number.

    Args:
        size: Width.
        heads: Attention heads.
        dropout: Dropout rate.
    """

    def __init__(self, size: int, heads: int, dropout: float) -> None:
        super().__init__()
        if size % heads:
            raise ValueError(f"{heads} heads do not divide a width of {size}")
        self.heads, self.width = heads, size // heads
        self.before_attention, self.before_feed = nn.LayerNorm(size), nn.LayerNorm(size)
        self.queries, self.keys, self.values = (nn.Linear(size, size) for _ in range(3))
        self.joined = nn.Linear(size, size)
        self.feed = nn.Sequential(nn.Linear(size, 2 * size), nn.GELU(), nn.Dropout(dropout), nn.Linear(2 * size, size))
        self.dropout = nn.Dropout(dropout)

    def _split(self, states: Tensor) -> Tensor:
        return states.view(-1, self.heads, self.width).transpose(0, 1)

    def silence(self) -> None:
        """Let the layer give back what it is given, until it is trained."""
        for parameter in (*self.joined.parameters(), *self.feed[-1].parameters()):
            nn.init.zeros_(parameter)

    def forward(self, rows: Tensor) -> Tensor:
        """Rows that have seen each other, (rows, size)."""
        normed = self.before_attention(rows)
        queries, keys, values = (self._split(f(normed)) for f in (self.queries, self.keys, self.values))
        weights = (queries @ keys.transpose(1, 2) / self.width**0.5).softmax(dim=-1)
        seen = (weights @ values).transpose(0, 1).reshape(-1, self.heads * self.width)
        rows = rows + self.dropout(self.joined(seen))
        return rows + self.dropout(self.feed(self.before_feed(rows)))


class MarkedWords(nn.Module):
    """Words that know which mentions stand in their window: word states with marks, and layers in which they mix.

    In the manner of typed markers around mentions (Zhong and Chen, 2021; Ye et al., 2022), but above the encoder, so
    that it need not read the window again.

    Args:
        hidden: Width of the word states.
        layers: Transformer layers over the marked words.
        dropout: Dropout rate.
    """

    def __init__(self, hidden: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.marks = nn.Embedding(len(BIO_LABELS), hidden)
        heads = math.gcd(hidden, max(1, hidden // _HEAD_WIDTH))
        self.layers = nn.ModuleList(TransformerLayer(hidden, heads, dropout) for _ in range(layers))

    def silence(self, kept: int) -> None:
        """Let all layers but the first `kept` give back what they are given, and where none is kept, the marks too."""
        for layer in list(self.layers)[kept:]:
            assert isinstance(layer, TransformerLayer)
            layer.silence()
        if not kept:
            nn.init.zeros_(self.marks.weight)

    def forward(self, words: Tensor, within: Tensor, first: Tensor, kind: Tensor) -> Tensor:
        """Marked word states, (words, hidden).

        Args:
            words: Word states, (words, hidden).
            within: Which words each mention holds, (mentions, words); of mentions that overlap one marks a word.
            first: First word of each mention, (mentions,).
            kind: Its type, (mentions,).
        """
        index = torch.arange(words.shape[0], device=words.device)
        labels = 1 + 2 * kind[:, None] + (index > first[:, None]).to(kind.dtype)
        marked = words + self.marks((labels * within).amax(dim=0))
        for layer in self.layers:
            marked = layer(marked)
        return marked


class MentionHeads(nn.Module):
    """Event, status and relation scores from word states.

    Args:
        hidden: Width of the word states.
        mention_size: Width of a mention's representation.
        mention_layers: Transformer layers over a window's mentions.
        mention_heads: Attention heads of those layers.
        context_size: Width of what stands between a pair.
        dropout: Dropout rate.
        marked_layers: Transformer layers over the words with the mentions marked in them; 0: no marks.
    """

    def __init__(
        self,
        hidden: int,
        mention_size: int,
        mention_layers: int,
        mention_heads: int,
        context_size: int,
        dropout: float,
        marked_layers: int = 0,
    ) -> None:
        super().__init__()
        self.marked = MarkedWords(hidden, marked_layers, dropout) if marked_layers else None
        self.types = nn.Embedding(len(ENTITY_NAMES), _FEATURE_SIZE)
        self.places = nn.Embedding(_MOST_MENTIONS, mention_size)
        self.mention = nn.Sequential(
            nn.Linear(3 * hidden + _FEATURE_SIZE, mention_size),
            nn.GELU(),
            nn.LayerNorm(mention_size),
            nn.Dropout(dropout),
        )
        self.layers = nn.ModuleList(
            TransformerLayer(mention_size, mention_heads, dropout) for _ in range(mention_layers)
        )
        self.context = nn.Linear(hidden, context_size)
        self.features = nn.ModuleList(nn.Embedding(size, _FEATURE_SIZE) for size in PAIR_FEATURES.values())
        pair_size = 3 * mention_size + context_size + len(PAIR_FEATURES) * _FEATURE_SIZE
        self.relation = nn.Sequential(
            nn.Linear(pair_size, mention_size),
            nn.GELU(),
            nn.Dropout(dropout),
            nn.Linear(mention_size, len(RELATION_LABELS)),
        )
        self.event = nn.Linear(mention_size, len(MENTION_EVENTS) + 1)
        self.status = nn.Linear(mention_size, len(STATUSES))

    def forward(
        self, words: Tensor, mentions: Tensor, pairs: Tensor, features: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Score one window.

        Args:
            words: Word states, (words, hidden).
            mentions: First word, word after the last, and type of each mention, (mentions, 3), at least one.
            pairs: Head and tail of each pair as indices into `mentions`, (pairs, 2).
            features: Their discrete features, (pairs, features); the signature is among them.

        Returns:
            Logits of the event (0: none), (mentions, 4); of the status, (mentions, 3); of the relation with the
            labels that the signature forbids at -1e4, (pairs, 12).
        """
        first, last, kind = mentions[:, 0], mentions[:, 1] - 1, mentions[:, 2]
        index = torch.arange(words.shape[0], device=words.device)
        within = (index >= first[:, None]) & (index <= last[:, None])
        if self.marked is not None:
            words = self.marked(words, within, first, kind)
        weights = within.to(words.dtype)
        mean = (weights @ words) / weights.sum(dim=1, keepdim=True)
        spans = self.mention(torch.cat([words[first], words[last], mean, self.types(kind)], dim=-1))
        places = torch.arange(mentions.shape[0], device=words.device).clamp(max=_MOST_MENTIONS - 1)
        spans = spans + self.places(places)
        for layer in self.layers:
            spans = layer(spans)
        head, tail = pairs[:, 0], pairs[:, 1]
        # From the end of one span to the start of the other, both words included, so that something always stands
        # there; of spans that overlap (a predicted one and a gold one in training), what they share.
        ends = torch.minimum(last[head], last[tail])
        begins = torch.maximum(first[head], first[tail])
        low, high = torch.minimum(ends, begins), torch.maximum(ends, begins)
        pooled = range_maximum(self.context(words), low, high)
        known = [embed(features[:, i]) for i, embed in enumerate(self.features)]
        joined = torch.cat([spans[head], spans[tail], spans[head] * spans[tail], pooled, *known], dim=-1)
        allowed = _ALLOWED.to(words.device)[features[:, _SIGNATURE]]
        relation = self.relation(joined).masked_fill(~allowed, -1e4)
        return self.event(spans), self.status(spans), relation
