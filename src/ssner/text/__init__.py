"""Text that keeps its offsets: folding, words, sentences."""

from .folding import ZWNJ, FoldedText, fold, fold_string
from .sentences import Segmented, Sentence, segment
from .words import Word, words_of

__all__ = ["ZWNJ", "FoldedText", "Segmented", "Sentence", "Word", "fold", "fold_string", "segment", "words_of"]
