"""Persian numerals, money and quantities as exact values."""

from .numerals import Numeral, inside_numeral, numerals_of, read_numeral
from .reading import read_bound, read_money, read_quantity

__all__ = [
    "Numeral", "inside_numeral", "numerals_of", "read_bound", "read_money", "read_numeral", "read_quantity",
]  # fmt: skip
