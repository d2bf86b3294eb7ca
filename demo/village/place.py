"""Where the fictional village lies and how large it is: the true proportions it is built to.

The county code 4399 is not in use, so no number made here can be a real person's. Figures follow a
hill village of north-west Hunan: the census of 2020 and the published ageing figures of Zhangjiajie.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

PROVINCE, CITY, COUNTY, TOWN, VILLAGE_NAME = "湖南省", "湘溪市", "云岭区", "枫香镇", "青石垭村"
VILLAGE = "439901101201"
COUNTY_CODE = "439901"
OLD_COUNTY_CODE = "439921"  # a county that no longer exists: its numbers stay valid on people's cards
OTHER_COUNTY_VILLAGE = "439902100203"  # a county whose care subsidy was not widened to level 3
OTHER_PROVINCE_VILLAGE = "529901203205"

GROUPS = (
    "老屋组 塘边组 高坡组 新屋场组 对门坡组 茶园组 油榨坪组 桥头组 石垭组 何家岭组 枫树组 水井组 竹山组 "
    "大湾组 田坪组 垭口组 学堂组 沙洲组"
).split()

HOUSEHOLDS = 562
PEOPLE = 2010
MEN = 1029  # 51.2 %
SIZES: Mapping[int, int] = MappingProxyType({1: 73, 2: 96, 3: 107, 4: 118, 5: 84, 6: 56, 7: 28})
UNDER_15, OVER_60, OVER_65, OVER_80, OVER_90 = 336, 420, 380, 76, 6
AWAY = 800
OLD_ALONE = 41  # living alone at 60 or more
TK_IN_HOME, TK_AT_HOME = 4, 11  # 集中供养, 分散供养
LEFT_BEHIND = 34

DB_SIZES: Mapping[int, int] = MappingProxyType({1: 18, 2: 9, 3: 7, 4: 2})  # recipients per household
DB_HOUSEHOLDS, DB_PEOPLE = 36, 65
DB_WOMEN, DB_OLD, DB_MINORS, DB_DISABLED = 29, 17, 10, 14
BY_HOUSEHOLDS, GX_HOUSEHOLDS, TP_HOUSEHOLDS = 9, 4, 40
JC_SIZES = (3, 3, 3, 2, 2)
DISABILITY_KINDS: Mapping[int, int] = MappingProxyType({1: 9, 2: 14, 3: 1, 4: 17, 5: 4, 6: 4, 7: 9})
DISABILITY_LEVELS: Mapping[int, int] = MappingProxyType({1: 9, 2: 17, 3: 18, 4: 14})


def born(on: date, years: int, months: int = 0, days: int = 0) -> date:
    """The birth date of someone who is exactly `years`, `months` and `days` old `on` that day."""
    day = on - timedelta(days=days)
    count = day.year * 12 + day.month - 1 - years * 12 - months
    year, month = divmod(count, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
