"""Readers and writers of annotation, validation, splits and statistics."""
