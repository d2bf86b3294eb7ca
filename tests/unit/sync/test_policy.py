"""How two people's values of a field meet is stated for every field of every kind of record."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import is_dataclass
from typing import Any

import app.domain
from app.domain.record import OUTSIDE_BODY, names_of
from app.domain.surveys.filling import Filling
from sync.protocol.policy import POLICY, RULES, Rule, rule_of

DRAFTS = {Filling.TYPE}  # kept on one computer until it is a record of another kind


def kinds() -> dict[str, Any]:
    """Every record the program keeps, by type."""
    modules = [
        importlib.import_module(module.name)
        for module in pkgutil.walk_packages(app.domain.__path__, "app.domain.")
    ]
    found = {one for module in modules for one in vars(module).values() if isinstance(one, type)}
    return {one.TYPE: one for one in found if is_dataclass(one) and hasattr(one, "TYPE")}


def test_every_field_of_every_kind_has_one_rule() -> None:
    for kind, of in kinds().items():
        if kind in DRAFTS:
            continue
        stated = [name for names in RULES[kind].values() for name in names.split()]
        assert sorted(stated) == sorted(set(names_of(of)) - set(OUTSIDE_BODY)), kind


def test_nothing_is_stated_of_a_kind_there_is_not() -> None:
    assert set(RULES) == set(kinds()) - DRAFTS


def test_a_field_of_a_newer_release_is_compared_by_value() -> None:
    assert rule_of("household", "not-yet") is rule_of("not-yet", "x") is Rule.MANUAL


def test_what_is_stated_is_what_is_done() -> None:
    assert rule_of("person", "tags") is Rule.SET
    assert "tags" in POLICY.sets["person"]
    assert POLICY.guards["ticket"] == ("state", "owner")
    assert rule_of("ticket", "received_by") is Rule.LOCKED
    assert rule_of("ticket_event", "note") is Rule.APPEND
