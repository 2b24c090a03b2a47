"""The browser of the recording, and the kinds of page that come more than once."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from string import Template

from resources.demo_maker.desk import FULL, Box, Win
from resources.demo_maker.icons import icon

PAGES = Path(__file__).parent / "pages"
SMALL_PRINT = ("Help", "Contact", "Accessibility", "Terms", "Privacy", "Cookies")


def split_address(url: str) -> str:
    """The address as a browser writes it: the site in bold, the rest grey."""
    site, slash, path = url.removeprefix("https://").partition("/")
    return f"<span>https://<b>{escape(site)}</b>{escape(slash + path)}</span>"


def firefox(
    title: str,
    url: str,
    page: str,
    *,
    tabs: Sequence[str] = (),
    box: Box = FULL,
    private: bool = False,
    told: bool = True,
) -> Win:
    """A browser window with `page` (html). `told` False: the platform does not tell the address, as on X11."""
    names = [f'<div class="on">{escape(title)}</div>', *(f"<div>{escape(name)}</div>" for name in tabs)]
    badge = f"{icon('mask')} <span>Private browsing</span>" if private else ""
    body = (
        f'<div class="browser {"private" if private else ""}"><div class="tabs">{"".join(names)}'
        f'<div class="buttons">{badge} <i></i><i></i><i class="x"></i></div></div><div class="address">{icon("back")}'
        f'{icon("forward")}{icon("reload", 17)}<div class="url">{icon("lock", 14)}{split_address(url)}</div>'
        f'{icon("star")}{icon("menu")}</div><div class="page">{page}</div></div>'
    )
    full = f"{title} — Mozilla Firefox" + (" Private Browsing" if private else "")
    return Win(app="firefox", title=full, url=url if told else None, body=body, box=box, private=private, own_bar=True)


def page(name: str, **values: str) -> str:
    """The inside of a site from pages/; `values` (html) fill what it leaves open."""
    return Template((PAGES / f"{name}.html").read_text(encoding="utf-8")).substitute(values)


def head(name: str, colour: str, links: Sequence[str]) -> str:
    """The coloured strip at the top of a site and, where it has links, the small print at its foot."""
    listed = "".join(f"<span>{escape(link)}</span>" for link in links)
    small = "".join(f"<span>{escape(link)}</span>" for link in (f"© 2026 {name}", *SMALL_PRINT))
    foot = f'<div class="foot" style="border-color:{colour}">{small}</div>' if links else ""
    return f'<div class="top" style="background:{colour}"><b>{escape(name)}</b>{listed}</div>{foot}'


def code_boxes(digits: str, length: int = 6) -> str:
    """A one-time code as many pages ask for it: one box a digit, the missing ones empty."""
    return '<div class="boxes">' + "".join(f"<div>{digit}</div>" for digit in digits.ljust(length)) + "</div>"


def grid(rows: Sequence[Sequence[str]], style: str = "") -> str:
    """A table whose first row is the heading; cells are html."""
    first = "".join(f"<th>{value}</th>" for value in rows[0])
    rest = "".join("<tr>" + "".join(f"<td>{value}</td>" for value in row) + "</tr>" for row in rows[1:])
    return f'<table class="grid" style="{style}"><tr>{first}</tr>{rest}</table>'


def pairs(rows: Sequence[tuple[str, str]]) -> str:
    """Names and values in two columns; values are html."""
    return (
        '<table class="facts">'
        + "".join(f'<tr><td class="muted">{name}</td><td>{value}</td></tr>' for name, value in rows)
        + "</table>"
    )
