"""What the daemon answers to “chat_context” and “chat”, for tests and pictures."""

from __future__ import annotations

from typing import Any

Answer = dict[str, Any]

MODEL = "Qwen3-VL-4B-Instruct Q4_K_M"
LINES: list[Answer] = [
    {
        "number": 1,
        "name": "p1",
        "text": "task, 84% sure, last seen Tuesday 10 March 2026: Works on the soil report.",
        "why": "Says “report”, seen 10 March 2026.",
        "proposition": 1,
        "day": None,
    },
    {
        "number": 2,
        "name": "p2",
        "text": "preference, 61% sure, last seen Monday 9 March 2026: Likes tea.",
        "why": "Seen 9 March 2026.",
        "proposition": 2,
        "day": None,
    },
    {
        "number": 3,
        "name": "o3",
        "text": "Tuesday 10 March 2026, 09:02 to 09:40, 31 min in front: QGIS, drains — QGIS",
        "why": "Seen at that time.",
        "proposition": None,
        "day": "2026-03-10",
    },
]


def a_context(**more: Any) -> Answer:
    return {"lines": LINES, "model": MODEL, "why_not": "", "told": ""} | more


def without_model() -> Answer:
    return a_context(model="", why_not="Without a model I can only show what fits.")


def an_answer(**more: Any) -> list[Answer]:
    whole = {
        "answer": "You worked on the soil report [1], and drew drains in QGIS from nine on [3].",
        "cited": [LINES[0], LINES[2]],
        "lines": LINES,
        "sentence": "",
        "gone": 0,
        "milliseconds": 8_400,
        "kept": "Neither the question nor the answer is kept.",
    }
    return [{"piece": "You worked on "}, {"piece": ""}, {"piece": "the soil report [1]"}, whole | more]
