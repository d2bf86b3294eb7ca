"""Certificates the village should not issue (不应由村出具), and where to turn instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.packs.service_item import Errand, Item, Material, Obtain
from app.domain.packs.standing import EVERYWHERE, Standing
from app.domain.rules.rule import All

ASKED = "ZM"  # 要开证明, before it is known which

PICTURES = {"身份证": "id_front", "户口簿": "hukou", "残疾人证": "disability_card", "诊断书": "diagnosis"}


@dataclass(frozen=True)
class Proof:
    """`says` are the words people use; `papers` prove it already; `bring` is taken along to the `office`
    (id), which is whom to ring. `spared` says in a few words why the village gives none.
    """

    code: str
    name: str
    instead: str
    says: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()
    office: str = ""
    spared: str = ""
    standing: Standing = EVERYWHERE

    @property
    def title(self) -> str:
        """`死亡证明`, as the worker would say it."""
        return self.name if self.name.endswith("证明") else f"{self.name}证明"


def told_of(proofs: Iterable[Proof], words: str) -> tuple[Proof, ...]:
    """The proofs `words` speak of, the longest word first; () when none is named.

    A word begun but not finished counts too, from two characters on: what is typed is searched for.
    """
    text = "".join(words.split())
    found = [(max(_shared(one, text) for one in _words(each)), each) for each in proofs]
    return tuple(each for length, each in sorted(found, key=lambda one: -one[0]) if length)


def asked_for(proofs: Iterable[Proof]) -> dict[str, str]:
    """What a ticket about a certificate is called, by the code that stands in it."""
    return {each.code: f"要开{each.title}" for each in proofs} | {ASKED: "要开证明"}


def as_item(proof: Proof) -> Item:
    """The one-page list for the citizen: no certificate, where to go, whom to ring, what to take along."""
    carried = tuple(
        Material(
            f"paper-{number}",
            name,
            PICTURES.get(name, "original"),
            Obtain.SUBMIT,
            originals=1,
            look_only=True,
            note="有它就不用开" if name in proof.papers else "",
        )
        for number, name in enumerate((*proof.papers, *proof.bring), 1)
    )
    spared = Material("proof", "村里证明", "village_proof", Obtain.SHARE, why=proof.spared or "村里不该开")
    papers = (*carried, spared)
    return Item(
        code=proof.code,
        name=f"不用开{proof.title}",
        spoken=proof.title,
        headline=f"要{proof.title}",
        rule=All(()),
        materials=papers,
        errands=(_errand(proof, tuple(each.id for each in papers)),),
        standing=proof.standing,
    )


def _errand(proof: Proof, papers: tuple[str, ...]) -> Errand:
    return Errand(
        id="instead",
        title="先打电话问" if proof.office else "不用开证明",
        icon="phone" if proof.office else "not_needed",
        order=1,
        office=proof.office or "village",
        materials=papers,
        then=("不用村里证明", "办不成，打村里电话"),
    )


def _shared(word: str, text: str) -> int:
    if word in text:
        return len(word)
    return len(text) if len(text) > 1 and text in word else 0


def _words(proof: Proof) -> tuple[str, ...]:
    return (proof.title, *proof.says)
