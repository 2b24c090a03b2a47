"""What goes wrong on the screen: failing tests, errors of compilers and programs, log-ins and formulas that fail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gum_app.rules.layout import Segment
from gum_app.rules.wording import slug

_ACTIONS = (
    r"log-?\s?in|sign-?\s?in|upload|download|build|payment|import|export|sync(?:hroni[sz]ation)?|connection|printing"
    r"|render(?:ing)?"
    r"|compil(?:e|ation)|backup|job|pipeline|test|submission|deploy(?:ment)?|migration|validation|authentication"
    r"|installation"
)
# Each pattern names in `what` the words that stay the same when it goes wrong again (a code is often misread).
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\bFAIL(?:ED)?:?\s+(?P<what>(?:[\w./]+::)?[\w.]*[Tt]est\w+)",
        r"^\W*[Ee]r[a-z]\S{2,12}(?:\s?\[\S{3,7}\])?\W{1,3}(?P<what>(?!could not compile|aborting due to)[a-z].{8,90})",
        r"\b(?P<what>(?!No)[A-Z]\w*(?:Error|Exception):\s+.{4,60})",
        r"^(?P<what>(?:fatal|npm ERR!|ERROR|LaTeX Error):\s+.{6,60})",
        rf"(?i:\b(?P<what>(?:{_ACTIONS})\s+(?:#\d+\s+)?(?:has\s+|was\s+)?(?:failed|rejected|denied|refused"
        rf"|aborted))\b)",
        r"(?i:\b(?P<what>stale file handle|no such file or directory|input/output error|no space left on device"
        r"|connection (?:refused|timed out|reset|lost)|network is unreachable|command not found|not responding"
        r"|could not (?:connect|save|open|load)|unable to (?:connect|save|open|load)))",
        r"(?P<what>#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!))",
        r"(?i:(?P<what>(?:permission|access) denied|segmentation fault|undefined control sequence"
        r"|did not complete successfully|"
        r"kernel (?:has )?died|out of memory|disk (?:is )?full|(?:invalid|wrong|incorrect) (?:password|credentials"
        r"|pin|code)))",
    )
)
_ATTEMPT = re.compile(r"\b(?:attempt|try)\s+(?P<n>\d+)\s+(?:of|/)\s*\d+", re.IGNORECASE)
_LOG_IN = re.compile(r"(?i:log|sign)")
_TEST_NAME = re.compile(r"[Tt]est")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing that went wrong within an observation. `times` counts how often it can be seen to have happened."""

    key: str
    name: str
    quote: str
    times: int
    is_test: bool = False


def troubles(parts: Iterable[Segment]) -> list[Trouble]:
    """What went wrong in these readings, each thing once. What is read again in another look has happened again."""
    looks: dict[object, list[Segment]] = {}
    for part in parts:
        looks.setdefault((part.at, part.monitor), []).append(part)
    found: dict[str, list[list[tuple[str, Segment]]]] = {}
    attempts = 0
    for look in looks.values():
        here: dict[str, list[tuple[str, Segment]]] = {}
        for part in look:
            attempt = _ATTEMPT.search(part.text)
            attempts = max(attempts, int(attempt["n"]) if attempt else 0)
            name = _named(part.text)
            if name and _key(name):
                here.setdefault(_key(name), []).append((name, part))
        for key, seen in here.items():
            found.setdefault(key, []).append(seen)
    return [_trouble(key, looks_with_it, attempts) for key, looks_with_it in found.items()]


def _trouble(key: str, looks: list[list[tuple[str, Segment]]], attempts: int) -> Trouble:
    name, part = max((pair for look in looks for pair in look), key=lambda pair: pair[1].confidence)
    times = max(len(looks), *(len(look) for look in looks), attempts if _LOG_IN.match(name) else 0)
    is_test = bool(_TEST_NAME.search(name)) and " " not in name
    plain = re.sub(r"[~`“”‘’\"]", "", name)
    return Trouble(key=key, name=plain, quote=part.quote, times=times, is_test=is_test)


def _named(text: str) -> str:
    for pattern in _PATTERNS:
        match = pattern.search(text)
        if match:
            name = match["what"].strip(" .:,")
            # What stands in brackets after it is the program's own number for the trouble.
            code = re.match(r"\W*\((?P<code>[A-Z]{2,5}-?\d{2,6})\)", text[match.end() :])
            return f"{name} ({code['code']})" if code else name
    return ""


def _key(name: str) -> str:
    if name.startswith("#"):
        return name.strip("#!?").casefold()
    # What stands in quotes or carries a number differs from time to time.
    return slug(re.sub(r"[`“‘'\"]\S+|#?(?<![\w-])\d+\b", " ", name), most=8)
