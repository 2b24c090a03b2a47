"""How tables and columns are declared: only the kinds that a STRICT table of SQLite knows.

Like the declarations themselves, never imported while the app runs.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Integer, Text
from sqlalchemy.types import REAL
from sqlmodel import Field


def made_of(*parts: Any) -> tuple[Any, ...]:
    return (*parts, {"sqlite_strict": True})


def counted(*parts: Any) -> tuple[Any, ...]:
    """An id is never given twice, so that a thought under way cannot mean another row than it did."""
    return (*parts, {"sqlite_strict": True, "sqlite_autoincrement": True})


def an_id() -> Any:
    return Field(default=None, primary_key=True, sa_type=Integer)


def a_key(column: str, *, when_gone: Literal["CASCADE", "SET NULL"] = "CASCADE", **more: Any) -> Any:
    return Field(foreign_key=column, ondelete=when_gone, sa_type=Integer, **more)


def a_text(**more: Any) -> Any:
    return Field(sa_type=Text, **more)


def a_whole(**more: Any) -> Any:
    return Field(sa_type=Integer, **more)


def a_real(**more: Any) -> Any:
    return Field(sa_type=REAL, **more)
