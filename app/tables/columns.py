"""The roster's columns: what each is called, what else people call it, and what to write in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Column:
    """`width` is in characters; `choices` become a drop-down; `also` are other headings it goes by."""

    key: str
    title: str
    width: int
    hint: str
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


def _column(key: str, title: str, width: int, hint: str, also: str = "", choices: str = "") -> Column:
    return Column(key, title, width, hint, tuple(also.split()), tuple(choices.split()))


YES_NO = "是 否"
HOUSEHOLD_COLUMNS = (
    _column("household", "户编号", 8, "同一户写同一个号，例：001", "户号 家庭编号 家庭编码 户代码 户序号"),
    _column("group", "组", 10, "例：老屋组", "村民小组 小组 组别 组名 所在组"),
    _column("door", "门牌号", 8, "例：12号", "门牌 住址 门牌地址 家庭住址"),
)
PERSON_COLUMNS = (
    _column("name", "姓名", 10, "必填。照身份证写", "名字 人员姓名 成员姓名 家庭成员姓名"),
    _column(
        "relation",
        "与户主关系",
        12,
        "必填。一户一个户主，例：户主、妻、长子、孙女",
        "关系 和户主关系 户主关系 家庭关系 与户主的关系",
    ),
    _column("sex", "性别", 6, "有身份证号可以不填", "", "男 女"),
    _column("birth", "出生日期", 12, "例：1955-12-03。有身份证号可以不填", "出生年月日 生日 出生年月"),
    _column(
        "id_number",
        "身份证号",
        22,
        "18 位。这一列要设成文本，不然末几位会变成 0",
        "公民身份号码 证件号码 身份证号码 身份证 证件号 公民身份证号",
    ),
    _column("id_valid_until", "证件有效期至", 12, "长期就空着", "身份证有效期 证件有效期 有效期至 有效期"),
    _column("no_id_reason", "没有证号的原因", 16, "例：刚出生，还没上户", "无证原因 无身份证原因"),
    _column("ethnic", "民族", 8, "例：土家", "民族成份 民族成分"),
    _column("marital", "婚姻", 8, "", "婚姻状况 婚否", "未婚 已婚 丧偶 离婚"),
    _column("education", "学历", 8, "", "文化程度 受教育程度 教育程度"),
    _column("school_stage", "在读", 8, "正在读哪一段", "在读阶段 在学阶段 在校情况 学段"),
    _column(
        "phone", "联系电话", 14, "本人的，例：154-0000-1108", "手机 手机号 手机号码 电话 电话号码 联系方式"
    ),
    _column("life", "状态", 8, "空着就是在家", "人员状态 在家情况 居住状态", "在家 外出 迁出 去世 失踪"),
    _column("hukou", "户籍地代码", 14, "12 位。空着就是本村", "户籍地 户籍地编码 户籍所在地代码"),
    _column("kind", "残疾类别", 10, "例：肢体。几样就用；隔开", "残疾类型 残疾种类"),
    _column("level", "残疾等级", 10, "例：三级", "残疾级别 残疾类别等级 残疾类别及等级 残疾情况"),
    _column("certificate", "残疾证号", 24, "20 位，设成文本", "残疾人证号 残疾证 残疾证号码"),
    _column("expires", "残疾证到期", 12, "例：2027-05-01", "残疾证有效期 残疾证有效期至"),
    _column("severe", "重病", 6, "是当地定的重特大病种", "重大疾病 是否重病", YES_NO),
    _column("chronic", "慢病", 6, "", "慢性病 是否慢病", YES_NO),
    _column("work", "劳动能力", 8, "", "劳动力 有无劳动能力", "有 部分 无"),
    _column("care", "自理能力", 10, "", "生活自理能力 自理", "能自理 部分自理 不能自理"),
    _column("father", "父亲姓名", 10, "孩子才填", "父亲"),
    _column("father_state", "父亲情况", 10, "例：去世、失联、服刑在押", "父亲状况"),
    _column("father_since", "父亲情况起", 12, "从哪天起，例：2025-03-11", "父亲情况时间"),
    _column("mother", "母亲姓名", 10, "孩子才填", "母亲"),
    _column("mother_state", "母亲情况", 10, "例：去世、失联、服刑在押", "母亲状况"),
    _column("mother_since", "母亲情况起", 12, "从哪天起", "母亲情况时间"),
    _column("guardian", "监护人", 10, "写名册里那个人的姓名；重名的写身份证号", "监护人姓名"),
    _column(
        "benefits", "在享待遇", 24, "几样就用；隔开，例：低保；高龄津贴", "享受待遇 待遇 享受政策 救助类别"
    ),
    _column("since", "待遇起", 24, "和在享待遇一样多，例：2021-03-01；2024-06-01", "享受起始 待遇开始"),
    _column("monthly", "待遇月金额", 14, "元。和在享待遇一样多", "月金额 每月金额"),
    _column("bank", "开户行", 18, "", "开户银行 银行 银行名称"),
    _column("account", "银行账号", 24, "设成文本", "银行卡号 卡号 账号 一卡通账号 存折账号 账户"),
    _column("holder", "开户人", 10, "本人就空着", "户名 账户名 持卡人"),
    _column("tags", "标签", 16, "例：独居；不识字", "人员标签 类别标签"),
    _column("note", "备注", 24, "", "说明 个人备注"),
)
HOUSEHOLD_FACT_COLUMNS = (
    _column("hukou_type", "户籍类型", 8, "", "户口性质 户籍性质 户口类型", "农村 城镇"),
    _column("classes", "户类型", 14, "例：低保户；监测户", "家庭类型 户类别 对象类别"),
    _column("category", "复核类别", 8, "A、B 或 C", "低保类别 分类 保障类别", "A B C"),
    _column("household_tags", "户标签", 14, "例：隔代抚养", "家庭标签"),
    _column("household_phone", "户联系电话", 14, "家里总打得通的那个", "家庭电话 户电话"),
    _column("income", "近12月收入", 12, "元，全家一年", "年收入 家庭年收入 近12个月收入"),
    _column("exempt", "不计入收入", 12, "元，例：高龄津贴", "不计收入"),
    _column("rigid", "近12月刚性支出", 14, "元，看病、读书自己出的", "刚性支出 近12个月刚性支出"),
    _column("assets_ok", "财产符合", 8, "没问过就空着", "财产是否符合", YES_NO),
    _column("as_of", "收支核对日期", 12, "上面四样是哪天问的", "核对日期"),
    _column("kin", "干部近亲属", 8, "", "村干部近亲属 是否干部近亲属 近亲属", YES_NO),
    _column("review_on", "下次复核", 12, "例：2027-02-14", "复核日期 下次复核日期"),
    _column("moved_out", "全户迁出", 8, "", "是否迁出 迁出", YES_NO),
    _column("household_note", "户备注", 24, "", "家庭备注"),
)
COLUMNS = HOUSEHOLD_COLUMNS + PERSON_COLUMNS + HOUSEHOLD_FACT_COLUMNS
TITLES: Mapping[str, str] = MappingProxyType({column.key: column.title for column in COLUMNS})
OF_HOUSEHOLD = frozenset(column.key for column in HOUSEHOLD_COLUMNS + HOUSEHOLD_FACT_COLUMNS)
REQUIRED = ("name", "relation")
MONEY = frozenset({"income", "exempt", "rigid"})

_REMARK = re.compile(r"[(（\[【].*?[)）\]】]")
_LAYOUT = re.compile(r"[\s*＊:：/、_-]+")


def heading(words: str) -> str:
    """A heading without its layout: `＊姓 名（必填）` is 姓名."""
    return _LAYOUT.sub("", _REMARK.sub("", unicodedata.normalize("NFKC", words)))


_BY_HEADING = {heading(name): column.key for column in COLUMNS for name in (*column.also, column.title)}


def meaning(words: str) -> str | None:
    """The key of the column a heading means, or None when the roster has no such column."""
    return _BY_HEADING.get(heading(words))
