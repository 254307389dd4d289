"""Texts to read, from files, folders, patterns and standard input; what can't be read is told, not hidden."""

from .problem import InputOptions, InputProblem
from .reading import STANDARD_INPUT, SUFFIXES, expand, read_inputs

__all__ = ["STANDARD_INPUT", "SUFFIXES", "InputOptions", "InputProblem", "expand", "read_inputs"]
