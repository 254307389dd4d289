"""Configuration of the joint model."""

from __future__ import annotations

from typing import Any

from transformers import AutoConfig, PretrainedConfig

from ..schema import BIO_LABELS, SCHEMA_VERSION


class JointConfig(PretrainedConfig):
    """What a `JointModel` is made of.

    Args:
        encoder: Configuration of the encoder, as a dict with its `model_type`.
        mention_size: Width of a mention's representation.
        mention_layers: Transformer layers over the mentions of a window, so that they see each other.
        mention_heads: Attention heads of those layers.
        context_size: Width of what stands between a pair.
        marked_layers: Transformer layers over the words of a window with its mentions marked in them, before the
            heads; 0: the heads see the encoder's word states.
        dropout: Of all heads.
        window: How many sub-tokens a window holds.
        relation_bias: Added to the score of every relation before it is compared with "no relation"; set on dev.
        event_bias: Added to the score of every event of a mention before it is compared with "no event"; likewise.
        schema_version: Version of the annotation schema that the labels follow.
        **kwargs: As for `PretrainedConfig`.
    """

    model_type = "ssner-joint"

    def __init__(
        self,
        encoder: dict[str, Any] | None = None,
        mention_size: int = 256,
        mention_layers: int = 1,
        mention_heads: int = 4,
        context_size: int = 128,
        marked_layers: int = 0,
        dropout: float = 0.15,
        window: int = 192,
        relation_bias: float = 0.0,
        event_bias: float = 0.0,
        schema_version: int = SCHEMA_VERSION,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("id2label", dict(enumerate(BIO_LABELS)))
        kwargs.setdefault("label2id", {label: i for i, label in enumerate(BIO_LABELS)})
        super().__init__(**kwargs)
        self.encoder = encoder or {}
        self.mention_size = mention_size
        self.mention_layers = mention_layers
        self.mention_heads = mention_heads
        self.context_size = context_size
        self.marked_layers = marked_layers
        self.dropout = dropout
        self.window = window
        self.relation_bias = relation_bias
        self.event_bias = event_bias
        self.schema_version = schema_version

    def encoder_config(self) -> PretrainedConfig:
        """The encoder's configuration as an object."""
        fields = dict(self.encoder)
        return AutoConfig.for_model(fields.pop("model_type"), **fields)
