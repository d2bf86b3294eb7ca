"""The pictograms by theme: what a policy pack may name, and what each one not yet named is drawn for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

STANDIN = "original"  # shown for a name that only a newer release draws: a plain sheet, never a gap


@dataclass(frozen=True)
class Theme:
    """Pictograms that answer one question; `title` heads them on the specimen sheet."""

    title: str
    names: tuple[str, ...]


def _theme(title: str, names: str) -> Theme:
    return Theme(title, tuple(names.split()))


# One order everywhere: likely neighbours stand together, so that whoever looks the sheet over compares them.
THEMES = (
    _theme(
        "带什么证",
        """id_front id_back social_card bank_card disability_card veteran_card elder_card hukou hukou_page
        passbook pension_book dibao_card marriage_cert divorce_cert""",
    ),
    _theme(
        "带什么证明",
        """judgment guardian_proof village_proof school_proof police_receipt accident_paper death_cert
        cremation_cert birth_cert diagnosis discharge_summary hospital_bill hospital_invoice rent_contract
        photo_1inch photo_2inch photo_newspaper""",
    ),
    _theme(
        "填什么、办什么手续",
        """form letter_of_request promise authorisation proxy_letter income_statement notice original copy
        sign fingerprint seal not_needed""",
    ),
    _theme(
        "什么人",
        """granny grandpa granny_child grandparents_child child baby guardian whole_family proxy helper
        self_must_come wheelchair_person blind_person bedridden""",
    ),
    _theme(
        "去哪里",
        """hall county_hall village_office police_station court hospital bank school photo_shop copy_shop
        disabled_federation nursing_home shelter funeral_hall grave home market farm window notice_board""",
    ),
    _theme("怎么走", "walk bus bus_stop stairs straight_on turn_left turn_right"),
    _theme("什么时候", "clock morning afternoon calendar deadline closed_day wait"),
    _theme(
        "怎么联系、得什么帮助",
        """phone call_first mobile_code loudspeaker home_visit care_visit meal money_card cash medicine
        ambulance wheelchair walking_cane hearing_aid cataract_eye disaster""",
    ),
)

ICONS = frozenset(name for theme in THEMES for name in theme.names)

# Drawn ahead of the packs. A county's own pack names them freely; the reason says what for.
AWAITING: Mapping[str, str] = {
    "id_back": "both sides of the card on one copy",
    "social_card": "subsidies paid to the social security card",
    "passbook": "subsidies paid to an older passbook",
    "pension_book": "old-age allowance, income of the household",
    "hukou_page": "the page of the one person, beside the cover",
    "marriage_cert": "guardians, low income households",
    "divorce_cert": "guardians, low income households",
    "veteran_card": "veterans' benefits",
    "elder_card": "old people's benefits",
    "birth_cert": "children without an entry in the register",
    "cremation_cert": "funeral benefits",
    "accident_paper": "temporary relief after an accident",
    "discharge_summary": "medical aid, care subsidy",
    "hospital_invoice": "medical aid: the receipt, not the settlement sheet",
    "rent_contract": "households that rent",
    "photo_2inch": "disability card",
    "photo_newspaper": "proof of life without a trip to the town",
    "proxy_letter": "somebody else goes",
    "notice": "the decision as it arrives",
    "fingerprint": "whoever cannot write",
    "not_needed": "heading of what to leave at home",
    "baby": "children under three",
    "grandparents_child": "children left with their grandparents",
    "guardian": "errands for a child",
    "whole_family": "everybody signs",
    "helper": "the worker goes along",
    "self_must_come": "nobody may go instead",
    "blind_person": "disability benefits",
    "bedridden": "care subsidy, assessment at home",
    "county_hall": "errands beyond the town",
    "hospital": "assessment, diagnosis",
    "school": "proof of schooling",
    "photo_shop": "portrait photos",
    "copy_shop": "copies before the hall",
    "nursing_home": "care in a home",
    "shelter": "people without a roof or far from home",
    "funeral_hall": "funeral benefits",
    "grave": "funeral benefits",
    "home": "errands that need no trip",
    "market": "the day the town is crowded",
    "farm": "income from land, land taken",
    "window": "the counter",
    "notice_board": "public notice of a decision",
    "walk": "the way there",
    "bus": "the way there",
    "bus_stop": "the way there",
    "stairs": "the way there",
    "straight_on": "the way there",
    "turn_left": "the way there",
    "turn_right": "the way there",
    "morning": "opening hours",
    "afternoon": "opening hours",
    "calendar": "a fixed day",
    "deadline": "the last day",
    "closed_day": "days the door is shut",
    "wait": "waiting for a decision",
    "call_first": "offices that want a call before the trip",
    "mobile_code": "applications on a telephone",
    "loudspeaker": "news that the village calls out",
    "home_visit": "inquiry at home",
    "care_visit": "home care for old people",
    "meal": "meals for old people",
    "cash": "money in the hand",
    "copy": "the copy of a paper",
    "seal": "papers that want a seal",
    "medicine": "medical aid, medicine for the mind",
    "ambulance": "temporary relief, urgent cases",
    "wheelchair": "aids for disabled people",
    "walking_cane": "aids for disabled people",
    "hearing_aid": "aids for disabled people",
    "cataract_eye": "eye operations",
    "disaster": "temporary relief after fire and flood",
}
