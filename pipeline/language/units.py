"""Units of measure in Chinese and English, and when two of them mean the same."""

import re
from decimal import Decimal
from typing import NamedTuple


class Unit(NamedTuple):
    """A unit under its usual name; `factor` of the dimension's base unit make one of it."""

    name: str
    dimension: str
    factor: Decimal


_ZH_TABLE = """
秒 second 1: 秒钟
分钟 second 60: 分
刻钟 second 900:
小时 second 3600: 钟头 个钟头 个小时
天 day 1: 日
工作日 workday 1: 个工作日
周 day 7: 星期 个星期 礼拜 个礼拜
月 month 1: 个月 个自然月
季度 month 3: 个季度
年 month 12: 周年
元 yuan 1: 块 块钱 元钱 人民币 圆 元人民币 块人民币
毛 yuan 0.1: 角
欧元 euro 1: 欧
美元 dollar 1: 美金 刀 美刀
英镑 pound-sterling 1:
港币 hkd 1: 港元
日元 jpy 1:
% percent 1: 个百分点 个点 百分点
折 discount 1:
倍 times 1:
次 time 1: 遍 回 趟 轮 人次
条 row 1: 行 笔 条记录 行数据 条数据
人 person 1: 位 名 个人 名员工 位同事 口人
家 company 1: 家公司
页 page 1:
列 column 1:
屏 screen 1:
字段 field 1: 个字段
用户 user 1: 个用户
客户 customer 1: 个客户 家客户
订单 order 1: 个订单 张订单 笔订单
账号 account 1: 个账号 个帐号 个账户
科目 ledger-account 1: 个科目
仓库 warehouse 1: 个仓库
窗口 counter 1: 个窗口
字 character 1: 个字 字符 个字符
位数 digit 1: 位数字
公斤 kilogram 1: 千克 kg KG
斤 kilogram 0.5:
克 kilogram 0.001: g
吨 kilogram 1000: t
米 metre 1: m
厘米 metre 0.01: 公分 cm
毫米 metre 0.001: mm
公里 metre 1000: 千米 km
度 degree 1: 摄氏度 ℃ °C
MB byte 1000000: M Mb 兆 兆字节
KB byte 1000: K字节
GB byte 1000000000: G 个G
TB byte 1000000000000: T 个T
毫秒 second 0.001: ms
个 thing 1:
张 sheet 1:
份 copy 1:
件 piece 1:
单 dan 1:
项 thing 1: 件事
种 kind 1: 类 样
台 machine 1:
套 set 1:
辆 vehicle 1:
车 truckload 1:
把 ba 1:
支 zhi 1: 只 枝
盒 box 1:
瓶 bottle 1:
箱 carton 1:
包 packet 1:
袋 bag 1:
批 batch 1: 批次
组 group 1:
级 level 1: 层 个层级
步 step 1:
下 click 1:
期 phase 1:
号 number 1:
版 version 1:
点 clock 1: 点钟
节 section 1: 章
栏 column 1:
格 cell 1:
卷 roll 1:
炉 furnace-lot 1:
道 pass 1:
门 course 1:
间 room 1:
档 tier 1:
块地 plot 1:
堆 heap 1:
筐 basket 1:
单位 unit 1: 个单位
本 volume 1:
封 letter 1:
户 household 1:
岁 age 1:
立方米 cubic-metre 1: 立方
平米 square-metre 1: 平方米 平方
"""

