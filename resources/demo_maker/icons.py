"""Small line icons, drawn for this recording: each is the inside of a 24 by 24 SVG."""

from __future__ import annotations

PATHS = {
    "mail": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="M3 7l9 7 9-7"/>',
    "globe": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18"/>',
    "chat": '<path d="M4 5h16v11H10l-5 4v-4H4z"/>',
    "folder": '<path d="M3 6h7l2 2h9v11H3z"/>',
    "terminal": '<rect x="3" y="4" width="18" height="16" rx="2"/><path d="M7 9l3 3-3 3M12 16h5"/>',
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4"/>',
    "doc": '<path d="M6 3h9l4 4v14H6zM9 11h7M9 15h7"/>',
    "sheet": '<rect x="4" y="3" width="16" height="18" rx="1"/><path d="M4 9h16M4 15h16M12 3v18"/>',
    "pdf": '<path d="M6 3h9l4 4v14H6zM15 3v4h4"/><path d="M9 16c4-2 4-8 2-8s2 8 6 7"/>',
    "key": '<circle cx="8" cy="12" r="4"/><path d="M12 12h9v4M17 12v3"/>',
    "map": '<path d="M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14"/>',
    "pen": '<path d="M4 20l1-5L16 4l4 4L9 19z"/>',
    "video": '<rect x="3" y="6" width="12" height="12" rx="2"/><path d="M15 11l6-4v10l-6-4"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21h4"/>',
    "wifi": '<path d="M3 9c5-5 13-5 18 0M6 13c3-3 9-3 12 0M9 16c2-2 4-2 6 0"/><circle cx="12" cy="19" r="1"/>',
    "battery": '<rect x="3" y="8" width="16" height="9" rx="1"/><path d="M21 11v3M6 11v3M9 11v3"/>',
    "volume": '<path d="M4 10h4l5-4v12l-5-4H4zM16 9c2 2 2 4 0 6"/>',
    "lock": '<rect x="5" y="11" width="14" height="9" rx="1"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>',
    "star": '<path d="M12 3l3 6 6 1-4 5 1 6-6-3-6 3 1-6-4-5 6-1z"/>',
    "search": '<circle cx="10" cy="10" r="6"/><path d="M15 15l6 6"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "back": '<path d="M20 12H5M11 6l-6 6 6 6"/>',
    "forward": '<path d="M4 12h15M13 6l6 6-6 6"/>',
    "reload": '<path d="M19 12a7 7 0 1 1-2-5M19 3v5h-5"/>',
    "mask": '<path d="M3 8c6-2 12-2 18 0 0 8-6 10-9 5-3 5-9 3-9-5z"/>',
    "clip": '<path d="M19 11l-8 8a5 5 0 0 1-7-7l9-9a3 3 0 0 1 5 5l-9 9"/>',
    "leaf": '<path d="M5 19C4 9 10 4 20 4c1 10-5 16-13 14M5 20L14 10"/>',
    "eye": '<path d="M2 12c5-8 15-8 20 0-5 8-15 8-20 0z"/><circle cx="12" cy="12" r="3"/>',
    "warn": '<path d="M12 3l10 18H2zM12 10v5M12 18v1"/>',
    "file": '<path d="M6 3h9l4 4v14H6z"/>',
    "disk": '<rect x="3" y="13" width="18" height="7" rx="1"/><path d="M3 13l3-9h12l3 9M17 17h1"/>',
}


def icon(name: str, size: int = 18, colour: str = "currentColor") -> str:
    return (
        f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24" fill="none" stroke="{colour}" '
        f'stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">{PATHS[name]}</svg>'
    )
