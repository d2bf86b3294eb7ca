"""What happens to the two laptops, chapter by chapter; each leaves nothing lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from demo import stage
from demo.job import ticket
from demo.pair.board import Board
from demo.pair.county_house import CountyHouse
from demo.pair.seat import Holds, Seat
from demo.village import story
from sync.server import query
from sync.server.postgres import connect

HERS, THE_OTHERS = "15400003031", "15400003033"  # two numbers for one telephone
IN_MID_PUSH = 2  # the first piece of what goes up has passed


@dataclass
class Play:
    """Who is in it, and the board that tells whoever watches; `tell` takes a title or a line."""

    first: Seat
    second: Seat
    house: CountyHouse
    board: Board
    tell: Callable[[str, str], None]
    backup: Path | None = None
    before_next: Callable[[], None] = lambda: None  # called when a line has come true, before the next

    def begin(self, title: str) -> None:
        """The next chapter."""
        self.tell(title, "")

    def say(self, line: str) -> None:
        """What happens in it now."""
        self.before_next()
        self.tell("", line)

    def put_back(self) -> None:
        """The county as it was when the backup was made."""
        assert self.backup is not None, "it was made before"
        self.house.put_back(self.backup)

    def at_the_county(self) -> Holds:
        """Everything the county holds of the kinds the laptops hold."""
        kinds = self.first.holds().keys()
        with connect(self.house.play.database.url) as connection:
            return {
                kind: {one.record: one.body for one in query.bodies(connection, stage.COUNTY, kind)}
                for kind in kinds
            }

    def alike(self) -> bool:
        """Whether the three hold exactly the same."""
        return self.first.holds() == self.second.holds() == self.at_the_county()


class Chapter(NamedTuple):
    """A title, and what is done under it."""

    title: str
    act: Callable[[Play], None]


def _two_laptops(play: Play) -> None:
    play.say(f"{play.first.name}的电脑里有全村。{play.second.name}的是新的，空的。")
    play.first.unlock()
    play.second.unlock()
    play.say(f"{play.second.name}按「现在上传」：县里有的，都下来了。")
    play.second.send()
    play.second.hand.click("住户")


def _backup(play: Play) -> None:
    play.say("县里管机器的人做了一份备份，当场恢复到旁边验过。明天要用到它。")
    play.backup = play.house.back_up()


def _no_line(play: Play) -> None:
    for seat in (play.first, play.second):
        seat.cable.pull()
    play.say("两根网线都拔了。活照干：两个人各开一张首访单，编号不会撞。")
    for seat in (play.first, play.second):
        ticket(seat.hand)
    play.say(f"两个人改了同一格：{story.GRANDMOTHER_CALLED}的电话，写得不一样。")
    _write_phone(play.first, HERS)
    _write_phone(play.second, THE_OTHERS)
    play.say("没有网也按一下「现在上传」：一句大白话，什么都没丢。")
    play.first.press_send()


def _write_phone(seat: Seat, phone: str) -> None:
    hand = seat.hand
    _look_at_her(seat)
    hand.click(f"改{story.GRANDMOTHER}的情况")
    hand.type("电话", phone)
    hand.click("改好了")


def _cut_in_the_middle(play: Play) -> None:
    seat = play.first
    play.say(f"{seat.name}插上网线，传到一半又断了。")
    seat.cable.plug()
    seat.cable.pull_at(IN_MID_PUSH)
    seat.press_send()
    play.say("再插上，接着传。传过的不传第二遍，没传的一条不少。")
    seat.cable.plug()
    seat.send()


def _lights_out(play: Play) -> None:
    seat = play.second
    play.say(f"{seat.name}正在传，县里的数据库被 kill -9。")
    seat.cable.plug()
    seat.cable.when(1, play.house.lights_out)
    seat.press_send()
    play.say("数据库起来了，从自己的日志里修好。再按一下。")
    play.house.lights_on()
    seat.send()


def _two_values(play: Play) -> None:
    seat = play.second
    play.say("同一格两个人写得不一样：两个都留着，让人来定，不让机器定。")
    seat.hand.click("处要您定")
    seat.hand.pick(story.GRANDMOTHER)
    play.say(f"{seat.name}看着两个号码，选一个。")
    seat.hand.click("用我写的")
    seat.hand.click("就用这个")
    play.say("定一次，大家都一样。")
    seat.send()
    play.first.send()
    _look_at_her(play.first)


def _look_at_her(seat: Seat) -> None:
    hand = seat.hand
    hand.click("住户")
    if hand.eyes.button("找别家"):  # in a narrow window the family stands in the place of the list
        hand.click("找别家")
    hand.type("找住户", story.SEARCH)
    hand.pick(story.GRANDMOTHER)


def _yesterday(play: Play) -> None:
    play.say("县里的机器坏了，只有昨天的备份。放回去：今天的都没有了。")
    play.put_back()
    play.say("两台电脑照常传一回：今天的全回来了，不用人管。")
    for seat in (play.first, play.second, play.first):
        seat.send()


def _alike(play: Play) -> None:
    count = sum(map(len, play.at_the_county().values()))
    if play.alike():
        play.say(f"两台电脑和县里一模一样：{count} 条，一条没丢，一条没重。")
    else:
        play.say("对不上。这是毛病，请报给我们。")


CHAPTERS = (
    Chapter("两台电脑，一个村", _two_laptops),
    Chapter("昨天的备份", _backup),
    Chapter("没有网，各办各的", _no_line),
    Chapter("传到一半拔网线", _cut_in_the_middle),
    Chapter("传到一半县里断电", _lights_out),
    Chapter("写得不一样的，由人来定", _two_values),
    Chapter("县里只剩昨天的备份", _yesterday),
    Chapter("一条没丢", _alike),
)