_EN_TABLE = """
second second 1: seconds sec secs s
millisecond second 0.001: milliseconds ms
minute second 60: minutes min mins
hour second 3600: hours hr hrs h
day day 1: days d
workday workday 1: working-day working-days business-day business-days workdays
week day 7: weeks wk wks
fortnight day 14: fortnights
month month 1: months
quarter month 3: quarters
year month 12: years yr yrs
yuan yuan 1: rmb cny renminbi ¥ ￥
dollar dollar 1: dollars buck bucks usd $
euro euro 1: euros eur €
pound pound-sterling 1: pounds gbp £ quid
krona krona 1: kronor sek
% percent 1: percent per-cent pct percentage-point percentage-points
time time 1: times
row row 1: rows record records line lines entry entries
person person 1: people persons employee employees staff
company company 1: companies
page page 1: pages
column column 1: columns
screen screen 1: screens
field field 1: fields
user user 1: users seat seats
customer customer 1: customers client clients
order order 1: orders
account account 1: accounts
character character 1: characters char chars
digit digit 1: digits
kilogram kilogram 1: kilograms kg kilo kilos
gram kilogram 0.001: grams g
ton kilogram 1000: tons tonne tonnes
foot foot 1: feet ft
mile mile 1: miles
inch inch 1: inches
metre metre 1: metres meter meters
kilometre metre 1000: kilometres kilometers km
degree degree 1: degrees
KB byte 1000: kb kilobyte kilobytes
MB byte 1000000: mb megabyte megabytes megs
GB byte 1000000000: gb gigabyte gigabytes gig gigs
TB byte 1000000000000: tb terabyte terabytes
item thing 1: items thing things
piece piece 1: pieces
sheet sheet 1: sheets
copy copy 1: copies
file file 1: files
click click 1: clicks
step step 1: steps
level level 1: levels
version version 1: versions
phase phase 1: phases
box box 1: boxes
pallet pallet 1: pallets
carton carton 1: cartons
bottle bottle 1: bottles
truck vehicle 1: trucks vehicle vehicles
invoice invoice 1: invoices
claim claim 1: claims
email email 1: emails
document document 1: documents
licence licence 1: licences license licenses
warehouse warehouse 1: warehouses
building building 1: buildings
machine machine 1: machines
batch batch 1: batches
kind kind 1: kinds type types
tab tab 1: tabs
o'clock clock 1:
"""

ANY: frozenset[str | None] = frozenset({None, "thing"})
"""Dimensions that only say "so many of it": 五个 may be five of anything."""
MEASURES = frozenset(
    {"second", "day", "workday", "month", "yuan", "dollar", "euro", "pound-sterling", "krona", "hkd",
     "jpy", "percent", "byte", "kilogram", "metre", "foot", "mile", "inch", "clock", "degree",
     "discount", "times"}
)  # fmt: skip
"""Dimensions in which even one of it is a fact: 一年, 1 GB; not so 一个, "one file"."""


def _surfaces(line: str) -> tuple[Unit, tuple[str, ...]]:
    head, _, others = line.partition(":")
    name, dimension, factor = head.split()
    words = (name, *others.split())
    return Unit(name, dimension, Decimal(factor)), tuple(word.replace("-", " ") for word in words)


def _read(table: str) -> dict[str, Unit]:
    lines = (_surfaces(line) for line in table.strip().splitlines())
    return {word: unit for unit, words in lines for word in words}


_CHINESE = _read(_ZH_TABLE)
_ENGLISH = _read(_EN_TABLE)
_BY_NAME = {unit.name: unit for unit in (*_CHINESE.values(), *_ENGLISH.values())}


def _pattern(words: dict[str, Unit]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


ZH_UNIT = f"(?:{_pattern(_CHINESE)})(?![A-Za-z])"
EN_UNIT = f"(?:{_pattern(_ENGLISH)})(?![A-Za-z])".replace("\\ ", "[\\s-]")


def unit_name(surface: str) -> str | None:
    """The usual name of a unit as it was written; None when it is no unit we know."""
    word = " ".join(surface.replace("-", " ").split())
    unit = _CHINESE.get(word) or _ENGLISH.get(word) or _ENGLISH.get(word.casefold())
    return unit.name if unit else None


def dimension(name: str | None) -> str | None:
    """What a unit measures; the unit itself when it stands alone."""
    unit = _BY_NAME.get(name or "")
    return unit.dimension if unit else name


def amount(value: Decimal, name: str | None) -> Decimal:
    """The value in the base unit of its dimension: half a year is six months."""
    unit = _BY_NAME.get(name or "")
    return value * unit.factor if unit else value
