"""Dossier -> MEASURES: one file a subject, a function a metric; ``catalogue`` lists them."""
