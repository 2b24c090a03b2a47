"""What the daemon answers to “model”, for tests and pictures: one usual answer, changed for each state of the page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gum_app.engine_build import COST
from tests.ui.life import NOW

Answer = dict[str, Any]
GIGABYTE = 10**9


def an_offer(id: str = "qwen3-vl-4b", **more: Any) -> Answer:  # noqa: A002
    usual = {
        "id": id,
        "name": "Qwen3-VL-4B-Instruct Q4_K_M",
        "kind": "sees",
        "parameters": "4.4B",
        "licence": "Apache-2.0",
        "licence_url": "https://huggingface.co/Qwen/Qwen3-VL-4B-Instruct-GGUF",
        "about": "The middle size: reads a screen well, and thinks fast enough on most computers with 16 GB.",
        "memory_bytes": 5_060_000_000,
        "download_bytes": 2_951_255_968,
        "disk_bytes": 0,
        "state": "absent",
        "fits": True,
        "fits_sentence": "It fits: this computer has 12 GB of memory, and 214 GB of disk are free.",
        "progress": None,
        "bytes_a_second": None,
        "seconds_left": None,
        "trouble": "",
    }
    return usual | more


SMALL = an_offer(
    "qwen3-vl-2b",
    name="Qwen3-VL-2B-Instruct Q4_K_M",
    parameters="2.1B",
    about="The small size: for computers with 8 GB, and for laptops that should stay quiet.",
    memory_bytes=3_290_000_000,
    download_bytes=1_552_463_168,
)
LARGE = an_offer(
    "qwen3-vl-8b",
    name="Qwen3-VL-8B-Instruct Q4_K_M",
    parameters="8.8B",
    about="The large size: understands most, and wants a graphics card with 10 GB or a Mac with 24 GB.",
    memory_bytes=8_090_000_000,
    download_bytes=5_780_074_528,
    fits=False,
    fits_sentence="It needs about 8.1 GB of memory beside your programs; this computer has 12 GB.",
)
MEANING = an_offer(
    "embeddinggemma",
    name="EmbeddingGemma 300M Q8_0",
    kind="embeds",
    parameters="0.3B",
    licence="Gemma",
    licence_url="https://ai.google.dev/gemma/terms",
    about="Compares sentences in more than a hundred languages.",
    memory_bytes=480_000_000,
    download_bytes=328_000_000,
)


def a_call(minutes: float = 0, **more: Any) -> Answer:
    usual = {
        "at": (NOW - timedelta(minutes=minutes)).isoformat(),
        "step": "observe",
        "model": "Qwen3-VL-4B-Instruct Q4_K_M",
        "prompt_tokens": 4204,
        "reused_tokens": 902,
        "answer_tokens": 118,
        "pictures": 3,
        "pictures_reused": 0,
        "milliseconds": 21_480,
        "outcome": "answered",
    }
    return usual | more


def a_mind(**more: Any) -> Answer:
    """As it is right after installing: an engine, no model."""
    usual = {
        "engine": {
            "state": "ready",
            "version": "0.3.36",
            "sentence": "llama.cpp (0.3.36, cpu) is built for gum-app, in /home/ines/.local/share/gum-app/engine.",
            "progress": None,
            "can_build": True,
            "cost": "",
        },
        "chosen": "",
        "embedding_chosen": "",
        "recommended": {
            "id": "qwen3-vl-4b",
            "sentence": "Qwen3-VL-4B-Instruct Q4_K_M suits this laptop with 12 GB of memory and no card that could "
            "hold it.",
        },
        "models": [SMALL, an_offer(), LARGE, MEANING],
        "own": {"weights": "", "projector": ""},
        "endpoint": {
            "url": "",
            "model": "",
            "embedding_model": "",
            "has_key": False,
            "is_local": True,
            "confirmed": False,
            "sends_to": "",
        },
        "state": "off",
        "sentence": "No model thinks. gum-app counts and compares by itself; a model would also understand pictures.",
        "in_use": "",
        "budget": {
            "vision_calls_used": 0,
            "vision_calls_most": 20,
            "pictures_used": 0,
            "pictures_most": 40,
            "compute_seconds_used": 0.0,
            "compute_seconds_most": 900,
            "resets_at": (NOW + timedelta(minutes=18)).isoformat(),
        },
        "waiting": 0,
        "set_aside": 0,
        "comparing": "",
        "comparing_trouble": "",
        "calls": [],
    }
    return usual | more


def without_engine(**more: Any) -> Answer:
    engine = {
        "state": "missing",
        "version": "",
        "sentence": "llama.cpp is not on this computer: build it on the page of the model, or with `gum-app engine "
        "build`.",
        "progress": None,
        "can_build": True,
        "cost": COST,
    }
    return a_mind(engine=engine, **more)


def building() -> Answer:
    engine = {
        "state": "building",
        "version": "",
        "sentence": "Building the engine: 41 of 114 parts.",
        "progress": [41, 114],
        "can_build": True,
        "cost": "",
    }
    return a_mind(engine=engine)


def downloading(**more: Any) -> Answer:
    one = an_offer(
        state="downloading",
        disk_bytes=1_204_000_000,
        progress=[1_204_000_000, 2_951_255_968],
        bytes_a_second=11_200_000.0,
        seconds_left=156.0,
        **more,
    )
    return a_mind(models=[SMALL, one, LARGE, MEANING])


def in_use(state: str = "thinking", **more: Any) -> Answer:
    ready = an_offer(state="ready", disk_bytes=2_951_255_968)
    steps = ("observe", "propose", "observe", "embed", "observe", "observe")
    calls = [a_call(3 * n, step=step, prompt_tokens=4204 - 310 * n) for n, step in enumerate(steps)]
    calls += [
        a_call(22, outcome="gave way", answer_tokens=0),
        a_call(25, outcome="AnswerUnfit", step="propose", pictures=0),
        a_call(31, outcome="ModelDied", milliseconds=600),
        a_call(36, step="try", pictures=1),
        a_call(700),
    ]
    usual = {
        "chosen": "qwen3-vl-4b",
        "models": [SMALL, ready, LARGE, MEANING | {"state": "ready", "disk_bytes": 328_000_000}],
        "embedding_chosen": "embeddinggemma",
        "state": state,
        "sentence": "The model thinks.",
        "in_use": "Qwen3-VL-4B-Instruct Q4_K_M, the processor, flash attention, 8,192 tokens of context",
        "budget": {
            "vision_calls_used": 7,
            "vision_calls_most": 20,
            "pictures_used": 15,
            "pictures_most": 40,
            "compute_seconds_used": 412.6,
            "compute_seconds_most": 900,
            "resets_at": (NOW + timedelta(minutes=18)).isoformat(),
        },
        "waiting": 4,
        "calls": calls,
    }
    return a_mind(**(usual | more))


def resting() -> Answer:
    why = (
        "The memory of this computer ran short, and the model was ended: close programs, or take a smaller one. It "
        "rests after failing, and tries again in 9 minutes, or when you say so."
    )
    return in_use("resting", sentence=why, in_use="")


def at_a_server(url: str = "https://gpu.example.org/v1", sends_to: str = "gpu.example.org:443", **more: Any) -> Answer:
    server = {
        "url": url,
        "model": "qwen3-vl-32b",
        "embedding_model": "",
        "has_key": True,
        "is_local": False,
        "confirmed": True,
        "sends_to": sends_to,
    }
    return in_use(
        "idle",
        chosen="endpoint",
        endpoint=server | more,
        in_use=f"qwen3-vl-32b at {sends_to}",
        sentence="Nothing waits to be thought about.",
        waiting=0,
    )
