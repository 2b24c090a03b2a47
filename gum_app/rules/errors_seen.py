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
        r"\b[Ee]rror\s?\[(?:[A-Z]?\w{3,6})\]\W{0,3}(?P<what>[a-z].{8,90})",
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
_TEST_NAME = re.compile(r"[Tt]est")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """One thing that went wrong within an observation. `times` counts how often it can be seen to have happened."""

    key: str
    name: str
    quote: str
    times: int
    is_test: bool = False


def troubles(looks: Iterable[tuple[Segment, ...]]) -> list[Trouble]:
    """What went wrong on these screens, each thing once, with the largest number of times that one screen shows."""
    found: dict[str, Trouble] = {}
    for look in looks:
        attempts = max((int(m["n"]) for part in look if (m := _ATTEMPT.search(part.text))), default=0)
        here: dict[str, list[tuple[str, Segment]]] = {}
        for part in look:
            named = _named(part.text)
            if named:
                here.setdefault(_key(named), []).append((named, part))
        for key, seen in here.items():
            name, part = max(seen, key=lambda pair: pair[1].confidence)
            times = max(len(seen), attempts if "log" in key or "sign" in key else 0)
            if key and (key not in found or found[key].times < times):
                found[key] = Trouble(
                    key=key,
                    name=name,
                    quote=part.quote,
                    times=times,
                    is_test=bool(_TEST_NAME.search(name)) and " " not in name,
                )
    return list(found.values())


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
    return slug(re.sub(r"[`“‘'][^`”’']*[`”’']|#?(?<![\w-])\d+\b", " ", name), most=8)
