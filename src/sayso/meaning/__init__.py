"""Text → vectors: texts that say alike things get vectors that point alike ways."""

from sayso.meaning.encoder import Card, Encoder, Vectors, card, load, load_from

__all__ = ["Card", "Encoder", "Vectors", "card", "load", "load_from"]
