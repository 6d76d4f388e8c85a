"""Training of the attribution model; needs the extra ``sayso[train]``."""
