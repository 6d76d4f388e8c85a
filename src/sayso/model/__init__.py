"""The attribution model: words and windows in, scored cues, sources and contents out."""
