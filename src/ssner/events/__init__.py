"""Canonical entities and events of a document."""

from .aliases import link_mentions
from .assembly import Explained, assemble, explain
from .valuing import with_values

__all__ = ["Explained", "assemble", "explain", "link_mentions", "with_values"]
