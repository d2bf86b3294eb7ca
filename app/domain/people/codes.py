"""The trade's code tables: what a stored code is called in Chinese, and which code a Chinese word means.

A table is closed where a national standard closes it and lenient in what it understands: rosters
say 儿子 for 子 and 老婆 for 妻. Tags are the exception: an open list of words, stored as they are read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from app.domain.people.household import CLASSES
from app.domain.people.identity import Sex
from app.domain.people.person import Life, ParentState


@dataclass(frozen=True)
class CodeTable:
    """Codes with their labels, and the other words people use for the same code."""

    labels: Mapping[str, str]
    synonyms: Mapping[str, str]

    def label(self, code: str) -> str:
        """The Chinese label; an unknown code is shown as it is rather than hidden."""
        return self.labels.get(code, code)

    def find(self, words: str) -> str | None:
        """The code that a cell means: a label, a synonym, or the code itself. None if nobody knows."""
        text = _plain(words)
        if text in self.labels:
            return text
        return self.synonyms.get(text)

    def __contains__(self, code: object) -> bool:
        return code in self.labels


def table(labels: str | Mapping[str, str], synonyms: str = "") -> CodeTable:
    """Build a table from `"01 本人 02 户主"` (or a mapping) and synonyms as `"户主本人=02 ..."`."""
    pairs = dict(labels) if isinstance(labels, Mapping) else _pairs(labels)
    words = {_plain(label): code for code, label in reversed(pairs.items())}
    for entry in synonyms.split():
        word, code = entry.split("=")
        words[_plain(word)] = code
    return CodeTable(MappingProxyType(pairs), MappingProxyType(words))


def _pairs(text: str) -> dict[str, str]:
    parts = text.split()
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _plain(words: str) -> str:
    # NFKC folds full-width digits and letters; spaces inside 户 主 are only layout.
    return "".join(unicodedata.normalize("NFKC", words).split())


def _of(labels: Mapping[Enum, str], synonyms: str = "") -> CodeTable:
    return table({str(key.value): label for key, label in labels.items()}, synonyms)


SEX = _of(
    {Sex.MALE: "男", Sex.FEMALE: "女", Sex.UNKNOWN: "未知", Sex.UNSTATED: "未说明"}, "男性=1 女性=2 m=1 f=2"
)

# GB/T 4761-2008. 52 and 78 are inferred from the sequence: the transcription at hand has gaps there.
RELATION = table(
    """01 本人 02 户主 10 配偶 11 夫 12 妻
    20 子 21 独生子 22 长子 23 次子 24 三子 25 四子 26 五子 27 养子或继子 28 女婿 29 其他儿子
    30 女 31 独生女 32 长女 33 次女 34 三女 35 四女 36 五女 37 养女或继女 38 儿媳 39 其他女儿
    40 孙辈 41 孙子 42 孙女 43 外孙子 44 外孙女 45 孙媳或外孙媳 46 孙女婿或外孙女婿
    47 曾孙子或外曾孙子 48 曾孙女或外曾孙女 49 其他孙辈
    50 父母 51 父亲 52 母亲 53 公公 54 婆婆 55 岳父 56 岳母 57 继父或养父 58 继母或养母 59 其他父母
    60 祖父母 61 祖父 62 祖母 63 外祖父 64 外祖母 65 配偶的祖父母 66 曾祖父 67 曾祖母
    68 配偶的曾祖父母 69 其他祖辈
    70 兄弟姐妹 71 兄 72 嫂 73 弟 74 弟媳 75 姐 76 姐夫 77 妹 78 妹夫 79 其他兄弟姐妹
    80 其他 81 伯父 82 伯母 83 叔父 84 婶母 85 舅父 86 舅母 87 姨父 88 姨母 89 姑父 90 姑母
    91 堂兄弟姐妹 92 表兄弟姐妹 93 侄子 94 侄女 95 外甥 96 外甥女 97 其他亲属 99 非亲属""",
    """户主本人=02 丈夫=11 老公=11 夫妻=10 爱人=10 妻子=12 老婆=12 儿子=20 大儿子=22 二儿子=23 二子=23
    小儿子=29 养子=27 继子=27 女儿=30 大女儿=32 二女儿=33 二女=33 小女儿=39 养女=37 继女=37 媳妇=38 儿媳妇=38
    孙=41 孙女儿=42 外孙=43 外孙女儿=44 孙媳=45 孙媳妇=45 外孙媳=45 孙女婿=46 外孙女婿=46
    曾孙=47 曾孙子=47 外曾孙=47 曾孙女=48 外曾孙女=48 重孙=47 重孙子=47 重孙女=48
    父=51 爸爸=51 母=52 妈妈=52 岳父母=59 公婆=59 继父=57 养父=57 继母=58 养母=58
    爷爷=61 奶奶=62 外公=63 姥爷=63 外婆=64 姥姥=64 哥哥=71 哥=71 嫂子=72 弟弟=73 弟妹=74 弟媳妇=74
    姐姐=75 妹妹=77 伯伯=81 叔叔=83 婶婶=84 舅舅=85 姨妈=88 姑姑=90 侄儿=93 侄=93 侄女儿=94 外甥女儿=96
    亲戚=97 无亲属关系=99""",
)
HEAD = "02"
# A relation that only one sex can have; 10 配偶, 40 孙辈 and the like are open.
MALE_RELATIONS = frozenset(
    """11 20 21 22 23 24 25 26 27 28 29 41 43 46 47 51 53 55 57 61 63 66 71 73 76 78 81 83 85 87 89
    93 95""".split()
)
FEMALE_RELATIONS = frozenset(
    """12 30 31 32 33 34 35 36 37 38 39 42 44 45 48 52 54 56 58 62 64 67 72 74 75 77 82 84 86 88 90
    94 96""".split()
)

# GB/T 3304-1991, with 97 and 98 as identity-card readers use them.
ETHNIC = table(
    """01 汉 02 蒙古 03 回 04 藏 05 维吾尔 06 苗 07 彝 08 壮 09 布依 10 朝鲜 11 满 12 侗 13 瑶 14 白 15 土家
    16 哈尼 17 哈萨克 18 傣 19 黎 20 傈僳 21 佤 22 畲 23 高山 24 拉祜 25 水 26 东乡 27 纳西 28 景颇
    29 柯尔克孜 30 土 31 达斡尔 32 仫佬 33 羌 34 布朗 35 撒拉 36 毛南 37 仡佬 38 锡伯 39 阿昌 40 普米
    41 塔吉克 42 怒 43 乌孜别克 44 俄罗斯 45 鄂温克 46 德昂 47 保安 48 裕固 49 京 50 塔塔尔 51 独龙
    52 鄂伦春 53 赫哲 54 门巴 55 珞巴 56 基诺 97 其他 98 外国血统中国籍""",
    "穿青人=97 革家人=97 僜人=97",
)

# GB/T 2261.2.
MARITAL = table(
    "10 未婚 20 已婚 21 初婚 22 再婚 23 复婚 30 丧偶 40 离婚 90 未说明",
    "单身=10 结婚=20 有配偶=20 离异=40 离过婚=40 寡=30 丧偶未再婚=30",
)

# GB/T 4658-2006, the whole grades; 90 其他 stands for someone who never went to school too.
EDUCATION = table(
    "10 研究生 20 本科 30 大专 40 中专 60 高中 70 初中 80 小学 90 未上学",
    """研究生教育=10 硕士=10 博士=10 大学本科=20 大学=20 专科=30 大学专科=30 中等职业教育=40 职高=40 技校=40
    普通高中=60 其他=90 文盲=90 不识字=90 没上学=90""",
)

SCHOOL_STAGE = table(
    """none 不在读 preschool 学前 primary 小学 junior 初中 senior 高中 vocational 中职 college 大专
    bachelor 本科 master 研究生""",
    """无=none 否=none 幼儿园=preschool 学前班=preschool 普高=senior 中专=vocational 职高=vocational
    技校=vocational 高职=college 专科=college 大学=bachelor 大学本科=bachelor 硕士=master 博士=master""",
)

LIFE = _of(
    {Life.HERE: "在家", Life.AWAY: "外出", Life.MOVED: "迁出", Life.DEAD: "去世", Life.MISSING: "失踪"},
    """常住=here 在村=here 在=here 务工=away 外出务工=away 外出打工=away 已迁出=moved 死亡=dead 已故=dead
    已去世=dead""",
)

PARENT_STATE = _of(
    {
        ParentState.ABLE: "正常",
        ParentState.DEAD: "去世",
        ParentState.DECLARED_DEAD: "宣告死亡",
        ParentState.DECLARED_MISSING: "宣告失踪",
        ParentState.UNKNOWN_PARENT: "查找不到",
        ParentState.LOST_CONTACT: "失联",
        ParentState.SEVERE_DISABILITY: "重残",
        ParentState.SEVERE_ILLNESS: "重病",
        ParentState.PRISON: "服刑在押",
        ParentState.DRUG_REHAB: "强制隔离戒毒",
        ParentState.RESTRICTED: "限制人身自由",
        ParentState.CUSTODY_REVOKED: "撤销监护资格",
        ParentState.DEPORTED: "遣送出境",
    },
    """健在=able 好=able 能照管=able 死亡=dead 已故=dead 亡=dead 失去联系=lost-contact 联系不上=lost-contact
    重度残疾=severe-disability 服刑=prison 坐牢=prison 戒毒=drug-rehab 强制戒毒=drug-rehab
    撤销监护=custody-revoked 驱逐出境=deported""",
)

HUKOU_TYPE = table("rural 农村 urban 城镇", "农业=rural 农=rural 非农=urban 城市=urban 非农业=urban 城=urban")
WORK_ABILITY = table(
    "full 有 partial 部分 none 无",
    """有劳动能力=full 全部=full 正常=full 弱劳动力=partial 部分丧失=partial 部分丧失劳动能力=partial
    丧失=none 丧失劳动能力=none 无劳动能力=none 没有=none""",
)
SELF_CARE = table(
    "full 能自理 partial 部分自理 none 不能自理",
    """完全自理=full 全自理=full 自理=full 半自理=partial 半失能=partial 失能=none 完全失能=none
    全失能=none 不自理=none""",
)
YES_NO = table(
    "yes 是 no 否", "有=yes 符合=yes √=yes ✓=yes y=yes 1=yes 无=no 不是=no 没有=no 不符合=no n=no 0=no"
)

# GB/T 26341-2010. Some reprints swap 1 and 2; the standard's order is kept here.
DISABILITY_KIND = table(
    "1 视力 2 听力 3 言语 4 肢体 5 智力 6 精神 7 多重",
    "视力残疾=1 听力残疾=2 言语残疾=3 肢体残疾=4 智力残疾=5 精神残疾=6 多重残疾=7",
)
DISABILITY_LEVEL = table(
    "1 一级 2 二级 3 三级 4 四级", "一=1 二=2 三=3 四=4 1级=1 2级=2 3级=3 4级=4 壹级=1 贰级=2 叁级=3 肆级=4"
)

HOUSEHOLD_CLASS = table(
    CLASSES,
    """低保=DB 特困=TK 五保户=TK 特困供养户=TK 低保边缘=BY 边缘户=BY 低保边缘家庭=BY 刚性支出=GX
    刚性支出困难户=GX 刚性支出困难家庭=GX 监测对象=JC 防返贫监测户=JC 脱贫=TP 脱贫不稳定户=JC""",
)
# Items that are received month by month and therefore stand on a roster.
BENEFIT = table(
    """DB 最低生活保障 TK 特困供养 GE 孤儿基本生活费 SW 事实无人抚养儿童补贴 CS 困难残疾人生活补贴
    CH 重度残疾人护理补贴 GL 高龄津贴 YL 经济困难老人补贴 JJ 精简退职补助""",
    """低保=DB 农村低保=DB 城市低保=DB 低保金=DB 特困=TK 特困供养金=TK 五保=TK 孤儿=GE 孤儿生活费=GE
    事实无人抚养=SW 事实无人抚养儿童基本生活补贴=SW 生活补贴=CS 残疾人生活补贴=CS 护理补贴=CH
    残疾人护理补贴=CH 高龄补贴=GL 老年津贴=GL 居家养老补贴=YL""",
)

# Tags are stored as these very words; a county may add its own, so unknown ones are kept.
HOUSEHOLD_TAGS = (
    "隔代抚养",
    "单亲",
    "计生特扶",
    "烈属",
    "军属",
    "危房",
    "因病",
    "因残",
    "因学",
    "急难",
    "大额看病",
)
PERSON_TAGS = (
    "独居",
    "空巢",
    "留守老人",
    "留守儿童",
    "困境儿童",
    "孤儿",
    "事实无人抚养",
    "集中供养",
    "分散供养",
    "精简退职",
    "退役军人",
    "不识字",
    "无赡养人",
    "赡养人无能力",
    "赡养人有能力",
    "失能满一年",
    "疑似残疾",
    "流浪乞讨",
)


def relation_sex(code: str) -> Sex | None:
    """The only sex a relation allows, or None where either may stand there."""
    if code in MALE_RELATIONS:
        return Sex.MALE
    return Sex.FEMALE if code in FEMALE_RELATIONS else None


def disability_words(kind: int, level: int) -> str:
    """`肢体三级`, as it stands on the certificate."""
    return DISABILITY_KIND.label(str(kind)) + DISABILITY_LEVEL.label(str(level))
