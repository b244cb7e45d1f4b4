"""JSON Schemas of the page files, so that an editor marks a fault while a page is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from hocvu.content.models import Answer, Emergency, Guide, Source

_SCHEMAS: dict[str, Any] = {"guide": Guide, "answer": Answer, "emergency": Emergency, "sources": list[Source]}


def schemas() -> dict[str, str]:
    """File name and text of each schema."""
    return {
        f"{name}.schema.json": json.dumps(TypeAdapter(kind).json_schema(), ensure_ascii=False, indent=2) + "\n"
        for name, kind in _SCHEMAS.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write all of them; the same models give the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in schemas().items():
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths
