"""When many act in the same moment, their acts are taken first; the screens are told soon after, however long it lasts."""

from meeting.live import giving_way


class Crowd:
    """A writer that is busy for so many looks, and a clock that moves on with each sleep."""

    def __init__(self, looks):
        self.looks, self.now, self.slept = looks, 50.0, 0.0

    @property
    def is_crowded(self):
        self.looks -= 1
        return self.looks >= 0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds
        self.slept += seconds


def waited(monkeypatch, looks):
    crowd = Crowd(looks)
    monkeypatch.setattr(giving_way, "writer", crowd)
    monkeypatch.setattr(giving_way.time, "monotonic", crowd.monotonic)
    monkeypatch.setattr(giving_way.socketio, "sleep", crowd.sleep)
    giving_way.to_acts()
    return round(crowd.slept, 3)


def test_a_single_change_is_told_at_once(monkeypatch):
    assert waited(monkeypatch, looks=0) == 0


def test_telling_waits_for_a_crowd(monkeypatch):
    assert waited(monkeypatch, looks=7) == 7 * giving_way.LOOK_SECONDS


def test_but_not_for_ever(monkeypatch):
    assert waited(monkeypatch, looks=10_000) <= giving_way.LONGEST_SECONDS + giving_way.LOOK_SECONDS
