"""Pictures of what is rare and must still be read: mistakes at their fields, long names, a family of twenty,
a full disk, and much written without a line."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import files
from app.actions.desk import Desk
from app.actions.entry import newcomers
from app.actions.entry.newcomers import Newcomer
from app.actions.village import members
from app.actions.village.members import MemberFacts
from app.domain.people.codes import relation_sex
from app.domain.people.person import Sex
from app.domain.problem import StorageFault
from demo.hand import Hand
from demo.screens.gallery import Gallery
from demo.village import story
from ui import notices

HEAD = "欧阳买买提艾力"
LONG = "古丽巴哈尔·阿布都热依木·吐尔逊"
ADDRESS = "对面坡上老粮站后头那栋没有门牌的两层小楼"
# Each by the code of what he is to the head (GB/T 4761), and the year he was born.
MEMBERS = (
    ("12", 1962), ("22", 1984), ("38", 1986), ("32", 1988), ("41", 2008), ("42", 2010), ("41", 2012),
    ("42", 2014), ("41", 2016), ("42", 2018), ("41", 2020), ("42", 2021), ("41", 2022), ("42", 2023),
    ("41", 2024), ("42", 2025), ("73", 1966), ("52", 1938), ("51", 1936),
)  # fmt: skip


def odd(hand: Hand, gallery: Gallery) -> None:
    """Each on its own; the family stays in the register."""
    gallery.room("少见的")
    _mistakes(hand, gallery)
    _twenty(hand, gallery)
    _full(hand, gallery)


def without_a_line(hand: Hand, gallery: Gallery) -> None:
    """No line, and what was written since; to be called once the county cannot be reached."""
    hand.program.tasks.run(hand.program, _write_more)
    hand.settle()
    hand.program.window.go("sync")
    hand.click("现在上传")
    hand.wait_for("没有网，照常用。")
    gallery.take(hand, "sync_more_offline", "没有网，又记了十八户，一条不少")
    hand.program.window.go("today")
    gallery.take(hand, "today_offline", "没有网，今日照常")


def _mistakes(hand: Hand, gallery: Gallery) -> None:
    hand.program.window.go("households", new=True)
    hand.settle()
    hand.type("户主身份证号", "439901194406201842")
    hand.click("建好这一户")
    gallery.take(hand, "household_new_wrong", "新建一户，哪几格要改")
    hand.click("不建了")
    hand.program.window.go("tickets", new=True)
    hand.settle()
    hand.click("下一步")
    gallery.take(hand, "ticket_who_wrong", "还没说谁来的")
    hand.program.window.go("settings", part="passphrase")
    hand.settle()
    hand.type("现在的口令", story.PASSPHRASE)
    hand.type("新口令", "123")
    hand.type("再打一遍", "123")
    hand.click("换成新口令")
    gallery.take(hand, "settings_passphrase_wrong", "新口令太短")
    hand.type("现在的口令", "")


def _twenty(hand: Hand, gallery: Gallery) -> None:
    hand.program.tasks.run(hand.program, _large_family)
    hand.settle()
    hand.program.window.go("households", query=HEAD)
    hand.settle()
    hand.pick(HEAD)
    hand.wait_for(f"{HEAD}家")
    gallery.take(hand, "family_of_twenty", "二十口人的一家，名字长")
    hand.click("开始走访")
    hand.click("在家")
    gallery.take(hand, "visit_of_twenty", "二十口人：见到的是谁")
    hand.click("下一步")
    gallery.take(hand, "visit_of_twenty_members", "二十口人：谁变了")
    hand.click("这份不要了")
    hand.click("不要这份走访")
    hand.program.window.go("tickets", new=True)
    hand.settle()
    hand.type("找来的人", LONG)
    hand.pick(LONG)
    hand.settle()
    gallery.take(hand, "ticket_long_name", "来的人名字长，家里人多")


def _full(hand: Hand, gallery: Gallery) -> None:
    hand.program.window.go("today")
    hand.settle()
    notices.fault(StorageFault(files.FULL))
    gallery.take(hand, "disk_full", "电脑满了")
    notices.clear()


def _large_family(desk: Desk) -> None:
    head = Newcomer("对门坡组", ADDRESS, HEAD, sex=Sex.MALE, phone="15400007777")
    home = newcomers.create(desk, head)
    for number, (relation, born) in enumerate(MEMBERS):
        sex = relation_sex(relation) or Sex.MALE
        name = LONG if number == 2 else f"欧阳{'春夏秋冬'[number % 4]}{'梅兰竹菊松柏枫桐杉槐'[number // 2]}"
        child = born > desk.today.year - 16
        facts = MemberFacts(
            name, relation, sex=sex, birth=date(born, 3, 1), tags=("留守儿童",) if child else ()
        )
        members.add(desk, home.id, facts, another=True)


def _write_more(desk: Desk) -> None:
    for number in range(18):
        one = Newcomer("茶园组", f"{900 + number}号", f"熊{'大二三四五六七八九'[number % 9]}山", sex=Sex.MALE)
        newcomers.create(desk, one, another=True)


def leave_the_box(hand: Hand) -> None:
    """Tab out of the box in hand: what is asked about an answer is asked when it is left."""
    box = QApplication.focusWidget()
    if box is not None:
        QTest.keyClick(box, Qt.Key.Key_Tab)
    hand.settle()
