"""What the ward has before it meets: its rooms with drawn plans, and the days on which it works."""

from datetime import timedelta

from meeting.catalogues.shapes import drawn
from meeting.demo.diary import Diary

HALL, MEETING_ROOM, PARTY_ROOM = "Hội trường tầng 3", "Phòng họp tầng 2", "Phòng họp Đảng ủy"
HOUSE = "trụ sở phường"
ROOMS = (
    # name, seats, equipment, plan (shape, rows, seats, presiding seats, aisle)
    (HALL, 80, "Máy chiếu, âm thanh, màn hình lớn", ("hall", 6, 10, 3, True)),
    (MEETING_ROOM, 24, "Màn hình lớn, họp trực tuyến", ("u", 7, 4, 3, False)),
    (PARTY_ROOM, 18, "Màn hình lớn", ("long", 0, 7, 2, False)),
)
WORKED_SATURDAY_AHEAD_DAYS = 22


def furnish(diary: Diary) -> dict[str, int]:
    """Draws the rooms and sets one worked Saturday; answers the rooms by name."""
    rooms: dict[str, int] = {}
    for name, capacity, equipment, (shape, rows, seats, heads, aisle) in ROOMS:
        made = diary.do("minh", "catalogues.add_room", name=name, place=HOUSE, capacity=capacity, equipment=equipment)
        rooms[name] = made["room_id"]
        plan = drawn(shape, rows=rows, seats=seats, heads=heads, aisle=aisle).as_value()
        diary.do("minh", "catalogues.save_plan", room_id=rooms[name], version=0, plan=plan)
    saturday = diary.today + timedelta(days=WORKED_SATURDAY_AHEAD_DAYS)
    saturday += timedelta(days=(5 - saturday.weekday()) % 7)
    source = "Thông báo của Văn phòng HĐND và UBND phường"
    name = "Làm bù để giải quyết hồ sơ cuối năm"
    diary.do("minh", "rulebook.set_day", day=saturday.isoformat(), works=True, name=name, source=source)
    return rooms
