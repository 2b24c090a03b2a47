"""What a question of the person leans on: the one before it, or what is on their screen. English, told by its words."""

from __future__ import annotations

import re

_GOES_ON = re.compile(
    r"^\W*(?:and|but|or|also|then|so|why|how so|how come|what about|how about|what else|who else|where else|when else"
    r"|with whom|who with|since when|until when|really|are you sure)\b"
    r"|\b(?:it|its|that|there|then|they|them|their|he|she|him|her|his|those|these|the same)\b",
    re.IGNORECASE,
)
_THINGS = (
    "section|paragraph|sentence|page|text|document|file|form|table|sheet|cell|formula|slide|chart|figure|map|picture|"
    "drawing|mail|email|e-mail|message|chat|thread|reply|error|warning|code|function|test|line|command|output|log|"
    "window|program|dialog|site|article|ticket|issue|task|screen|view|chapter|letter|draft"
)
_POINTS = re.compile(
    rf"\b(?:this|these)(?:\s+\w+)?\s+(?:{_THINGS})s?\b"
    r"|\bthis\s*[?.!]*$|\b(?:with|about|of|from|to|in|on)\s+this\b(?!\s+(?:week|month|year|morning|afternoon|evening))"
    r"|\b(?:what|who|where)(?:['’]s|\s+is|\s+am\s+i|\s+do\s+i)\b.{0,30}\b(?:here|on\s+(?:my|the)\s+screen)\b"
    r"|\bon\s+(?:my|the)\s+screen\b|\bwhat\s+am\s+i\s+(?:looking\s+at|reading|writing)\b|\b(?:explain|help|fix)\s+this\b",
    re.IGNORECASE,
)


def goes_on(question: str) -> bool:
    """Whether it says only with the question before it what it asks for: “And on Wednesday?”, “Why does she?”."""
    return _GOES_ON.search(question) is not None


def points_at_screen(question: str) -> bool:
    """Whether it speaks of what is in front of the person: “help me with this section”."""
    return _POINTS.search(question) is not None
