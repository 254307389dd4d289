"""Canonical entities and events of a document."""

from .aliases import link_mentions
from .assembly import assemble, with_values

__all__ = ["assemble", "link_mentions", "with_values"]
