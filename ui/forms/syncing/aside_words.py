"""Why the county kept a change beside, in words a worker can act on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.domain.change import LEFT_OUT, Outcome

REASONS = {
    Outcome.CONFLICT: "同一格，两个人写得不一样。两边都没丢，等人定。",
    Outcome.QUARANTINED: "县里还不认得这条，整条留着，等镇里看。",
    Outcome.REJECTED: "在别处已经往下走了，您这步没用上，写的都留着。",
}
# By the county's own word for it (`sync.server.judging`); a word that is not known has the words above.
WHY = {
    "unknown_record": "它改的那条，县里还没收到。等那条传上去，自己会进。",
    "out_of_scope": "这家不归您管的村了，等镇里看了再放进去。",
    "op_id_reuse": "这台电脑的资料像是被拷过，等镇里看。",
    "county_only": "这一格只有县里能写，等镇里看。",
    "late": "这台电脑停用以后交上去的，等镇里看。",
    "bad_decision": "定的时候，那一格已经不一样了，等镇里看。",
    "other_type": "编号跟别的资料撞了，等镇里看。",
}


def why_words(why: str) -> str:
    """One sentence."""
    return _tr(WHY.get(why, REASONS[Outcome.QUARANTINED]))


def aside_words(outcome: Outcome, why: str) -> str:
    """What became of a change that was not applied, and what comes of it."""
    if outcome is Outcome.QUARANTINED and why.startswith(LEFT_OUT):
        return _tr("镇里看了，没收：{words}").format(words=why.removeprefix(LEFT_OUT))
    return why_words(why) if outcome is Outcome.QUARANTINED else _tr(REASONS[outcome])


def _tr(said: str) -> str:
    return QCoreApplication.translate("aside", said)
