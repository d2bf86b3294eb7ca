"""Names as the hills of north-west Hunan give them, by sex, by decade, and by the Li generation words."""

from __future__ import annotations

import random

from app.domain.people.identity import Sex

SURNAMES = dict(
    李=8, 王=6, 刘=5, 张=5, 陈=5, 向=5, 田=5, 覃=3, 彭=3, 龚=2.5, 唐=2.5, 杨=2.5, 朱=2, 吴=2, 周=2, 罗=2,
    熊=1.5, 谷=1.5, 庹=1, 黄=1.5, 谭=1.5, 何=1.5, 邓=1, 蒋=1, 胡=1, 曾=1, 欧阳=0.5, 肖=1, 宋=1, 卓=0.6, 钟=0.8
)  # fmt: skip  # one table of weights in percent reads better than thirty lines
GENERATIONS = "先德大正国"  # the words that Li families of this village take in turn

WOMEN_OLD = (
    "桂英 秀英 菊香 春莲 玉兰 凤英 腊梅 冬秀 金莲 翠娥 月英 桃香 银秀 兰英 元秀 满秀 荷香 清秀".split()
)
MEN_OLD = "国富 建国 大明 正华 先福 德生 友才 光荣 长生 兴旺 家财 贵生 明清 水生 金山 银山 万顺 和清".split()
WOMEN_MIDDLE = "丽 艳 海燕 红 霞 燕 芳 小玲 春花 敏 琼 秋菊 美华 建英 小红 梅 群英 爱平".split()
MEN_MIDDLE = "志强 小军 勇 军 伟 建军 平 建华 国平 辉 峰 兵 文 小平 云 明 长青 业成".split()
WOMEN_YOUNG = "婷 倩 静 佳 颖 娟 雪 梦 琪 丹 莎 慧 思思 雅 洁 晶晶 文静 蓉".split()
MEN_YOUNG = "杰 鹏 超 浩 磊 凯 斌 涛 帅 龙 宇 阳 俊 康 毅 文杰 志豪 家豪".split()
GIRLS = "梓涵 雨桐 思琪 欣怡 诗涵 可馨 语嫣 梦瑶 佳怡 子涵 一诺 若曦 雨欣 紫萱 芷若 沐晴".split()
BOYS = "子轩 浩宇 子航 宇轩 俊熙 梓睿 博文 嘉豪 铭轩 子墨 天佑 俊豪 睿 奕辰 晨阳 沐阳".split()
# First and second characters to join where a decade's favourites would repeat too often.
JOINED = {
    (Sex.FEMALE, 1900): ("桂秀玉春兰凤菊金银翠月冬腊荷满元清", "英香莲兰秀娥桃梅珍枝云芝翠"),
    (Sex.MALE, 1900): ("国建大正先德友光长兴家贵明水金万和子", "富国明华福生才荣旺财清山顺安云祥"),
    (Sex.FEMALE, 1965): ("海小春红秋美建群爱丽雪晓冬亚玉", "艳霞燕芳玲花敏琼菊华英平云兰娥"),
    (Sex.MALE, 1965): ("志小建国长业文海永新立光宏德先", "强军勇伟平华辉峰兵云明青成林武"),
    (Sex.FEMALE, 1988): ("思文晓雨梦佳雅慧诗丽嘉婷", "婷倩静佳颖娟雪琪丹莎洁蓉玲怡"),
    (Sex.MALE, 1988): ("文志家俊宇子浩建海明伟天", "杰鹏超浩磊凯斌涛帅龙阳豪毅"),
    (Sex.FEMALE, 2008): ("梓雨思欣诗可语梦佳子若紫芷沐奕清", "涵桐琪怡馨嫣瑶诺曦欣萱晴妍彤玥"),
    (Sex.MALE, 2008): ("子浩宇俊梓博嘉铭天奕晨沐睿泽", "轩宇航熙睿文豪墨佑辰阳杰霖然"),
}
LI_SECONDS = "富贵福寿云华明光兴安和家永长生才荣昌义礼"
RARE = "𬎆 𫘧 𬭎 䶮 㛃 䅟 𠅤 𡊮 𬱖 堃".split()


class Names:
    """Gives names; the same full name may come twice, as it does in any village."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._rare = list(RARE)

    def surname(self) -> str:
        return self._rng.choices(list(SURNAMES), list(SURNAMES.values()))[0]

    def given(self, surname: str, sex: Sex, birth_year: int, generation: int) -> str:
        """A given name of the person's decade; Li men carry their generation's word."""
        if surname == "李" and sex is Sex.MALE and self._rng.random() < 0.85:
            return GENERATIONS[generation % len(GENERATIONS)] + self._rng.choice(LI_SECONDS)
        singles = [name for name in _stock(sex, birth_year) if len(name) == 1]
        if singles and self._rng.random() > _share_of_two(birth_year):
            return self._rng.choice(singles)
        if self._rng.random() < 0.3:
            return self._rng.choice([name for name in _stock(sex, birth_year) if len(name) == 2])
        firsts, seconds = JOINED[sex, _era(birth_year)]
        return self._rng.choice(firsts) + self._rng.choice(seconds)

    def rare(self) -> str:
        """The next rare character to put into a name; each is used once."""
        return self._rare.pop()


def _era(year: int) -> int:
    return max(start for start in (1900, 1965, 1988, 2008) if start <= max(year, 1900))


def _stock(sex: Sex, year: int) -> list[str]:
    women = {1900: WOMEN_OLD, 1965: WOMEN_MIDDLE, 1988: WOMEN_YOUNG, 2008: GIRLS}
    men = {1900: MEN_OLD, 1965: MEN_MIDDLE, 1988: MEN_YOUNG, 2008: BOYS}
    return (women if sex is Sex.FEMALE else men)[_era(year)]


def _share_of_two(year: int) -> float:
    # Two-character given names: 75 % before 1950, down to 55 % for 1970–1990, 85 % after 2000.
    if year < 1960:
        return 0.75
    return 0.55 if year < 2000 else 0.85
