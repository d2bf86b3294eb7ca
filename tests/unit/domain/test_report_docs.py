"""The definitions in docs/reports.md are those the program counts by."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.domain.reports.catalogue import GROUPS, REPORTS, Spec, cuts_of, make
from app.domain.reports.facts import Facts
from app.domain.reports.period import year_of

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reports.md"
DAY = date(2026, 1, 1)


def _definitions() -> str:
    parts, group = [], ""
    for spec in REPORTS:
        if spec.group != group:
            group = spec.group
            parts.append(f"### {GROUPS[group]}\n")
        parts.append(_one(spec))
    return "\n".join(parts)


def _one(spec: Spec) -> str:
    facts = Facts(year_of(DAY), DAY)
    lines = [f"**{spec.number}. {spec.title}** · {spec.asks}\n"]
    for table in make(spec, facts, place="").tables:
        lines.append(f"- {table.title}：{'、'.join(column.title for column in table.columns)}")
    lines += [f"- 口径：{words}" for words in spec.basis.counts]
    lines.append(f"- 出处：{spec.basis.source}")
    lines += [f"- 没算进去：{words}" for words in spec.basis.left_out]
    if splits := [cut.words for cut in cuts_of(spec, facts)]:
        lines.append(f"- 怎么分：{'、'.join(splits)}")
    return "\n".join(lines) + "\n"


def test_the_page_says_what_the_program_does() -> None:
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition("<!-- definitions -->\n")
    _old, _, after = rest.partition("<!-- end -->")
    fresh = f"{before}<!-- definitions -->\n{_definitions()}<!-- end -->{after}"
    assert text == fresh, "docs/reports.md is behind the catalogue"
