"""The tokens that the tiny models know: every byte, the beginnings of some words, the marks of real chat templates."""

from __future__ import annotations

from gguf import GGUFWriter, TokenType

WORDS = (
    *("the", "of", "and", "to", "in", "is", "that", "it", "for", "on", "with", "as", "at", "by", "from", "this"),
    *("window", "button", "screen", "text", "image", "file", "menu", "click", "open", "close", "save", "settings"),
    *("search", "user", "error", "title", "label", "value", "name", "type", "list", "item", "page", "tab", "icon"),
    *("summary", "category", "confidence", "tags", "app", "language", "describe", "please", "true", "false", "null"),
)

MARKS = (
    *("<|endoftext|>", "<|im_start|>", "<|im_end|>"),
    *("<|vision_start|>", "<|vision_end|>", "<|vision_pad|>", "<|image_pad|>", "<|video_pad|>"),  # Qwen
    *("<fake_token_around_image>", "<global-img>", "<image>", "<end_of_utterance>"),  # SmolVLM
    *(f"<row_{row}_col_{column}>" for row in range(1, 5) for column in range(1, 5)),
)

PRINTABLE = (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100))
UNPRINTABLE = tuple(byte for byte in range(256) if byte not in PRINTABLE)


def letter_of(byte: int) -> str:
    """How byte-level BPE, as GPT-2 has it, writes a byte: as itself, or as a letter from U+0100 on."""
    return chr(byte if byte in PRINTABLE else 0x100 + UNPRINTABLE.index(byte))


def spelled(text: str) -> str:
    return "".join(letter_of(byte) for byte in text.encode())


def _merges() -> list[tuple[str, str]]:
    """What grows each word letter by letter; SmolVLM also asks for an empty line as one token."""
    found: dict[tuple[str, str], None] = {}
    for word in ("\n\n", *(f" {word}" for word in WORDS), *WORDS):
        letters = spelled(word)
        found |= {(letters[:n], letters[n]): None for n in range(1, len(letters))}
    return list(found)


MERGES = _merges()
ORDINARY = [*(letter_of(byte) for byte in range(256)), *dict.fromkeys(begun + letter for begun, letter in MERGES)]
TOKENS = [*ORDINARY, *MARKS]


def likings() -> list[float]:
    """How much the model tends to each token, so that what it writes under a grammar ends soon."""
    special = {'"': 0.55, "}": 0.5, "]": 0.5, "<|im_end|>": 0.9}
    return [special.get(token, _liking(token)) for token in TOKENS]


def _liking(token: str) -> float:
    if token in MARKS:
        return -2.0
    if len(token) == 1 and ord(token) > 0x7E:  # a control byte, or half a character
        return -1.5
    return 0.25 if token.isalpha() or token.startswith(letter_of(ord(" "))) else 0.0


def write_vocabulary(to: GGUFWriter, *, splitter: str, chat_template: str) -> None:
    """`splitter`: llama.cpp's name for how text is cut before it is merged."""
    to.add_tokenizer_model("gpt2")
    to.add_tokenizer_pre(splitter)
    to.add_token_list(TOKENS)
    to.add_token_types([TokenType.NORMAL] * len(ORDINARY) + [TokenType.CONTROL] * len(MARKS))
    to.add_token_merges([" ".join(pair) for pair in MERGES])
    to.add_eos_token_id(TOKENS.index("<|im_end|>"))
    to.add_pad_token_id(TOKENS.index("<|endoftext|>"))
    to.add_bos_token_id(TOKENS.index("<|endoftext|>"))
    to.add_add_bos_token(False)
    to.add_chat_template(chat_template)


def word_pieces() -> list[str]:
    """For BERT: five marks, then whole words, the letters that begin a word, and those that go on with one."""
    letters = [chr(code) for code in range(0x21, 0x7F) if not chr(code).isupper()]
    begins = [f"\u2581{piece}" for piece in (*letters, *WORDS)]
    return ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *begins, *(letter for letter in letters if letter.isalnum())]


def write_word_pieces(to: GGUFWriter) -> None:
    pieces = word_pieces()
    to.add_tokenizer_model("bert")
    to.add_tokenizer_pre("jina-v2-en")
    to.add_token_type_count(2)
    to.add_token_list(pieces)
    to.add_token_types([TokenType.CONTROL] * 5 + [TokenType.NORMAL] * (len(pieces) - 5))
    to.add_pad_token_id(0)
    to.add_unk_token_id(1)
    to.add_bos_token_id(2)
    to.add_eos_token_id(3)
    to.add_sep_token_id(3)
    to.add_mask_token_id(4)
