"""What the app says for each reason to keep silent: one sentence about the offer that was held back."""

from __future__ import annotations

from gum_app.suggestions import Silence

SENTENCES: dict[Silence, str] = {
    "off": "Held back because offers are switched off in the settings.",
    "first day": "Held back because on the first day the app only watches.",
    "paused": "Held back because the watching is paused.",
    "locked": "Held back because the screen is locked.",
    "away": "Held back because you are away.",
    "call": "Held back because you are in a call.",
    "sharing": "Held back because your screen is shared.",
    "full screen": "Held back because a window fills the whole screen.",
    "private": "Held back because the window in front is private, or cannot be known.",
    "typing": "Held back because your hands are busy; it waits for a pause.",
    "just arrived": "Held back because you have only just turned to this window.",
    "do not disturb": "Held back because do-not-disturb is on.",
    "focus": "Held back because a focus time is running.",
    "quiet hours": "Held back because these are your quiet hours.",
    "too soon": "Held back because something else was offered a short while ago.",
    "enough for today": "Held back because there have been enough offers today.",
    "not worth it": "Not shown because it would more likely disturb than help.",
    "already offered": "Not shown because the same was offered not long ago.",
    "already doing": "Not shown because you are already doing it.",
    "already done": "Not shown because it is already done.",
    "lately refused": "Held back because offers of this kind were refused lately.",
    "never such": "Not shown because you never want offers of this kind.",
    "one at a time": "Held back because another offer is still open.",
    "later": "Held back because you said “later”.",
}
