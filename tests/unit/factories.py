"""Small makers of values: every test gets its own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from hocvu.content.models import Guide, Step, StuckBranch
from hocvu.guidance.walkthrough import Phase, WalkState
from hocvu.operations.asking import AskedTurn
from hocvu.operations.evaluation import Judged, Question
from hocvu.settings import Settings

KINDS_FOLDER = {"guide": "guides", "answer": "answers", "emergency": "emergencies"}


def make_branch(branch_id: str = "khong-thay-nut", *, then: str = "retry") -> StuckBranch:
    return StuckBranch(id=branch_id, when="Không thấy nút", fix="[Bác] kéo màn hình xuống.", then=then)


def make_step(step_id: str, *branches: StuckBranch) -> Step:
    return Step(id=step_id, do=f"[Bác] bấm nút {step_id}.", see="Màn hình đổi.", stuck=branches)


def make_guide(*steps: Step | str) -> Guide:
    """A guide of these steps (a plain name is a step without branches); a, b, c when none are given."""
    made = [step if isinstance(step, Step) else make_step(step) for step in steps or ("a", "b", "c")]
    if not any(step.stuck for step in made):
        made[-1] = make_step(made[-1].id, make_branch())
    return Guide.model_validate({**page_data(), "steps": [step.model_dump() for step in made]})


def make_state(guide: Guide, step_id: str, phase: Phase = Phase.STEP, *, failures: int = 0) -> WalkState:
    index = guide.step_index(step_id)
    assert index is not None
    return WalkState(step_id, index, phase, failures)


def page_data(slug: str = "doi-mat-khau", kind: str = "guide", **changes: Any) -> dict[str, Any]:
    """A page without faults, as it stands in a file."""
    page = {
        "slug": slug,
        "area": "vneid",
        "kind": kind,
        "title": f"Trang {slug}",
        "questions": [f"{slug} câu hỏi số {number}" for number in range(8)],
        "facts": {"papers": "Điện thoại.", "time": "Ít phút.", "fee": "Không mất tiền."},
        "skills": ["ND-4"],
        "sources": [{"source": "bao-dan-tri", "checked_on": "2026-11-01", "figures": ["113"]}],
        "valid_until": "2027-11-01",
        **deepcopy(_BODIES[kind]),
    }
    return {**page, **changes}


def write_knowledge(folder: Path, *pages: Mapping[str, Any]) -> Path:
    """A knowledge folder with one source and these pages, all of them listed as topics."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = [{"id": "bao-dan-tri", "title": "Quên mật khẩu", "publisher": "Báo", "url": "https://example.org/a"}]
    (folder / "sources.yml").write_text(json.dumps(sources, ensure_ascii=False), encoding="utf-8")
    rows = [f"{page['slug']}\t{page['area']}\t{page['title']}\t{page['kind']}\t" for page in pages]
    (folder / "topics.tsv").write_text("\n".join(["slug\tarea\ttitle\tkind\tnote", *rows, ""]), encoding="utf-8")
    for page in pages:
        write_page(folder, page)
    return folder


