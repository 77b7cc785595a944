"""Publishing a programme's version: one row for its head, one for each module."""

from __future__ import annotations

from app.domain import programme_document
from app.domain.programme import Programme
from app.storage.journal import Draft


def publication(programme: Programme, template: str) -> list[Draft]:
    """The drafts that publish this version; `template` names the look of its certificates."""
    key = (programme.code, programme.version)
    head = {
        "title": (programme.title,),
        "rule": (programme_document.rule_text(programme.rule),),
        "certificate": (programme.number_template, template),
    }
    modules = [
        Draft(
            "module",
            (*key, m.code),
            {"module": (m.title, m.jp, m.pass_mark, m.required, m.order, m.unit_code)},
        )
        for m in programme.modules
    ]
    return [Draft("programme", key, head), *modules]
