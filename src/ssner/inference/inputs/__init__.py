"""Texts to read, from files, folders, patterns and standard input; what can't be read is told, not hidden."""

from .problem import InputOptions, InputProblem
from .reading import SUFFIXES, expand, read_inputs

__all__ = ["SUFFIXES", "InputOptions", "InputProblem", "expand", "read_inputs"]