def write_page(folder: Path, page: Mapping[str, Any], *, place: str | None = None) -> Path:
    """The page's file (JSON is YAML too, one key a line), where it belongs or at `place`."""
    path = folder / (place or f"{KINDS_FOLDER[page['kind']]}/{page['area']}/{page['slug']}.yml")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(page, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def period_data(
    says: str = "20.000 đồng", start: str = "2026-01-01", end: str | None = None, **changes: Any
) -> dict[str, Any]:
    return {"says": says, "from": start, "to": end, "source": "bao-dan-tri", "checked_on": "2026-11-01", **changes}


def value_data(value_id: str, *periods: Mapping[str, Any]) -> dict[str, Any]:
    """A value as it stands in values.yml; of one period without an end when none is given."""
    return {"id": value_id, "what": f"Giá trị {value_id}", "periods": list(periods or (period_data(),))}


def term_data(term_id: str, *names: str, **changes: Any) -> dict[str, Any]:
    """A term as it stands in glossary.yml, named by its id when no names are given."""
    term = {"id": term_id, "term": term_id.upper(), "names": list(names or (term_id,)), "says": f"Nghĩa của {term_id}."}
    return {**term, **changes}


def write_values(knowledge: Path, *values: Mapping[str, Any]) -> Path:
    return _write(knowledge / "values.yml", values)


def write_glossary(knowledge: Path, *terms: Mapping[str, Any]) -> Path:
    return _write(knowledge / "glossary.yml", terms)


def infographic_data(slug: str, **changes: Any) -> dict[str, Any]:
    """An infographic as it stands in its file: four panels, about the page `mot`."""
    picture = {"title": "VNeID", "parts": [{"button": "Tiếp tục"}], "tap": "Tiếp tục"}
    sheet = {
        "slug": slug,
        "title": f"Tờ {slug}",
        "lead": "[Bác] làm trên điện thoại.",
        "panels": [
            {"title": f"Việc {name}", "words": "[Bác] bấm nút.", "picture": picture} for name in ("a", "b", "c", "d")
        ],
        "safety": "Không đưa mã cho ai.",
        "help": "[Bác] hỏi ở phường.",
        "topics": ["mot"],
        "sources": [{"source": "bao-dan-tri", "checked_on": "2026-11-01"}],
    }
    return {**sheet, **changes}


def write_infographic(knowledge: Path, sheet: Mapping[str, Any], *, name: str | None = None) -> Path:
    return _write(knowledge / "infographics" / f"{name or sheet['slug']}.yml", sheet)


def _write(path: Path, entries: Sequence[Mapping[str, Any]] | Mapping[str, Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(entries, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def make_settings(tmp_path: Path, **changes: Any) -> Settings:
    """Settings with a knowledge and a var folder of their own."""
    knowledge = tmp_path / "knowledge"
    if not knowledge.exists():
        write_knowledge(knowledge)
    return Settings(**{"var_dir": tmp_path / "var", "knowledge_dir": knowledge, **changes})


def make_judged(expected: str, *, text: str = "câu hỏi", style: str = "co-dau", **turn: Any) -> Judged:
    """A question that expects these slugs (joined by |), and what came of it."""
    return Judged(Question(text, frozenset(expected.split("|")), style), make_turn(text, **turn))


def make_turn(text: str = "câu hỏi", **changes: Any) -> AskedTurn:
    turn = {
        "text": text,
        "stored": text,
        "outcome": "answered",
        "intent": "ask_guide",
        "guide": None,
        "confidence": None,
        "guide_ranking": [],
        "offered": [],
        "masked": [],
        "replies": [],
        "took_ms": 9,
    }
    return AskedTurn(**{**turn, **changes})


_STUCK = [
    {"id": "khong-thay-nut", "when": "Không thấy nút", "fix": "[Bác] kéo xuống.", "then": "retry"},
    {"id": "nut-bi-mo", "when": "Nút bị mờ", "fix": "[Bác] chờ một lát.", "then": "retry"},
]

_STEPS = [
    {
        "id": step_id,
        "do": f"[Bác] bấm nút {step_id}.",
        "see": "Màn hình đổi.",
        "picture": {"title": "VNeID", "parts": [{"button": step_id}], "tap": step_id},
        "stuck": _STUCK,
    }
    for step_id in ("mot", "hai", "ba")
]

_BODIES: dict[str, dict[str, Any]] = {
    "guide": {"intro": "[Bác] làm trên điện thoại.", "steps": _STEPS, "done": "[Bác] đã xong."},
    "answer": {"text": "Không mất tiền.", "points": ["[Bác] hỏi ở phường."]},
    "emergency": {
        "calm": "[Bác] bình tĩnh.",
        "actions": ["[Bác] gọi ngân hàng.", "[Bác] báo công an."],
        "hotlines": [{"name": "Công an", "number": "113"}],
    },
}
