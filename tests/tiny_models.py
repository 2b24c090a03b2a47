"""Models of a few hundred kilobytes: the real architectures with weights made of noise, so that llama.cpp takes the
same path as with a real one. What they say means nothing; it is the same each time for the same words and picture.

    python -m tests.tiny_models FOLDER

NAME.gguf and NAME-mmproj.gguf for qwen3vl, qwen25vl, smolvlm and llava, and bert-embed.gguf for embeddings.
Under a grammar they end after 50 to 100 tokens; left to themselves, only some of them do. The seeds are those of eight
tried each with which the answer depends most on the picture.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import TypedDict

import gguf
import pytest

from tests.tiny_file import WIDTH, ModelFile
from tests.tiny_vocabulary import TOKENS, word_pieces, write_vocabulary, write_word_pieces

VISION = ("qwen3vl", "qwen25vl", "smolvlm", "llava")

needs_engine = pytest.mark.skipif(
    importlib.util.find_spec("llama_cpp") is None,
    reason="llama.cpp is not here: packaging/test builds it where there is a compiler",
)

FEED_FORWARD, LAYERS, HEADS, HEADS_KV, HEAD_WIDTH = 128, 2, 4, 2, 16
EYE_WIDTH, EYE_FEED_FORWARD, EYE_LAYERS, EYE_HEADS = 32, 64, 2, 2
LOUD = 2.5  # so that the answer depends on what was asked and shown

QWEN_TEMPLATE = """
{%- for message in messages -%}<|im_start|>{{ message.role }}{{ '\\n' }}
{%- if message.content is string -%}{{ message.content }}{%- else -%}{%- for part in message.content -%}
{%- if part.type in ('image', 'image_url') -%}<|vision_start|><|image_pad|><|vision_end|>
{%- elif part.type == 'text' -%}{{ part.text }}{%- endif -%}
{%- endfor -%}{%- endif -%}<|im_end|>{{ '\\n' }}{%- endfor -%}
{%- if add_generation_prompt -%}<|im_start|>assistant{{ '\\n' }}{%- endif -%}"""
SMOLVLM_TEMPLATE = """<|im_start|>{%- for message in messages -%}{{ message.role | capitalize }}:
{%- if message.content is string -%}{{ ' ' }}{{ message.content }}{%- else -%}{%- for part in message.content -%}
{%- if part.type == 'image' -%}<image>{%- elif part.type == 'text' -%}{{ part.text }}{%- endif -%}
{%- endfor -%}{%- endif -%}<end_of_utterance>{{ '\\n' }}{%- endfor -%}
{%- if add_generation_prompt -%}Assistant:{%- endif -%}"""
LLAVA_TEMPLATE = """
{%- for message in messages -%}{{ message.role | upper }}:{{ ' ' }}
{%- if message.content is string -%}{{ message.content }}{%- else -%}{%- for part in message.content -%}
{%- if part.type == 'text' -%}{{ part.text }}{%- endif -%}{%- endfor -%}{%- endif -%}{{ '\\n' }}{%- endfor -%}
{%- if add_generation_prompt -%}ASSISTANT:{%- endif -%}"""


# The models of text


def _text(folder: Path, name: str, architecture: str, *, seed: int, splitter: str, template: str) -> None:
    file = ModelFile(folder / f"{name}.gguf", architecture, seed)
    file.add_name(f"tiny {name}")
    file.add_context_length(32_768)
    file.add_embedding_length(WIDTH)
    file.add_block_count(LAYERS)
    file.add_feed_forward_length(FEED_FORWARD)
    file.add_head_count(HEADS)
    file.add_head_count_kv(HEADS_KV)
    file.add_key_length(HEAD_WIDTH)
    file.add_value_length(HEAD_WIDTH)
    file.add_layer_norm_rms_eps(1e-6)
    file.add_rope_freq_base(1e6)
    file.add_rope_dimension_count(HEAD_WIDTH)
    file.add_vocab_size(len(TOKENS))
    if architecture == "qwen3vl":
        file.add_rope_dimension_sections([4, 2, 2, 0])
        file.add_num_deepstack_layers(1)
    elif architecture == "qwen2vl":
        file.add_rope_dimension_sections([2, 3, 3, 0])
    write_vocabulary(file, splitter=splitter, chat_template=template)
    file.embeddings("token_embd.weight", len(TOKENS))
    file.same(1, "output_norm.weight", length=WIDTH)
    file.output("output.weight")
    for layer in range(LAYERS):
        _text_layer(file, f"blk.{layer}", architecture)
    file.finish()


def _text_layer(file: ModelFile, at: str, architecture: str) -> None:
    queries, keys = HEADS * HEAD_WIDTH, HEADS_KV * HEAD_WIDTH
    file.same(1, f"{at}.attn_norm.weight", f"{at}.ffn_norm.weight", length=WIDTH)
    for name, length in (("q", queries), ("k", keys), ("v", keys)):
        file.noise(f"{at}.attn_{name}.weight", length, WIDTH)
        if architecture == "qwen2vl":
            file.same(0, f"{at}.attn_{name}.bias", length=length)
    if architecture == "qwen3vl":
        file.same(1, f"{at}.attn_q_norm.weight", f"{at}.attn_k_norm.weight", length=HEAD_WIDTH)
    file.noise(f"{at}.attn_output.weight", WIDTH, queries, by=LOUD, constant=True)
    file.noise(f"{at}.ffn_gate.weight", FEED_FORWARD, WIDTH)
    file.noise(f"{at}.ffn_up.weight", FEED_FORWARD, WIDTH)
    file.noise(f"{at}.ffn_down.weight", WIDTH, FEED_FORWARD, by=LOUD, constant=True)


# The projectors, with which they see


class Eye(TypedDict):
    """What the first layer sees: `image_px` is the side of the picture, or of what positions are known for."""

    image_px: int
    patch_px: int


def _projector(folder: Path, name: str, kind: str, eye: Eye, *, seed: int) -> ModelFile:
    file = ModelFile(folder / f"{name}-mmproj.gguf", "clip", seed)
    file.add_type("mmproj")
    file.add_clip_has_vision_encoder(True)
    file.add_clip_projector_type(kind)
    file.add_vision_image_size(eye["image_px"])
    file.add_vision_patch_size(eye["patch_px"])
    file.add_vision_embedding_length(EYE_WIDTH)
    file.add_vision_feed_forward_length(EYE_FEED_FORWARD)
    file.add_vision_block_count(EYE_LAYERS)
    file.add_vision_head_count(EYE_HEADS)
    file.add_vision_projection_dim(WIDTH)
    file.add_vision_attention_layernorm_eps(1e-6)
    file.add_vision_image_mean([0.5] * 3)
    file.add_vision_image_std([0.5] * 3)
    return file


def _patches(file: ModelFile, eye: Eye, *names: str) -> None:
    for name in names:
        file.noise(f"v.patch_embd.{name}", EYE_WIDTH, 3, eye["patch_px"], eye["patch_px"], size=0.05)


def _positions(file: ModelFile, eye: Eye, *, more: int = 0) -> None:
    patches = (eye["image_px"] // eye["patch_px"]) ** 2
    file.noise("v.position_embd.weight", patches + more, EYE_WIDTH, size=0.1)


def _eye_layers(file: ModelFile, *, fused: bool = False, gated: bool = False) -> None:
    """`fused`: queries, keys and values in one matrix. `gated`: as Qwen2.5-VL has it, without biases in the norms."""
    for layer in range(EYE_LAYERS):
        at = f"v.blk.{layer}"
        for name in ("ln1", "ln2"):
            if gated:
                file.same(1, f"{at}.{name}.weight", length=EYE_WIDTH)
            else:
                file.norm(f"{at}.{name}", EYE_WIDTH)
        for name in ("qkv",) if fused else ("q", "k", "v"):
            file.linear(f"{at}.attn_{name}", len(name) * EYE_WIDTH, EYE_WIDTH)
        file.linear(f"{at}.attn_out", EYE_WIDTH, EYE_WIDTH, by=0.5)
        for name in ("ffn_gate", "ffn_up") if gated else ("ffn_up",):
            file.linear(f"{at}.{name}", EYE_FEED_FORWARD, EYE_WIDTH)
        file.linear(f"{at}.ffn_down", EYE_WIDTH, EYE_FEED_FORWARD, by=0.5)


def write_qwen3vl(folder: Path) -> None:
    """M-RoPE, pictures of any size, and a second way from the eye into the text model (deepstack)."""
    _text(folder, "qwen3vl", "qwen3vl", seed=110, splitter="qwen2", template=QWEN_TEMPLATE)
    eye = Eye(image_px=768, patch_px=16)
    merged = 4 * EYE_WIDTH
    file = _projector(folder, "qwen3vl", "qwen3vl_merger", eye, seed=111)
    file.add_vision_use_gelu(True)
    file.add_vision_spatial_merge_size(2)
    _patches(file, eye, "weight", "weight.1")
    file.same(0, "v.patch_embd.bias", length=EYE_WIDTH)
    _positions(file, eye)
    _eye_layers(file, fused=True)
    file.norm("v.post_ln", EYE_WIDTH)
    file.norm("v.deepstack.0.norm", merged)
    file.linear("v.deepstack.0.fc1", merged, merged)
    file.linear("v.deepstack.0.fc2", WIDTH, merged, by=0.3, constant=True)
    file.linear("mm.0", merged, merged)
    file.projection("mm.2", merged)
    file.finish()


def write_qwen25vl(folder: Path) -> None:
    """M-RoPE, and an eye that pays attention within windows."""
    _text(folder, "qwen25vl", "qwen2vl", seed=320, splitter="qwen2", template=QWEN_TEMPLATE)
    eye = Eye(image_px=560, patch_px=14)
    merged = 4 * EYE_WIDTH
    file = _projector(folder, "qwen25vl", "qwen2.5vl_merger", eye, seed=321)
    file.add_vision_use_silu(True)
    file.add_vision_n_wa_pattern(2)
    _patches(file, eye, "weight", "weight.1")
    _eye_layers(file, gated=True)
    file.same(1, "v.post_ln.weight", length=EYE_WIDTH)
    file.linear("mm.0", merged, merged)
    file.projection("mm.2", merged)
    file.finish()


def write_smolvlm(folder: Path) -> None:
    """Pictures cut into tiles. This projector has no bias, so what it hands on lacks the constant."""
    _text(folder, "smolvlm", "llama", seed=30, splitter="smollm", template=SMOLVLM_TEMPLATE)
    eye = Eye(image_px=128, patch_px=16)
    scale = 4
    file = _projector(folder, "smolvlm", "idefics3", eye, seed=31)
    file.add_vision_use_gelu(True)
    file.add_vision_projector_scale_factor(scale)
    file.add_vision_preproc_image_size(4 * eye["image_px"])
    _patches(file, eye, "weight")
    file.same(0, "v.patch_embd.bias", length=EYE_WIDTH)
    _positions(file, eye)
    _eye_layers(file)
    file.norm("v.post_ln", EYE_WIDTH)
    file.noise("mm.model.fc.weight", WIDTH, EYE_WIDTH * scale * scale)
    file.finish()


def write_llava(folder: Path) -> None:
    """Each picture is made the same small square."""
    _text(folder, "llava", "llama", seed=740, splitter="smollm", template=LLAVA_TEMPLATE)
    eye = Eye(image_px=56, patch_px=14)
    file = _projector(folder, "llava", "mlp", eye, seed=741)
    _patches(file, eye, "weight")
    file.noise("v.class_embd", EYE_WIDTH, size=0.1)
    _positions(file, eye, more=1)
    file.norm("v.pre_ln", EYE_WIDTH)
    _eye_layers(file)
    file.linear("mm.0", WIDTH, EYE_WIDTH)
    file.projection("mm.2", WIDTH)
    file.finish()


def write_bert(folder: Path) -> None:
    """Embeddings of 64 numbers: the mean over the words, at most 512 tokens."""
    file = ModelFile(folder / "bert-embed.gguf", "bert", 50)
    file.add_name("tiny bert-embed")
    file.add_context_length(512)
    file.add_embedding_length(WIDTH)
    file.add_block_count(LAYERS)
    file.add_feed_forward_length(FEED_FORWARD)
    file.add_head_count(HEADS)
    file.add_layer_norm_eps(1e-12)
    file.add_causal_attention(False)
    file.add_pooling_type(gguf.PoolingType.MEAN)
    write_word_pieces(file)
    file.noise("token_embd.weight", len(word_pieces()), WIDTH, size=1.0)
    file.noise("position_embd.weight", 512, WIDTH, size=0.1)
    file.noise("token_types.weight", 2, WIDTH, size=0.1)
    file.norm("token_embd_norm", WIDTH)
    for layer in range(LAYERS):
        at = f"blk.{layer}"
        for name in ("q", "k", "v"):
            file.linear(f"{at}.attn_{name}", WIDTH, WIDTH)
        file.linear(f"{at}.attn_output", WIDTH, WIDTH, by=0.3)
        file.norm(f"{at}.attn_output_norm", WIDTH)
        file.linear(f"{at}.ffn_up", FEED_FORWARD, WIDTH)
        file.linear(f"{at}.ffn_down", WIDTH, FEED_FORWARD, by=0.3)
        file.norm(f"{at}.layer_output_norm", WIDTH)
    file.finish()


def write_all(folder: Path) -> Path:
    """4 MB, in half a second. The same bytes each time."""
    folder.mkdir(parents=True, exist_ok=True)
    for write in (write_qwen3vl, write_qwen25vl, write_smolvlm, write_llava, write_bert):
        write(folder)
    return folder


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all of them."""
    return write_all(tmp_path_factory.mktemp("tiny"))


if __name__ == "__main__":
    print(write_all(Path(sys.argv[1])))
